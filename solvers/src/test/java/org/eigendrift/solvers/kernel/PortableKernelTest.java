package org.eigendrift.solvers.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import org.eigendrift.api.linear.ProductKernel;
import org.eigendrift.api.linear.ProductKernels;
import org.eigendrift.contract.ProductKernelContract;
import org.junit.jupiter.api.Test;

class PortableKernelTest extends ProductKernelContract {

    @Override
    protected ProductKernel kernel() {
        return ProductKernels.PORTABLE;
    }

    /** A kernel that counts its calls, and is exact or not. */
    private static ProductKernel counting(AtomicInteger calls, boolean exact) {
        return new ProductKernel() {
            @Override
            public boolean exact() {
                return exact;
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
                calls.incrementAndGet();
                ProductKernels.PORTABLE.multiplyAdd(m, k, n, a, aFrom, aRow, b, bFrom, bRow, c, cFrom, cRow);
            }

            @Override
            public void multiplyAdd(
                    int m, int k, int from, int to, double[] a, double[][] b, int bFirst, double[][] c, int cFirst) {
                calls.incrementAndGet();
                ProductKernels.PORTABLE.multiplyAdd(m, k, from, to, a, b, bFirst, c, cFirst);
            }

            @Override
            public void contractRows(int rows, int n, double[][] x, int xFirst, double[][] y, double[] out) {
                calls.incrementAndGet();
                ProductKernels.PORTABLE.contractRows(rows, n, x, xFirst, y, out);
            }
        };
    }

    /** 24 products a call: after 60 of them, in the third, the other kernel is asked for, once. */
    @Test
    void anotherKernelTakesOverAfterSoManyProducts() {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        ProductKernel later = ProductKernels.later(60, () -> {
            asked.incrementAndGet();
            return counting(calls, true);
        });
        double[] a = {1, 2, 3, 4, 5, 6};
        double[] b = {1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1};
        for (int call = 1; call <= 5; call++) {
            double[] c = new double[8];
            later.multiplyAdd(2, 3, 4, a, 0, 3, b, 0, 4, c, 0, 4);
            assertArrayEquals(new double[] {4, 5, 5, 4, 10, 11, 11, 10}, c);
            assertEquals(Math.max(0, call - 2), calls.get(), "call " + call);
        }
        double[] out = new double[1];
        later.contractRows(1, 1, new double[][] {{2}}, 0, new double[][] {{3}}, out);
        later.multiplyAdd(1, 1, 0, 1, new double[] {2}, new double[][] {{3}}, 0, new double[][] {out}, 0);
        assertEquals(12, out[0]);
        assertEquals(5, calls.get());
        assertEquals(1, asked.get());
    }

    @Test
    void aKernelOfOtherBitsDoesNotTakeOver() {
        ProductKernel later = ProductKernels.later(0, () -> counting(new AtomicInteger(), false));
        assertThrows(
                IllegalArgumentException.class,
                () -> later.contractRows(1, 1, new double[][] {{1}}, 0, new double[][] {{1}}, new double[1]));
    }
}
