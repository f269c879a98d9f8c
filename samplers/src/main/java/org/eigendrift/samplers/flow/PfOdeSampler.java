package org.eigendrift.samplers.flow;

import java.util.Locale;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.InvertibleSampler;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.program.Program;
import org.eigendrift.samplers.program.ProgramRun;

/** The sampler of {@link PfOde}. */
final class PfOdeSampler implements InvertibleSampler {
    private final PfOde.Options options;

    PfOdeSampler(PfOde.Options options) {
        this.options = options;
    }

    @Override
    public Optional<String> refusal(DiffusionProcess process) {
        return Optional.empty();
    }

    @Override
    public BatchSampler prepare(ScoreModel model, RunContext run) {
        if (options.method().adaptive()) {
            return AdaptiveFlow.sampling(options, model, run);
        }
        return new ProgramRun(write(times(model.process())), model, run);
    }

    @Override
    public BatchSampler inverse(ScoreModel model, RunContext run) {
        if (options.method().adaptive()) {
            return AdaptiveFlow.encoding(options, model, run);
        }
        return new ProgramRun(write(Grids.reversed(times(model.process()))), model, run);
    }

    private double[] times(DiffusionProcess process) {
        TimeGrid grid = Grids.within("pf-ode", options.grid(), options.steps(), process);
        int order = options.method().adamsOrder();
        if (grid.steps() < order) {
            throw new InputException("steps: " + grid.steps() + " are fewer than the order " + order + " of "
                    + options.method().name().toLowerCase(Locale.ROOT).replace('_', '-')
                    + "; use more steps (times, where the grid lists them), or a method of lower order");
        }
        return grid.times();
    }

    private Program write(double[] times) {
        int order = options.method().adamsOrder();
        return order > 0
                ? FixedFlow.adamsBashforth(order, times)
                : FixedFlow.rungeKutta(options.method().tableau(), times);
    }
}
