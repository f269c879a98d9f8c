package org.eigendrift.engine.guidance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.data.Covariance;

/**
 * Which of several numbers to measure next, from draws of what is not known yet (active diffusion subsampling, Nolan et al., 2406.14388). The
 * largest variance is the greedy choice of the D-optimal design: it takes most off the log-determinant of a Gaussian's covariance.
 */
public final class Measurements {

    /** What makes a measurement worth most. */
    public enum Criterion {
        /** The variance of the number. */
        VARIANCE,
        /** The entropy of the mixture of normal laws around the draws, - sum_j log sum_i exp(-(x_i - x_j)^2 / (2 noise^2)). */
        ENTROPY,
        /** As published, sum_j log sum_i exp(+(x_i - x_j)^2 / (2 noise^2)): the sign in the exponent is that of the authors' program. */
        PUBLISHED
    }

    /**
     * A measurement.
     *
     * @param place which of the numbers
     * @param variance its variance before
     * @param total variance of all numbers after it
     */
    public record Step(int place, double variance, double total) {}

    private Measurements() {}

    /**
     * The measurements one after the other by which a Gaussian's variance falls greedily: each time the number of the largest variance, given those
     * before. What they will be does not matter to a Gaussian's variances.
     *
     * @param covariance of the numbers, row-major; not modified
     * @param noise standard deviation of a measurement's noise, at least 0
     * @param steps how many, at most as many as there are numbers
     * @return the measurements in order
     */
    public static List<Step> greedy(double[] covariance, double noise, int steps) {
        int d = (int) Math.round(Math.sqrt(covariance.length));
        double[] c = covariance.clone();
        boolean[] measured = new boolean[d];
        List<Step> order = new ArrayList<>();
        for (int k = 0; k < steps; k++) {
            int best = -1;
            for (int i = 0; i < d; i++) {
                if (!measured[i] && (best < 0 || c[i * d + i] > c[best * d + best])) {
                    best = i;
                }
            }
            measured[best] = true;
            double variance = c[best * d + best];
            double[] row = Arrays.copyOfRange(c, best * d, (best + 1) * d);
            double seen = variance + noise * noise;
            double total = 0;
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d && seen > 0; j++) {
                    c[i * d + j] -= row[i] * row[j] / seen;
                }
                total += c[i * d + i];
            }
            order.add(new Step(best, variance, total));
        }
        return order;
    }

    /**
     * The same of draws, by their covariance.
     *
     * @param draws of the numbers; not modified
     * @param noise standard deviation of a measurement's noise, at least 0
     * @param steps how many, at most as many as there are numbers
     * @return the measurements in order
     */
    public static List<Step> greedy(Points draws, double noise, int steps) {
        return greedy(Covariance.ofColumns(InMemory.of(draws)).matrix(), noise, steps);
    }

    /**
     * How much each number is worth.
     *
     * @param criterion what counts
     * @param draws of the numbers; not modified
     * @param noise standard deviation of a measurement's noise, above 0 but for {@link Criterion#VARIANCE}
     * @return one for each number; the largest is to be measured
     * @throws InputException if the criterion needs noise and there is none
     */
    public static double[] worth(Criterion criterion, Points draws, double noise) {
        double[] worth = new double[draws.dim()];
        for (int i = 0; i < worth.length; i++) {
            worth[i] = criterion == Criterion.VARIANCE
                    ? variance(draws.column(i))
                    : spread(draws.column(i), noise, criterion == Criterion.PUBLISHED ? 1 : -1);
        }
        return worth;
    }

    private static double variance(double[] x) {
        double mean = Arrays.stream(x).average().orElse(Double.NaN);
        return Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1);
    }

    /** sign * sum_j log sum_i exp(sign (x_i - x_j)^2 / (2 noise^2)). */
    private static double spread(double[] x, double noise, int sign) {
        if (!(noise > 0)) {
            throw InputException.at(
                    "noise", "the entropy of draws needs the noise of a measurement, above 0, found " + noise);
        }
        double sum = 0;
        double[] exponents = new double[x.length];
        for (double from : x) {
            for (int i = 0; i < x.length; i++) {
                double z = (x[i] - from) / noise;
                exponents[i] = 0.5 * sign * z * z;
            }
            double top = Arrays.stream(exponents).max().orElseThrow();
            double inner = 0;
            for (double exponent : exponents) {
                inner += Math.exp(exponent - top);
            }
            sum += top + Math.log(inner);
        }
        return sign * sum;
    }
}
