package org.eigendrift.api;

/** Where one coordinate lives, and what happens at its ends. */
public sealed interface Domain {

    /**
     * Whether a value lies in the domain.
     *
     * @param x any number
     * @return false outside, and for NaN
     */
    boolean contains(double x);

    /**
     * Brings a value that a discrete step carried outside back into the domain, as the process would: wrapped on a
     * circle, reflected at a boundary.
     *
     * @param x a finite number
     * @return a value for which {@link #contains} is true
     */
    double confine(double x);

    /**
     * The lower end.
     *
     * @return the infimum, possibly negative infinity
     */
    double lower();

    /**
     * The upper end.
     *
     * @return the supremum, possibly infinity
     */
    double upper();

    /** The real line. */
    record Line() implements Domain {
        @Override
        public boolean contains(double x) {
            return Double.isFinite(x);
        }

        @Override
        public double confine(double x) {
            return x;
        }

        @Override
        public double lower() {
            return Double.NEGATIVE_INFINITY;
        }

        @Override
        public double upper() {
            return Double.POSITIVE_INFINITY;
        }
    }

    /** The half-line [0, inf); a step across 0 is reflected. */
    record HalfLine() implements Domain {
        @Override
        public boolean contains(double x) {
            return x >= 0 && x < Double.POSITIVE_INFINITY;
        }

        @Override
        public double confine(double x) {
            return Math.abs(x);
        }

        @Override
        public double lower() {
            return 0;
        }

        @Override
        public double upper() {
            return Double.POSITIVE_INFINITY;
        }
    }

    /**
     * The closed interval; a step across an end is reflected.
     *
     * @param lower lower end, finite
     * @param upper upper end, finite and above {@code lower}
     */
    record Interval(double lower, double upper) implements Domain {

        /**
         * Checks the ends.
         *
         * @throws IllegalArgumentException if they are not finite or not in order
         */
        public Interval {
            if (!(lower < upper) || !Double.isFinite(upper - lower)) {
                throw new IllegalArgumentException("interval [" + lower + ", " + upper + "]");
            }
        }

        @Override
        public boolean contains(double x) {
            return x >= lower && x <= upper;
        }

        @Override
        public double confine(double x) {
            if (contains(x)) {
                return x;
            }
            double width = upper - lower;
            double fold = Math.abs(Math.IEEEremainder(x - lower, 2 * width));
            return Math.min(upper, lower + fold);
        }
    }

    /**
     * The circle [0, period); a step across an end wraps round.
     *
     * @param period circumference, finite and positive
     */
    record Circle(double period) implements Domain {

        /**
         * Checks the period.
         *
         * @throws IllegalArgumentException if it is not finite and positive
         */
        public Circle {
            if (!(period > 0) || !Double.isFinite(period)) {
                throw new IllegalArgumentException("circle of circumference " + period);
            }
        }

        @Override
        public boolean contains(double x) {
            return x >= 0 && x < period;
        }

        @Override
        public double confine(double x) {
            if (contains(x)) {
                return x;
            }
            double wrapped = x - period * Math.floor(x / period);
            // Rounding can carry a tiny negative x to the period itself.
            return wrapped < period ? wrapped : 0;
        }

        @Override
        public double lower() {
            return 0;
        }

        @Override
        public double upper() {
            return period;
        }
    }
}
