package org.eigendrift.samplers.guidance;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;

/**
 * Whether what a noisy point was made of is rare, and within reach: P(U_0 >= u | x_t) and P(U_0 <= v | U_0 >= u, x_t) by logistic regressions on
 * U_t(x_t), U = -log p, at times even in log SNR and in a line between them. Immutable, thread-safe.
 */
final class RarityClassifier {
    private static final int TIMES = 64;
    private static final int BATCH = 256;

    /** Of the slope's square in units of U's deviation, on all pilots: keeps classes that are told apart without error finite. */
    private static final double PENALTY = 1e-3;

    private final AffineProcess process;
    private final double threshold;
    private final double limit;
    private final double first;
    private final double last;
    /** Intercept and slope of each time: whether a point is rare. */
    private final double[][] lines;
    /** Whether a rare one is within reach. */
    private final double[][] within;

    private RarityClassifier(
            AffineProcess process, double threshold, double limit, double[][] lines, double[][] within) {
        this.process = process;
        this.threshold = threshold;
        this.limit = limit;
        this.within = within;
        this.first = process.lambda(process.horizon());
        this.last = process.lambda(process.earliest());
        this.lines = lines;
    }

    /**
     * Finds it.
     *
     * @param model the model
     * @param process its process
     * @param share share of samples that counts as rare
     * @param reach how much rarer samples may be, in deviations of a Gaussian's log p, sqrt(dim / 2) nats
     * @param pilots how many draws it is found from
     * @param run the run
     * @return the classifier
     */
    static RarityClassifier of(
            ScoreModel model, AffineProcess process, double share, double reach, int pilots, RunContext run) {
        CounterRandom random = run.random(Purpose.MINORITY_PILOTS);
        double[] times = new double[TIMES + 1];
        double from = process.lambda(process.horizon());
        double to = process.lambda(process.earliest());
        for (int k = 0; k <= TIMES; k++) {
            times[k] = k == 0
                    ? process.horizon()
                    : k == TIMES ? process.earliest() : process.time(from + (to - from) * k / TIMES);
        }
        Points x = Points.zeros(process.dim(), pilots);
        process.prior(random, 0, x);
        double[][] rare = new double[TIMES + 1][pilots];
        run.parallel().forEach((pilots + BATCH - 1) / BATCH, b -> {
            run.checkCancelled();
            int begin = b * BATCH;
            Points part = x.slice(begin, Math.min(pilots, begin + BATCH));
            watch(model.evaluator(), process, times, part, Noise.of(random, begin), rare, begin);
        });
        double[] sorted = rare[TIMES].clone();
        Arrays.sort(sorted);
        double threshold = sorted[(int) Math.min(pilots - 1, Math.round((1 - share) * pilots))];
        double limit = threshold + reach * Math.sqrt(0.5 * process.dim());
        int[] all = IntStream.range(0, pilots).toArray();
        int[] rarest =
                Arrays.stream(all).filter(n -> rare[TIMES][n] >= threshold).toArray();
        double[][] lines = new double[TIMES + 1][];
        double[][] within = new double[TIMES + 1][];
        for (int k = 0; k <= TIMES; k++) {
            double[] u = rare[k];
            lines[k] = regression(all, n -> u[n], n -> rare[TIMES][n] >= threshold);
            within[k] = regression(rarest, n -> u[n], n -> rare[TIMES][n] <= limit);
        }
        return new RarityClassifier(process, threshold, limit, lines, within);
    }

    /** Carries pilots along the flow to data, and tells their rarity noised anew to every time. */
    private static void watch(
            ScoreModel.Evaluator evaluator,
            AffineProcess process,
            double[] times,
            Points x,
            Noise noise,
            double[][] rare,
            int begin) {
        for (int k = 1; k < times.length; k++) {
            Pool.Flow.step(evaluator, process, times[k - 1], times[k], x, new double[x.size()]);
        }
        Rarity rarity = new Rarity(evaluator, process);
        double end = process.earliest();
        Points noised = x.copy();
        Points normal = Points.zeros(x.dim(), x.size());
        for (int k = 0; k < times.length; k++) {
            double a = Math.exp(process.logAlpha(times[k]) - process.logAlpha(end));
            double v = Math.pow(process.sigma(times[k]), 2) - Math.pow(a * process.sigma(end), 2);
            noise.normal(k + 1, 0, normal);
            for (int j = 0; j < x.values().length; j++) {
                noised.values()[j] = a * x.values()[j] + Math.sqrt(Math.max(0, v)) * normal.values()[j];
            }
            System.arraycopy(rarity.of(times[k], noised), 0, rare[k], begin, x.size());
        }
    }

    private static double[] regression(int[] points, IntToDoubleFunction value, IntPredicate label) {
        boolean[] labels = new boolean[points.length];
        for (int n = 0; n < labels.length; n++) {
            labels[n] = label.test(points[n]);
        }
        return regression(Arrays.stream(points).mapToDouble(value).toArray(), labels);
    }

    /** Logistic regression by Newton's steps, halved where the likelihood would fall. */
    private static double[] regression(double[] u, boolean[] labels) {
        double mean = Arrays.stream(u).average().orElseThrow();
        double deviation = Math.sqrt(
                Arrays.stream(u).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
        double share = shareOf(labels);
        boolean alike = Math.min(share, 1 - share) * (labels.length + 1) < 1;
        if (alike || !(deviation > 0)) {
            return new double[] {Math.log(share / (1 - share)), 0};
        }
        double[] z = Arrays.stream(u).map(v -> (v - mean) / deviation).toArray();
        double[] b = {0, 0};
        double best = likelihood(z, labels, b);
        for (int step = 0; step < 100; step++) {
            double[] move = newton(z, labels, b);
            double factor = 1;
            double[] next = b;
            double value = best;
            for (int half = 0; half < 30; half++, factor /= 2) {
                next = new double[] {b[0] + factor * move[0], b[1] + factor * move[1]};
                value = likelihood(z, labels, next);
                if (value >= best) {
                    break;
                }
            }
            if (!(value > best + 1e-12 * Math.abs(best))) {
                break;
            }
            b = next;
            best = value;
        }
        return new double[] {b[0] - b[1] * mean / deviation, b[1] / deviation};
    }

    private static double shareOf(boolean[] labels) {
        int count = 0;
        for (boolean label : labels) {
            count += label ? 1 : 0;
        }
        return (count + 0.5) / (labels.length + 1);
    }

    private static double likelihood(double[] z, boolean[] labels, double[] b) {
        double sum = -0.5 * PENALTY * b[1] * b[1];
        for (int n = 0; n < z.length; n++) {
            double eta = b[0] + b[1] * z[n];
            sum += logistic(labels[n] ? eta : -eta);
        }
        return sum;
    }

    private static double[] newton(double[] z, boolean[] labels, double[] b) {
        double g0 = 0;
        double g1 = -PENALTY * b[1];
        double h00 = 1e-12;
        double h01 = 0;
        double h11 = PENALTY;
        for (int n = 0; n < z.length; n++) {
            double p = Math.exp(logistic(b[0] + b[1] * z[n]));
            double residual = (labels[n] ? 1 : 0) - p;
            double w = p * (1 - p);
            g0 += residual;
            g1 += residual * z[n];
            h00 += w;
            h01 += w * z[n];
            h11 += w * z[n] * z[n];
        }
        double determinant = h00 * h11 - h01 * h01;
        return new double[] {(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant};
    }

    /** log of 1 / (1 + e^-eta). */
    private static double logistic(double eta) {
        return eta > 0 ? -Math.log1p(Math.exp(-eta)) : eta - Math.log1p(Math.exp(eta));
    }

    /** Whether a sample of this U is rare, and within reach. */
    boolean rare(double u) {
        return u >= threshold && u <= limit;
    }

    double logProbability(double t, double u) {
        double[] line = line(lines, t);
        double[] bound = line(within, t);
        return logistic(line[0] + line[1] * u) + logistic(bound[0] + bound[1] * u);
    }

    /** d log P / d U. */
    double slope(double t, double u) {
        return slope(line(lines, t), u) + slope(line(within, t), u);
    }

    private static double slope(double[] line, double u) {
        return line[1] * Math.exp(logistic(-line[0] - line[1] * u));
    }

    private double[] line(double[][] lines, double t) {
        double at = (process.lambda(t) - first) / (last - first) * TIMES;
        int k = Math.max(0, Math.min(TIMES - 1, (int) Math.floor(at)));
        double share = Math.max(0, Math.min(1, at - k));
        return new double[] {
            (1 - share) * lines[k][0] + share * lines[k + 1][0], (1 - share) * lines[k][1] + share * lines[k + 1][1]
        };
    }
}
