package org.eigendrift.engine.transport;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.engine.model.EigenScoreModel;

/**
 * Samples that the model itself says cannot be: of any density q, draws of p have p(x) below exp(-c) q(x) with a probability
 * of at most exp(-c) (Markov's inequality for q / p). Here q is a product of Cauchy laws about the quartiles of the stationary
 * law, whose tails are heavier than all but a few, and c is {@link #NATS}. Suspects are judged by their log-density along the flow. Of samples
 * that the flow carried with control of each step one evaluation tells who is suspected, log f at t_min, whose constant is known for its
 * flow only; where no rows were it may be hundreds of nats too high, and steps of a named sampler end there too, so all of its samples are
 * judged.
 *
 * <p>Steps that are too long for a point carry it there; the point is then drawn again from where it started, along the flow
 * with control of each step's error, in shorter and shorter steps; and if that does not help, from a start of its own: what is left
 * out of the law by it has a probability of exp(-c) by the law's density.
 */
final class ImpossibleSamples {
    /** One sample in 10^13. */
    private static final double NATS = 30;

    /** Steps shorter by 4, 16 and 64: errors of fifth order fall to a part in 10^9. */
    private static final int MOST_TIGHTENED = 3;

    private final EigenScoreModel model;
    private final FlowLikelihood density;
    private final boolean controlled;
    private final double[] centres;
    private final double[] scales;

    /**
     * Prepares.
     *
     * @param model the model
     * @param controlled whether samples were carried with control of each step's error
     */
    ImpossibleSamples(EigenScoreModel model, boolean controlled) {
        this.model = model;
        // Batches are drawn side by side already.
        this.density = new FlowLikelihood(model, FlowLikelihood.TOLERANCE, new Parallel(1));
        this.controlled = controlled;
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
     * @param mended how many were replaced by where the flow carries their starts
     * @param restarted how many were replaced by draws from other starts
     */
    record Found(int mended, int restarted) {}

    /**
     * Replaces what cannot be.
     *
     * @param x samples; modified
     * @param starts where they started, point by point; not modified
     * @param others tells another start of a point of x
     * @return how many were found
     * @throws NumericalException if the flow carries another start to what cannot be, too
     */
    Found replace(Points x, Points starts, IntFunction<Points> others) {
        int[] strays = impossible(x, IntStream.range(0, x.size()).toArray());
        int[] left = strays;
        ControlledFlow flow = ControlledFlow.OF_SAMPLES;
        for (int tightened = 0; left.length > 0 && tightened <= MOST_TIGHTENED; tightened++) {
            flow = tightened == 0 ? flow : flow.tighter();
            left = redrawn(x, left, starts.select(left), flow);
        }
        int restarted = left.length;
        for (int n : left) {
            if (redrawn(x, new int[] {n}, others.apply(n), flow).length > 0) {
                throw impossible("samples are");
            }
        }
        return new Found(strays.length - restarted, restarted);
    }

    /** What is said of a law that cannot be drawn from. */
    static NumericalException impossible(String what) {
        return new NumericalException(what + " impossible by the law's own density, however short the sampler's steps;"
                + " lower the degree, raise the ridge, or choose a basis on a bounded interval");
    }

    /** Carries starts to samples, and returns those that are impossible again. */
    private int[] redrawn(Points x, int[] samples, Points starts, ControlledFlow flow) {
        flow.carry(model, starts, StepObserver.NONE);
        for (int j = 0; j < samples.length; j++) {
            for (int i = 0; i < x.dim(); i++) {
                x.set(i, samples[j], starts.get(i, j));
            }
        }
        return impossible(x, samples);
    }

    private int[] impossible(Points x, int[] among) {
        Points chosen = x.select(among);
        int[] suspects = controlled
                ? below(chosen, atEarliest(chosen))
                : IntStream.range(0, among.length).toArray();
        Points suspected = chosen.select(suspects);
        int[] found = below(suspected, density.oncePossible(suspected, 0));
        return IntStream.of(found).map(j -> among[suspects[j]]).toArray();
    }

    private double[] atEarliest(Points x) {
        double[] nats = new double[x.size()];
        double[] ratio = new double[x.size()];
        model.process().logReference(x, nats);
        model.evaluator().logRatio(model.process().earliest(), x, ratio);
        for (int n = 0; n < nats.length; n++) {
            nats[n] += ratio[n];
        }
        return nats;
    }

    /** Points whose log-densities are too low, by their numbers. */
    private int[] below(Points x, double[] nats) {
        // Written so that NaN is impossible.
        return IntStream.range(0, x.size())
                .filter(n -> !(nats[n] - logCauchy(x, n) >= -NATS))
                .toArray();
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
