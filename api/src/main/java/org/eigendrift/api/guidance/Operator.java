package org.eigendrift.api.guidance;

import org.eigendrift.api.Points;

/** A forward operator A, which tells what would be observed of a point: R^d to R^m. Immutable, thread-safe. */
public interface Operator {

    /**
     * The coordinates of a point.
     *
     * @return d, at least 1
     */
    int inputs();

    /**
     * The numbers observed of it.
     *
     * @return m, at least 1
     */
    int outputs();

    /**
     * Whether A is affine, A(x) = A x + b: then its Jacobian is the same everywhere.
     *
     * @return true if so
     */
    boolean affine();

    /**
     * Observes.
     *
     * @param x points of d coordinates; not modified
     * @param out receives A(x), as many points of m coordinates; modified
     */
    void apply(Points x, Points out);

    /**
     * Multiplies by the Jacobian.
     *
     * @param x where the Jacobian is taken; not modified
     * @param v a direction of d coordinates for each point; not modified
     * @param out receives A'(x) v, of m coordinates; modified
     */
    void tangent(Points x, Points v, Points out);

    /**
     * Multiplies by the Jacobian's transpose.
     *
     * @param x where the Jacobian is taken; not modified
     * @param w m numbers for each point; not modified
     * @param out receives A'(x)^T w, of d coordinates; modified
     */
    void adjoint(Points x, Points w, Points out);
}
