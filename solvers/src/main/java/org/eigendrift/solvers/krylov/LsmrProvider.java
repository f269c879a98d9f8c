package org.eigendrift.solvers.krylov;

import org.eigendrift.api.linear.Solver;

/** LSMR (Fong, Saunders 2011): minimal residuals on the normal equations, by bidiagonalisation. */
public final class LsmrProvider extends KrylovProvider {
    /** Creates the provider. */
    public LsmrProvider() {
        super("lsmr", "least squares with a monotone normal residual; for inconsistent systems");
    }

    @Override
    Solver solver(IterativeOptions options) {
        return new Lsmr(options);
    }
}
