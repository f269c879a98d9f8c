package org.eigendrift.engine.atlas;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.engine.kernel.LowerTriangle;
import org.eigendrift.engine.kernel.MatrixKernel;

/**
 * Fits a {@link ChartMixture} by expectation maximisation (Dempster, Laird and Rubin, J. R. Stat. Soc. B 39, 1977) from
 * centres drawn by greedy k-means++ (each the best of a few drawn; Arthur and Vassilvitskii, SODA 2007) and improved by Lloyd's iterations. Covariances
 * are shrunk as by {@code prior} rows of a spherical law of the size K^(-2/d) of the data's variance (Fraley and Raftery,
 * J. Classif. 24, 2007), so that they stay regular. Sums are over fixed parts of the rows in a fixed order.
 */
final class ExpectationMaximisation {
    private static final int LLOYD = 8;

    /** First centres tried, the steps with each, and the rows that these are taken with. */
    private static final int STARTS = 4;

    private static final int FEW_STEPS = 10;
    private static final int FEW_ROWS = 5_000;

    /** But so many times what a component needs for each of them, or components would be lost for want of rows. */
    private static final int ENOUGH = 10;

    /** Gain of a step, in nats a row, below which it was the last. */
    private static final double CONVERGED = 2e-5;

    /** Responsibilities below this are left out of the sums: their moments are lost in those of the others. */
    private static final double NEGLIGIBLE = 1e-8;

    private static final int PARTS = 16;

    /** Blocks of a part: fewer are not worth handing out. */
    private static final int FEWEST_BLOCKS = 8;

    /** Deviations of angles are kept within what {@link ChartMixture} resolves. */
    private static final double LARGEST_DEVIATION = 2 * Math.PI;

    private static final double SMALLEST_DEVIATION = 1e-3;

    private final ChartCoordinates coordinates;
    private final Rows rows;

    /** The same rows, those of a block of {@link ChartMixture} close together; made when steps need them. */
    private Rows near;

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
        this.rows = Rows.of(u, coordinates.reals());
        this.prior = prior;
        this.run = run;
        this.parallel = parallel;
        this.real = coordinates.reals();
        this.dim = coordinates.dim();
        this.fewest = Math.min(u.size(), coordinates.dim() + 2);
    }

    /**
     * Rows in the mixture's coordinates.
     *
     * @param u real ones first
     * @param circles cosine and sine of every angle, an array each
     */
    private record Rows(Points u, double[][] circles) {
        static Rows of(Points u, int from) {
            double[][] circles = new double[2 * (u.dim() - from)][u.size()];
            for (int i = from; i < u.dim(); i++) {
                int at = 2 * (i - from);
                for (int n = 0; n < u.size(); n++) {
                    circles[at][n] = Math.cos(u.get(i, n));
                    circles[at + 1][n] = Math.sin(u.get(i, n));
                }
            }
            return new Rows(u, circles);
        }

        int size() {
            return u.size();
        }
    }

    /** Sums of responsibilities r: r, r u (for angles r cos, r sin), r u u'. */
    private static final class Sums {
        final double[] mass;
        final double[][] first;
        final double[][] second;
        double logDensity;

        Sums(int size, int dim, int real, boolean squares) {
            mass = new double[size];
            first = new double[size][2 * dim - real];
            second = squares ? new double[size][real * real] : new double[size][0];
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

    /** The weights of the rows of one block: responsibilities, or 0 and 1. */
    private interface Weights {
        /** Fills a row for each component that has a share; returns those and the sum of log-densities. */
        ChartMixture.Shares of(int from, int count, double[][] out);
    }

    /**
     * Fits: of several mixtures after a few steps with some of the rows, the likeliest is improved with all of them
     * (Biernacki, Celeux and Govaert, Comput. Stat. Data Anal. 41, 2003).
     *
     * @param size components wanted; fewer remain where some run out of rows
     * @param steps most steps with all rows
     * @param random draws the first centres
     * @return the mixture
     */
    ChartMixture fit(int size, int steps, CounterRandom random) {
        ExpectationMaximisation few = thinned((int) Math.max(FEW_ROWS, ENOUGH * fewest * size));
        ChartMixture best = null;
        double most = Double.NEGATIVE_INFINITY;
        for (int start = 0; start < (size == 1 ? 1 : STARTS); start++) {
            double[][] centres = few.centres(size, random, start);
            ChartMixture begun = few.maximise(size, few.sums(few.rows, size, true, () -> few.nearest(centres)));
            ChartMixture here = few.improve(begun, FEW_STEPS);
            double likelihood = here.meanLogDensity(few.near().u);
            if (best == null || likelihood > most) {
                best = here;
                most = likelihood;
            }
        }
        return improve(best, steps);
    }

    /**
     * Raises the likelihood, which no step lowers. Where it could still rise after the last step nothing is wrong with the mixture: it
     * cuts rows, the models of its cells are fitted to them as they are, and held-out rows judge what comes of it.
     *
     * @param start a mixture in the same coordinates
     * @param steps most steps
     * @return the mixture; of fewer components where some run out of rows
     */
    ChartMixture improve(ChartMixture start, int steps) {
        ChartMixture mixture = start;
        double before = Double.NEGATIVE_INFINITY;
        for (int step = 0; step < steps; step++) {
            run.checkCancelled();
            ChartMixture here = mixture;
            Sums sums = sums(near(), here.size(), true, () -> responsibilities(here));
            mixture = maximise(here.size(), sums);
            double mean = sums.logDensity / rows.size();
            if (mean - before < CONVERGED && mixture.size() == here.size()) {
                break;
            }
            before = mean;
        }
        return mixture;
    }

    /** The same with rows at equal distances, at most so many. */
    private ExpectationMaximisation thinned(int most) {
        Points few = ChartRows.thinned(rows.u, most);
        return few == rows.u ? this : new ExpectationMaximisation(coordinates, few, prior, run, parallel);
    }

    private Rows near() {
        if (near == null) {
            Points u = NearOrder.of(rows.u, real, ChartMixture.BLOCK);
            near = u == rows.u ? rows : Rows.of(u, real);
        }
        return near;
    }

    private Weights responsibilities(ChartMixture mixture) {
        ChartMixture.Work work = new ChartMixture.Work(coordinates);
        return (from, count, out) -> mixture.shares(near().u, from, count, out, work);
    }

    private Weights nearest(double[][] centres) {
        int[] all = IntStream.range(0, centres.length).toArray();
        return (from, count, out) -> {
            for (double[] row : out) {
                Arrays.fill(row, 0, count, 0);
            }
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
                out[best][n] = 1;
            }
            return new ChartMixture.Shares(all, 0);
        };
    }

    /** The square of a distance; angles are points of a circle. */
    private double distance(int n, double[] centre) {
        double sum = 0;
        for (int i = 0; i < real; i++) {
            double difference = rows.u.get(i, n) - centre[i];
            sum += difference * difference;
        }
        for (int i = real; i < centre.length; i++) {
            double difference = rows.circles[i - real][n] - centre[i];
            sum += difference * difference;
        }
        return sum;
    }

    /** A row as {@link #distance} wants it. */
    private double[] place(int n) {
        double[] place = new double[real + rows.circles.length];
        for (int i = 0; i < place.length; i++) {
            place[i] = i < real ? rows.u.get(i, n) : rows.circles[i - real][n];
        }
        return place;
    }

    private double[][] centres(int size, CounterRandom random, int start) {
        double[][] centres = new double[size][];
        centres[0] = place((int) (random.uniform(start, 0) * rows.size()));
        double[] nearest = new double[rows.size()];
        for (int n = 0; n < nearest.length; n++) {
            nearest[n] = distance(n, centres[0]);
        }
        // Of as many as scikit-learn draws.
        int trials = 2 + (int) Math.log(size);
        for (int k = 1; k < size; k++) {
            double total = Arrays.stream(nearest).sum();
            double least = Double.POSITIVE_INFINITY;
            double[] best = nearest;
            for (int trial = 0; trial < trials; trial++) {
                double[] place = place(drawn(nearest, random.uniform(start, (long) k * 64 + trial) * total));
                double[] closer = nearest.clone();
                double left = 0;
                for (int n = 0; n < closer.length; n++) {
                    closer[n] = Math.min(closer[n], distance(n, place));
                    left += closer[n];
                }
                if (left < least) {
                    least = left;
                    best = closer;
                    centres[k] = place;
                }
            }
            nearest = best;
        }
        for (int step = 0; step < LLOYD; step++) {
            double[][] here = centres;
            Sums sums = sums(rows, size, false, () -> nearest(here));
            centres = new double[size][];
            for (int k = 0; k < size; k++) {
                centres[k] = sums.mass[k] > 0 ? centre(sums, k) : here[k];
            }
        }
        return centres;
    }

    private static int drawn(double[] weights, double left) {
        double rest = left;
        int chosen = 0;
        while (chosen + 1 < weights.length && rest > weights[chosen]) {
            rest -= weights[chosen++];
        }
        return chosen;
    }

    private double[] centre(Sums sums, int k) {
        double[] centre = sums.first[k].clone();
        for (int i = 0; i < centre.length; i++) {
            centre[i] /= sums.mass[k];
        }
        return centre;
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

    /** Sums over all rows, in their order; without their squares, which centres do not need, if so wanted. */
    private Sums sums(Rows rows, int size, boolean squares, Supplier<Weights> weights) {
        int blocks = (rows.size() + ChartMixture.BLOCK - 1) / ChartMixture.BLOCK;
        int part = Math.max(FEWEST_BLOCKS, (blocks + PARTS - 1) / PARTS) * ChartMixture.BLOCK;
        int parts = (rows.size() + part - 1) / part;
        Sums[] partial = new Sums[parts];
        parallel.forEach(parts, p -> {
            partial[p] = new Sums(size, dim, real, squares);
            accumulate(rows, weights.get(), p * part, Math.min(rows.size(), (p + 1) * part), squares, partial[p]);
        });
        Sums all = new Sums(size, dim, real, squares);
        for (Sums sums : partial) {
            all.add(sums);
        }
        return all;
    }

    private void accumulate(Rows rows, Weights weights, int begin, int end, boolean squares, Sums sums) {
        double[][] r = new double[sums.mass.length][ChartMixture.BLOCK];
        int[] counted = new int[ChartMixture.BLOCK];
        double[] weighted = new double[real * ChartMixture.BLOCK];
        double[] values = new double[real * ChartMixture.BLOCK];
        for (int from = begin; from < end; from += ChartMixture.BLOCK) {
            int count = Math.min(ChartMixture.BLOCK, end - from);
            ChartMixture.Shares shares = weights.of(from, count, r);
            sums.logDensity += shares.logDensity();
            for (int k : shares.components()) {
                int kept = notable(r[k], count, counted);
                gather(rows, from, counted, kept, r[k], weighted, values, sums, k);
                if (squares) {
                    addProducts(kept, weighted, values, sums.second[k]);
                }
            }
        }
    }

    private static int notable(double[] r, int count, int[] out) {
        int kept = 0;
        for (int n = 0; n < count; n++) {
            if (r[n] > NEGLIGIBLE) {
                out[kept++] = n;
            }
        }
        return kept;
    }

    /** The lower triangle of the sums of r u u'. */
    private void addProducts(int kept, double[] weighted, double[] values, double[] second) {
        for (int i = 0; i < real; i++) {
            for (int j = 0; j <= i; j++) {
                second[i * real + j] += MatrixKernel.dot(kept, weighted, i * kept, values, j * kept);
            }
        }
    }

    private void gather(
            Rows rows,
            int from,
            int[] counted,
            int kept,
            double[] r,
            double[] weighted,
            double[] values,
            Sums sums,
            int k) {
        double mass = sums.mass[k];
        for (int j = 0; j < kept; j++) {
            mass += r[counted[j]];
        }
        sums.mass[k] = mass;
        double[] first = sums.first[k];
        for (int i = 0; i < real; i++) {
            int at = rows.u.offset(i) + from;
            double sum = first[i];
            for (int j = 0; j < kept; j++) {
                double value = rows.u.values()[at + counted[j]];
                double product = r[counted[j]] * value;
                weighted[i * kept + j] = product;
                values[i * kept + j] = value;
                sum += product;
            }
            first[i] = sum;
        }
        for (int c = 0; c < rows.circles.length; c++) {
            for (int j = 0; j < kept; j++) {
                first[real + c] += r[counted[j]] * rows.circles[c][from + counted[j]];
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
            for (int j = 0; j <= i; j++) {
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
