package org.eigendrift.bases.numeric;

import java.util.Arrays;
import java.util.Comparator;
import org.eigendrift.api.NumericalException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The eigenpairs of a symmetric matrix.
 *
 * @param values eigenvalues, ascending
 * @param vectors unit eigenvectors, one an eigenvalue
 */
public record SymmetricEigen(double[] values, double[][] vectors) {

    /**
     * Decomposes.
     *
     * @param matrix symmetric; may be overwritten
     * @return all pairs
     * @throws NumericalException if the iteration does not converge
     */
    public static SymmetricEigen of(DMatrixRMaj matrix) {
        int size = matrix.getNumRows();
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
        if (!eigen.decompose(matrix)) {
            throw new NumericalException("a symmetric eigenproblem of order " + size + " did not converge");
        }
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order, Comparator.comparingDouble(i -> eigen.getEigenvalue(i).getReal()));
        double[] values = new double[size];
        double[][] vectors = new double[size][];
        for (int k = 0; k < size; k++) {
            values[k] = eigen.getEigenvalue(order[k]).getReal();
            vectors[k] = eigen.getEigenVector(order[k]).getData();
        }
        return new SymmetricEigen(values, vectors);
    }
}
