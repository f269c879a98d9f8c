package org.eigendrift.targets.expectation;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.law.Reference;
import org.eigendrift.api.target.LogDensity;

/**
 * Points of two strata, first of the model's law q, then of the reference law pi, with all that an estimate needs. The
 * target's log-density lacks its constant.
 */
final class MixtureSample {
    /** Values of the functions whose expectations are wanted: one array for each. */
    private final double[][] functions;

    private final double[] target;
    private final double[] model;
    private final double[] reference;
    private final double[][] controls;
    private final int fromModel;

    private MixtureSample(
            double[][] functions,
            double[] target,
            double[] model,
            double[] reference,
            double[][] controls,
            int fromModel) {
        this.functions = functions;
        this.target = target;
        this.model = model;
        this.reference = reference;
        this.controls = controls;
        this.fromModel = fromModel;
    }

    /**
     * Gathers points and what is known of them.
     *
     * @param samples the model's samples; not modified
     * @param logModel their log-density under the model
     * @param law the reference law
     * @param draws how many points to draw from it
     * @param random random numbers of these points
     * @param controls how many of the law's functions
     * @param unnormalised the target's log-density up to a constant
     * @param wanted functions whose expectations are wanted
     * @return the sample
     */
    static MixtureSample of(
            Points samples,
            double[] logModel,
            Reference law,
            int draws,
            CounterRandom random,
            int controls,
            LogDensity unnormalised,
            LogDensity[] wanted) {
        Points drawn = law.draw(random, draws);
        Points all = Points.zeros(samples.dim(), samples.size() + draws);
        all.paste(0, samples);
        all.paste(samples.size(), drawn);
        double[] model = Arrays.copyOf(logModel, all.size());
        double[] ofDrawn =
                draws == 0 ? new double[0] : law.modelLogLikelihood(drawn).nats();
        System.arraycopy(ofDrawn, 0, model, samples.size(), draws);
        double[] reference = new double[all.size()];
        law.logDensity(all, reference);
        double[] target = new double[all.size()];
        unnormalised.logDensity(all, target);
        double[][] values = new double[wanted.length][all.size()];
        for (int f = 0; f < wanted.length; f++) {
            wanted[f].logDensity(all, values[f]);
        }
        return new MixtureSample(values, target, model, reference, law.values(all, controls), samples.size());
    }

    int size() {
        return target.length;
    }

    /** The number of points of the first stratum. */
    int fromModel() {
        return fromModel;
    }

    /** The share of the second stratum. */
    double share() {
        return 1 - (double) fromModel / target.length;
    }

    int wanted() {
        return functions.length;
    }

    /** The number of control variates: pi / m - 1, and phi_k pi / m for each function. */
    int controls() {
        return controls.length + 1;
    }

    /** The value of a wanted function. */
    double function(int f, int point) {
        return functions[f][point];
    }

    /** log of the mixture m = (1 - share) q + share pi at a point. */
    double logMixture(int point, double share) {
        double a = Math.log1p(-share) + model[point];
        double b = Math.log(share) + reference[point];
        double most = Math.max(a, b);
        return most + Math.log1p(Math.exp(Math.min(a, b) - most));
    }

    /** p / m up to a constant, m the mixture of some share. */
    double logWeight(int point, double logMixture) {
        return target[point] - logMixture;
    }

    /** A control variate: a function of mean zero under the mixture m. */
    double control(int k, int point, double logMixture) {
        double ratio = Math.exp(reference[point] - logMixture);
        return k == 0 ? ratio - 1 : controls[k - 1][point] * ratio;
    }
}
