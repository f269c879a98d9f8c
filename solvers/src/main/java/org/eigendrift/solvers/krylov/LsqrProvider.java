package org.eigendrift.solvers.krylov;

import org.eigendrift.api.linear.Solver;

/** LSQR (Paige, Saunders 1982): conjugate gradients on the normal equations, by bidiagonalisation. */
public final class LsqrProvider extends KrylovProvider {
    /** Creates the provider. */
    public LsqrProvider() {
        super("lsqr", "least squares by Golub-Kahan bidiagonalisation; for inconsistent systems");
    }

    @Override
    Solver solver(IterativeOptions options) {
        return new Lsqr(options);
    }
}
