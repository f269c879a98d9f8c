package org.eigendrift.engine.likelihood;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;

/**
 * Functions of a point z in units of its columns' deviations: 1, each z_i, then kinks (z_i - k)+ at knots of each column, then waves
 * cos(f . z + p) of random directions, which in sum are what a kernel of their width says (Rahimi, Recht, NeurIPS 2007). Immutable,
 * thread-safe.
 *
 * @param dim columns
 * @param knots of the kinks, column by column, as many of each; shared
 * @param waves the waves' directions, row-major, then their phases: dim + 1 numbers a wave; shared
 */
record Functions(int dim, double[] knots, double[] waves) {
    /** Of directions: the width of what a sum of waves resolves, in deviations, where there is one column. In d it is sqrt(d) as much. */
    private static final double WIDTH = 0.8;

    /** How much of a straight function's coefficient is shrunk, beside one of the others; nothing is of the constant. */
    private static final double STRAIGHT = 0.1;

    private static final double CONSTANT = 1e-9;

    private static final int CHUNK = 512;

    /** The constant and straight functions. */
    static Functions straight(int dim) {
        return new Functions(dim, new double[0], new double[0]);
    }

    /** With kinks at quantiles of rows. */
    static Functions kinked(double[][] z, int each) {
        int dim = z[0].length;
        double[] knots = new double[dim * each];
        for (int i = 0; i < dim; i++) {
            int column = i;
            double[] sorted =
                    Arrays.stream(z).mapToDouble(row -> row[column]).sorted().toArray();
            for (int k = 0; k < each; k++) {
                knots[i * each + k] = sorted[(int) ((k + 1.0) / (each + 1) * (sorted.length - 1))];
            }
        }
        return new Functions(dim, knots, new double[0]);
    }

    /** With waves. */
    static Functions waving(int dim, int count, CounterRandom random) {
        double[] waves = new double[count * (dim + 1)];
        double width = WIDTH * Math.sqrt(dim);
        for (int w = 0; w < count; w++) {
            for (int i = 0; i < dim; i++) {
                waves[w * (dim + 1) + i] = random.normal(w, i) / width;
            }
            waves[w * (dim + 1) + dim] = 2 * Math.PI * random.uniform(w, dim);
        }
        return new Functions(dim, new double[0], waves);
    }

    int size() {
        return 1 + dim + knots.length + waves.length / (dim + 1);
    }

    /** Values at a point. */
    void at(double[] z, double[] out) {
        out[0] = 1;
        System.arraycopy(z, 0, out, 1, dim);
        int at = 1 + dim;
        int each = knots.length / dim;
        for (int k = 0; k < knots.length; k++) {
            out[at++] = Math.max(0, z[k / each] - knots[k]);
        }
        for (int w = 0; w < waves.length; w += dim + 1) {
            double phase = waves[w + dim];
            for (int i = 0; i < dim; i++) {
                phase += waves[w + i] * z[i];
            }
            out[at++] = Math.cos(phase);
        }
    }

    /** What each coefficient's square is multiplied by where it is shrunk. */
    double[] shrinkage() {
        double[] out = new double[size()];
        Arrays.fill(out, 1);
        Arrays.fill(out, 0, 1 + dim, STRAIGHT);
        out[0] = CONSTANT;
        return out;
    }

    /** Values at rows: a row of functions for each, in one array. */
    double[] of(double[][] z, Parallel parallel) {
        int size = size();
        double[] out = new double[Math.multiplyExact(z.length, size)];
        parallel.forEach((z.length + CHUNK - 1) / CHUNK, chunk -> {
            double[] values = new double[size];
            for (int n = chunk * CHUNK; n < Math.min(z.length, (chunk + 1) * CHUNK); n++) {
                at(z[n], values);
                System.arraycopy(values, 0, out, n * size, size);
            }
        });
        return out;
    }
}
