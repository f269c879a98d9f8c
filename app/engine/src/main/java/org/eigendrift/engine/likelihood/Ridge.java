package org.eigendrift.engine.likelihood;

import java.util.Arrays;
import org.eigendrift.engine.kernel.LowerTriangle;
import org.eigendrift.engine.kernel.MatrixKernel;

/**
 * Least squares of weighted rows with shrunk coefficients. How much they are shrunk is chosen for each right-hand side by generalised
 * cross-validation (Golub, Heath, Wahba, Technometrics 21, 1979), in which each degree of freedom counts a little more, as keeps it from
 * following noise (Gu, Statistica Sinica, 1992). Systems are factored once for all right-hand sides. Immutable, thread-safe.
 */
final class Ridge {
    /** What a degree of freedom counts: between 1.2 and 1.4 in Gu's studies. */
    private static final double COUNTS = 1.2;

    /** Shrinkage a row, from nothing that matters to all: each a power of ten. */
    private static final int LEAST = -8;

    private static final int MOST = 2;

    /** Rows whose products are formed at once. */
    private static final int CHUNK = 256;

    private final int rows;
    private final int size;
    private final double[] design;
    private final double[] weights;
    private final double[] scale;
    private final double[] gram;
    private final double[][] factors;
    private final double[] freedom;

    /**
     * Factors the systems.
     *
     * @param design functions at rows, row-major; shared
     * @param size functions
     * @param weights of rows, above 0; shared
     * @param shrinkage of coefficients, relative to each other
     */
    Ridge(double[] design, int size, double[] weights, double[] shrinkage) {
        this.rows = weights.length;
        this.size = size;
        this.design = design;
        this.weights = weights;
        this.scale = new double[size];
        this.gram = gram(design, size, weights);
        for (int i = 0; i < size; i++) {
            double mean = gram[i * size + i] / rows;
            scale[i] = mean > 0 ? 1 / Math.sqrt(mean * shrinkage[i]) : 0;
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                gram[i * size + j] *= scale[i] * scale[j];
            }
        }
        this.factors = new double[MOST - LEAST + 1][];
        this.freedom = new double[factors.length];
        for (int l = 0; l < factors.length; l++) {
            factor(l);
        }
    }

    private static double[] gram(double[] design, int size, double[] weights) {
        double[] gram = new double[size * size];
        double[] turned = new double[size * CHUNK];
        for (int from = 0; from < weights.length; from += CHUNK) {
            int count = Math.min(CHUNK, weights.length - from);
            for (int n = 0; n < count; n++) {
                for (int i = 0; i < size; i++) {
                    turned[i * CHUNK + n] = weights[from + n] * design[(from + n) * size + i];
                }
            }
            MatrixKernel.multiplyAdd(size, count, size, turned, 0, CHUNK, design, from * size, size, gram, 0, size);
        }
        return gram;
    }

    private double shrunk(int l) {
        return rows * Math.pow(10, LEAST + l);
    }

    private void factor(int l) {
        double[] system = gram.clone();
        for (int i = 0; i < size; i++) {
            system[i * size + i] += shrunk(l);
        }
        LowerTriangle.factor(system, size);
        double[] inverse = LowerTriangle.inverse(system, size);
        double trace = 0;
        for (double v : inverse) {
            trace += v * v;
        }
        factors[l] = system;
        freedom[l] = size - shrunk(l) * trace;
    }

    /**
     * Coefficients.
     *
     * @param y what is to be told of each row
     * @return one for each function
     */
    double[] solve(double[] y) {
        double[] right = new double[size];
        double squares = 0;
        for (int n = 0; n < rows; n++) {
            double value = weights[n] * y[n];
            squares += value * y[n];
            for (int i = 0; i < size; i++) {
                right[i] += value * design[n * size + i];
            }
        }
        for (int i = 0; i < size; i++) {
            right[i] *= scale[i];
        }
        double least = Double.POSITIVE_INFINITY;
        double[] best = new double[size];
        for (int l = 0; l < factors.length; l++) {
            double[] solution = right.clone();
            LowerTriangle.solve(factors[l], size, solution);
            double left = rows - COUNTS * freedom[l];
            double criterion = left > 0
                    ? Math.max(0, squares + form(solution) - 2 * dot(solution, right)) / (left * left)
                    : Double.POSITIVE_INFINITY;
            if (criterion < least) {
                least = criterion;
                best = solution;
            }
        }
        for (int i = 0; i < size; i++) {
            best[i] *= scale[i];
        }
        return best;
    }

    private double form(double[] x) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += x[i] * MatrixKernel.dot(size, gram, i * size, x, 0);
        }
        return sum;
    }

    private static double dot(double[] x, double[] y) {
        return MatrixKernel.dot(x.length, x, 0, y, 0);
    }

    /** What coefficients tell of each row. */
    static double[] told(double[] design, int size, double[] coefficients) {
        double[] out = new double[design.length / size];
        Arrays.setAll(out, n -> MatrixKernel.dot(size, design, n * size, coefficients, 0));
        return out;
    }
}
