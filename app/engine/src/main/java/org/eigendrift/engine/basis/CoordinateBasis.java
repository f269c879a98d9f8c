package org.eigendrift.engine.basis;

import org.eigendrift.api.Domain;
import org.eigendrift.api.basis.Eigenbasis;

/**
 * The eigenbasis of one coordinate with its time scale D = 1 / lambda_1, so that every coordinate mixes at rate 1
 * (docs/method.md, 1). Immutable.
 */
public final class CoordinateBasis {
    /** Functions level off over this share of the range. */
    private static final double MARGIN = 0.1;

    /** A core's last share on each side, where functions level off even if rows lie there. */
    private static final double RIM = 0.02;

    /** The rim on a side is never more than this share of the way from the core's end to the median. */
    private static final double NEAREST = 0.25;

    /** Terms that have decayed below exp(-60) = 1e-26: even times 1e8 they are below the last digit of 1. */
    private static final double DECAYED = 60;

    private final Eigenbasis basis;
    private final double timeScale;
    private final double[] rates;
    private final Range range;
    private final Range trusted;
    private final double lowerMargin;
    private final double upperMargin;

    /**
     * Where rows were seen. Beyond it eigenfunctions of an unbounded domain are not trusted: see {@link
     * #saturate(double)}.
     *
     * @param lower smallest coordinate seen
     * @param upper largest coordinate seen
     */
    public record Range(double lower, double upper) {
        /** No limit: for bounded domains, whose functions are bounded. */
        public static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

        /**
         * The smallest range that holds this one and another.
         *
         * @param other the other
         * @return where rows of either were seen
         */
        public Range union(Range other) {
            return new Range(Math.min(lower, other.lower), Math.max(upper, other.upper));
        }
    }

    /**
     * Creates the basis of a coordinate whose functions are trusted everywhere.
     *
     * @param basis eigenfunctions and eigenvalues in the family's own time
     */
    public CoordinateBasis(Eigenbasis basis) {
        this(basis, Range.ALL);
    }

    /**
     * Creates the basis.
     *
     * @param basis eigenfunctions and eigenvalues in the family's own time
     * @param range where rows were seen; used only if the domain is unbounded or larger than the core
     */
    public CoordinateBasis(Eigenbasis basis, Range range) {
        this.basis = basis;
        Domain domain = basis.domain();
        boolean bounded = Double.isFinite(domain.lower()) && Double.isFinite(domain.upper());
        Domain core = basis.core();
        if (core.equals(domain)) {
            this.range = bounded ? Range.ALL : range;
            this.trusted = this.range;
            this.lowerMargin = MARGIN * (trusted.upper - trusted.lower);
            this.upperMargin = lowerMargin;
        } else {
            this.range = range;
            double rim = RIM * (core.upper() - core.lower());
            // A core whose ends lie at very different distances is not cut into its bulk.
            double median = basis.quantile(0.5);
            double lower = Math.max(range.lower, core.lower() + Math.min(rim, NEAREST * (median - core.lower())));
            double upper = Math.min(range.upper, core.upper() - Math.min(rim, NEAREST * (core.upper() - median)));
            double margin = MARGIN * (upper - lower);
            this.lowerMargin = Math.min(margin, lower - core.lower());
            this.upperMargin = Math.min(margin, core.upper() - upper);
            // At a boundary of the domain the functions are the process's own.
            this.trusted = new Range(
                    core.lower() == domain.lower() ? Double.NEGATIVE_INFINITY : lower,
                    core.upper() == domain.upper() ? Double.POSITIVE_INFINITY : upper);
        }
        this.timeScale = 1 / basis.eigenvalue(1);
        this.rates = new double[basis.tableSize()];
        for (int k = 0; k < rates.length; k++) {
            rates[k] = timeScale * basis.eigenvalue(k);
        }
    }

    /**
     * The eigenfunctions.
     *
     * @return the family's basis
     */
    public Eigenbasis basis() {
        return basis;
    }

    /**
     * The functions at points.
     *
     * @param functions how many
     * @param x points; not modified
     * @param from the first point's place
     * @param count points
     * @param out receives phi_k of point n at {@code k * count + n}; modified
     * @throws org.eigendrift.api.plugin.PluginException if a number is not finite where rows are expected
     */
    public void values(int functions, double[] x, int from, int count, double[] out) {
        basis.values(functions, x, from, count, out);
        FiniteTable.check(basis, "", functions, x, from, count, out);
    }

    /**
     * The functions and their derivatives at points.
     *
     * @param functions how many
     * @param x points; not modified
     * @param from the first point's place
     * @param count points
     * @param out receives phi_k of point n at {@code k * count + n}; modified
     * @param derivatives receives phi_k' likewise; modified
     * @throws org.eigendrift.api.plugin.PluginException if a number is not finite where rows are expected
     */
    public void valuesAndDerivatives(
            int functions, double[] x, int from, int count, double[] out, double[] derivatives) {
        basis.valuesAndDerivatives(functions, x, from, count, out, derivatives);
        FiniteTable.check(basis, "", functions, x, from, count, out);
        FiniteTable.check(basis, "the derivative of ", functions, x, from, count, derivatives);
    }

    /**
     * The time scale.
     *
     * @return D
     */
    public double timeScale() {
        return timeScale;
    }

    /**
     * A scaled eigenvalue.
     *
     * @param k 0 to {@code basis().tableSize() - 1}
     * @return D lambda_k
     */
    public double rate(int k) {
        return rates[k];
    }

    /**
     * The number of functions a model may use, the constant included.
     *
     * @return K
     */
    public int size() {
        return basis.size();
    }

    /**
     * The number of functions in product expansions.
     *
     * @return M
     */
    public int tableSize() {
        return rates.length;
    }

    /**
     * The number of functions in product expansions that still count at a time.
     *
     * @param t forward time, at least 0
     * @return how many, from the constant on, have not decayed to nothing
     */
    public int termsAt(double t) {
        int terms = 1;
        while (terms < rates.length && rates[terms] * t <= DECAYED) {
            terms++;
        }
        return terms;
    }

    /**
     * Where rows were seen.
     *
     * @return the range; infinite for bounded domains, where it does not matter
     */
    public Range range() {
        return range;
    }

    /**
     * Where functions are trusted: the range, cut short before an end of the basis's core that is not one of its domain,
     * without limit towards one that is.
     *
     * @return where {@link #saturate} is the identity
     */
    public Range trusted() {
        return trusted;
    }

    /**
     * The coordinate at which functions are evaluated for a point x: x itself where functions are trusted; beyond it, x
     * levels off at a tenth of the range's width, or before the end of the core (see {@link Eigenbasis#core()}), twice
     * continuously differentiably (a hyperbolic tangent). Functions thus stay bounded beyond the data, velocities fall to
     * 0 there, and the model's tails are those of pi.
     *
     * @param x a point of the domain
     * @return c(x)
     */
    public double saturate(double x) {
        if (x > trusted.upper) {
            return trusted.upper + upperMargin * Math.tanh((x - trusted.upper) / upperMargin);
        }
        if (x < trusted.lower) {
            return trusted.lower + lowerMargin * Math.tanh((x - trusted.lower) / lowerMargin);
        }
        return x;
    }

    /**
     * The slope of {@link #saturate}.
     *
     * @param x a point of the domain
     * @return c'(x), 1 where functions are trusted
     */
    public double saturationSlope(double x) {
        double beyond = beyond(x);
        return 1 - beyond * beyond;
    }

    /**
     * The second derivative of {@link #saturate}.
     *
     * @param x a point of the domain
     * @return c''(x), 0 where functions are trusted
     */
    public double saturationCurvature(double x) {
        double beyond = beyond(x);
        double margin = x < trusted.lower ? lowerMargin : upperMargin;
        return beyond == 0 ? 0 : -2 * beyond * (1 - beyond * beyond) / margin;
    }

    private double beyond(double x) {
        if (x > trusted.upper) {
            return Math.tanh((x - trusted.upper) / upperMargin);
        }
        return x < trusted.lower ? Math.tanh((x - trusted.lower) / lowerMargin) : 0;
    }
}
