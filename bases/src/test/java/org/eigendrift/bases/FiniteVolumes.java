package org.eigendrift.bases;

import java.util.function.DoubleUnaryOperator;

/**
 * Eigenvalues of -(pi f')' = lambda pi f with f' = 0 at the ends, by finite volumes of second order on equal cells and
 * bisection with Sturm sequences (Wilkinson, "The Algebraic Eigenvalue Problem", chapter 5): the tests' oracle.
 */
final class FiniteVolumes {
    private FiniteVolumes() {}

    static double[] eigenvalues(DoubleUnaryOperator logDensity, double lower, double upper, int cells, int count) {
        double h = (upper - lower) / cells;
        double[] diagonal = new double[cells];
        double[] squaredOff = new double[cells];
        for (int i = 0; i < cells; i++) {
            double here = logDensity.applyAsDouble(lower + (i + 0.5) * h);
            if (i > 0) {
                double face = logDensity.applyAsDouble(lower + i * h);
                double before = logDensity.applyAsDouble(lower + (i - 0.5) * h);
                diagonal[i] += Math.exp(face - here) / (h * h);
                diagonal[i - 1] += Math.exp(face - before) / (h * h);
                squaredOff[i] = Math.exp(2 * face - here - before) / (h * h * h * h);
            }
        }
        double[] values = new double[count];
        for (int k = 0; k < count; k++) {
            double low = 0;
            double high = 4 / (h * h);
            for (int step = 0; step < 200 && high - low > 1e-15 * high; step++) {
                double middle = 0.5 * (low + high);
                if (below(diagonal, squaredOff, middle) > k) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            values[k] = 0.5 * (low + high);
        }
        return values;
    }

    /** How many eigenvalues lie below a number: negative pivots of the shifted matrix. */
    private static int below(double[] diagonal, double[] squaredOff, double shift) {
        int negative = 0;
        double pivot = 1;
        for (int i = 0; i < diagonal.length; i++) {
            pivot = diagonal[i] - shift - (i == 0 ? 0 : squaredOff[i] / pivot);
            if (pivot == 0) {
                pivot = 1e-300;
            }
            negative += pivot < 0 ? 1 : 0;
        }
        return negative;
    }
}
