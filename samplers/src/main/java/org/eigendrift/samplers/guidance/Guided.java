package org.eigendrift.samplers.guidance;

import java.util.Optional;
import java.util.function.BiFunction;
import org.eigendrift.api.InputException;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.CurvedScoreModel;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;

/**
 * Guidance by a steering of scores.
 *
 * @param name name for messages
 * @param curved whether the model's Hessian is needed
 * @param partwise whether what is asked of a row does not depend on the model
 * @param steerings makes a steering of a model on an affine process, a new one for each batch
 */
record Guided(String name, boolean curved, boolean partwise, BiFunction<ScoreModel, AffineProcess, Steering> steerings)
        implements Guidance {

    Guided(String name, boolean curved, BiFunction<ScoreModel, AffineProcess, Steering> steerings) {
        this(name, curved, true, steerings);
    }

    @Override
    public Optional<String> refusal(ScoreModel model) {
        if (model.process().affine().isEmpty()) {
            return Optional.of(
                    name + " needs an affine process, whose denoised estimate is known from the score: an exact law"
                            + " under vp, ve or ou, or a fit in the hermite family (basis: hermite)");
        }
        if (curved && !(base(model) instanceof CurvedScoreModel)) {
            return Optional.of(name + " needs a model whose Hessian is known; guidance that fits: ddnm, dds, repaint");
        }
        return Optional.empty();
    }

    static ScoreModel base(ScoreModel model) {
        return model instanceof GuidedScoreModel guided ? guided.base() : model;
    }

    @Override
    public GuidedScoreModel guide(ScoreModel model) {
        refusal(model).ifPresent(reason -> {
            throw InputException.at("guidance", reason);
        });
        AffineProcess process = model.process().affine().orElseThrow();
        ScoreModel base = base(model);
        return new GuidedScoreModel() {
            @Override
            public ScoreModel base() {
                return base;
            }

            @Override
            public boolean proportional() {
                return !(model instanceof GuidedScoreModel before) || before.proportional();
            }

            @Override
            public Optional<String> weightless() {
                Optional<String> inner =
                        model instanceof GuidedScoreModel before ? before.weightless() : Optional.empty();
                return inner.or(() -> steerings.apply(base, process).weightless());
            }

            @Override
            public DiffusionProcess process() {
                return model.process();
            }

            @Override
            public Evaluator evaluator() {
                return new GuidedFields(model, process, steerings.apply(base, process));
            }
        };
    }
}
