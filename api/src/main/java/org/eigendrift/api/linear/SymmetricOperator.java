package org.eigendrift.api.linear;

/** A symmetric matrix as what it does to a vector: all that an iterative solver may ask. Thread-safe. */
public interface SymmetricOperator {

    /**
     * The number of rows and columns.
     *
     * @return the order n
     */
    int size();

    /**
     * Multiplies.
     *
     * @param x vector of length n; not modified
     * @param y receives A x; another array; modified
     */
    void apply(double[] x, double[] y);

    /**
     * The diagonal.
     *
     * @param out receives the n diagonal entries; modified
     */
    void diagonal(double[] out);
}
