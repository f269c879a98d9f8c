package org.eigendrift.api.linear;

import org.eigendrift.api.Fused;

/**
 * Kernels as plain loops. The innermost one runs along the columns of B and C, on rows in arrays of their own: those of a larger array
 * are copied first, because the compiler of Java 17 turns loops at offsets into no vector instructions.
 */
final class PortableKernel implements ProductKernel {
    /** Columns taken at a time, so that the rows of C that are copied stay in the first-level cache. */
    private static final int TILE = 256;

    @Override
    public boolean exact() {
        return true;
    }

    @Override
    public void multiplyAdd(
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
        for (int from = 0; from < n; from += TILE) {
            multiplyAddTile(
                    m, k, Math.min(TILE, n - from), a, aFrom, aRow, b, bFrom + from, bRow, c, cFrom + from, cRow);
        }
    }

    private static void multiplyAddTile(
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
        double[][] sums = new double[m][n];
        for (int i = 0; i < m; i++) {
            System.arraycopy(c, cFrom + i * cRow, sums[i], 0, n);
        }
        double[][] four = new double[4][n];
        for (int p = 0; p < k; p += 4) {
            int height = Math.min(4, k - p);
            for (int q = 0; q < height; q++) {
                System.arraycopy(b, bFrom + (p + q) * bRow, four[q], 0, n);
            }
            for (int i = 0; i < m; i++) {
                int at = aFrom + i * aRow + p;
                if (height == 4) {
                    addFour(a, at, four, 0, sums[i], 0, n);
                } else {
                    for (int q = 0; q < height; q++) {
                        addOne(a[at + q], four[q], sums[i], 0, n);
                    }
                }
            }
        }
        for (int i = 0; i < m; i++) {
            System.arraycopy(sums[i], 0, c, cFrom + i * cRow, n);
        }
    }

    @Override
    public void multiplyAdd(
            int m, int k, int from, int to, double[] a, double[][] b, int bFirst, double[][] c, int cFirst) {
        for (int begin = from; begin < to; begin += TILE) {
            int end = Math.min(to, begin + TILE);
            for (int i = 0; i < m; i++) {
                double[] row = c[cFirst + i];
                int at = i * k;
                int p = 0;
                for (; p + 3 < k; p += 4) {
                    addFour(a, at + p, b, bFirst + p, row, begin, end);
                }
                for (; p < k; p++) {
                    addOne(a[at + p], b[bFirst + p], row, begin, end);
                }
            }
        }
    }

    private static void addFour(double[] a, int at, double[][] b, int p, double[] c, int from, int to) {
        addFour(a[at], a[at + 1], a[at + 2], a[at + 3], b[p], b[p + 1], b[p + 2], b[p + 3], c, from, to);
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
            int from,
            int to) {
        for (int j = from; j < to; j++) {
            c[j] = Fused.multiplyAdd(
                    a3,
                    b3[j],
                    Fused.multiplyAdd(a2, b2[j], Fused.multiplyAdd(a1, b1[j], Fused.multiplyAdd(a0, b0[j], c[j]))));
        }
    }

    private static void addOne(double a, double[] b, double[] c, int from, int to) {
        for (int j = from; j < to; j++) {
            c[j] = Fused.multiplyAdd(a, b[j], c[j]);
        }
    }

    @Override
    public void contractRows(int rows, int n, double[][] x, int xFirst, double[][] y, double[] out) {
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
            out[j] = Fused.multiplyAdd(x1[j], y1[j], Fused.multiplyAdd(x0[j], y0[j], out[j]));
        }
    }

    private static void addProduct(double[] x, double[] y, double[] out, int n) {
        for (int j = 0; j < n; j++) {
            out[j] = Fused.multiplyAdd(x[j], y[j], out[j]);
        }
    }
}
