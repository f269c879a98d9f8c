package org.eigendrift.bases;

import java.lang.invoke.MethodHandles;
import java.util.Optional;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.BasisUse;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Offer;
import org.eigendrift.api.plugin.OptionSchema;

/** The Ornstein-Uhlenbeck process: the {@code hermite} family, see {@link HermiteBasis}. */
public final class HermiteFamily implements BasisFamily<HermiteFamily.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** No options. */
    public record Options() {}

    /** Creates the provider. */
    public HermiteFamily() {}

    @Override
    public String name() {
        return "hermite";
    }

    @Override
    public String summary() {
        return "Hermite polynomials: Ornstein-Uhlenbeck process, standard normal stationary law";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public boolean accepts(Column.Kind kind) {
        return kind == Column.Kind.REAL;
    }

    @Override
    public Optional<String> frame() {
        return Optional.of("standardize");
    }

    @Override
    public Optional<Offer> offer(BasisUse use) {
        return use instanceof BasisUse.Normal ? Optional.of(Offer.of(1)) : Optional.empty();
    }

    @Override
    public Plan<Eigenbasis> plan(Options options, Column column, int degree) {
        return Plan.of(basis(column, degree));
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
                HermiteBasis.LARGEST_DEGREE,
                "coefficients of products exceed 1e29 and their sums lose every digit where terms cancel");
        return new HermiteBasis(degree);
    }
}
