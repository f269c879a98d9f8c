package org.eigendrift.engine.transport;

import java.util.Optional;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;

/**
 * How laws that are flows draw where no sampler is named: along the probability flow by {@link RowFlow}, each point in steps as
 * short as its own error asks for. It takes no noise and serves every process. Observers are told the states at even steps of
 * log t, which all points reach.
 *
 * @param tolerance largest error estimate of a point and step, in nats
 * @param longest longest steps, in units of log t
 */
public record ControlledFlow(double tolerance, double longest) implements Sampler {
    /**
     * The tolerance of samples: the error of a step moves a point by less than a thousandth of the stationary law's spread,
     * which ten thousand samples do not show.
     */
    public static final ControlledFlow OF_SAMPLES = new ControlledFlow(1e-3);

    /** Steps of a second try are shorter by this factor. */
    private static final double SHORTER = 4;

    /**
     * A flow with the longest steps of samples.
     *
     * @param tolerance largest error estimate of a point and step, in nats
     */
    public ControlledFlow(double tolerance) {
        this(tolerance, 1);
    }

    /** The same with shorter steps, and the tolerance that belongs to them by a method of fifth order. */
    ControlledFlow tighter() {
        return new ControlledFlow(tolerance * Math.pow(SHORTER, -5), longest / SHORTER);
    }

    @Override
    public Optional<String> refusal(DiffusionProcess process) {
        return Optional.empty();
    }

    @Override
    public BatchSampler prepare(ScoreModel model, RunContext run) {
        return (x, noise, observer) -> {
            Outcome outcome = carry(model, x, observer);
            requireFinite(x);
            return outcome;
        };
    }

    /**
     * Carries points; those that escape are left where they are, not finite.
     *
     * @param model the model
     * @param x draws of the prior; receives where they end; modified
     * @param observer is told states
     * @return evaluations and steps a point: means, rounded up
     */
    Outcome carry(ScoreModel model, Points x, StepObserver observer) {
        RowFlow flow = new RowFlow(model, PriorScales.of(model.process()), tolerance);
        double[] times = FlowLikelihood.logTimes(model.process(), longest);
        double[] descending = new double[times.length];
        for (int j = 0; j < times.length; j++) {
            descending[j] = times[times.length - 1 - j];
        }
        flow.advance(x, descending, new double[x.size()], new double[x.size()], observer);
        return flow.outcome(x.size());
    }

    private static void requireFinite(Points x) {
        for (double value : x.values()) {
            if (!Double.isFinite(value)) {
                throw new NumericalException("the flow carries a sample to " + value
                        + "; lower the degree, raise the ridge, or choose a basis on a bounded interval");
            }
        }
    }
}
