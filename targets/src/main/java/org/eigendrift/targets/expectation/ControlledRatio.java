package org.eigendrift.targets.expectation;

import java.util.Arrays;

/**
 * Expectations of functions f under a target p known up to its constant, from points of the deterministic mixture m = (1 - s) q + s
 * pi (Owen and Zhou, JASA 95, 135, 2000), with control variates c_0 = pi / m - 1 and c_k = phi_k pi / m, whose means under m are
 * zero because the phi_k are orthogonal to 1 in L2(pi); with w = p / m the estimate is
 *
 * <pre>
 *     I = I_0 + mean(w (f - I_0) - beta_f^T c) / mean(w - beta_1^T c),
 * </pre>
 *
 * the quadrature rule of importance sampling with control variates (Leluc, Portier, Segers, Zhuman, NeurIPS 2022), for a ratio.
 * The share s, the number of control variates, their coefficients and the centre I_0 come from a pilot sample and are fixed when
 * the sample proper is drawn, so both means are unbiased and their errors are those of independent points. (Coefficients fitted to
 * the same points, even fold by fold, gave errors a third too small where few points of pi had large values.) The standard error
 * is that of stratified sampling, by the delta method for the ratio.
 */
final class ControlledRatio {
    /** Parts of the pilot whose residuals are predicted from the others. */
    private static final int FOLDS = 5;

    private ControlledRatio() {}

    /**
     * An estimate.
     *
     * @param value the expectation
     * @param error its standard error
     */
    record Estimate(double value, double error) {}

    /** The estimates, one for each function, and the share of points that count, (sum w)^2 / (n sum w^2). */
    record Estimates(Estimate[] of, double effectiveShare) {}

    /**
     * What a pilot sample decides.
     *
     * @param share share of pi in the mixture
     * @param controls number of control variates
     * @param logScale what is subtracted from log-weights, so that none is large
     * @param centre a first estimate of each expectation
     * @param beta coefficients: for each function those of w (f - centre) and, last, those of w
     */
    record Plan(double share, int controls, double logScale, double[] centre, double[][] beta) {}

    /**
     * Estimates with control variates.
     *
     * @param sample points of both strata, none of them of the pilot, in the share that the plan says
     * @param plan what the pilot decided
     * @return the estimates
     */
    static Estimates controlled(MixtureSample sample, Plan plan) {
        int size = sample.size();
        int wanted = sample.wanted();
        double share = sample.share();
        double[] weight = new double[size];
        double[][] corrected = new double[wanted + 1][size];
        double[] x = new double[plan.controls()];
        double[] y = new double[wanted + 1];
        for (int n = 0; n < size; n++) {
            double logMixture = sample.logMixture(n, share);
            weight[n] = Math.exp(sample.logWeight(n, logMixture) - plan.logScale());
            controls(sample, n, logMixture, x);
            responses(sample, n, weight[n], plan.centre(), y);
            for (int f = 0; f <= wanted; f++) {
                corrected[f][n] = y[f] - dot(plan.beta()[f], x);
            }
        }
        double below = mean(corrected[wanted]);
        Estimate[] estimates = new Estimate[wanted];
        for (int f = 0; f < wanted; f++) {
            double shift = mean(corrected[f]) / below;
            double[] residual = new double[size];
            for (int n = 0; n < size; n++) {
                residual[n] = (corrected[f][n] - shift * corrected[wanted][n]) / below;
            }
            double squares = squares(residual, 0, sample.fromModel()) + squares(residual, sample.fromModel(), size);
            estimates[f] = new Estimate(plan.centre()[f] + shift, Math.sqrt(squares) / size);
        }
        return new Estimates(estimates, effectiveShare(weight));
    }

    private static void controls(MixtureSample sample, int n, double logMixture, double[] x) {
        for (int k = 0; k < x.length; k++) {
            x[k] = sample.control(k, n, logMixture);
        }
    }

    private static void responses(MixtureSample sample, int n, double weight, double[] centre, double[] y) {
        for (int f = 0; f < centre.length; f++) {
            y[f] = weight == 0 ? 0 : weight * (sample.function(f, n) - centre[f]);
        }
        y[centre.length] = weight;
    }

    private static double dot(double[] beta, double[] x) {
        double sum = 0;
        for (int k = 0; k < beta.length; k++) {
            sum += beta[k] * x[k];
        }
        return sum;
    }

    /**
     * Decides by a pilot sample: of some shares and numbers of control variates, those whose residual variance under their own
     * mixture is smallest, each fold of the pilot predicted from the others, in units of the variance without control variates in
     * the pilot's mixture, summed over the functions.
     *
     * @param pilot points of both strata
     * @param shares candidates, above 0 and below 1
     * @param counts candidates, at most {@code pilot.controls()}
     * @return the plan
     */
    static Plan plan(MixtureSample pilot, double[] shares, int[] counts) {
        double[] logPilot = new double[pilot.size()];
        double scale = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < logPilot.length; n++) {
            logPilot[n] = pilot.logMixture(n, pilot.share());
            scale = Math.max(scale, pilot.logWeight(n, logPilot[n]));
        }
        double[] centre = centre(pilot, logPilot, scale);
        double[] unit = unit(pilot, logPilot, scale, centre);
        Plan best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double share : shares) {
            Candidate candidate = new Candidate(pilot, share, logPilot, scale, centre);
            for (int count : counts) {
                double loss = candidate.loss(count, unit);
                if (best == null || loss < least) {
                    least = loss;
                    best = new Plan(share, count, scale, centre, candidate.all.solve(count));
                }
            }
        }
        return best;
    }

    private static double[] centre(MixtureSample pilot, double[] logPilot, double scale) {
        double[] centre = new double[pilot.wanted()];
        double total = 0;
        for (int n = 0; n < logPilot.length; n++) {
            double weight = Math.exp(pilot.logWeight(n, logPilot[n]) - scale);
            total += weight;
            for (int f = 0; f < centre.length; f++) {
                centre[f] += weight == 0 ? 0 : weight * pilot.function(f, n);
            }
        }
        for (int f = 0; f < centre.length; f++) {
            centre[f] /= total;
        }
        return centre;
    }

    /** Mean squares of the responses in the pilot's own mixture. */
    private static double[] unit(MixtureSample pilot, double[] logPilot, double scale, double[] centre) {
        double[] unit = new double[centre.length];
        double[] y = new double[centre.length + 1];
        for (int n = 0; n < logPilot.length; n++) {
            responses(pilot, n, Math.exp(pilot.logWeight(n, logPilot[n]) - scale), centre, y);
            for (int f = 0; f < unit.length; f++) {
                unit[f] += y[f] * y[f];
            }
        }
        return unit;
    }

    /** The pilot seen from the mixture of a candidate share: each point stands for m / m_pilot points of that mixture. */
    private static final class Candidate {
        private final MixtureSample pilot;
        private final double[][] x;
        private final double[][] y;
        private final double[] importance;
        private final LeastSquares[] folds = new LeastSquares[FOLDS];
        private final LeastSquares all;

        Candidate(MixtureSample pilot, double share, double[] logPilot, double scale, double[] centre) {
            int regressors = pilot.controls();
            int sides = centre.length + 1;
            this.pilot = pilot;
            this.x = new double[pilot.size()][regressors];
            this.y = new double[pilot.size()][sides];
            this.importance = new double[pilot.size()];
            this.all = new LeastSquares(regressors, sides);
            for (int fold = 0; fold < FOLDS; fold++) {
                folds[fold] = new LeastSquares(regressors, sides);
                for (int n = fold; n < pilot.size(); n += FOLDS) {
                    double logMixture = pilot.logMixture(n, share);
                    importance[n] = Math.exp(logMixture - logPilot[n]);
                    controls(pilot, n, logMixture, x[n]);
                    responses(pilot, n, Math.exp(pilot.logWeight(n, logMixture) - scale), centre, y[n]);
                    folds[fold].add(x[n], y[n], importance[n]);
                }
                all.add(folds[fold], 1);
            }
        }

        double loss(int count, double[] unit) {
            double[] sums = new double[unit.length];
            for (int fold = 0; fold < FOLDS; fold++) {
                LeastSquares others = all.without(folds[fold]);
                double[][] beta = others.solve(count);
                for (int n = fold; n < pilot.size(); n += FOLDS) {
                    for (int f = 0; f < unit.length; f++) {
                        double residual = y[n][f] - dot(beta[f], x[n]);
                        sums[f] += importance[n] * residual * residual;
                    }
                }
            }
            double loss = 0;
            for (int f = 0; f < unit.length; f++) {
                loss += unit[f] > 0 ? sums[f] / unit[f] : 0;
            }
            return loss;
        }
    }

    /**
     * Self-normalised importance sampling from the model alone: sum w f / sum w with w = p / q, standard error by the delta method.
     *
     * @param values one array for each function
     * @param logWeights log p / q, up to a constant
     * @return the estimates
     */
    static Estimates plain(double[][] values, double[] logWeights) {
        double most = Arrays.stream(logWeights).max().orElseThrow();
        double[] weight = new double[logWeights.length];
        double total = 0;
        for (int n = 0; n < weight.length; n++) {
            weight[n] = Math.exp(logWeights[n] - most);
            total += weight[n];
        }
        Estimate[] estimates = new Estimate[values.length];
        for (int f = 0; f < values.length; f++) {
            double sum = 0;
            for (int n = 0; n < weight.length; n++) {
                sum += weight[n] == 0 ? 0 : weight[n] * values[f][n];
            }
            double value = sum / total;
            double squares = 0;
            for (int n = 0; n < weight.length; n++) {
                double residual = weight[n] == 0 ? 0 : weight[n] * (values[f][n] - value) / total;
                squares += residual * residual;
            }
            estimates[f] = new Estimate(value, Math.sqrt(squares));
        }
        return new Estimates(estimates, effectiveShare(weight));
    }

    private static double effectiveShare(double[] weight) {
        double sum = 0;
        double squares = 0;
        for (double w : weight) {
            sum += w;
            squares += w * w;
        }
        return sum * sum / (weight.length * squares);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Sum of squared differences from the mean of a range, with the correction for the mean's own freedom. */
    private static double squares(double[] values, int from, int to) {
        if (to - from < 2) {
            return 0;
        }
        double mean = 0;
        for (int n = from; n < to; n++) {
            mean += values[n];
        }
        mean /= to - from;
        double sum = 0;
        for (int n = from; n < to; n++) {
            sum += (values[n] - mean) * (values[n] - mean);
        }
        return sum * (to - from) / (to - from - 1);
    }
}
