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
import org.eigendrift.bases.marginal.ColumnSummary;

/** Reflected Brownian motion on an interval: the {@code cosine} family, see {@link CosineBasis}. */
public final class CosineFamily implements BasisFamily<CosineFamily.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    private static final int FEW_COLUMNS = 2;

    /** With fewer rows new ones too often fall outside the box of those seen. */
    private static final long ROWS_FOR_A_BOX = 5_000;

    /** No options. */
    public record Options() {}

    /** Creates the provider. */
    public CosineFamily() {}

    @Override
    public String name() {
        return "cosine";
    }

    @Override
    public String summary() {
        return "cosines on an interval: reflected Brownian motion, uniform stationary law";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public boolean accepts(Column.Kind kind) {
        return kind == Column.Kind.BOUNDED;
    }

    @Override
    public Optional<String> frame() {
        return Optional.of("box");
    }

    /** Best for few columns of many rows: a full product of cosines then resolves whatever is in the box. */
    @Override
    public Optional<Offer> offer(BasisUse use) {
        return use instanceof BasisUse.Found found
                        && found.column().kind() != Column.Kind.ANGLE
                        && (!found.framed() || found.column().kind() == Column.Kind.BOUNDED)
                        && found.dim() <= FEW_COLUMNS
                        && found.rows() >= ROWS_FOR_A_BOX
                ? Optional.of(Offer.of(2))
                : Optional.empty();
    }

    @Override
    public Plan<Eigenbasis> plan(Options options, Column column, int degree) {
        Eigenbasis basis = basis(column, degree);
        return ColumnSummary.within(
                        column,
                        column.lower(),
                        column.upper(),
                        "declare wider bounds, or let frame 'box' fit them to the data")
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
                CosineBasis.LARGEST_DEGREE,
                "evaluation loses accuracy and the table of products outgrows its use");
        return new CosineBasis(column.lower(), column.upper(), degree);
    }
}
