package org.eigendrift.api.sampler;

import java.util.Optional;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;

/** A configured sampler: it sees a score model and its process, nothing else. Immutable, thread-safe. */
public interface Sampler {

    /**
     * Why this sampler cannot serve a process.
     *
     * @param process the process
     * @return the reason in words for the user, naming samplers that fit; empty if it can
     */
    Optional<String> refusal(DiffusionProcess process);

    /**
     * Binds the sampler to a model.
     *
     * @param model the model, whose process this sampler does not refuse
     * @param run the run
     * @return the bound sampler
     * @throws org.eigendrift.api.InputException if grid, order and steps do not go together
     */
    BatchSampler prepare(ScoreModel model, RunContext run);
}
