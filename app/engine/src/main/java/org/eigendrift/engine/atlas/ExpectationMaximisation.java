package org.eigendrift.engine.atlas;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.engine.kernel.LowerTriangle;
import org.eigendrift.engine.kernel.MatrixKernel;
import org.eigendrift.engine.kernel.Parallel;

/**
 * Fits a {@link ChartMixture} by expectation maximisation (Dempster, Laird and Rubin, J. R. Stat. Soc. B 39, 1977) from
 * centres drawn as in k-means++ (Arthur and Vassilvitskii, SODA 2007) and improved by Lloyd's iterations. Covariances
 * are shrunk as by {@code prior} rows of a spherical law of the size K^(-2/d) of the data's variance (Fraley and Raftery,
 * J. Classif. 24, 2007), so that they stay regular. Sums are over fixed parts of the rows in a fixed order.
 */
final class ExpectationMaximisation {
    private static final int LLOYD = 8;

    /** Gain of a step, in nats a row, below which it was the last. */
    private static final double CONVERGED = 2e-5;

    /** Responsibilities below this are left out of the sums: their moments are lost in those of the others. */
    private static final double NEGLIGIBLE = 1e-8;

    private static final int PARTS = 16;

    /** Deviations of angles are kept within what {@link ChartMixture} resolves. */
    private static final double LARGEST_DEVIATION = 2 * Math.PI;

    private static final double SMALLEST_DEVIATION = 1e-3;

    private final ChartCoordinates coordinates;
    private final Points u;
    private final double prior;
    private final RunContext run;
    private final Parallel parallel;
    private final int real;
    private final int dim;

    /** A component of fewer rows has no law of its own. */
    private final double fewest;

    /**
     * Prepares.
     *
     * @param coordinates of the rows
     * @param u rows in those coordinates
     * @param prior rows' worth of shrinkage
     */
    ExpectationMaximisation(ChartCoordinates coordinates, Points u, double prior, RunContext run, Parallel parallel) {
        this.coordinates = coordinates;
        this.u = u;
        this.prior = prior;
        this.run = run;
        this.parallel = parallel;
        this.real = coordinates.reals();
        this.dim = coordinates.dim();
        this.fewest = Math.min(u.size(), coordinates.dim() + 2);
    }

    /** Sums of responsibilities r: r, r u (for angles r cos, r sin), r u u'. */
    private static final class Sums {
        final double[] mass;
        final double[][] first;
        final double[][] second;
        double logDensity;

        Sums(int size, int dim, int real) {
            mass = new double[size];
            first = new double[size][2 * dim - real];
            second = new double[size][real * real];
        }

        void add(Sums other) {
            logDensity += other.logDensity;
            for (int k = 0; k < mass.length; k++) {
                mass[k] += other.mass[k];
                add(other.first[k], first[k]);
                add(other.second[k], second[k]);
            }
        }

        private static void add(double[] from, double[] to) {
            for (int i = 0; i < to.length; i++) {
                to[i] += from[i];
            }
        }
    }

    /** The weights of the rows of one block for every component: responsibilities, or 0 and 1. */
    private interface Weights {
        /** Fills component by component, {@link ChartMixture#BLOCK} apart; returns the sum of log-densities. */
        double of(int from, int count, double[] out);
    }

    /**
     * Fits.
     *
     * @param size components wanted; fewer remain where some run out of rows
     * @param steps most steps
     * @param random draws the first centres
     * @return the mixture
     */
    ChartMixture fit(int size, int steps, CounterRandom random) {
        double[][] centres = centres(size, random);
        ChartMixture mixture = maximise(size, sums(size, () -> nearest(centres)));
        double before = Double.NEGATIVE_INFINITY;
        for (int step = 0; step < steps; step++) {
            run.checkCancelled();
            ChartMixture here = mixture;
            Sums sums = sums(here.size(), () -> responsibilities(here));
            mixture = maximise(here.size(), sums);
            double mean = sums.logDensity / u.size();
            if (mean - before < CONVERGED && mixture.size() == here.size()) {
                break;
            }
            before = mean;
        }
        return mixture;
    }

    private Weights responsibilities(ChartMixture mixture) {
        ChartMixture.Work work = new ChartMixture.Work(coordinates);
        return (from, count, out) -> {
            mixture.logJoint(u, from, count, out, work);
            return ChartMixture.normalise(out, mixture.size(), count);
        };
    }

    private Weights nearest(double[][] centres) {
        return (from, count, out) -> {
            Arrays.fill(out, 0, centres.length * ChartMixture.BLOCK, 0);
            for (int n = 0; n < count; n++) {
                int best = 0;
                double least = Double.POSITIVE_INFINITY;
                for (int k = 0; k < centres.length; k++) {
                    double distance = distance(from + n, centres[k]);
                    if (distance < least) {
                        least = distance;
                        best = k;
                    }
                }
                out[best * ChartMixture.BLOCK + n] = 1;
            }
            return 0;
        };
    }

    private double distance(int n, double[] centre) {
        double sum = 0;
        for (int i = 0; i < real; i++) {
            double difference = u.get(i, n) - centre[i];
            sum += difference * difference;
        }
        for (int i = real; i < dim; i++) {
            sum += 2 - 2 * Math.cos(u.get(i, n) - centre[i]);
        }
        return sum;
    }

    private double[][] centres(int size, CounterRandom random) {
        double[][] centres = new double[size][];
        centres[0] = u.row((int) (random.uniform(0, 0) * u.size()));
        double[] nearest = new double[u.size()];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        for (int k = 1; k < size; k++) {
            double total = 0;
            for (int n = 0; n < nearest.length; n++) {
                nearest[n] = Math.min(nearest[n], distance(n, centres[k - 1]));
                total += nearest[n];
            }
            double left = random.uniform(0, k) * total;
            int chosen = 0;
            while (chosen + 1 < nearest.length && left > nearest[chosen]) {
                left -= nearest[chosen++];
            }
            centres[k] = u.row(chosen);
        }
        for (int step = 0; step < LLOYD; step++) {
            double[][] here = centres;
            Sums sums = sums(size, () -> nearest(here));
            centres = new double[size][];
            for (int k = 0; k < size; k++) {
                centres[k] = sums.mass[k] > 0 ? mean(sums, k) : here[k];
            }
        }
        return centres;
    }

    private double[] mean(Sums sums, int k) {
        double[] mean = new double[dim];
        for (int i = 0; i < real; i++) {
            mean[i] = sums.first[k][i] / sums.mass[k];
        }
        for (int i = real; i < dim; i++) {
            int at = real + 2 * (i - real);
            mean[i] = Math.atan2(sums.first[k][at + 1], sums.first[k][at]);
        }
        return mean;
    }

    private Sums sums(int size, java.util.function.Supplier<Weights> weights) {
        int part = Math.max(2048, (u.size() + PARTS - 1) / PARTS);
        int parts = (u.size() + part - 1) / part;
        Sums[] partial = new Sums[parts];
        parallel.forEach(parts, p -> {
            partial[p] = new Sums(size, dim, real);
            accumulate(weights.get(), p * part, Math.min(u.size(), (p + 1) * part), partial[p]);
        });
        Sums all = new Sums(size, dim, real);
        for (Sums sums : partial) {
            all.add(sums);
        }
        return all;
    }

    private void accumulate(Weights weights, int begin, int end, Sums sums) {
        int size = sums.mass.length;
        double[] r = new double[size * ChartMixture.BLOCK];
        int[] rows = new int[ChartMixture.BLOCK];
        double[] weighted = new double[real * ChartMixture.BLOCK];
        double[] transposed = new double[ChartMixture.BLOCK * real];
        for (int from = begin; from < end; from += ChartMixture.BLOCK) {
            int count = Math.min(ChartMixture.BLOCK, end - from);
            sums.logDensity += weights.of(from, count, r);
            for (int k = 0; k < size; k++) {
                int kept = 0;
                for (int n = 0; n < count; n++) {
                    if (r[k * ChartMixture.BLOCK + n] > NEGLIGIBLE) {
                        rows[kept++] = n;
                    }
                }
                gather(from, rows, kept, r, k * ChartMixture.BLOCK, weighted, transposed, sums, k);
                MatrixKernel.multiplyAdd(
                        real, kept, real, weighted, 0, kept, transposed, 0, real, sums.second[k], 0, real);
            }
        }
    }

    private void gather(
            int from,
            int[] rows,
            int kept,
            double[] r,
            int at,
            double[] weighted,
            double[] transposed,
            Sums sums,
            int k) {
        for (int j = 0; j < kept; j++) {
            double weight = r[at + rows[j]];
            int n = from + rows[j];
            sums.mass[k] += weight;
            for (int i = 0; i < real; i++) {
                double value = u.get(i, n);
                weighted[i * kept + j] = weight * value;
                transposed[j * real + i] = value;
                sums.first[k][i] += weight * value;
            }
            for (int i = real; i < dim; i++) {
                int c = real + 2 * (i - real);
                sums.first[k][c] += weight * Math.cos(u.get(i, n));
                sums.first[k][c + 1] += weight * Math.sin(u.get(i, n));
            }
        }
    }

    private ChartMixture maximise(int size, Sums sums) {
        int kept = 0;
        double total = 0;
        for (int k = 0; k < size; k++) {
            kept += sums.mass[k] >= fewest ? 1 : 0;
            total += sums.mass[k] >= fewest ? sums.mass[k] : 0;
        }
        double[] weights = new double[kept];
        double[][] means = new double[kept][];
        double[][] whitenings = new double[kept][];
        double[][] deviations = new double[kept][];
        double spherical = Math.pow(kept, -2.0 / dim);
        int at = 0;
        for (int k = 0; k < size; k++) {
            if (sums.mass[k] >= fewest) {
                weights[at] = sums.mass[k] / total;
                means[at] = mean(sums, k);
                whitenings[at] = whitening(sums, k, means[at], spherical);
                deviations[at++] = deviations(sums, k);
            }
        }
        return new ChartMixture(coordinates, weights, means, whitenings, deviations);
    }

    /** The inverse of the lower Cholesky factor of the shrunk covariance. */
    private double[] whitening(Sums sums, int k, double[] mean, double spherical) {
        double[] covariance = new double[real * real];
        double rows = sums.mass[k] + prior;
        for (int i = 0; i < real; i++) {
            for (int j = 0; j < real; j++) {
                double scatter = sums.second[k][i * real + j] - sums.mass[k] * mean[i] * mean[j];
                covariance[i * real + j] = (scatter + (i == j ? prior * spherical : 0)) / rows;
            }
        }
        try {
            LowerTriangle.factor(covariance, real);
        } catch (NumericalException e) {
            throw new NumericalException(
                    "a covariance shrunk by " + prior
                            + " rows is not positive definite: columns depend on each other, or span too many decades",
                    e);
        }
        return LowerTriangle.inverse(covariance, real);
    }

    /** For a wrapped normal law the length of the mean of exp(iu) is exp(-deviation^2 / 2). */
    private double[] deviations(Sums sums, int k) {
        double[] deviations = new double[dim - real];
        for (int a = 0; a < deviations.length; a++) {
            double cos = sums.first[k][real + 2 * a] / sums.mass[k];
            double sin = sums.first[k][real + 2 * a + 1] / sums.mass[k];
            double square = -2 * Math.log(Math.min(1, Math.hypot(cos, sin)));
            deviations[a] = Math.max(SMALLEST_DEVIATION, Math.min(LARGEST_DEVIATION, Math.sqrt(square)));
        }
        return deviations;
    }
}
