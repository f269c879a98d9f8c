package org.eigendrift.solvers.direct;

import org.eigendrift.solvers.factor.DirectProvider;
import org.eigendrift.solvers.factor.Factorization;
import org.ojalgo.matrix.decomposition.LDL;
import org.ojalgo.matrix.decomposition.MatrixDecomposition;
import org.ojalgo.matrix.store.MatrixStore;

/** Dense factorisation P L D L^T P^T with symmetric pivoting, by ojAlgo, for positive definite matrices. */
public final class OjalgoLdlProvider extends DirectProvider {
    /** Creates the provider. */
    public OjalgoLdlProvider() {
        super("ojalgo-ldl", "dense LDL' factorisation with symmetric pivoting (ojAlgo)");
    }

    @Override
    protected Factorization factorization() {
        return new OjalgoDense() {
            @Override
            MatrixDecomposition.Solver<Double> make(int n) {
                return LDL.R064.make(n, n);
            }

            @Override
            boolean definite(MatrixDecomposition.Solver<Double> factors) {
                MatrixStore<Double> d = ((LDL<Double>) factors).getD();
                for (int i = 0; i < d.countRows(); i++) {
                    if (!(d.doubleValue(i, i) > 0)) {
                        return false;
                    }
                }
                return true;
            }
        };
    }
}
