package org.eigendrift.solvers.factor;

import java.util.Arrays;
import org.eigendrift.api.Fused;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.ProductKernels;
import org.eigendrift.api.linear.SymmetricMatrix;

/**
 * The factorisation A + shift I = L L^T of a dense matrix, blocked and right-looking (Golub, Van Loan 4.2.6): n^3 / 3
 * floating-point operations, nearly all in the kernel that was chosen.
 *
 * <p>L is stored by rows of their own, row i of length i + 1, and each panel of L is also kept transposed. All
 * operands of an inner loop then run along the same index of different arrays, the form a just-in-time compiler turns
 * into vector fused multiply-adds. That holds as long as the loop is small: four columns applied to one row become
 * vector instructions, four columns applied to four rows do not, and take three times as long. Work space is kept
 * between calls. Belongs to one thread.
 */
public final class CholeskyFactor {
    /** Columns of a panel: the trailing matrix is read and written once for so many columns. */
    private static final int PANEL = 16;

    /** Rows whose part of the trailing matrix is updated by one product. */
    private static final int GROUP = 32;

    private int n;
    private double[][] rows = new double[0][];
    private final double[][] panel = new double[PANEL][];
    private final double[] negative = new double[GROUP * PANEL];
    private double[] unknowns = new double[0];
    private double failedPivot;

    /** Creates a factor without work space. */
    public CholeskyFactor() {}

    /**
     * Factorises a matrix, dense or of blocks; its dense form is never built.
     *
     * @param matrix the matrix
     * @param shift added to the diagonal
     * @return -1, or the index of the first pivot that is not positive
     */
    public int factor(SymmetricMatrix matrix, double shift) {
        reserve(matrix.size());
        if (matrix instanceof DenseSymmetric dense) {
            for (int i = 0; i < n; i++) {
                System.arraycopy(dense.values(), i * n, rows[i], 0, i + 1);
            }
        } else if (matrix instanceof BlockSymmetric blocks) {
            load(blocks);
        }
        for (int i = 0; i < n; i++) {
            rows[i][i] += shift;
        }
        return eliminate();
    }

    private void load(BlockSymmetric matrix) {
        for (int i = 0; i < n; i++) {
            Arrays.fill(rows[i], 0, i + 1, 0);
        }
        for (int b = 0; b < matrix.blocks(); b++) {
            int row = matrix.blockStart(b);
            int height = matrix.blockStart(b + 1) - row;
            for (int k = matrix.rowStart(b); k < matrix.rowStart(b + 1); k++) {
                int column = matrix.blockStart(matrix.column(k));
                int width = matrix.blockStart(matrix.column(k) + 1) - column;
                double[] block = matrix.entries(k);
                for (int c = 0; c < width; c++) {
                    for (int r = 0; r < height && row + r <= column + c; r++) {
                        rows[column + c][row + r] = block[r * width + c];
                    }
                }
            }
        }
    }

    /**
     * Factorises a block of an array.
     *
     * @param values entries by rows, both triangles or the lower one; not modified
     * @param offset index of the first entry
     * @param stride distance from one row to the next
     * @param size order
     * @param shift added to the diagonal
     * @return -1, or the index of the first pivot that is not positive
     */
    public int factor(double[] values, int offset, int stride, int size, double shift) {
        reserve(size);
        for (int i = 0; i < n; i++) {
            System.arraycopy(values, offset + i * stride, rows[i], 0, i + 1);
            rows[i][i] += shift;
        }
        return eliminate();
    }

    private int eliminate() {
        for (int k = 0; k < n; k += PANEL) {
            int width = Math.min(PANEL, n - k);
            int failed = factorDiagonal(k, width);
            if (failed >= 0) {
                return failed;
            }
            solvePanel(k, width);
            updateTrailing(k, width);
        }
        return -1;
    }

    private void reserve(int size) {
        n = size;
        int had = rows.length;
        if (had < size) {
            unknowns = new double[size];
            rows = Arrays.copyOf(rows, size);
            for (int i = had; i < size; i++) {
                rows[i] = new double[i + 1];
            }
        }
        if (size > PANEL && (panel[0] == null || panel[0].length < size)) {
            for (int p = 0; p < PANEL; p++) {
                panel[p] = new double[size];
            }
        }
    }

    /** The diagonal block, row by row. */
    private int factorDiagonal(int k, int width) {
        for (int i = k; i < k + width; i++) {
            double[] row = rows[i];
            for (int j = k; j < i; j++) {
                double sum = row[j];
                double[] other = rows[j];
                for (int p = k; p < j; p++) {
                    sum = Fused.multiplyAdd(-row[p], other[p], sum);
                }
                row[j] = sum / other[j];
            }
            double pivot = row[i];
            for (int p = k; p < i; p++) {
                pivot = Fused.multiplyAdd(-row[p], row[p], pivot);
            }
            if (!(pivot > 0)) {
                failedPivot = pivot;
                return i;
            }
            row[i] = Math.sqrt(pivot);
        }
        return -1;
    }

    /** The rows below the diagonal block, transposed: panel[p][i] = L[i][k + p]. */
    private void solvePanel(int k, int width) {
        for (int i = k + width; i < n; i++) {
            readPanel(i, k, width);
        }
        for (int p = 0; p < width; p++) {
            subtractPanel(panel[p], rows[k + p], k, p, k + width, n);
            scale(panel[p], 1 / rows[k + p][k + p], k + width, n);
        }
        for (int i = k + width; i < n; i++) {
            writePanel(i, k, width);
        }
    }

    private void readPanel(int i, int k, int width) {
        double[] row = rows[i];
        for (int p = 0; p < width; p++) {
            panel[p][i] = row[k + p];
        }
    }

    private void writePanel(int i, int k, int width) {
        double[] row = rows[i];
        for (int p = 0; p < width; p++) {
            row[k + p] = panel[p][i];
        }
    }

    private static void scale(double[] y, double factor, int from, int to) {
        for (int j = from; j < to; j++) {
            y[j] *= factor;
        }
    }

    /**
     * A[i][j] -= sum over p of L[i][k + p] L[j][k + p] for k + width <= j <= i: of each group of rows what lies left of them all is a
     * product of matrices, and the triangle below the diagonal is left.
     */
    private void updateTrailing(int k, int width) {
        for (int group = k + width; group < n; group += GROUP) {
            int end = Math.min(group + GROUP, n);
            negate(group, end, k, width);
            ProductKernels.current().multiplyAdd(end - group, width, k + width, group, negative, panel, 0, rows, group);
            for (int i = group; i < end; i++) {
                subtractPanel(rows[i], rows[i], k, width, group, i + 1);
            }
        }
    }

    private void negate(int from, int to, int k, int width) {
        for (int i = from; i < to; i++) {
            for (int p = 0; p < width; p++) {
                negative[(i - from) * width + p] = -rows[i][k + p];
            }
        }
    }

    /** y -= sum over p < count of row[k + p] panel[p]. */
    private void subtractPanel(double[] y, double[] row, int k, int count, int from, int to) {
        int p = 0;
        for (; p + 3 < count; p += 4) {
            int at = k + p;
            subtractFour(
                    y,
                    panel[p],
                    panel[p + 1],
                    panel[p + 2],
                    panel[p + 3],
                    -row[at],
                    -row[at + 1],
                    -row[at + 2],
                    -row[at + 3],
                    from,
                    to);
        }
        for (; p < count; p++) {
            subtractOne(y, panel[p], -row[k + p], from, to);
        }
    }

    private static void subtractFour(
            double[] y,
            double[] x0,
            double[] x1,
            double[] x2,
            double[] x3,
            double a0,
            double a1,
            double a2,
            double a3,
            int from,
            int to) {
        for (int j = from; j < to; j++) {
            y[j] = Fused.multiplyAdd(
                    a3,
                    x3[j],
                    Fused.multiplyAdd(a2, x2[j], Fused.multiplyAdd(a1, x1[j], Fused.multiplyAdd(a0, x0[j], y[j]))));
        }
    }

    private static void subtractOne(double[] y, double[] x, double a, int from, int to) {
        for (int j = from; j < to; j++) {
            y[j] = Fused.multiplyAdd(a, x[j], y[j]);
        }
    }

    /**
     * The pivot that stopped {@link #factor}.
     *
     * @return a number that is not positive
     */
    public double failedPivot() {
        return failedPivot;
    }

    /**
     * A diagonal entry of L.
     *
     * @param i row
     * @return L[i][i], positive
     */
    public double diagonal(int i) {
        return rows[i][i];
    }

    /**
     * Solves L L^T x = b.
     *
     * @param x holds b, receives the solution; modified
     * @param at index of its first entry
     */
    public void solve(double[] x, int at) {
        solveLower(x, at);
        solveUpper(x, at);
    }

    /**
     * Solves L x = b.
     *
     * @param x holds b, receives the solution; modified
     * @param at index of its first entry
     */
    public void solveLower(double[] x, int at) {
        for (int i = 0; i < n; i++) {
            double[] row = rows[i];
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            int j = 0;
            for (; j + 3 < i; j += 4) {
                s0 = Fused.multiplyAdd(row[j], x[at + j], s0);
                s1 = Fused.multiplyAdd(row[j + 1], x[at + j + 1], s1);
                s2 = Fused.multiplyAdd(row[j + 2], x[at + j + 2], s2);
                s3 = Fused.multiplyAdd(row[j + 3], x[at + j + 3], s3);
            }
            for (; j < i; j++) {
                s0 = Fused.multiplyAdd(row[j], x[at + j], s0);
            }
            x[at + i] = (x[at + i] - (s0 + s1 + (s2 + s3))) / row[i];
        }
    }

    /**
     * Solves L^T x = b.
     *
     * @param x holds b, receives the solution; modified
     * @param at index of its first entry
     */
    public void solveUpper(double[] x, int at) {
        // In an array of its own the unknowns share the index of a row.
        System.arraycopy(x, at, unknowns, 0, n);
        for (int i = n - 1; i >= 0; i--) {
            double[] row = rows[i];
            unknowns[i] /= row[i];
            subtractOne(unknowns, row, -unknowns[i], 0, i);
        }
        System.arraycopy(unknowns, 0, x, at, n);
    }

    /**
     * Solves L X = B for several columns at once.
     *
     * @param b holds B by rows, receives X; modified
     * @param width number of columns
     */
    public void solveLowerBlock(double[] b, int width) {
        for (int i = 0; i < n; i++) {
            double[] row = rows[i];
            for (int j = 0; j < i; j++) {
                for (int c = 0; c < width; c++) {
                    b[i * width + c] = Fused.multiplyAdd(-row[j], b[j * width + c], b[i * width + c]);
                }
            }
            for (int c = 0; c < width; c++) {
                b[i * width + c] /= row[i];
            }
        }
    }
}
