package org.eigendrift.solvers.direct;

import org.eigendrift.solvers.factor.DirectProvider;
import org.eigendrift.solvers.factor.Factorization;
import org.ejml.dense.row.linsol.qr.LinearSolverQrHouseCol_DDRM;

/** Dense Householder QR factorisation, by EJML: four times the work of Cholesky, and definiteness does not matter. */
public final class QrProvider extends DirectProvider {
    /** Creates the provider. */
    public QrProvider() {
        super("qr", "dense Householder QR factorisation (EJML); also for indefinite matrices");
    }

    @Override
    protected Factorization factorization() {
        return new EjmlDense(new LinearSolverQrHouseCol_DDRM());
    }
}
