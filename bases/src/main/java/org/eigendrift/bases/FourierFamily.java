package org.eigendrift.bases;

import java.lang.invoke.MethodHandles;
import java.util.Optional;
import org.eigendrift.api.Address;
import org.eigendrift.api.InputException;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.BasisUse;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Offer;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.bases.marginal.ColumnSummary;

/** Brownian motion on a circle: the {@code fourier} family, see {@link FourierBasis}. */
public final class FourierFamily implements BasisFamily<FourierFamily.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** No options. */
    public record Options() {}

    /** Creates the provider. */
    public FourierFamily() {}

    @Override
    public String name() {
        return "fourier";
    }

    @Override
    public String summary() {
        return "sines and cosines on a circle: Brownian motion, uniform stationary law";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public boolean accepts(Column.Kind kind) {
        return kind == Column.Kind.ANGLE;
    }

    @Override
    public Optional<String> frame() {
        return Optional.of("angle");
    }

    @Override
    public Optional<Offer> offer(BasisUse use) {
        return use instanceof BasisUse.Found found && accepts(found.column().kind())
                ? Optional.of(Offer.of(1))
                : Optional.empty();
    }

    @Override
    public Plan<Eigenbasis> plan(Options options, Column column, int degree) {
        Eigenbasis basis = basis(column, degree);
        return ColumnSummary.within(
                        column, 0, Math.nextDown(column.upper()), "frame 'angle' wraps values into the period")
                .map(summary -> basis);
    }

    @Override
    public Eigenbasis restore(Options options, Column column, int degree, State state) {
        return basis(column, degree);
    }

    private Eigenbasis basis(Column column, int degree) {
        Refusal.kind(this, column);
        Refusal.degree(
                this,
                column,
                degree,
                FourierBasis.LARGEST_DEGREE,
                "evaluation loses accuracy and the table of products outgrows its use");
        if (column.lower() != 0) {
            throw InputException.at(
                    Address.ofColumn(column.name()),
                    "its period begins at " + column.lower()
                            + " but family 'fourier' expects 0; frame 'angle' maps it to [0, 2 pi)");
        }
        return new FourierBasis(column.upper(), degree);
    }
}
