package org.eigendrift.solvers.openblas;

import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_full;
import org.eigendrift.api.InputException;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.solvers.factor.Factorization;

/**
 * LAPACK's dpotrf and dpotrs on memory outside the heap: L of A + shift I, by columns. Work space is kept between
 * calls. Belongs to one thread.
 */
final class LapackCholesky implements Factorization {
    private static final byte LOWER = 'L';

    private int n;
    private DoublePointer factor = new DoublePointer();
    private DoublePointer vector = new DoublePointer();
    private double[] column = new double[0];

    private LapackCholesky() {}

    /**
     * Loads the library, if that has not been done, and creates a factorisation.
     *
     * @return the factorisation
     * @throws LinkageError if there is no library for this machine
     */
    static LapackCholesky load() {
        onOneThread();
        return new LapackCholesky();
    }

    /** Loads the library. The engine has threads of its own, and the bits of a result must not depend on their number. */
    static void onOneThread() {
        Loader.load(openblas_full.class);
        openblas_full.openblas_set_num_threads(1);
    }

    /** Why there is no library, and what does without it: the end of a message. */
    static String unloadable(String portable) {
        return "cannot load OpenBLAS for " + Loader.getPlatform()
                + ": the plugin's folder needs the javacpp and openblas jars of that name (docs/solvers.md); "
                + portable
                + " works without native code";
    }

    @Override
    public boolean factor(SymmetricMatrix matrix, double shift) {
        reserve(matrix.size());
        if (matrix instanceof DenseSymmetric dense) {
            load(dense, shift);
        } else {
            load((BlockSymmetric) matrix, shift);
        }
        int info = openblas_full.LAPACKE_dpotrf_work(openblas_full.LAPACK_COL_MAJOR, LOWER, n, factor.position(0), n);
        return accepted(info) == 0;
    }

    private void reserve(int size) {
        n = size;
        if (vector.capacity() < n) {
            factor.close();
            vector.close();
            allocate();
        }
    }

    private void allocate() {
        try {
            factor = new DoublePointer((long) n * n);
            vector = new DoublePointer(n);
            column = new double[n];
        } catch (OutOfMemoryError e) {
            vector = new DoublePointer();
            throw new InputException(
                    String.format(
                            Locale.ROOT,
                            "openblas-cholesky cannot have %.2g GB outside the heap for a matrix of order %d; all such"
                                    + " memory together is limited to %.2g GB by -Dorg.bytedeco.javacpp.maxbytes or -Xmx;"
                                    + " cholesky needs half as much, cg far less if it is sparse",
                            bytes(n) / 1e9,
                            n,
                            Pointer.maxBytes() / 1e9),
                    e);
        }
    }

    /** Of a symmetric matrix a column is a row, and dpotrf reads it from the diagonal down. */
    private void load(DenseSymmetric matrix, double shift) {
        for (int j = 0; j < n; j++) {
            System.arraycopy(matrix.values(), j * n + j, column, j, n - j);
            store(j, shift);
        }
    }

    private void load(BlockSymmetric matrix, double shift) {
        for (int b = 0; b < matrix.blocks(); b++) {
            for (int j = matrix.blockStart(b); j < matrix.blockStart(b + 1); j++) {
                Arrays.fill(column, j, n, 0);
                int r = j - matrix.blockStart(b);
                for (int k = matrix.rowStart(b); k < matrix.rowStart(b + 1); k++) {
                    int from = matrix.blockStart(matrix.column(k));
                    int width = matrix.blockStart(matrix.column(k) + 1) - from;
                    System.arraycopy(matrix.entries(k), r * width, column, from, width);
                }
                store(j, shift);
            }
        }
    }

    private void store(int j, double shift) {
        column[j] += shift;
        factor.position((long) j * n + j).put(column, j, n - j);
    }

    @Override
    public void substitute(double[] x) {
        vector.position(0).put(x, 0, n);
        accepted(openblas_full.LAPACKE_dpotrs_work(
                openblas_full.LAPACK_COL_MAJOR, LOWER, n, 1, factor.position(0), n, vector, n));
        vector.get(x, 0, n);
    }

    /** LAPACK's answer; below 0 it names an argument, which would be our fault. */
    private static int accepted(int info) {
        if (info < 0) {
            throw new IllegalStateException("LAPACK refuses argument " + -info);
        }
        return info;
    }

    @Override
    public double bytes(int order) {
        return 8.0 * order * order;
    }
}
