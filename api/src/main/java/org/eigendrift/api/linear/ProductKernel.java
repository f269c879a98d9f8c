package org.eigendrift.api.linear;

import org.eigendrift.api.Stability;

/**
 * The sums of products on which every hot path runs: moment tables, assembly, factorisations, theta to velocity. Matrices are row-major,
 * in one array or in an array for each row.
 *
 * <p>The portable kernel ({@link ProductKernels#PORTABLE}) adds the terms of each entry one after the other, those of lower number first,
 * each by {@link org.eigendrift.api.Fused#multiplyAdd}. A kernel that does the same has the same bits and says so by {@link #exact};
 * another may add in any order that is always the same, whatever the number of threads. Thread-safe: calls on different results run at
 * once.
 */
@Stability(Stability.Status.EXPERIMENTAL)
public interface ProductKernel {

    /**
     * Whether every result has the bits of the portable kernel.
     *
     * @return false if last digits may differ
     */
    boolean exact();

    /**
     * C += A B.
     *
     * @param m rows of A and C, at least 0
     * @param k columns of A, rows of B, at least 0
     * @param n columns of B and C, at least 0
     * @param a A; entry (i, p) at {@code aFrom + i * aRow + p}; shared, not modified
     * @param aFrom first entry of A
     * @param aRow distance between rows of A
     * @param b B; entry (p, j) at {@code bFrom + p * bRow + j}; shared, not modified
     * @param bFrom first entry of B
     * @param bRow distance between rows of B
     * @param c C; entry (i, j) at {@code cFrom + i * cRow + j}; another array; modified
     * @param cFrom first entry of C
     * @param cRow distance between rows of C
     */
    void multiplyAdd(
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
            int cRow);

    /**
     * C += A B for a range of columns, with an array for each row of B and of C.
     *
     * @param m rows of A and C, at least 0
     * @param k columns of A, rows of B, at least 0
     * @param from first column of B and C
     * @param to the column after the last, at least {@code from}
     * @param a A, row by row without gaps; shared, not modified
     * @param b B; row p is {@code b[bFirst + p]}; shared, not modified
     * @param bFirst its first row
     * @param c C; row i is {@code c[cFirst + i]}; other arrays; modified from column {@code from} to {@code to}
     * @param cFirst its first row
     */
    void multiplyAdd(int m, int k, int from, int to, double[] a, double[][] b, int bFirst, double[][] c, int cFirst);

    /**
     * out[j] += sum_i x[i][j] y[i][j]: the contraction of two matrices over their rows, for each column.
     *
     * @param rows rows of both, at least 0
     * @param n columns of both, at least 0
     * @param x first matrix, an array for each row; shared, not modified
     * @param xFirst its first row
     * @param y second matrix, likewise, from row 0; shared, not modified
     * @param out receives the sums; modified
     */
    void contractRows(int rows, int n, double[][] x, int xFirst, double[][] y, double[] out);
}
