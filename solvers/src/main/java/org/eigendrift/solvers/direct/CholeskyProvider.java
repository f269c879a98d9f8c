package org.eigendrift.solvers.direct;

import java.util.Optional;
import org.eigendrift.api.linear.SolverUse;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.api.plugin.Offer;
import org.eigendrift.solvers.factor.CholeskyFactor;
import org.eigendrift.solvers.factor.DirectProvider;
import org.eigendrift.solvers.factor.Factorization;

/** Dense Cholesky factorisation: n^3 / 3 multiply-adds, n^2 / 2 numbers kept, for positive definite matrices. */
public final class CholeskyProvider extends DirectProvider {
    /** Creates the provider. */
    public CholeskyProvider() {
        super("cholesky", "dense Cholesky factorisation, blocked; the default for up to a few thousand unknowns");
    }

    @Override
    public Optional<Offer> offer(SolverUse use) {
        double n = use.unknowns();
        return Optional.of(Offer.of(-n * n * n / 3));
    }

    @Override
    protected Factorization factorization() {
        CholeskyFactor factor = new CholeskyFactor();
        return new Factorization() {
            @Override
            public boolean factor(SymmetricMatrix matrix, double shift) {
                return factor.factor(matrix, shift) < 0;
            }

            @Override
            public void substitute(double[] x) {
                factor.solve(x, 0);
            }

            @Override
            public double bytes(int n) {
                return 4.0 * n * n;
            }
        };
    }
}
