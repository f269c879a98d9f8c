package org.eigendrift.samplers.affine;

import java.util.Optional;
import java.util.function.Consumer;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.InvertibleSampler;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.program.ProgramRun;

/**
 * A sampler of affine processes that is a program for its grid.
 *
 * @param name its name, for messages
 * @param grid time grid
 * @param steps steps of the grid
 * @param order steps it needs at least
 * @param scheme writes the program
 */
record AffineSampler(String name, Chosen<GridContext, TimeGrid> grid, int steps, int order, Consumer<Script> scheme)
        implements InvertibleSampler {

    @Override
    public Optional<String> refusal(DiffusionProcess process) {
        return refuse(name, process);
    }

    static Optional<String> refuse(String name, DiffusionProcess process) {
        return process.affine().isPresent()
                ? Optional.empty()
                : Optional.of(
                        name + " needs an affine process (vp, ve, ou, or a fit in the hermite family), this one is"
                                + " not; samplers that fit: pf-ode, reverse-sde, predictor-corrector");
    }

    static AffineProcess affine(String name, DiffusionProcess process) {
        return process.affine()
                .orElseThrow(() -> new InputException(refuse(name, process).orElseThrow()));
    }

    @Override
    public BatchSampler prepare(ScoreModel model, RunContext run) {
        AffineProcess process = affine(name, model.process());
        return new ProgramRun(write(process, times(process)).build(), model, run);
    }

    /** The same scheme over the reversed grid: it follows the flow backwards. */
    @Override
    public BatchSampler inverse(ScoreModel model, RunContext run) {
        AffineProcess process = affine(name, model.process());
        double[] times = times(process);
        if (times[times.length - 1] == 0) {
            throw new InputException(name + " cannot encode from t = 0; use a grid with end: stop");
        }
        double[] ascending = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            ascending[i] = times[times.length - 1 - i];
        }
        Script script = write(process, ascending);
        if (script.noisy()) {
            throw new InputException(name + " draws noise with these options, so it cannot encode");
        }
        return new ProgramRun(script.build(), model, run);
    }

    static void requireSteps(String name, int steps, int order) {
        if (steps < order) {
            throw new InputException("steps: " + steps + " are fewer than the order " + order + " of " + name
                    + "; use more steps (times, where the grid lists them), or a lower order");
        }
    }

    private double[] times(AffineProcess process) {
        TimeGrid times = grid.create(new GridContext(process, steps));
        requireSteps(name, times.steps(), order);
        return times.times();
    }

    private Script write(AffineProcess process, double[] times) {
        Script script = new Script(process, times, grid.name().equals("list") ? times.length - 1 : steps);
        scheme.accept(script);
        return script;
    }
}
