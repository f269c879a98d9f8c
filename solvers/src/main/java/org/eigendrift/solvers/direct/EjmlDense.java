package org.eigendrift.solvers.direct;

import java.util.Arrays;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.solvers.factor.Factorization;
import org.ejml.data.DMatrixRMaj;
import org.ejml.interfaces.linsol.LinearSolverDense;

/** A dense EJML solver as a factorisation. */
class EjmlDense implements Factorization {
    private final LinearSolverDense<DMatrixRMaj> solver;
    private DMatrixRMaj a = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj b = new DMatrixRMaj(0, 1);
    private final DMatrixRMaj solution = new DMatrixRMaj(0, 1);

    EjmlDense(LinearSolverDense<DMatrixRMaj> solver) {
        this.solver = solver;
    }

    /** Whether factors that exist are those of a positive definite matrix, or at least usable. */
    boolean usable() {
        return true;
    }

    @Override
    public final boolean factor(SymmetricMatrix matrix, double shift) {
        int n = matrix.size();
        DenseSymmetric dense = matrix.toDense();
        if (a.numRows != n) {
            a = new DMatrixRMaj(n, n);
        }
        System.arraycopy(dense.values(), 0, a.data, 0, n * n);
        for (int i = 0; i < n; i++) {
            a.data[i * n + i] += shift;
        }
        return solver.setA(a) && usable();
    }

    @Override
    public final void substitute(double[] x) {
        b.reshape(x.length, 1);
        solution.reshape(x.length, 1);
        System.arraycopy(x, 0, b.data, 0, x.length);
        Arrays.fill(solution.data, 0, x.length, 0);
        solver.solve(b, solution);
        System.arraycopy(solution.data, 0, x, 0, x.length);
    }

    @Override
    public final double bytes(int n) {
        return 16.0 * n * n;
    }
}
