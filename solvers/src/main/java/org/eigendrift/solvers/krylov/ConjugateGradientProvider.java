package org.eigendrift.solvers.krylov;

import org.eigendrift.api.linear.Solver;

/** Preconditioned conjugate gradients (Hestenes, Stiefel 1952): one product with the matrix an iteration. */
public final class ConjugateGradientProvider extends KrylovProvider {
    /** Creates the provider. */
    public ConjugateGradientProvider() {
        super("cg", "preconditioned conjugate gradients; matrix-free, for positive (semi)definite systems");
    }

    @Override
    Solver solver(IterativeOptions options) {
        return new ConjugateGradient("cg", options);
    }
}
