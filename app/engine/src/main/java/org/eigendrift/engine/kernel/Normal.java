package org.eigendrift.engine.kernel;

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
}
