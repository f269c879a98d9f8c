package org.eigendrift.samplers.program;

import java.util.Optional;
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
}
