package org.eigendrift.engine.basis;

import org.eigendrift.api.basis.Eigenbasis;

/**
 * The eigenbasis of one coordinate with its time scale D = 1 / lambda_1, so that every coordinate mixes at rate 1
 * (METHOD 1). Immutable.
 */
public final class CoordinateBasis {
    private final Eigenbasis basis;
    private final double timeScale;
    private final double[] rates;
    private final Range range;

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

        /** The length over which functions level off beyond the range. */
        double margin() {
            return 0.1 * (upper - lower);
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
     * @param range where rows were seen; used only if the domain is unbounded
     */
    public CoordinateBasis(Eigenbasis basis, Range range) {
        this.basis = basis;
        boolean bounded = Double.isFinite(basis.domain().lower())
                && Double.isFinite(basis.domain().upper());
        this.range = bounded ? Range.ALL : range;
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
     * Where functions are trusted.
     *
     * @return the range, infinite for bounded domains
     */
    public Range range() {
        return range;
    }

    /**
     * The coordinate at which functions are evaluated for a point x: x itself inside the range; beyond it, x levels off
     * at a tenth of the range's width, twice continuously differentiably (a hyperbolic tangent). Polynomials thus stay
     * bounded beyond the data, velocities fall to 0 there, and the model's tails are those of pi.
     *
     * @param x a point of the domain
     * @return c(x)
     */
    public double saturate(double x) {
        if (x > range.upper) {
            return range.upper + range.margin() * Math.tanh((x - range.upper) / range.margin());
        }
        if (x < range.lower) {
            return range.lower + range.margin() * Math.tanh((x - range.lower) / range.margin());
        }
        return x;
    }

    /**
     * The slope of {@link #saturate}.
     *
     * @param x a point of the domain
     * @return c'(x), 1 inside the range
     */
    public double saturationSlope(double x) {
        double beyond = beyond(x);
        return 1 - beyond * beyond;
    }

    /**
     * The second derivative of {@link #saturate}.
     *
     * @param x a point of the domain
     * @return c''(x), 0 inside the range
     */
    public double saturationCurvature(double x) {
        double beyond = beyond(x);
        return beyond == 0 ? 0 : -2 * beyond * (1 - beyond * beyond) / range.margin();
    }

    private double beyond(double x) {
        if (x > range.upper) {
            return Math.tanh((x - range.upper) / range.margin());
        }
        return x < range.lower ? Math.tanh((x - range.lower) / range.margin()) : 0;
    }
}
