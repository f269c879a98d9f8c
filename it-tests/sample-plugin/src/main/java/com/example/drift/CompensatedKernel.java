package com.example.drift;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.ProductKernel;
import org.eigendrift.api.linear.ProductKernelProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** Dot products as if summed in twice the precision (Ogita, Rump, Oishi 2005), to see what rounding does to a fit. */
public final class CompensatedKernel implements ProductKernelProvider<CompensatedKernel.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Nothing to choose. */
    public record Options() {}

    /** Creates the provider. */
    public CompensatedKernel() {}

    @Override
    public String name() {
        return "compensated";
    }

    @Override
    public String summary() {
        return "sums of products in twice the precision; slow";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public ProductKernel create(Options options, RunContext run) {
        return new Kernel();
    }

    /** A sum and what rounding has cost it. */
    private static final class Sum {
        private double high;
        private double low;

        Sum(double start) {
            high = start;
        }

        void add(double a, double b) {
            double product = a * b;
            double sum = high + product;
            double part = sum - high;
            low += (high - (sum - part)) + (product - part) + Math.fma(a, b, -product);
            high = sum;
        }

        double value() {
            return high + low;
        }
    }

    private static final class Kernel implements ProductKernel {
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
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    Sum sum = new Sum(c[cFrom + i * cRow + j]);
                    for (int p = 0; p < k; p++) {
                        sum.add(a[aFrom + i * aRow + p], b[bFrom + p * bRow + j]);
                    }
                    c[cFrom + i * cRow + j] = sum.value();
                }
            }
        }

        @Override
        public void multiplyAdd(
                int m, int k, int from, int to, double[] a, double[][] b, int bFirst, double[][] c, int cFirst) {
            for (int i = 0; i < m; i++) {
                for (int j = from; j < to; j++) {
                    Sum sum = new Sum(c[cFirst + i][j]);
                    for (int p = 0; p < k; p++) {
                        sum.add(a[i * k + p], b[bFirst + p][j]);
                    }
                    c[cFirst + i][j] = sum.value();
                }
            }
        }

        @Override
        public void contractRows(int rows, int n, double[][] x, int xFirst, double[][] y, double[] out) {
            for (int j = 0; j < n; j++) {
                Sum sum = new Sum(out[j]);
                for (int i = 0; i < rows; i++) {
                    sum.add(x[xFirst + i][j], y[i][j]);
                }
                out[j] = sum.value();
            }
        }
    }
}
