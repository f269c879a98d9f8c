package org.eigendrift.engine.law.table;

import org.apache.commons.numbers.gamma.InverseErfc;

/** The standard normal law. */
final class Normal {
    private static final double ROOT = Math.sqrt(2);

    private Normal() {}

    /** The number below which a share lies. */
    static double quantile(double share) {
        return -ROOT * InverseErfc.value(2 * share);
    }
}
