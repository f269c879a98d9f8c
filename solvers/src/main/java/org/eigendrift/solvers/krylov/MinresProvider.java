package org.eigendrift.solvers.krylov;

import org.eigendrift.api.linear.Solver;

/** Preconditioned minimal residuals (Paige, Saunders 1975): one product with the matrix an iteration. */
public final class MinresProvider extends KrylovProvider {
    /** Creates the provider. */
    public MinresProvider() {
        super("minres", "minimal residuals; matrix-free, also for singular and indefinite systems");
    }

    @Override
    Solver solver(IterativeOptions options) {
        return new Minres(options);
    }
}
