package org.eigendrift.samplers;

import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;

/**
 * The exact score of p_0 = sum_k w_k N(mu_k, s_k^2 I) under an affine process: with v_k = alpha^2 s_k^2 + sigma^2 and
 * r_k the posterior weights, score = -sum r_k (x - alpha mu_k) / v_k.
 */
public record ExactMixture(AffineProcess affine, double[] weights, double[][] means, double[] scales)
        implements ScoreModel {

    /** One Gaussian N(mean, scale^2) in one dimension. */
    static ExactMixture gaussian(AffineProcess process, double mean, double scale) {
        double[] centre = new double[process.dim()];
        java.util.Arrays.fill(centre, mean);
        return new ExactMixture(process, new double[] {1}, new double[][] {centre}, new double[] {scale});
    }

    @Override
    public DiffusionProcess process() {
        return affine;
    }

    @Override
    public Evaluator evaluator() {
        return new Evaluator() {
            @Override
            public void score(double t, Points x, Points out) {
                for (int n = 0; n < x.size(); n++) {
                    scoreAndLog(t, x, n, out);
                }
            }

            @Override
            public void velocity(double t, Points x, Points out) {
                Points drift = Points.zeros(x.dim(), x.size());
                Points half = Points.zeros(x.dim(), x.size());
                affine.drift(t, x, drift);
                affine.diffusion(t, x, half);
                score(t, x, out);
                for (int k = 0; k < out.values().length; k++) {
                    out.values()[k] = -drift.values()[k] + half.values()[k] * out.values()[k];
                }
            }

            @Override
            public void velocityAndRate(double t, Points x, Points out, double[] rate) {
                throw new UnsupportedOperationException("no sampler needs it");
            }

            @Override
            public void logRatio(double t, Points x, double[] out) {
                for (int n = 0; n < x.size(); n++) {
                    out[n] = scoreAndLog(t, x, n, null);
                }
            }
        };
    }

    private double scoreAndLog(double t, Points x, int n, Points out) {
        double alpha = affine.alpha(t);
        double sigma = affine.sigma(t);
        int d = x.dim();
        double[] logs = new double[weights.length];
        double top = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < logs.length; k++) {
            double v = alpha * alpha * scales[k] * scales[k] + sigma * sigma;
            double square = 0;
            for (int i = 0; i < d; i++) {
                double z = x.get(i, n) - alpha * means[k][i];
                square += z * z;
            }
            logs[k] = Math.log(weights[k]) - 0.5 * d * Math.log(2 * Math.PI * v) - square / (2 * v);
            top = Math.max(top, logs[k]);
        }
        double total = 0;
        for (double log : logs) {
            total += Math.exp(log - top);
        }
        double log = top + Math.log(total);
        if (out != null) {
            for (int i = 0; i < d; i++) {
                double sum = 0;
                for (int k = 0; k < logs.length; k++) {
                    double v = alpha * alpha * scales[k] * scales[k] + sigma * sigma;
                    sum -= Math.exp(logs[k] - log) * (x.get(i, n) - alpha * means[k][i]) / v;
                }
                out.set(i, n, sum);
            }
        }
        return log;
    }
}
