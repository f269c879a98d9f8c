package org.eigendrift.engine.kernel;

import org.eigendrift.api.Fused;
import org.eigendrift.api.linear.ProductKernels;
import org.slf4j.LoggerFactory;

/**
 * The matrix products of the engine: those of the kernel that was chosen ({@link ProductKernels#current}), and what is too little work for
 * one. Row-major contiguous arrays. Sums are formed in a fixed order with fused multiply-adds, so results are the same on every
 * machine and for every number of threads, unless a kernel was chosen that says it is not exact.
 */
public final class MatrixKernel {
    static {
        if (!Fused.instruction()) {
            LoggerFactory.getLogger(MatrixKernel.class)
                    .warn("no fused multiply-add here: products and sums are rounded one after the other, so the last"
                            + " digits differ from those of other machines");
        }
    }

    private MatrixKernel() {}

    /**
     * C += A B.
     *
     * @param m rows of A and C
     * @param k columns of A, rows of B
     * @param n columns of B and C
     * @param a A; entry (i, p) at {@code aFrom + i * aRow + p}; not modified
     * @param aFrom first entry of A
     * @param aRow distance between rows of A
     * @param b B; entry (p, j) at {@code bFrom + p * bRow + j}; not modified
     * @param bFrom first entry of B
     * @param bRow distance between rows of B
     * @param c C; entry (i, j) at {@code cFrom + i * cRow + j}; another array; modified
     * @param cFrom first entry of C
     * @param cRow distance between rows of C
     */
    public static void multiplyAdd(
            int m,
            int k,
            int n,
            double[] a,
            int aFrom,
            int aRow,
            double[] b,
            int bFrom,
            int bRow,
            double[] c,
            int cFrom,
            int cRow) {
        ProductKernels.current().multiplyAdd(m, k, n, a, aFrom, aRow, b, bFrom, bRow, c, cFrom, cRow);
    }

    /**
     * C += A B, with an array for each row of B and of C.
     *
     * @param m rows of A and C
     * @param k columns of A, rows of B
     * @param n columns of B and C
     * @param a A, row by row without gaps; not modified
     * @param b B; not modified
     * @param bFirst its first row
     * @param c C, from row 0; other arrays; modified
     */
    public static void multiplyAdd(int m, int k, int n, double[] a, double[][] b, int bFirst, double[][] c) {
        ProductKernels.current().multiplyAdd(m, k, 0, n, a, b, bFirst, c, 0);
    }

    /**
     * c += a b, for the first entries.
     *
     * @param a factor
     * @param b not modified
     * @param c another array; modified
     * @param n how many entries
     */
    public static void addScaled(double a, double[] b, double[] c, int n) {
        for (int j = 0; j < n; j++) {
            c[j] = Fused.multiplyAdd(a, b[j], c[j]);
        }
    }

    /**
     * Writes the transpose of a matrix.
     *
     * @param rows rows of A
     * @param columns columns of A
     * @param a A, row by row without gaps from {@code aFrom}; not modified
     * @param aFrom first entry of A
     * @param out receives the transpose, row by row without gaps from {@code outFrom}; modified
     * @param outFrom first entry of the transpose
     * @param outRow distance between rows of the transpose
     */
    public static void transpose(int rows, int columns, double[] a, int aFrom, double[] out, int outFrom, int outRow) {
        // Rows are often a multiple of 4 kB apart, where a cache has room for eight lines but not for many more.
        int tile = 8;
        for (int r0 = 0; r0 < rows; r0 += tile) {
            int r1 = Math.min(rows, r0 + tile);
            for (int c = 0; c < columns; c++) {
                for (int r = r0; r < r1; r++) {
                    out[outFrom + c * outRow + r] = a[aFrom + r * columns + c];
                }
            }
        }
    }

    /**
     * out[j] += sum_i x[i][j] y[i][j]: the contraction of two matrices over their rows, for each column.
     *
     * @param rows rows of both
     * @param n columns of both
     * @param x first matrix, an array for each row; not modified
     * @param xFirst its first row
     * @param y second matrix, likewise, from row 0; not modified
     * @param out receives the sums; modified
     */
    public static void contractRows(int rows, int n, double[][] x, int xFirst, double[][] y, double[] out) {
        ProductKernels.current().contractRows(rows, n, x, xFirst, y, out);
    }

    /**
     * A scalar product, in four interleaved sums: one would wait for each addition.
     *
     * @param n how many terms
     * @param x first factors, from {@code xFrom}; not modified
     * @param xFrom first entry
     * @param y second factors, from {@code yFrom}; not modified
     * @param yFrom first entry
     * @return sum x[xFrom + k] y[yFrom + k] over k below n
     */
    public static double dot(int n, double[] x, int xFrom, double[] y, int yFrom) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int k = 0;
        for (; k + 3 < n; k += 4) {
            s0 = Fused.multiplyAdd(x[xFrom + k], y[yFrom + k], s0);
            s1 = Fused.multiplyAdd(x[xFrom + k + 1], y[yFrom + k + 1], s1);
            s2 = Fused.multiplyAdd(x[xFrom + k + 2], y[yFrom + k + 2], s2);
            s3 = Fused.multiplyAdd(x[xFrom + k + 3], y[yFrom + k + 3], s3);
        }
        for (; k < n; k++) {
            s0 = Fused.multiplyAdd(x[xFrom + k], y[yFrom + k], s0);
        }
        return s0 + s1 + (s2 + s3);
    }
}
