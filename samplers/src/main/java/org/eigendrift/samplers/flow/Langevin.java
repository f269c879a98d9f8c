package org.eigendrift.samplers.flow;

import org.eigendrift.api.Domain;
import org.eigendrift.api.Points;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.program.Finite;

/**
 * Langevin steps that leave p_t invariant: dx = (A s + A') ds + sqrt(2 A) dW, whose drift is v + mu because v = -mu + (1 /
 * p) d(A p)/dx. Unadjusted (ULA), or with the Metropolis rule (MALA; Roberts and Tweedie 1996).
 */
final class Langevin {
    private final ScoreModel.Evaluator evaluator;
    private final DiffusionProcess process;
    private final double scale;
    private int evaluations;

    /**
     * Steps for one batch.
     *
     * @param model model
     * @param scale step in units of the variance of the noise at the time
     */
    Langevin(ScoreModel model, double scale) {
        this.evaluator = model.evaluator();
        this.process = model.process();
        this.scale = scale;
    }

    int evaluations() {
        return evaluations;
    }

    /** The step's length in the process's time, such that A h is {@code scale} times the variance of the noise. */
    private double length(double t) {
        if (process.affine().isPresent()) {
            AffineProcess affine = process.affine().get();
            Points half = Points.zeros(process.dim(), 1);
            affine.diffusion(t, half.copy(), half);
            return scale * affine.sigma(t) * affine.sigma(t) / half.get(0, 0);
        }
        // The share of the stationary variance that a process of unit relaxation time has reached.
        return -scale * Math.expm1(-2 * t);
    }

    private void drift(double t, Points x, Points out, Points work) {
        evaluator.velocity(t, x, out);
        Finite.field("velocity", out, t);
        evaluations++;
        process.drift(t, x, work);
        for (int k = 0; k < out.values().length; k++) {
            out.values()[k] += work.values()[k];
        }
    }

    /** One unadjusted step. */
    void unadjusted(double t, Points x, Noise noise, int step) {
        Points drift = Points.zeros(x.dim(), x.size());
        Points half = Points.zeros(x.dim(), x.size());
        drift(t, x, drift, half);
        process.diffusion(t, x, half);
        propose(x, drift, half, length(t), noise, step, x);
        process.confine(x);
    }

    private static void propose(Points x, Points drift, Points half, double h, Noise noise, int step, Points out) {
        Points z = Points.zeros(x.dim(), x.size());
        noise.normal(step, 0, z);
        for (int k = 0; k < z.values().length; k++) {
            out.values()[k] =
                    x.values()[k] + h * drift.values()[k] + Math.sqrt(2 * half.values()[k] * h) * z.values()[k];
        }
    }

    /** One step with the Metropolis rule; a proposal across a boundary is refused. */
    void adjusted(double t, Points x, Noise noise, int step) {
        double h = length(t);
        Points[] here = terms(t, x);
        Points proposal = x.copy();
        propose(x, here[0], here[1], h, noise, step, proposal);
        Points inside = proposal.copy();
        process.confine(inside);
        Points[] there = terms(t, inside);
        double[] before = logDensity(t, x);
        double[] after = logDensity(t, inside);
        double[] exponential = exponential(noise, step, x);
        for (int n = 0; n < x.size(); n++) {
            double log = after[n] - before[n];
            boolean crossed = false;
            for (int i = 0; i < x.dim(); i++) {
                double way = proposal.get(i, n) - x.get(i, n);
                log += logNormal(-way, there, h, i, n) - logNormal(way, here, h, i, n);
                crossed |= !(process.domain(i) instanceof Domain.Circle)
                        && !process.domain(i).contains(proposal.get(i, n));
            }
            if (!crossed && log > -exponential[n]) {
                for (int i = 0; i < x.dim(); i++) {
                    x.set(i, n, inside.get(i, n));
                }
            }
        }
    }

    private Points[] terms(double t, Points x) {
        Points drift = Points.zeros(x.dim(), x.size());
        Points half = Points.zeros(x.dim(), x.size());
        drift(t, x, drift, half);
        process.diffusion(t, x, half);
        return new Points[] {drift, half};
    }

    private double[] logDensity(double t, Points x) {
        double[] ratio = new double[x.size()];
        double[] reference = new double[x.size()];
        evaluator.logRatio(t, x, ratio);
        process.logReference(x, reference);
        for (int n = 0; n < ratio.length; n++) {
            ratio[n] += reference[n];
        }
        return ratio;
    }

    /** log density of a displacement under the proposal from a point, up to a constant. */
    private static double logNormal(double way, Points[] from, double h, int i, int n) {
        double variance = 2 * from[1].get(i, n) * h;
        double z = way - h * from[0].get(i, n);
        return -z * z / (2 * variance) - 0.5 * Math.log(variance);
    }

    /** Half the sum of two squared normal numbers is exponential: the negative logarithm of a uniform one. */
    private static double[] exponential(Noise noise, int step, Points x) {
        Points first = Points.zeros(x.dim(), x.size());
        Points second = Points.zeros(x.dim(), x.size());
        noise.normal(step, 1, first);
        noise.normal(step, 2, second);
        double[] out = new double[x.size()];
        for (int n = 0; n < out.length; n++) {
            out[n] = 0.5 * (first.get(0, n) * first.get(0, n) + second.get(0, n) * second.get(0, n));
        }
        return out;
    }
}
