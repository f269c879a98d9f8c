package org.eigendrift.solvers.direct;

import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.solvers.factor.DirectProvider;
import org.eigendrift.solvers.factor.Factorization;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.interfaces.linsol.LinearSolverSparse;
import org.ejml.sparse.FillReducing;
import org.ejml.sparse.csc.factory.LinearSolverFactory_DSCC;

/**
 * Sparse Cholesky factorisation by EJML (up-looking; Davis, Direct Methods for Sparse Linear Systems, chapter 4), in
 * the order of {@link MinimumDegree}. Work and memory follow the fill of the factor.
 */
public final class SparseCholeskyProvider extends DirectProvider {
    /** Creates the provider. */
    public SparseCholeskyProvider() {
        super("sparse-cholesky", "sparse Cholesky factorisation (EJML) in a minimum-degree order of the clusters");
    }

    @Override
    protected Factorization factorization() {
        return new Sparse();
    }

    private static final class Sparse implements Factorization {
        private final LinearSolverSparse<DMatrixSparseCSC, DMatrixRMaj> solver =
                LinearSolverFactory_DSCC.cholesky(FillReducing.NONE);
        private int[] order;
        private final DMatrixRMaj b = new DMatrixRMaj(0, 1);
        private final DMatrixRMaj solution = new DMatrixRMaj(0, 1);

        @Override
        public boolean factor(SymmetricMatrix matrix, double shift) {
            order = MinimumDegree.order(matrix);
            return solver.setA(upperTriangle(matrix, shift));
        }

        /** The upper triangle of the reordered matrix by columns, rows ascending: two counting sorts. */
        private DMatrixSparseCSC upperTriangle(SymmetricMatrix matrix, double shift) {
            int n = matrix.size();
            int[] place = new int[n];
            for (int k = 0; k < n; k++) {
                place[order[k]] = k;
            }
            Triplets triplets = new Triplets(n, Math.toIntExact((matrix.nonzeros() + n) / 2 + n));
            if (matrix instanceof BlockSymmetric blocks) {
                for (int i = 0; i < blocks.blocks(); i++) {
                    for (int k = blocks.rowStart(i); k < blocks.rowStart(i + 1); k++) {
                        addBlock(triplets, blocks, i, k, place);
                    }
                }
            } else {
                for (int i = 0; i < n; i++) {
                    for (int j = i; j < n; j++) {
                        triplets.add(place[i], place[j], matrix.get(i, j));
                    }
                }
            }
            return triplets.columns(shift);
        }

        private static void addBlock(Triplets triplets, BlockSymmetric matrix, int i, int k, int[] place) {
            int j = matrix.column(k);
            int row = matrix.blockStart(i);
            int column = matrix.blockStart(j);
            int width = matrix.blockStart(j + 1) - column;
            double[] block = matrix.entries(k);
            for (int r = 0; r < matrix.blockStart(i + 1) - row; r++) {
                for (int c = i == j ? r : 0; c < width; c++) {
                    triplets.add(place[row + r], place[column + c], block[r * width + c]);
                }
            }
        }

        @Override
        public void substitute(double[] x) {
            int n = x.length;
            b.reshape(n, 1);
            solution.reshape(n, 1);
            for (int k = 0; k < n; k++) {
                b.data[k] = x[order[k]];
            }
            solver.solve(b, solution);
            for (int k = 0; k < n; k++) {
                x[order[k]] = solution.data[k];
            }
        }

        @Override
        public double bytes(int n) {
            return 0;
        }
    }

    /** Entries of one triangle in any order; the diagonal is always stored. */
    private static final class Triplets {
        private final int n;
        private final int[] rows;
        private final int[] columns;
        private final double[] values;
        private int count;

        Triplets(int n, int capacity) {
            this.n = n;
            rows = new int[capacity];
            columns = new int[capacity];
            values = new double[capacity];
        }

        void add(int row, int column, double value) {
            if (value == 0 && row != column) {
                return;
            }
            rows[count] = Math.min(row, column);
            columns[count] = Math.max(row, column);
            values[count++] = value;
        }

        DMatrixSparseCSC columns(double shift) {
            int[] byRow = sorted(rows, null);
            int[] byColumn = sorted(columns, byRow);
            DMatrixSparseCSC matrix = new DMatrixSparseCSC(n, n, count);
            matrix.nz_length = count;
            for (int at = 0; at < count; at++) {
                int k = byColumn[at];
                matrix.nz_rows[at] = rows[k];
                matrix.nz_values[at] = values[k] + (rows[k] == columns[k] ? shift : 0);
                matrix.col_idx[columns[k] + 1] = at + 1;
            }
            matrix.indicesSorted = true;
            return matrix;
        }

        /** A stable counting sort of entries, taken in the given order, by key. */
        private int[] sorted(int[] keys, int[] from) {
            int[] start = new int[n + 1];
            for (int k = 0; k < count; k++) {
                start[keys[k] + 1]++;
            }
            for (int i = 0; i < n; i++) {
                start[i + 1] += start[i];
            }
            int[] result = new int[count];
            for (int at = 0; at < count; at++) {
                int k = from == null ? at : from[at];
                result[start[keys[k]]++] = k;
            }
            return result;
        }
    }
}
