package org.eigendrift.engine.transport;

import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.CurvedScoreModel;
import org.eigendrift.api.score.DiffusionProcess;

/**
 * A score model whose log-densities are those with which its own flow brings points, at every time. What a fit expands is close to that
 * only as far as its functions go: where columns depend on each other strongly and the degree is high, it can have mass where the flow never
 * comes. Immutable, thread-safe.
 *
 * @param model the model whose scores and curvature these are
 */
public record TransportedModel(CurvedScoreModel model) implements CurvedScoreModel {
    /** Nats that a step of a point may be off, by its error estimate. */
    private static final double TOLERANCE = 0.01;

    /** Longest steps, in units of log t. */
    private static final double LONGEST = 1;

    @Override
    public DiffusionProcess process() {
        return model.process();
    }

    @Override
    public Evaluator evaluator() {
        return new Fields(model, PriorScales.of(model.process()));
    }

    private static final class Fields implements Evaluator {
        private final DiffusionProcess process;
        private final Evaluator inner;
        private final RowFlow flow;

        Fields(CurvedScoreModel model, double[] scales) {
            this.process = model.process();
            this.inner = model.evaluator();
            this.flow = new RowFlow(model, scales, TOLERANCE);
        }

        @Override
        public void score(double t, Points x, Points out) {
            inner.score(t, x, out);
        }

        @Override
        public void velocity(double t, Points x, Points out) {
            inner.velocity(t, x, out);
        }

        @Override
        public void velocityAndRate(double t, Points x, Points out, double[] rate) {
            inner.velocityAndRate(t, x, out, rate);
        }

        @Override
        public void curvature(double t, Points x, List<Points> directions, List<Points> out) {
            inner.curvature(t, x, directions, out);
        }

        @Override
        public boolean uniform() {
            return inner.uniform();
        }

        @Override
        public void logRatio(double t, Points x, double[] out) {
            Points end = x.copy();
            double[] nats = new double[x.size()];
            double[] reference = new double[x.size()];
            if (t < process.horizon()) {
                flow.advance(end, FlowLikelihood.logTimes(t, process.horizon(), LONGEST), nats, new double[x.size()]);
            }
            process.logPrior(end, out);
            process.logReference(end, reference);
            for (int n = 0; n < out.length; n++) {
                double log = out[n] - reference[n] + nats[n];
                // A point that the flow carries to infinity is none that it brings.
                out[n] = Double.isFinite(log) ? log : Double.NEGATIVE_INFINITY;
            }
        }
    }
}
