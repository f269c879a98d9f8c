package org.eigendrift.solvers.stationary;

import org.eigendrift.api.Fused;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.SymmetricMatrix;

/**
 * Passes through the rows of A + shift I = L + D + L^T, each touching a stored entry once or twice: relaxation sweeps,
 * and solves with the triangles (Saad, Iterative Methods for Sparse Linear Systems, 4.1). A row whose diagonal entry is
 * not positive, which in a semidefinite matrix is a row of zeros, is left alone. Keeps work space.
 */
public abstract class Sweep {
    /** The diagonal of A + shift I. */
    protected final double[] diagonal;

    /** Its inverse, 0 where it is not positive. */
    protected final double[] inverse;

    /**
     * Takes the diagonal.
     *
     * @param matrix the matrix
     * @param shift added to the diagonal
     */
    Sweep(SymmetricMatrix matrix, double shift) {
        int n = matrix.size();
        diagonal = new double[n];
        inverse = new double[n];
        matrix.diagonal(diagonal);
        for (int i = 0; i < n; i++) {
            diagonal[i] += shift;
            inverse[i] = diagonal[i] > 0 ? 1 / diagonal[i] : 0;
        }
    }

    /**
     * Sweeps of a matrix, on the structure it has: work and memory follow its stored entries.
     *
     * @param matrix the matrix; shared
     * @param shift added to the diagonal
     * @return its sweeps
     */
    public static Sweep of(SymmetricMatrix matrix, double shift) {
        return matrix instanceof BlockSymmetric blocks
                ? new BlockSweep(blocks, shift)
                : new DenseSweep((DenseSymmetric) matrix, shift);
    }

    /**
     * One sweep of successive over-relaxation from the first row to the last, x_i += omega r_i / d_i.
     *
     * @param b right-hand side; not modified
     * @param x the iterate; modified
     * @param omega relaxation
     * @return the sum of squares of the residuals r_i met on the way, each computed before its row was relaxed
     */
    public abstract double forward(double[] b, double[] x, double omega);

    /**
     * The same from the last row to the first.
     *
     * @param b right-hand side; not modified
     * @param x the iterate; modified
     * @param omega relaxation
     * @return the sum of squares of the residuals met on the way
     */
    public abstract double backward(double[] b, double[] x, double omega);

    /**
     * Solves (D / omega + L) y = r; rows that are left alone give 0.
     *
     * @param r holds r, receives y; modified
     * @param omega relaxation
     */
    public abstract void solveLower(double[] r, double omega);

    /**
     * Solves (D / omega + L^T) y = r; rows that are left alone give 0.
     *
     * @param r holds r, receives y; modified
     * @param omega relaxation
     */
    public abstract void solveUpper(double[] r, double omega);

    /**
     * A diagonal entry of A + shift I.
     *
     * @param i row
     * @return the entry
     */
    public double diagonal(int i) {
        return diagonal[i];
    }

    private static final class DenseSweep extends Sweep {
        private final double[] values;
        private final double shift;
        private final int n;

        DenseSweep(DenseSymmetric matrix, double shift) {
            super(matrix, shift);
            this.values = matrix.values();
            this.shift = shift;
            this.n = matrix.size();
        }

        private double product(int row, double[] x, int from, int to) {
            int at = row * n;
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            int j = from;
            for (; j + 3 < to; j += 4) {
                s0 = Fused.multiplyAdd(values[at + j], x[j], s0);
                s1 = Fused.multiplyAdd(values[at + j + 1], x[j + 1], s1);
                s2 = Fused.multiplyAdd(values[at + j + 2], x[j + 2], s2);
                s3 = Fused.multiplyAdd(values[at + j + 3], x[j + 3], s3);
            }
            for (; j < to; j++) {
                s0 = Fused.multiplyAdd(values[at + j], x[j], s0);
            }
            return s0 + s1 + (s2 + s3);
        }

        private double relax(int i, double[] b, double[] x, double omega) {
            double residual = b[i] - product(i, x, 0, n) - shift * x[i];
            x[i] = Fused.multiplyAdd(omega * inverse[i], residual, x[i]);
            return residual * residual;
        }

        @Override
        public double forward(double[] b, double[] x, double omega) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += relax(i, b, x, omega);
            }
            return sum;
        }

        @Override
        public double backward(double[] b, double[] x, double omega) {
            double sum = 0;
            for (int i = n - 1; i >= 0; i--) {
                sum += relax(i, b, x, omega);
            }
            return sum;
        }

        @Override
        public void solveLower(double[] r, double omega) {
            for (int i = 0; i < n; i++) {
                r[i] = (r[i] - product(i, r, 0, i)) * omega * inverse[i];
            }
        }

        @Override
        public void solveUpper(double[] r, double omega) {
            for (int i = n - 1; i >= 0; i--) {
                r[i] = (r[i] - product(i, r, i + 1, n)) * omega * inverse[i];
            }
        }
    }

    /**
     * Only blocks on and above the diagonal are stored: what a row owes to later rows is gathered from its own blocks,
     * what it owes to earlier ones has been scattered by them into {@code rest}.
     */
    private static final class BlockSweep extends Sweep {
        private final BlockSymmetric matrix;
        private final double shift;
        private final double[] rest;

        BlockSweep(BlockSymmetric matrix, double shift) {
            super(matrix, shift);
            this.matrix = matrix;
            this.shift = shift;
            this.rest = new double[matrix.size()];
        }

        private int width(int block) {
            return matrix.blockStart(block + 1) - matrix.blockStart(block);
        }

        /** rest -= the products of a block row's off-diagonal blocks with x. */
        private void gather(int i, double[] x, double[] into) {
            int row = matrix.blockStart(i);
            int height = width(i);
            for (int k = matrix.rowStart(i) + 1; k < matrix.rowStart(i + 1); k++) {
                double[] block = matrix.entries(k);
                int column = matrix.blockStart(matrix.column(k));
                int width = width(matrix.column(k));
                for (int r = 0; r < height; r++) {
                    double sum = 0;
                    for (int c = 0; c < width; c++) {
                        sum = Fused.multiplyAdd(block[r * width + c], x[column + c], sum);
                    }
                    into[row + r] -= sum;
                }
            }
        }

        /** rest -= the products of the transposed blocks, which stand below the diagonal, with x. */
        private void scatter(int i, double[] x, double[] into) {
            int row = matrix.blockStart(i);
            int height = width(i);
            for (int k = matrix.rowStart(i) + 1; k < matrix.rowStart(i + 1); k++) {
                double[] block = matrix.entries(k);
                int column = matrix.blockStart(matrix.column(k));
                int width = width(matrix.column(k));
                for (int r = 0; r < height; r++) {
                    double xr = x[row + r];
                    for (int c = 0; c < width; c++) {
                        into[column + c] = Fused.multiplyAdd(-block[r * width + c], xr, into[column + c]);
                    }
                }
            }
        }

        private double relax(int i, int r, double[] x, double omega) {
            double[] block = matrix.entries(matrix.rowStart(i));
            int row = matrix.blockStart(i);
            int width = width(i);
            double residual = rest[row + r] - shift * x[row + r];
            for (int c = 0; c < width; c++) {
                residual = Fused.multiplyAdd(-block[r * width + c], x[row + c], residual);
            }
            x[row + r] = Fused.multiplyAdd(omega * inverse[row + r], residual, x[row + r]);
            return residual * residual;
        }

        @Override
        public double forward(double[] b, double[] x, double omega) {
            System.arraycopy(b, 0, rest, 0, rest.length);
            double sum = 0;
            for (int i = 0; i < matrix.blocks(); i++) {
                gather(i, x, rest);
                for (int r = 0; r < width(i); r++) {
                    sum += relax(i, r, x, omega);
                }
                scatter(i, x, rest);
            }
            return sum;
        }

        @Override
        public double backward(double[] b, double[] x, double omega) {
            System.arraycopy(b, 0, rest, 0, rest.length);
            for (int i = 0; i < matrix.blocks(); i++) {
                scatter(i, x, rest);
            }
            double sum = 0;
            for (int i = matrix.blocks() - 1; i >= 0; i--) {
                gather(i, x, rest);
                for (int r = width(i) - 1; r >= 0; r--) {
                    sum += relax(i, r, x, omega);
                }
            }
            return sum;
        }

        @Override
        public void solveLower(double[] r, double omega) {
            for (int i = 0; i < matrix.blocks(); i++) {
                double[] block = matrix.entries(matrix.rowStart(i));
                int row = matrix.blockStart(i);
                int width = width(i);
                for (int k = 0; k < width; k++) {
                    double sum = r[row + k];
                    for (int c = 0; c < k; c++) {
                        sum = Fused.multiplyAdd(-block[k * width + c], r[row + c], sum);
                    }
                    r[row + k] = sum * omega * inverse[row + k];
                }
                scatter(i, r, r);
            }
        }

        @Override
        public void solveUpper(double[] r, double omega) {
            for (int i = matrix.blocks() - 1; i >= 0; i--) {
                gather(i, r, r);
                double[] block = matrix.entries(matrix.rowStart(i));
                int row = matrix.blockStart(i);
                int width = width(i);
                for (int k = width - 1; k >= 0; k--) {
                    double sum = r[row + k];
                    for (int c = k + 1; c < width; c++) {
                        sum = Fused.multiplyAdd(-block[k * width + c], r[row + c], sum);
                    }
                    r[row + k] = sum * omega * inverse[row + k];
                }
            }
        }
    }
}
