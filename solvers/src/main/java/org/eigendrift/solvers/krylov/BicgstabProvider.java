package org.eigendrift.solvers.krylov;

import org.eigendrift.api.linear.Solver;

/** Stabilised bi-conjugate gradients (van der Vorst 1992): two products with the matrix an iteration. */
public final class BicgstabProvider extends KrylovProvider {
    /** Creates the provider. */
    public BicgstabProvider() {
        super("bicgstab", "stabilised bi-conjugate gradients; matrix-free");
    }

    @Override
    Solver solver(IterativeOptions options) {
        return new Bicgstab(options);
    }
}
