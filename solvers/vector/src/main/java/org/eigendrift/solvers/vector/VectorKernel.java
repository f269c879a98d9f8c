package org.eigendrift.solvers.vector;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.eigendrift.api.linear.ProductKernel;

/**
 * Eight rows of C by two vectors of its columns at a time, or four, stay in registers while all of k runs (Goto and van de Geijn, ACM TOMS 34, 2008):
 * of B a strip of two vectors is copied side by side first. Each entry is a chain of fused multiply-adds in the order of k, as in the
 * portable kernel. A strip that is narrower is filled with zeros, in copies.
 */
final class VectorKernel implements ProductKernel {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int STRIP = 2 * LANES;

    /** Rows of C in registers, where they are few. */
    private static final int HEIGHT = 4;

    /** Processors with vectors of 512 bits have 32 of them, others of x86 half as many. */
    private static final boolean MANY_REGISTERS = LANES == 8;

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
        double[] strip = new double[k * STRIP];
        int j = 0;
        for (; j + STRIP <= n; j += STRIP) {
            for (int p = 0; p < k; p++) {
                System.arraycopy(b, bFrom + p * bRow + j, strip, p * STRIP, STRIP);
            }
            multiply(m, k, a, aFrom, aRow, strip, c, cFrom + j, cRow);
        }
        int rest = n - j;
        if (rest > 0) {
            Arrays.fill(strip, 0);
            for (int p = 0; p < k; p++) {
                System.arraycopy(b, bFrom + p * bRow + j, strip, p * STRIP, rest);
            }
            double[] part = new double[m * STRIP];
            for (int i = 0; i < m; i++) {
                System.arraycopy(c, cFrom + i * cRow + j, part, i * STRIP, rest);
            }
            multiply(m, k, a, aFrom, aRow, strip, part, 0, STRIP);
            for (int i = 0; i < m; i++) {
                System.arraycopy(part, i * STRIP, c, cFrom + i * cRow + j, rest);
            }
        }
    }

    private static void multiply(
            int m, int k, double[] a, int aFrom, int aRow, double[] strip, double[] c, int cFrom, int cRow) {
        int i = 0;
        for (; MANY_REGISTERS && i + 2 * HEIGHT <= m; i += 2 * HEIGHT) {
            eight(k, a, aFrom + i * aRow, aRow, strip, c, cFrom + i * cRow, cRow);
        }
        for (; i + HEIGHT <= m; i += HEIGHT) {
            int at = cFrom + i * cRow;
            four(k, a, aFrom + i * aRow, aRow, strip, c, at, c, at + cRow, c, at + 2 * cRow, c, at + 3 * cRow);
        }
        for (; i < m; i++) {
            one(k, a, aFrom + i * aRow, strip, c, cFrom + i * cRow);
        }
    }

    @Override
    public void multiplyAdd(
            int m, int k, int from, int to, double[] a, double[][] b, int bFirst, double[][] c, int cFirst) {
        double[] strip = new double[k * STRIP];
        int j = from;
        for (; j + STRIP <= to; j += STRIP) {
            for (int p = 0; p < k; p++) {
                System.arraycopy(b[bFirst + p], j, strip, p * STRIP, STRIP);
            }
            int i = 0;
            for (; i + HEIGHT <= m; i += HEIGHT) {
                int row = cFirst + i;
                four(k, a, i * k, k, strip, c[row], j, c[row + 1], j, c[row + 2], j, c[row + 3], j);
            }
            for (; i < m; i++) {
                one(k, a, i * k, strip, c[cFirst + i], j);
            }
        }
        int rest = to - j;
        if (rest > 0) {
            Arrays.fill(strip, 0);
            for (int p = 0; p < k; p++) {
                System.arraycopy(b[bFirst + p], j, strip, p * STRIP, rest);
            }
            double[] part = new double[m * STRIP];
            for (int i = 0; i < m; i++) {
                System.arraycopy(c[cFirst + i], j, part, i * STRIP, rest);
            }
            multiply(m, k, a, 0, k, strip, part, 0, STRIP);
            for (int i = 0; i < m; i++) {
                System.arraycopy(part, i * STRIP, c[cFirst + i], j, rest);
            }
        }
    }

    private static void eight(int k, double[] a, int aFrom, int aRow, double[] strip, double[] c, int at, int cRow) {
        DoubleVector s00 = DoubleVector.fromArray(SPECIES, c, at);
        DoubleVector s01 = DoubleVector.fromArray(SPECIES, c, at + LANES);
        DoubleVector s10 = DoubleVector.fromArray(SPECIES, c, at + cRow);
        DoubleVector s11 = DoubleVector.fromArray(SPECIES, c, at + cRow + LANES);
        DoubleVector s20 = DoubleVector.fromArray(SPECIES, c, at + 2 * cRow);
        DoubleVector s21 = DoubleVector.fromArray(SPECIES, c, at + 2 * cRow + LANES);
        DoubleVector s30 = DoubleVector.fromArray(SPECIES, c, at + 3 * cRow);
        DoubleVector s31 = DoubleVector.fromArray(SPECIES, c, at + 3 * cRow + LANES);
        DoubleVector s40 = DoubleVector.fromArray(SPECIES, c, at + 4 * cRow);
        DoubleVector s41 = DoubleVector.fromArray(SPECIES, c, at + 4 * cRow + LANES);
        DoubleVector s50 = DoubleVector.fromArray(SPECIES, c, at + 5 * cRow);
        DoubleVector s51 = DoubleVector.fromArray(SPECIES, c, at + 5 * cRow + LANES);
        DoubleVector s60 = DoubleVector.fromArray(SPECIES, c, at + 6 * cRow);
        DoubleVector s61 = DoubleVector.fromArray(SPECIES, c, at + 6 * cRow + LANES);
        DoubleVector s70 = DoubleVector.fromArray(SPECIES, c, at + 7 * cRow);
        DoubleVector s71 = DoubleVector.fromArray(SPECIES, c, at + 7 * cRow + LANES);
        for (int p = 0; p < k; p++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, strip, p * STRIP);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, strip, p * STRIP + LANES);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[aFrom + p]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = DoubleVector.broadcast(SPECIES, a[aFrom + aRow + p]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = DoubleVector.broadcast(SPECIES, a[aFrom + 2 * aRow + p]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = DoubleVector.broadcast(SPECIES, a[aFrom + 3 * aRow + p]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            x = DoubleVector.broadcast(SPECIES, a[aFrom + 4 * aRow + p]);
            s40 = x.fma(b0, s40);
            s41 = x.fma(b1, s41);
            x = DoubleVector.broadcast(SPECIES, a[aFrom + 5 * aRow + p]);
            s50 = x.fma(b0, s50);
            s51 = x.fma(b1, s51);
            x = DoubleVector.broadcast(SPECIES, a[aFrom + 6 * aRow + p]);
            s60 = x.fma(b0, s60);
            s61 = x.fma(b1, s61);
            x = DoubleVector.broadcast(SPECIES, a[aFrom + 7 * aRow + p]);
            s70 = x.fma(b0, s70);
            s71 = x.fma(b1, s71);
        }
        s00.intoArray(c, at);
        s01.intoArray(c, at + LANES);
        s10.intoArray(c, at + cRow);
        s11.intoArray(c, at + cRow + LANES);
        s20.intoArray(c, at + 2 * cRow);
        s21.intoArray(c, at + 2 * cRow + LANES);
        s30.intoArray(c, at + 3 * cRow);
        s31.intoArray(c, at + 3 * cRow + LANES);
        s40.intoArray(c, at + 4 * cRow);
        s41.intoArray(c, at + 4 * cRow + LANES);
        s50.intoArray(c, at + 5 * cRow);
        s51.intoArray(c, at + 5 * cRow + LANES);
        s60.intoArray(c, at + 6 * cRow);
        s61.intoArray(c, at + 6 * cRow + LANES);
        s70.intoArray(c, at + 7 * cRow);
        s71.intoArray(c, at + 7 * cRow + LANES);
    }

    private static void four(
            int k,
            double[] a,
            int aFrom,
            int aRow,
            double[] strip,
            double[] c0,
            int at0,
            double[] c1,
            int at1,
            double[] c2,
            int at2,
            double[] c3,
            int at3) {
        DoubleVector s00 = DoubleVector.fromArray(SPECIES, c0, at0);
        DoubleVector s01 = DoubleVector.fromArray(SPECIES, c0, at0 + LANES);
        DoubleVector s10 = DoubleVector.fromArray(SPECIES, c1, at1);
        DoubleVector s11 = DoubleVector.fromArray(SPECIES, c1, at1 + LANES);
        DoubleVector s20 = DoubleVector.fromArray(SPECIES, c2, at2);
        DoubleVector s21 = DoubleVector.fromArray(SPECIES, c2, at2 + LANES);
        DoubleVector s30 = DoubleVector.fromArray(SPECIES, c3, at3);
        DoubleVector s31 = DoubleVector.fromArray(SPECIES, c3, at3 + LANES);
        for (int p = 0; p < k; p++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, strip, p * STRIP);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, strip, p * STRIP + LANES);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[aFrom + p]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = DoubleVector.broadcast(SPECIES, a[aFrom + aRow + p]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = DoubleVector.broadcast(SPECIES, a[aFrom + 2 * aRow + p]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = DoubleVector.broadcast(SPECIES, a[aFrom + 3 * aRow + p]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
        }
        s00.intoArray(c0, at0);
        s01.intoArray(c0, at0 + LANES);
        s10.intoArray(c1, at1);
        s11.intoArray(c1, at1 + LANES);
        s20.intoArray(c2, at2);
        s21.intoArray(c2, at2 + LANES);
        s30.intoArray(c3, at3);
        s31.intoArray(c3, at3 + LANES);
    }

    private static void one(int k, double[] a, int aFrom, double[] strip, double[] c, int at) {
        DoubleVector s0 = DoubleVector.fromArray(SPECIES, c, at);
        DoubleVector s1 = DoubleVector.fromArray(SPECIES, c, at + LANES);
        for (int p = 0; p < k; p++) {
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[aFrom + p]);
            s0 = x.fma(DoubleVector.fromArray(SPECIES, strip, p * STRIP), s0);
            s1 = x.fma(DoubleVector.fromArray(SPECIES, strip, p * STRIP + LANES), s1);
        }
        s0.intoArray(c, at);
        s1.intoArray(c, at + LANES);
    }

    @Override
    public void contractRows(int rows, int n, double[][] x, int xFirst, double[][] y, double[] out) {
        int j = 0;
        for (; j + STRIP <= n; j += STRIP) {
            DoubleVector s0 = DoubleVector.fromArray(SPECIES, out, j);
            DoubleVector s1 = DoubleVector.fromArray(SPECIES, out, j + LANES);
            for (int i = 0; i < rows; i++) {
                double[] left = x[xFirst + i];
                double[] right = y[i];
                s0 = DoubleVector.fromArray(SPECIES, left, j).fma(DoubleVector.fromArray(SPECIES, right, j), s0);
                s1 = DoubleVector.fromArray(SPECIES, left, j + LANES)
                        .fma(DoubleVector.fromArray(SPECIES, right, j + LANES), s1);
            }
            s0.intoArray(out, j);
            s1.intoArray(out, j + LANES);
        }
        for (; j < n; j++) {
            double sum = out[j];
            for (int i = 0; i < rows; i++) {
                sum = Math.fma(x[xFirst + i][j], y[i][j], sum);
            }
            out[j] = sum;
        }
    }
}
