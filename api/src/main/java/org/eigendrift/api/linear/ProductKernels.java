package org.eigendrift.api.linear;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.eigendrift.api.Stability;

/**
 * The kernel that runs: one for the whole process, because what it computes is no choice of a fit. It is chosen before anything is computed;
 * until then it is the portable one. Thread-safe.
 */
@Stability(Stability.Status.EXPERIMENTAL)
public final class ProductKernels {
    /** Plain loops of a form that the just-in-time compiler turns into vector instructions. */
    public static final ProductKernel PORTABLE = new PortableKernel();

    private static volatile ProductKernel current = PORTABLE;

    private ProductKernels() {}

    /**
     * The kernel that runs.
     *
     * @return the one chosen last, the portable one if none was
     */
    public static ProductKernel current() {
        return current;
    }

    /**
     * Chooses.
     *
     * @param kernel what runs from now on
     */
    public static void use(ProductKernel kernel) {
        current = kernel;
    }

    /**
     * The portable kernel until so many products were formed, then another: for one that is worth its start only in long runs.
     *
     * @param products multiplications, of all threads together
     * @param other is asked once for the other kernel, which must be exact; may return the portable one
     * @return an exact kernel
     */
    public static ProductKernel later(long products, Supplier<ProductKernel> other) {
        return new Later(products, other);
    }

    private static final class Later implements ProductKernel {
        private final long products;
        private final AtomicLong formed = new AtomicLong();
        private Supplier<ProductKernel> other;
        private volatile ProductKernel here = PORTABLE;
        private volatile boolean settled;

        Later(long products, Supplier<ProductKernel> other) {
            this.products = products;
            this.other = other;
        }

        private ProductKernel after(long more) {
            if (!settled && formed.addAndGet(more) > products) {
                settle();
            }
            return here;
        }

        private synchronized void settle() {
            if (!settled) {
                ProductKernel found = other.get();
                if (!found.exact()) {
                    throw new IllegalArgumentException("a kernel that is not exact would change bits in mid-run");
                }
                here = found;
                other = null;
                settled = true;
            }
        }

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
            after((long) m * k * n).multiplyAdd(m, k, n, a, aFrom, aRow, b, bFrom, bRow, c, cFrom, cRow);
        }

        @Override
        public void multiplyAdd(
                int m, int k, int from, int to, double[] a, double[][] b, int bFirst, double[][] c, int cFirst) {
            after((long) m * k * (to - from)).multiplyAdd(m, k, from, to, a, b, bFirst, c, cFirst);
        }

        @Override
        public void contractRows(int rows, int n, double[][] x, int xFirst, double[][] y, double[] out) {
            after((long) rows * n).contractRows(rows, n, x, xFirst, y, out);
        }
    }
}
