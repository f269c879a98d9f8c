package org.eigendrift.engine.law.given;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.RunContext;
import org.eigendrift.engine.kernel.LogSum;
import org.eigendrift.engine.kernel.LowerTriangle;

/**
 * Fits regressions by expectation maximisation (Jordan, Jacobs, Neural Comput. 6, 1994). Regressions of one group share their slopes and
 * differ by constant, covariance and share, so that what a regression leaves may have any shape. Slopes are drawn towards those of all
 * rows, as by a ridge; covariances towards that of all rows shrunk to a part of the room, as by some rows (Fraley and Raftery, J.
 * Classif. 24, 2007). Where shares depend on what is given, each regression has a normal law of it, and the steps are those of the joint law.
 * Sums are in the order of rows.
 */
final class ExpertsFit {
    private static final int LLOYD = 10;
    private static final double RIDGE = 3;

    /** What of a row belongs to the nearest centre at first. */
    private static final double NEAREST = 0.9;

    /** What is given counts less for the first centres where shares do not depend on it. */
    private static final double LESS = 0.5;

    private static final double LEAST_VARIANCE = 1e-9;

    /** Gain of a step, in nats a row, below which it was the last. */
    private static final double CONVERGED = 3e-4;

    /** Logarithm of a share that is lost in those of others. */
    private static final double NEGLIGIBLE = -20;

    private final double[][] a;
    private final double[][] b;
    private final double[] counts;
    private final double total;
    private final Plan plan;
    private final RunContext run;
    private final int dim;
    private final int known;
    private final Slopes slopes;

    /**
     * What is fitted.
     *
     * @param groups of regressions with slopes of their own
     * @param parts regressions of a group
     * @param local whether shares depend on what is given
     * @param firm rows' worth of shrinkage of a covariance, for each column
     */
    record Plan(int groups, int parts, boolean local, double firm) {
        int size() {
            return groups * parts;
        }

        Plan whole() {
            return new Plan(groups, 1, local, firm);
        }

        @Override
        public String toString() {
            return (groups == 1 ? "1 regression" : groups + " regressions")
                    + (parts == 1 ? "" : " with " + parts + " parts")
                    + (size() == 1 ? "" : (local ? ", local" : "") + (firm < 1 ? ", loose" : ", firm"));
        }
    }

    /**
     * Prepares.
     *
     * @param sample rows in units of the columns' deviations; not modified
     * @param plan what is fitted
     * @param run cancellation
     */
    ExpertsFit(Sample sample, Plan plan, RunContext run) {
        this.a = sample.a();
        this.b = sample.b();
        this.counts = sample.weights();
        this.total = sample.effective();
        this.plan = plan;
        this.run = run;
        this.dim = a[0].length;
        this.known = b[0].length;
        this.slopes = new Slopes(dim, known, RIDGE, new WeightedMoments(a, b, counts));
    }

    /** The first regressions, one in a group. */
    Experts start(CounterRandom random) {
        double[][] all = points(slopes.pooled(), slopes.around(), plan.local() ? 1 : LESS);
        int[] of = nearest(all, IntStream.range(0, a.length).toArray(), plan.groups(), random);
        double[][] shares = new double[plan.groups()][a.length];
        for (int n = 0; n < a.length; n++) {
            for (int k = 0; k < plan.groups(); k++) {
                shares[k][n] = (1 - NEAREST) / plan.groups() + (of[n] == k ? NEAREST : 0);
            }
        }
        return maximise(shares, null);
    }

    /** Parts of each of some regressions, cut where what they leave clusters. */
    Experts split(Experts whole, CounterRandom random) {
        double[][] shares = expect(whole).shares;
        double[][] finer = new double[plan.size()][a.length];
        for (int g = 0; g < plan.groups(); g++) {
            int group = g;
            int[] own = IntStream.range(0, a.length)
                    .filter(n -> largest(shares, n) == group)
                    .toArray();
            double[][] points = points(whole.maps()[g], full(whole.factors()[g]), 0);
            int[] of = nearest(points, own, plan.parts(), random.derive(g));
            for (int k = 0; k < plan.parts(); k++) {
                int at = g * plan.parts() + k;
                for (int n = 0; n < a.length; n++) {
                    finer[at][n] = shares[g][n] * (1 - NEAREST) / plan.parts();
                }
            }
            for (int j = 0; j < own.length; j++) {
                finer[g * plan.parts() + of[j]][own[j]] += shares[g][own[j]] * NEAREST;
            }
        }
        return maximise(finer, null);
    }

    private static int largest(double[][] shares, int n) {
        int best = 0;
        for (int k = 1; k < shares.length; k++) {
            best = shares[k][n] > shares[best][n] ? k : best;
        }
        return best;
    }

    private double[] full(double[] factor) {
        double[] out = new double[dim * dim];
        for (int i = 0; i < dim; i++) {
            for (int j = 0; j < dim; j++) {
                for (int k = 0; k <= Math.min(i, j); k++) {
                    out[i * dim + j] += factor[i * dim + k] * factor[j * dim + k];
                }
            }
        }
        return out;
    }

    /** Some steps, until one gains little. */
    Experts improve(Experts from, int steps) {
        Experts experts = from;
        double before = Double.NEGATIVE_INFINITY;
        for (int step = 0; step < (plan.size() == 1 ? 1 : steps); step++) {
            run.checkCancelled();
            Expected expected = expect(experts);
            if (expected.nats - before < CONVERGED) {
                return experts;
            }
            before = expected.nats;
            experts = maximise(expected.shares, experts.factors());
        }
        return experts;
    }

    /** Of each regression the probability of each row; the mean log-density. */
    private record Expected(double[][] shares, double nats) {}

    private Expected expect(Experts experts) {
        double[][] shares = new double[experts.size()][a.length];
        double nats = 0;
        for (int n = 0; n < a.length; n++) {
            double[] logs = experts.logJoint(a[n], b[n]);
            nats += counts[n] * responsibilities(logs) / total;
            for (int k = 0; k < logs.length; k++) {
                shares[k][n] = logs[k];
            }
        }
        return new Expected(shares, nats);
    }

    private Experts maximise(double[][] shares, double[][] factors) {
        WeightedMoments[] moments = new WeightedMoments[shares.length];
        Arrays.setAll(moments, k -> new WeightedMoments(a, b, counted(shares[k])));
        return maximise(plan, moments, slopes, total, factors);
    }

    /**
     * The regressions of sums over rows.
     *
     * @param plan what is fitted
     * @param moments of the rows of each regression
     * @param all of all rows
     * @param factors of the covariances by which slopes are found; null for none
     */
    static Experts maximise(Plan plan, WeightedMoments[] moments, WeightedMoments all, double[][] factors) {
        return maximise(plan, moments, new Slopes(all.dim(), all.known(), RIDGE, all), all.total(), factors);
    }

    private static Experts maximise(
            Plan plan, WeightedMoments[] moments, Slopes slopes, double total, double[][] factors) {
        int size = moments.length;
        int parts = size / plan.groups();
        int dim = moments[0].dim();
        int known = moments[0].known();
        double[] logs = new double[size];
        double[][] maps = new double[size][];
        double[][] roots = new double[size][];
        double[][] means = new double[size][];
        double[][] spreads = new double[size][];
        double firm = size == 1 ? 0 : plan.firm();
        double[] prior = slopes.prior(size);
        double room = Math.pow(size, -2.0 / known);
        for (int g = 0; g < plan.groups(); g++) {
            int from = g * parts;
            double[] common = slopes.of(
                    Arrays.copyOfRange(moments, from, from + parts),
                    factors == null ? null : Arrays.copyOfRange(factors, from, from + parts));
            for (int k = from; k < from + parts; k++) {
                logs[k] = Math.log((moments[k].total() + 1) / (total + size));
                maps[k] = moments[k].map(common);
                roots[k] = moments[k].covariance(common, firm * (dim + 2), prior, LEAST_VARIANCE);
                LowerTriangle.factor(roots[k], dim);
                means[k] = moments[k].place();
                spreads[k] = moments[k].spread(firm * (known + 2), room, LEAST_VARIANCE);
                LowerTriangle.factor(spreads[k], known);
            }
        }
        Optional<Normals> places = plan.local() ? Optional.of(new Normals(means, spreads)) : Optional.empty();
        return new Experts(logs, places, maps, roots);
    }

    /** Of a row the probabilities of regressions, whose logarithms up to a summand become them; gives that. */
    static double responsibilities(double[] logs) {
        double row = LogSum.of(logs);
        for (int k = 0; k < logs.length; k++) {
            double log = logs[k] - row;
            logs[k] = log < NEGLIGIBLE ? 0 : Math.exp(log);
        }
        return row;
    }

    private double[] counted(double[] shares) {
        double[] out = new double[shares.length];
        Arrays.setAll(out, n -> shares[n] * counts[n]);
        return out;
    }

    /** What a regression leaves of rows, in units of its deviations, and what is given. */
    private double[][] points(double[] map, double[] covariance, double scale) {
        double[] factor = covariance.clone();
        LowerTriangle.factor(factor, dim);
        double[] inverse = LowerTriangle.inverse(factor, dim);
        int width = known + 1;
        double[][] points = new double[a.length][dim + known];
        for (int n = 0; n < a.length; n++) {
            for (int c = 0; c < dim; c++) {
                double left = a[n][c] - map[c * width];
                for (int j = 0; j < known; j++) {
                    left -= map[c * width + 1 + j] * b[n][j];
                }
                for (int i = c; i < dim; i++) {
                    points[n][i] += inverse[i * dim + c] * left;
                }
            }
            for (int j = 0; j < known; j++) {
                points[n][dim + j] = scale * b[n][j];
            }
        }
        return points;
    }

    /** The nearest of some centres, found by Lloyd's iterations, of each of some points. */
    private static int[] nearest(double[][] points, int[] rows, int size, CounterRandom random) {
        double[][] centres = IntStream.of(rows)
                .boxed()
                .sorted(Comparator.comparingLong(n -> random.bits(0, n)))
                .limit(size)
                .map(n -> points[n].clone())
                .toArray(double[][]::new);
        int[] of = new int[rows.length];
        for (int round = 0; round < LLOYD; round++) {
            double[] count = new double[centres.length];
            double[][] sum = new double[centres.length][points[0].length];
            for (int j = 0; j < rows.length; j++) {
                double[] point = points[rows[j]];
                of[j] = nearest(point, centres);
                count[of[j]]++;
                for (int i = 0; i < point.length; i++) {
                    sum[of[j]][i] += point[i];
                }
            }
            for (int k = 0; k < centres.length; k++) {
                for (int i = 0; i < sum[k].length && count[k] > 0; i++) {
                    centres[k][i] = sum[k][i] / count[k];
                }
            }
        }
        return of;
    }

    private static int nearest(double[] point, double[][] centres) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < centres.length; k++) {
            double distance = 0;
            for (int i = 0; i < point.length; i++) {
                distance += (point[i] - centres[k][i]) * (point[i] - centres[k][i]);
            }
            if (distance < least) {
                least = distance;
                best = k;
            }
        }
        return best;
    }
}
