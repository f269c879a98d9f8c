package org.eigendrift.api.linear;

/** An approximate inverse, symmetric positive definite. May keep work space: belongs to one thread. */
@FunctionalInterface
public interface Preconditioner {

    /**
     * Applies the approximate inverse.
     *
     * @param r vector of length n; not modified
     * @param z receives M^-1 r; another array; modified
     */
    void apply(double[] r, double[] z);
}
