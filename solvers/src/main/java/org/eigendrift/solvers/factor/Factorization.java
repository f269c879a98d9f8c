package org.eigendrift.solvers.factor;

import org.eigendrift.api.linear.SymmetricMatrix;

/** Factors of A + shift I, with work space kept between calls. Belongs to one thread. */
public interface Factorization {

    /**
     * Factorises.
     *
     * @param matrix A; not modified
     * @param shift added to the diagonal
     * @return false if the factors do not exist in floating point, or show that the matrix is not positive definite
     */
    boolean factor(SymmetricMatrix matrix, double shift);

    /**
     * Solves with the factors.
     *
     * @param x holds the right-hand side, receives the solution; modified
     */
    void substitute(double[] x);

    /**
     * Memory the factors of a dense matrix take.
     *
     * @param n order
     * @return bytes, 0 if it depends on the entries
     */
    double bytes(int n);
}
