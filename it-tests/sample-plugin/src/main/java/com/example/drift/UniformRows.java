package com.example.drift;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.RowSampler;
import org.eigendrift.api.linear.RowSamplerProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** Independent rows, all alike: what leverage scores are measured against. */
public final class UniformRows implements RowSamplerProvider<UniformRows.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Nothing to choose. */
    public record Options() {}

    /** Creates the provider. */
    public UniformRows() {}

    @Override
    public String name() {
        return "uniform-rows";
    }

    @Override
    public String summary() {
        return "independent rows, all with the same probability";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public RowSampler create(Options options, RunContext run) {
        return (design, columns, count, random) -> {
            int n = design.length / columns;
            if (n < columns || count < columns) {
                throw new InputException(
                        n + " rows and " + count + " draws for " + columns + " columns; expected as many as columns");
            }
            double[] weights = new double[n];
            for (int k = 0; k < count; k++) {
                weights[(int) (n * random.uniform(k, 0))] += (double) n / count;
            }
            int[] rows = IntStream.range(0, n).filter(i -> weights[i] > 0).toArray();
            double distortion = distortion(design, columns, weights);
            return new RowSampler.Sample(
                    rows, Arrays.stream(weights).filter(w -> w > 0).toArray(), distortion);
        };
    }

    /** The largest |eigenvalue| of L^-1 (W - F) L^-T, F = L L'. */
    private static double distortion(double[] design, int m, double[] weights) {
        double[][] whole = new double[m][m];
        double[][] difference = new double[m][m];
        for (int n = 0; n < weights.length; n++) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    double product = design[n * m + i] * design[n * m + j];
                    whole[i][j] += product;
                    difference[i][j] += (weights[n] - 1) * product;
                }
            }
        }
        factorise(whole);
        solve(whole, difference);
        transpose(difference);
        solve(whole, difference);
        return largest(difference);
    }

    /** Cholesky's factor, in place of the lower triangle. */
    private static void factorise(double[][] a) {
        for (int j = 0; j < a.length; j++) {
            double before = a[j][j];
            for (int i = j; i < a.length; i++) {
                for (int k = 0; k < j; k++) {
                    a[i][j] -= a[i][k] * a[j][k];
                }
                if (i == j && !(a[j][j] > 1e-12 * before)) {
                    throw new InputException("column " + (j + 1) + " depends on those before it; leave it out");
                }
                a[i][j] = i == j ? Math.sqrt(a[j][j]) : a[i][j] / a[j][j];
            }
        }
    }

    /** L^-1 B in place of B. */
    private static void solve(double[][] l, double[][] b) {
        for (int i = 0; i < l.length; i++) {
            for (int j = 0; j < l.length; j++) {
                for (int k = 0; k < i; k++) {
                    b[i][j] -= l[i][k] * b[k][j];
                }
                b[i][j] /= l[i][i];
            }
        }
    }

    private static void transpose(double[][] a) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < i; j++) {
                double swap = a[i][j];
                a[i][j] = a[j][i];
                a[j][i] = swap;
            }
        }
    }

    /** By Jacobi's rotations, which converge quadratically: ten sweeps are more than are ever needed. */
    private static double largest(double[][] a) {
        for (int sweep = 0; sweep < 10; sweep++) {
            for (int p = 0; p < a.length; p++) {
                for (int q = 0; q < p; q++) {
                    rotate(a, p, q);
                }
            }
        }
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i][i]));
        }
        return largest;
    }

    private static void rotate(double[][] a, int p, int q) {
        double angle = 0.5 * Math.atan2(2 * a[p][q], a[q][q] - a[p][p]);
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        for (int k = 0; k < a.length; k++) {
            double first = a[k][p];
            a[k][p] = c * first - s * a[k][q];
            a[k][q] = s * first + c * a[k][q];
        }
        for (int k = 0; k < a.length; k++) {
            double first = a[p][k];
            a[p][k] = c * first - s * a[q][k];
            a[q][k] = s * first + c * a[q][k];
        }
    }
}
