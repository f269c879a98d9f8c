package org.eigendrift.bases;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.eigendrift.api.Address;
import org.eigendrift.api.Domain;
import org.eigendrift.api.InputException;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.BasisUse;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Offer;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.bases.marginal.ColumnSummary;
import org.eigendrift.bases.marginal.PiecewiseDensity;
import org.eigendrift.bases.marginal.SmoothedMarginal;
import org.eigendrift.bases.marginal.Stretch;
import org.eigendrift.bases.marginal.TailedDensity;

/** Overdamped motion in the column's own free energy: the {@code mean-field} family, see {@link MeanFieldBasis}. */
public final class MeanFieldFamily implements BasisFamily<MeanFieldFamily.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Degree 64 means some 200 functions in the table; more elements than a column's density fills would be needed. */
    private static final int LARGEST_DEGREE = 64;

    private static final String BOUNDS = "declare the column real, or give it wider bounds";

    /**
     * Options.
     *
     * @param smoothing factor of the bandwidth
     * @param table functions in expansions of products
     * @param potential coefficients of a polynomial potential
     * @param lower lower end of the domain
     * @param upper upper end of the domain
     */
    public record Options(
            @Option(
                    doc =
                            "factor of Silverman's bandwidth with which the marginal is smoothed; auto chooses it, or the normal law, by leave-one-out likelihood",
                    value = "auto",
                    min = 0.01,
                    max = 100)
            OptionalDouble smoothing,

            @Option(
                    doc = "number of functions in which products are expanded; auto is 4 * degree + 14",
                    value = "auto",
                    min = 3,
                    max = 512)
            OptionalInt table,

            @Option(
                    doc =
                            "coefficients v0, v1, v2, ... of a potential V(x): the stationary density is exp(-V) instead of the smoothed marginal",
                    value = "[]")
            List<Double> potential,

            @Option(
                    doc =
                            "lower end of the domain of a potential; auto is an exponential tail where exp(-V) is 1e-11 of its peak",
                    value = "auto")
            OptionalDouble lower,

            @Option(
                    doc =
                            "upper end of the domain of a potential; auto is an exponential tail where exp(-V) is 1e-11 of its peak",
                    value = "auto")
            OptionalDouble upper) {

        /**
         * Checks that ends are given for a potential only.
         *
         * @param smoothing factor of the bandwidth
         * @param table functions in expansions of products
         * @param potential coefficients of a polynomial potential
         * @param lower lower end of the domain
         * @param upper upper end of the domain
         * @throws InputException if they do not go together
         */
        public Options {
            if (potential.isEmpty() && (lower.isPresent() || upper.isPresent())) {
                throw new InputException(
                        "lower and upper bound the domain of a potential, but none is given; declare the"
                                + " column bounded instead");
            }
            if (potential.size() > 13) {
                throw new InputException("potential has degree " + (potential.size() - 1) + "; expected at most 12");
            }
        }
    }

    /** Creates the provider. */
    public MeanFieldFamily() {}

    @Override
    public String name() {
        return "mean-field";
    }

    @Override
    public String summary() {
        return "numerical eigenfunctions of the column's own smoothed marginal, or of a given potential";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public boolean accepts(Column.Kind kind) {
        return kind.smooth() && kind != Column.Kind.ANGLE;
    }

    @Override
    public Optional<String> frame() {
        return Optional.empty();
    }

    /** Takes its law from the rows, and so serves whatever is not a circle. */
    @Override
    public Optional<Offer> offer(BasisUse use) {
        return use instanceof BasisUse.Found found && found.column().kind() != Column.Kind.ANGLE
                ? Optional.of(Offer.of(1))
                : Optional.empty();
    }

    @Override
    public Plan<Eigenbasis> plan(Options options, Column column, int degree) {
        int table = table(options, column, degree);
        if (!options.potential().isEmpty()) {
            PiecewiseDensity density = boltzmann(options, column, table);
            Domain domain = domain(options, column, density);
            return ColumnSummary.within(column, domain.lower(), domain.upper(), BOUNDS)
                    .map(summary -> MeanFieldBasis.solve(new TailedDensity(density, domain), degree, table));
        }
        boolean real = column.kind() == Column.Kind.REAL;
        double least = real ? Double.NEGATIVE_INFINITY : column.lower();
        double most = real ? Double.POSITIVE_INFINITY : Math.min(Double.MAX_VALUE, column.upper());
        return ColumnSummary.within(column, least, most, BOUNDS)
                .then(summary -> SmoothedMarginal.plan(summary, domain(column), options.smoothing(), table))
                .map(marginal -> basis(marginal, domain(column), degree, table));
    }

    private static Eigenbasis basis(SmoothedMarginal.Fitted marginal, Domain domain, int degree, int table) {
        Stretch stretch = marginal.stretch();
        TailedDensity density = new TailedDensity(marginal.density(), stretch.map(domain));
        Eigenbasis basis = MeanFieldBasis.solve(density, degree, table);
        return stretch.identity() ? basis : new StretchedBasis(basis, stretch, domain);
    }

    private static Domain domain(Column column) {
        return switch (column.kind()) {
            case REAL -> new Domain.Line();
            case POSITIVE -> new Domain.HalfLine();
            default -> new Domain.Interval(column.lower(), column.upper());
        };
    }

    /**
     * The column's own domain. A potential with one end given lives between that and the other end of its core, as does
     * whatever is not one of the kinds of domains.
     */
    private static Domain domain(Options options, Column column, PiecewiseDensity core) {
        double lower = Math.max(column.lower(), options.lower().orElse(Double.NEGATIVE_INFINITY));
        double upper = Math.min(column.upper(), options.upper().orElse(Double.POSITIVE_INFINITY));
        if (lower == Double.NEGATIVE_INFINITY && upper == Double.POSITIVE_INFINITY) {
            return new Domain.Line();
        } else if (lower == 0 && upper == Double.POSITIVE_INFINITY) {
            return new Domain.HalfLine();
        }
        return new Domain.Interval(
                Double.isFinite(lower) ? lower : core.lower(), Double.isFinite(upper) ? upper : core.upper());
    }

    private static PiecewiseDensity boltzmann(Options options, Column column, int table) {
        double[] potential =
                options.potential().stream().mapToDouble(Double::doubleValue).toArray();
        double[] ends = ConfiningInterval.of(column, potential, options.lower(), options.upper());
        return PiecewiseDensity.boltzmann(ends[0], ends[1], potential, Math.max(64, table + table / 2));
    }

    @Override
    public Eigenbasis restore(Options options, Column column, int degree, State state) {
        int table = table(options, column, degree);
        PiecewiseDensity density = PiecewiseDensity.restore(state);
        Stretch stretch = Stretch.NONE;
        if (state.names().contains("stretch")) {
            double[] numbers = state.get("stretch", 2);
            stretch = new Stretch(numbers[0], numbers[1]);
        }
        Domain domain = options.potential().isEmpty() ? domain(column) : domain(options, column, density);
        Domain image = stretch.map(domain);
        if (density.lower() < image.lower() || density.upper() > image.upper()) {
            throw new InputException("the model file's density of column '" + column.name() + "' from "
                    + density.lower() + " to " + density.upper() + " reaches beyond [" + image.lower() + ", "
                    + image.upper() + "], where the column lives");
        }
        return basis(new SmoothedMarginal.Fitted(density, stretch), domain, degree, table);
    }

    private int table(Options options, Column column, int degree) {
        Refusal.kind(this, column);
        Refusal.degree(
                this, column, degree, LARGEST_DEGREE, "the functions oscillate faster than a smoothed marginal varies");
        int table = options.table().orElse(4 * degree + 14);
        if (table < degree + 1) {
            throw InputException.at(
                    Address.ofColumn(column.name()),
                    "option table of family 'mean-field' is " + table + " but degree " + degree + " alone has "
                            + (degree + 1) + " functions; expected at least those");
        }
        return table;
    }
}
