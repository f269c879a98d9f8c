package org.eigendrift.engine.transport;

import java.util.Arrays;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.model.EigenScoreModel;

/**
 * Samples that the model itself says cannot be: of any density q, draws of p have p(x) below exp(-c) q(x) with a probability
 * of at most exp(-c) (Markov's inequality for q / p). Here q is a product of Cauchy laws about the quartiles of the stationary
 * law, whose tails are heavier than all but a few, and c is {@link #NATS}: one evaluation of the model for each sample.
 *
 * <p>Steps that are too long for a point carry it there; the point is then drawn again from where it started, along the flow
 * with control of each step's error.
 */
final class ImpossibleSamples {
    /** One sample in 10^13, and room for the constant of a density that is normalised for its flow only. */
    private static final double NATS = 30;

    private final EigenScoreModel model;
    private final double[] centres;
    private final double[] scales;

    ImpossibleSamples(EigenScoreModel model) {
        this.model = model;
        int dim = model.basis().dim();
        this.centres = new double[dim];
        this.scales = new double[dim];
        for (int i = 0; i < dim; i++) {
            Eigenbasis basis = model.basis().coordinate(i).basis();
            double lower = basis.quantile(0.25);
            double upper = basis.quantile(0.75);
            centres[i] = 0.5 * (lower + upper);
            scales[i] = Math.max(0.5 * (upper - lower), Double.MIN_NORMAL);
        }
    }

    /**
     * What was found among samples.
     *
     * @param mended how many were replaced by possible ones
     * @param left how many are as impossible when drawn again
     */
    record Found(int mended, int left) {}

    /**
     * Replaces what cannot be.
     *
     * @param x samples; modified
     * @param starts where they started, point by point; not modified
     * @return how many were found
     * @throws NumericalException if one is not finite when drawn again
     */
    Found replace(Points x, Points starts) {
        int[] impossible = find(x);
        if (impossible.length > 0) {
            Points again = starts.select(impossible);
            ControlledFlow.OF_SAMPLES.carry(model, again, StepObserver.NONE);
            for (int j = 0; j < impossible.length; j++) {
                for (int i = 0; i < x.dim(); i++) {
                    x.set(i, impossible[j], finite(again.get(i, j)));
                }
            }
        }
        int left = find(x.select(impossible)).length;
        return new Found(impossible.length - left, left);
    }

    private static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new NumericalException("the flow carries a sample to " + value
                    + "; lower the degree, raise the ridge, or choose a basis on a bounded interval");
        }
        return value;
    }

    private int[] find(Points x) {
        double[] density = new double[x.size()];
        double[] ratio = new double[x.size()];
        model.process().logReference(x, density);
        ScoreModel.Evaluator evaluator = model.evaluator();
        evaluator.logRatio(model.process().earliest(), x, ratio);
        int[] found = new int[x.size()];
        int count = 0;
        for (int n = 0; n < found.length; n++) {
            double above = density[n] + ratio[n] - logCauchy(x, n);
            // Written so that NaN is impossible.
            if (!(above >= -NATS)) {
                found[count++] = n;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private double logCauchy(Points x, int n) {
        double sum = 0;
        for (int i = 0; i < centres.length; i++) {
            double z = (x.get(i, n) - centres[i]) / scales[i];
            sum -= Math.log(Math.PI * scales[i]) + Math.log1p(z * z);
        }
        return sum;
    }
}
