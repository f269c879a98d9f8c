package org.eigendrift.solvers.direct;

import org.eigendrift.solvers.factor.DirectProvider;
import org.eigendrift.solvers.factor.Factorization;
import org.ojalgo.matrix.decomposition.Cholesky;
import org.ojalgo.matrix.decomposition.MatrixDecomposition;

/** Dense Cholesky factorisation by ojAlgo. */
public final class OjalgoCholeskyProvider extends DirectProvider {
    /** Creates the provider. */
    public OjalgoCholeskyProvider() {
        super("ojalgo-cholesky", "dense Cholesky factorisation (ojAlgo)");
    }

    @Override
    protected Factorization factorization() {
        return new OjalgoDense() {
            @Override
            MatrixDecomposition.Solver<Double> make(int n) {
                return Cholesky.R064.make(n, n);
            }

            @Override
            boolean definite(MatrixDecomposition.Solver<Double> factors) {
                return ((Cholesky<Double>) factors).isSPD();
            }
        };
    }
}
