package org.eigendrift.engine.kernel;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;

/** The standard normal law. */
public final class Normal {
    private static final double ROOT = Math.sqrt(2);

    private Normal() {}

    /**
     * The number below which a share lies.
     *
     * @param share in (0, 1)
     * @return the quantile
     */
    public static double quantile(double share) {
        return -ROOT * InverseErfc.value(2 * share);
    }

    /**
     * The share that lies below a number.
     *
     * @param x the number, infinite ones too
     * @return the share, exact to its last digits from -30 on, to 3e-15 of it from -37 on
     */
    public static double below(double x) {
        if (x <= 0 && x >= NormalSeries.LEAST) {
            return NormalSeries.below(x);
        }
        if (x > 0 && x <= -NormalSeries.LEAST) {
            return 1 - NormalSeries.below(-x);
        }
        return x == Double.NEGATIVE_INFINITY ? 0 : x == Double.POSITIVE_INFINITY ? 1 : 0.5 * Erfc.value(-x / ROOT);
    }

    /**
     * The density.
     *
     * @param x a number, infinite ones too
     * @return the density there
     */
    public static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
