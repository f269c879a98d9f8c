package org.eigendrift.samplers.wrap;

import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.program.Finite;
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Window;

/**
 * The sampler of {@link Teleport}.
 *
 * @param name name for messages
 * @param sampler the sampler that is wrapped
 * @param options options
 */
record TeleportSampler(String name, Sampler sampler, Teleport.Options options) implements Sampler {
    @Override
    public Optional<String> refusal(DiffusionProcess process) {
        return process.affine().isEmpty() ? Optional.of(FilteredSampler.refusal(name)) : sampler.refusal(process);
    }

    @Override
    public BatchSampler prepare(ScoreModel model, RunContext run) {
        AffineProcess process = FilteredSampler.affine(name, model);
        Level from = Level.at(process, process.horizon());
        Level end = Level.at(process, process.earliest());
        if (!(options.skip() < from.ratio() && options.skip() > end.ratio())) {
            throw new InputException("skip: " + options.skip() + " lies outside the range of sigma / alpha, ("
                    + end.ratio() + ", " + from.ratio() + ")");
        }
        Level to = Level.atRatio(process, options.skip());
        GaussianFit fit = GaussianFit.of(model, process, to, options.pilot(), run);
        BatchSampler rest = sampler.prepare(Window.of(model, to.t(), process.earliest()), run);
        return (x, noise, observer) -> {
            observer.state(0, from.t(), x);
            fit.flow(x, from, to);
            Finite.state(x, 1, to.t());
            Outcome outcome = rest.run(x, noise, (step, t, state) -> observer.state(step + 1, t, state));
            return new Outcome(outcome.evaluations(), outcome.accepted() + 1, outcome.rejected());
        };
    }
}
