package org.eigendrift.solvers.openblas;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas_full;
import org.eigendrift.api.linear.ProductKernel;
import org.eigendrift.api.linear.ProductKernels;

/**
 * Long sums of products, those over blocks of rows, by dgemm, on copies outside the heap that every thread keeps. What is short, and
 * whatever gives a number for each row, is left to the portable kernel: dgemm adds in another order at the edge of a matrix than inside,
 * and a row's score must not depend on the rows beside it.
 */
final class BlasKernel implements ProductKernel {
    /** Terms of a sum from which on copies pay; sums over rows have 128. */
    private static final int LONG = 64;

    private final ThreadLocal<Work> works = ThreadLocal.withInitial(Work::new);

    private BlasKernel() {}

    /**
     * Loads the library, if that has not been done, and creates a kernel.
     *
     * @return the kernel
     * @throws LinkageError if there is no library for this machine
     */
    static BlasKernel load() {
        LapackCholesky.onOneThread();
        return new BlasKernel();
    }

    /** Matrices without gaps. */
    private static final class Work {
        DoublePointer a = new DoublePointer(1L);
        DoublePointer b = new DoublePointer(1L);
        DoublePointer c = new DoublePointer(1L);

        static DoublePointer reserved(DoublePointer pointer, long size) {
            if (pointer.capacity() >= size) {
                return pointer;
            }
            pointer.close();
            return new DoublePointer(size);
        }
    }

    @Override
    public boolean exact() {
        return false;
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
        if (k < LONG || m == 0 || n == 0) {
            ProductKernels.PORTABLE.multiplyAdd(m, k, n, a, aFrom, aRow, b, bFrom, bRow, c, cFrom, cRow);
            return;
        }
        Work work = works.get();
        work.a = filled(work.a, m, k, a, aFrom, aRow);
        work.b = filled(work.b, k, n, b, bFrom, bRow);
        work.c = filled(work.c, m, n, c, cFrom, cRow);
        openblas_full.cblas_dgemm(
                openblas_full.CblasRowMajor,
                openblas_full.CblasNoTrans,
                openblas_full.CblasNoTrans,
                m,
                n,
                k,
                1,
                work.a.position(0),
                k,
                work.b.position(0),
                n,
                1,
                work.c.position(0),
                n);
        for (int i = 0; i < m; i++) {
            work.c.position((long) i * n).get(c, cFrom + i * cRow, n);
        }
    }

    private static DoublePointer filled(
            DoublePointer pointer, int rows, int columns, double[] from, int first, int stride) {
        DoublePointer to = Work.reserved(pointer, (long) rows * columns);
        for (int i = 0; i < rows; i++) {
            to.position((long) i * columns).put(from, first + i * stride, columns);
        }
        return to;
    }

    @Override
    public void multiplyAdd(
            int m, int k, int from, int to, double[] a, double[][] b, int bFirst, double[][] c, int cFirst) {
        ProductKernels.PORTABLE.multiplyAdd(m, k, from, to, a, b, bFirst, c, cFirst);
    }

    @Override
    public void contractRows(int rows, int n, double[][] x, int xFirst, double[][] y, double[] out) {
        ProductKernels.PORTABLE.contractRows(rows, n, x, xFirst, y, out);
    }
}
