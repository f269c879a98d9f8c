package org.eigendrift.contract;

import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;

/**
 * A normal law of independent, equal coordinates under an affine process whose drift is linear and whose reference is flat, with
 * its exact score: at time t it is normal again, of mean alpha(t) m and variance alpha(t)^2 s^2 + sigma(t)^2, and the
 * flow keeps (x - mean) / deviation. What a sampler makes of it can be told exactly.
 */
public final class ExactGaussian implements ScoreModel {
    private final AffineProcess process;
    private final double mean;
    private final double deviation;

    /**
     * Creates the model.
     *
     * @param process the process
     * @param mean m, the mean of every coordinate at time 0
     * @param deviation s, the standard deviation at time 0, positive
     */
    public ExactGaussian(AffineProcess process, double mean, double deviation) {
        this.process = process;
        this.mean = mean;
        this.deviation = deviation;
    }

    @Override
    public AffineProcess process() {
        return process;
    }

    /**
     * The mean of a coordinate.
     *
     * @param t forward time
     * @return alpha(t) m
     */
    public double mean(double t) {
        return process.alpha(t) * mean;
    }

    /**
     * The standard deviation of a coordinate.
     *
     * @param t forward time
     * @return the root of alpha(t)^2 s^2 + sigma(t)^2
     */
    public double deviation(double t) {
        return Math.hypot(process.alpha(t) * deviation, process.sigma(t));
    }

    /**
     * Where the probability flow carries a coordinate.
     *
     * @param x where it is
     * @param from at this time
     * @param to at this other time
     * @return where it is then
     */
    public double flow(double x, double from, double to) {
        return mean(to) + (x - mean(from)) / deviation(from) * deviation(to);
    }

    @Override
    public Evaluator evaluator() {
        return new Evaluator() {
            @Override
            public void score(double t, Points x, Points out) {
                double variance = deviation(t) * deviation(t);
                for (int j = 0; j < x.values().length; j++) {
                    out.values()[j] = -(x.values()[j] - mean(t)) / variance;
                }
            }

            /** v = -mu + A grad log p. */
            @Override
            public void velocity(double t, Points x, Points out) {
                Points drift = Points.zeros(x.dim(), x.size());
                Points diffusion = Points.zeros(x.dim(), x.size());
                process.drift(t, x, drift);
                process.diffusion(t, x, diffusion);
                score(t, x, out);
                for (int j = 0; j < x.values().length; j++) {
                    out.values()[j] = -drift.values()[j] + diffusion.values()[j] * out.values()[j];
                }
            }

            /** Along the flow the density changes by its divergence, that of an affine map: by the deviations' rate. */
            @Override
            public void velocityAndRate(double t, Points x, Points out, double[] rate) {
                velocity(t, x, out);
                double h = 1e-5 * Math.max(t, 1e-3);
                double change = (Math.log(deviation(t + h)) - Math.log(deviation(t - h))) / (2 * h);
                for (int n = 0; n < x.size(); n++) {
                    rate[n] = -x.dim() * change;
                }
            }

            @Override
            public void logRatio(double t, Points x, double[] out) {
                for (int n = 0; n < x.size(); n++) {
                    out[n] = 0;
                    for (int i = 0; i < x.dim(); i++) {
                        double z = (x.get(i, n) - mean(t)) / deviation(t);
                        out[n] -= 0.5 * z * z;
                    }
                }
            }
        };
    }
}
