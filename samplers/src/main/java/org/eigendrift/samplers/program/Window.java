package org.eigendrift.samplers.program;

import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;

/**
 * A model whose sampling begins and ends at other times.
 *
 * @param model the model
 * @param process its process, restricted
 */
public record Window(ScoreModel model, DiffusionProcess process) implements ScoreModel {

    /**
     * Restricts a model.
     *
     * @param model the model
     * @param horizon where sampling begins
     * @param earliest where it ends
     * @return the model whose process has these ends
     */
    public static ScoreModel of(ScoreModel model, double horizon, double earliest) {
        Optional<AffineProcess> affine = model.process().affine();
        return new Window(
                model,
                affine.isPresent()
                        ? new Between(affine.get(), horizon, earliest)
                        : new Restricted(model.process(), horizon, earliest));
    }

    @Override
    public Evaluator evaluator() {
        return model.evaluator();
    }

    /** A process that is not affine, between other ends. */
    private record Restricted(DiffusionProcess process, double horizon, double earliest) implements DiffusionProcess {
        @Override
        public int dim() {
            return process.dim();
        }

        @Override
        public Domain domain(int coordinate) {
            return process.domain(coordinate);
        }

        @Override
        public void drift(double t, Points x, Points out) {
            process.drift(t, x, out);
        }

        @Override
        public void diffusion(double t, Points x, Points out) {
            process.diffusion(t, x, out);
        }

        @Override
        public void prior(CounterRandom random, long first, Points out) {
            process.prior(random, first, out);
        }

        @Override
        public void logPrior(Points x, double[] out) {
            process.logPrior(x, out);
        }

        @Override
        public void logReference(Points x, double[] out) {
            process.logReference(x, out);
        }

        @Override
        public Optional<AffineProcess> affine() {
            return Optional.empty();
        }

        @Override
        public void confine(Points x) {
            process.confine(x);
        }
    }
}
