package org.eigendrift.solvers.precondition;

import java.util.Arrays;
import org.eigendrift.api.Fused;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.solvers.factor.CholeskyFactor;

/**
 * U^T U with U upper triangular by blocks and of the matrix's own pattern: for each block row k, the diagonal block is
 * factorised, the blocks beside it become U_kj = L_k^-1 A_kj, and every stored block (i, j) of later rows loses
 * U_ki^T U_kj.
 */
final class BlockIncompleteCholesky implements Preconditioner {
    private final SymmetricMatrix source;
    private final int[] rowStarts;
    private final int[] columns;
    private final double[][] blocks;
    private final CholeskyFactor[] pivots;

    BlockIncompleteCholesky(SymmetricMatrix matrix) {
        source = matrix;
        int count = matrix.blocks();
        rowStarts = new int[count + 1];
        if (matrix instanceof BlockSymmetric sparse) {
            for (int i = 0; i <= count; i++) {
                rowStarts[i] = sparse.rowStart(i);
            }
            columns = new int[rowStarts[count]];
            Arrays.setAll(columns, sparse::column);
        } else {
            columns = new int[count * (count + 1) / 2];
            for (int i = 0, at = 0; i < count; i++) {
                for (int j = i; j < count; j++) {
                    columns[at++] = j;
                }
                rowStarts[i + 1] = at;
            }
        }
        blocks = new double[columns.length][];
        pivots = new CholeskyFactor[count];
        for (int i = 0; i < count; i++) {
            pivots[i] = new CholeskyFactor();
            for (int k = rowStarts[i]; k < rowStarts[i + 1]; k++) {
                blocks[k] = new double[width(i) * width(columns[k])];
            }
        }
    }

    private int width(int block) {
        return source.blockStart(block + 1) - source.blockStart(block);
    }

    /** Factorises; false if a pivot block is not positive definite. */
    boolean factor(double shift, double stretch) {
        load();
        for (int k = 0; k < pivots.length; k++) {
            int width = width(k);
            double[] pivot = blocks[rowStarts[k]];
            for (int r = 0; r < width; r++) {
                pivot[r * width + r] += shift * stretch + (stretch - 1) * original(k, r);
            }
            if (pivots[k].factor(pivot, 0, width, width, 0) >= 0) {
                return false;
            }
            for (int j = rowStarts[k] + 1; j < rowStarts[k + 1]; j++) {
                pivots[k].solveLowerBlock(blocks[j], width(columns[j]));
            }
            update(k);
        }
        return true;
    }

    private double original(int block, int r) {
        int row = source.blockStart(block) + r;
        return source.get(row, row);
    }

    private void load() {
        for (int i = 0; i < pivots.length; i++) {
            for (int k = rowStarts[i]; k < rowStarts[i + 1]; k++) {
                if (source instanceof BlockSymmetric sparse) {
                    System.arraycopy(sparse.entries(k), 0, blocks[k], 0, blocks[k].length);
                } else {
                    loadDense((DenseSymmetric) source, i, k);
                }
            }
        }
    }

    private void loadDense(DenseSymmetric dense, int i, int k) {
        int width = width(columns[k]);
        for (int r = 0; r < width(i); r++) {
            int from = (source.blockStart(i) + r) * dense.size() + source.blockStart(columns[k]);
            System.arraycopy(dense.values(), from, blocks[k], r * width, width);
        }
    }

    private void update(int k) {
        int height = width(k);
        for (int a = rowStarts[k] + 1; a < rowStarts[k + 1]; a++) {
            int i = columns[a];
            for (int b = a; b < rowStarts[k + 1]; b++) {
                int at = Arrays.binarySearch(columns, rowStarts[i], rowStarts[i + 1], columns[b]);
                if (at >= 0) {
                    subtractProduct(blocks[a], width(i), blocks[b], width(columns[b]), height, blocks[at]);
                }
            }
        }
    }

    /** target -= left^T right. */
    private static void subtractProduct(
            double[] left, int rows, double[] right, int width, int height, double[] target) {
        for (int p = 0; p < height; p++) {
            for (int r = 0; r < rows; r++) {
                double factor = -left[p * rows + r];
                for (int c = 0; c < width; c++) {
                    target[r * width + c] = Fused.multiplyAdd(factor, right[p * width + c], target[r * width + c]);
                }
            }
        }
    }

    @Override
    public void apply(double[] r, double[] z) {
        System.arraycopy(r, 0, z, 0, r.length);
        for (int k = 0; k < pivots.length; k++) {
            int row = source.blockStart(k);
            pivots[k].solveLower(z, row);
            for (int b = rowStarts[k] + 1; b < rowStarts[k + 1]; b++) {
                int column = source.blockStart(columns[b]);
                int width = width(columns[b]);
                for (int p = 0; p < width(k); p++) {
                    double factor = -z[row + p];
                    for (int c = 0; c < width; c++) {
                        z[column + c] = Fused.multiplyAdd(factor, blocks[b][p * width + c], z[column + c]);
                    }
                }
            }
        }
        for (int k = pivots.length - 1; k >= 0; k--) {
            int row = source.blockStart(k);
            for (int b = rowStarts[k] + 1; b < rowStarts[k + 1]; b++) {
                int column = source.blockStart(columns[b]);
                int width = width(columns[b]);
                for (int p = 0; p < width(k); p++) {
                    double sum = 0;
                    for (int c = 0; c < width; c++) {
                        sum = Fused.multiplyAdd(blocks[b][p * width + c], z[column + c], sum);
                    }
                    z[row + p] -= sum;
                }
            }
            pivots[k].solveUpper(z, row);
        }
    }
}
