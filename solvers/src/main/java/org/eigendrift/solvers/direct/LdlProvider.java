package org.eigendrift.solvers.direct;

import org.eigendrift.solvers.factor.DirectProvider;
import org.eigendrift.solvers.factor.Factorization;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionLDL_DDRM;
import org.ejml.dense.row.linsol.chol.LinearSolverCholLDL_DDRM;

/**
 * Dense factorisation L D L^T without pivoting and without square roots, by EJML: as stable as Cholesky for definite
 * matrices, to which it is confined.
 */
public final class LdlProvider extends DirectProvider {
    /** Creates the provider. */
    public LdlProvider() {
        super("ldl", "dense LDL' factorisation without square roots (EJML)");
    }

    @Override
    protected Factorization factorization() {
        CholeskyDecompositionLDL_DDRM decomposition = new CholeskyDecompositionLDL_DDRM();
        return new EjmlDense(new LinearSolverCholLDL_DDRM(decomposition)) {
            @Override
            boolean usable() {
                int n = decomposition.getL().numRows;
                for (int i = 0; i < n; i++) {
                    if (!(decomposition.getDiagonal()[i] > 0)) {
                        return false;
                    }
                }
                return true;
            }
        };
    }
}
