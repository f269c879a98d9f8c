package org.eigendrift.solvers.direct;

import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.solvers.factor.Factorization;
import org.ojalgo.matrix.decomposition.MatrixDecomposition;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.PhysicalStore;
import org.ojalgo.matrix.store.R064Store;

/** A dense ojAlgo decomposition as a factorisation. */
abstract class OjalgoDense implements Factorization {
    private MatrixDecomposition.Solver<Double> decomposition;
    private PhysicalStore<Double> work;

    /** A new decomposition for matrices of order n. */
    abstract MatrixDecomposition.Solver<Double> make(int n);

    /** Whether the factors are those of a positive definite matrix. */
    abstract boolean definite(MatrixDecomposition.Solver<Double> factors);

    @Override
    public final boolean factor(SymmetricMatrix matrix, double shift) {
        int n = matrix.size();
        double[] values = matrix.toDense().values().clone();
        for (int i = 0; i < n; i++) {
            values[i * n + i] += shift;
        }
        if (work == null || work.countRows() != n) {
            decomposition = make(n);
            work = decomposition.preallocate(n, n, 1);
        }
        return decomposition.decompose(R064Store.wrap(values, n))
                && decomposition.isSolvable()
                && definite(decomposition);
    }

    @Override
    public final void substitute(double[] x) {
        MatrixStore<Double> solution = decomposition.getSolution(R064Store.wrap(x.clone(), x.length), work);
        for (int i = 0; i < x.length; i++) {
            x[i] = solution.doubleValue(i, 0);
        }
    }

    @Override
    public final double bytes(int n) {
        return 24.0 * n * n;
    }
}
