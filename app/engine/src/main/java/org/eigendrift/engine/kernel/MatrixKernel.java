package org.eigendrift.engine.kernel;

/**
 * The matrix products on which every hot path runs: moment table, assembly, theta to velocity. Row-major contiguous
 * arrays; the innermost loop runs along the columns of B and C, so the compiler turns it into vector instructions.
 * Sums are formed in a fixed order with fused multiply-adds, so results are the same on every machine and for every
 * number of threads.
 */
public final class MatrixKernel {
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
        int i = 0;
        for (; i + 1 < m; i += 2) {
            int a0 = aFrom + i * aRow;
            int p = 0;
            for (; p + 3 < k; p += 4) {
                twoByFour(a, a0 + p, a0 + aRow + p, b, bFrom + p * bRow, bRow, c, cFrom + i * cRow, cRow, n);
            }
            for (; p < k; p++) {
                oneByOne(a[a0 + p], b, bFrom + p * bRow, c, cFrom + i * cRow, n);
                oneByOne(a[a0 + aRow + p], b, bFrom + p * bRow, c, cFrom + (i + 1) * cRow, n);
            }
        }
        if (i < m) {
            int a0 = aFrom + i * aRow;
            int p = 0;
            for (; p + 3 < k; p += 4) {
                oneByFour(a, a0 + p, b, bFrom + p * bRow, bRow, c, cFrom + i * cRow, n);
            }
            for (; p < k; p++) {
                oneByOne(a[a0 + p], b, bFrom + p * bRow, c, cFrom + i * cRow, n);
            }
        }
    }

    private static void twoByFour(
            double[] a, int a0, int a1, double[] b, int b0, int bRow, double[] c, int c0, int cRow, int n) {
        double a00 = a[a0];
        double a01 = a[a0 + 1];
        double a02 = a[a0 + 2];
        double a03 = a[a0 + 3];
        double a10 = a[a1];
        double a11 = a[a1 + 1];
        double a12 = a[a1 + 2];
        double a13 = a[a1 + 3];
        int b1 = b0 + bRow;
        int b2 = b1 + bRow;
        int b3 = b2 + bRow;
        int c1 = c0 + cRow;
        for (int j = 0; j < n; j++) {
            double x0 = b[b0 + j];
            double x1 = b[b1 + j];
            double x2 = b[b2 + j];
            double x3 = b[b3 + j];
            c[c0 + j] = Math.fma(a03, x3, Math.fma(a02, x2, Math.fma(a01, x1, Math.fma(a00, x0, c[c0 + j]))));
            c[c1 + j] = Math.fma(a13, x3, Math.fma(a12, x2, Math.fma(a11, x1, Math.fma(a10, x0, c[c1 + j]))));
        }
    }

    private static void oneByFour(double[] a, int a0, double[] b, int b0, int bRow, double[] c, int c0, int n) {
        double a00 = a[a0];
        double a01 = a[a0 + 1];
        double a02 = a[a0 + 2];
        double a03 = a[a0 + 3];
        int b1 = b0 + bRow;
        int b2 = b1 + bRow;
        int b3 = b2 + bRow;
        for (int j = 0; j < n; j++) {
            c[c0 + j] = Math.fma(
                    a03,
                    b[b3 + j],
                    Math.fma(a02, b[b2 + j], Math.fma(a01, b[b1 + j], Math.fma(a00, b[b0 + j], c[c0 + j]))));
        }
    }

    private static void oneByOne(double a, double[] b, int b0, double[] c, int c0, int n) {
        for (int j = 0; j < n; j++) {
            c[c0 + j] = Math.fma(a, b[b0 + j], c[c0 + j]);
        }
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
        for (int i = 0; i < m; i++) {
            double[] row = c[i];
            int at = i * k;
            int p = 0;
            for (; p + 3 < k; p += 4) {
                int q = bFirst + p;
                addFour(
                        a[at + p],
                        a[at + p + 1],
                        a[at + p + 2],
                        a[at + p + 3],
                        b[q],
                        b[q + 1],
                        b[q + 2],
                        b[q + 3],
                        row,
                        n);
            }
            for (; p < k; p++) {
                addOne(a[at + p], b[bFirst + p], row, n);
            }
        }
    }

    /** Of this form, separate arrays along one index and few of them, the compiler makes vector instructions. */
    private static void addFour(
            double a0,
            double a1,
            double a2,
            double a3,
            double[] b0,
            double[] b1,
            double[] b2,
            double[] b3,
            double[] c,
            int n) {
        for (int j = 0; j < n; j++) {
            c[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], c[j]))));
        }
    }

    private static void addOne(double a, double[] b, double[] c, int n) {
        for (int j = 0; j < n; j++) {
            c[j] = Math.fma(a, b[j], c[j]);
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
        int tile = 16;
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
        int i = 0;
        for (; i + 1 < rows; i += 2) {
            addProducts(x[xFirst + i], y[i], x[xFirst + i + 1], y[i + 1], out, n);
        }
        if (i < rows) {
            addProduct(x[xFirst + i], y[i], out, n);
        }
    }

    private static void addProducts(double[] x0, double[] y0, double[] x1, double[] y1, double[] out, int n) {
        for (int j = 0; j < n; j++) {
            out[j] = Math.fma(x1[j], y1[j], Math.fma(x0[j], y0[j], out[j]));
        }
    }

    private static void addProduct(double[] x, double[] y, double[] out, int n) {
        for (int j = 0; j < n; j++) {
            out[j] = Math.fma(x[j], y[j], out[j]);
        }
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
            s0 = Math.fma(x[xFrom + k], y[yFrom + k], s0);
            s1 = Math.fma(x[xFrom + k + 1], y[yFrom + k + 1], s1);
            s2 = Math.fma(x[xFrom + k + 2], y[yFrom + k + 2], s2);
            s3 = Math.fma(x[xFrom + k + 3], y[yFrom + k + 3], s3);
        }
        for (; k < n; k++) {
            s0 = Math.fma(x[xFrom + k], y[yFrom + k], s0);
        }
        return s0 + s1 + (s2 + s3);
    }
}
