package org.eigendrift.bases;

import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eigendrift.api.InputException;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.bases.marginal.ColumnSummary;

/** The Cox-Ingersoll-Ross process: the {@code laguerre} family, see {@link LaguerreBasis}. */
public final class LaguerreFamily implements BasisFamily<LaguerreFamily.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Below it the law piles up at 0 so sharply that a fitted shape says more of rounding than of the data. */
    private static final double SMALLEST_SHAPE = 0.5;

    /** Above it the law is nearly normal and the polynomials' zeros leave the data. */
    private static final double LARGEST_SHAPE = 16;

    /**
     * Options.
     *
     * @param shape shape of the Gamma law
     * @param scale scale of the Gamma law
     */
    public record Options(
            @Option(
                    doc = "shape of the stationary Gamma law; auto fits mean and variance, within 0.5 and 16",
                    value = "auto",
                    min = 0,
                    open = true,
                    max = 64)
            OptionalDouble shape,

            @Option(doc = "scale of the stationary Gamma law; auto fits the mean", value = "auto", min = 0, open = true)
            OptionalDouble scale) {}

    /** Creates the provider. */
    public LaguerreFamily() {}

    @Override
    public String name() {
        return "laguerre";
    }

    @Override
    public String summary() {
        return "Laguerre polynomials on the half-line: Cox-Ingersoll-Ross process, Gamma law";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public boolean accepts(Column.Kind kind) {
        return kind == Column.Kind.POSITIVE;
    }

    @Override
    public Optional<String> frame() {
        return Optional.empty();
    }

    @Override
    public Plan<Eigenbasis> plan(Options options, Column column, int degree) {
        check(column, degree);
        return ColumnSummary.within(
                        column,
                        0,
                        Double.MAX_VALUE,
                        "declare the column real and use family 'mean-field', or 'hermite' with frame 'standardize'")
                .map(summary -> fitted(options, summary, degree));
    }

    private static Eigenbasis fitted(Options options, ColumnSummary summary, int degree) {
        if (options.shape().isEmpty() || options.scale().isEmpty()) {
            summary.requireSpread(0, "fitting family 'laguerre'");
        }
        double mean = summary.mean(0);
        double ratio = mean / summary.deviation(0);
        double shape = options.shape().orElse(Math.min(LARGEST_SHAPE, Math.max(SMALLEST_SHAPE, ratio * ratio)));
        return new LaguerreBasis(shape, options.scale().orElse(mean / shape), degree);
    }

    @Override
    public Eigenbasis restore(Options options, Column column, int degree, State state) {
        check(column, degree);
        double[] law = state.get("gamma", 2);
        if (!(law[0] > 0 && law[1] > 0) || !Double.isFinite(law[0]) || !Double.isFinite(law[1])) {
            throw new InputException("the model file gives column '" + column.name() + "' a Gamma law of shape "
                    + law[0] + " and scale " + law[1] + "; expected finite numbers above 0");
        }
        return new LaguerreBasis(law[0], law[1], degree);
    }

    private void check(Column column, int degree) {
        Refusal.kind(this, column);
        Refusal.degree(
                this,
                column,
                degree,
                LaguerreBasis.LARGEST_DEGREE,
                "coefficients of products exceed 1e59 and their sums lose every digit where terms cancel");
    }

    static State state(double shape, double scale) {
        return State.of(Map.of("gamma", new double[] {shape, scale}));
    }
}
