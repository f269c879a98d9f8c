package org.eigendrift.samplers.affine;

import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.ProgramRun;

/**
 * The sampler of {@link DpmSolverV3}.
 *
 * @param name name for messages
 * @param options options
 */
record DpmV3Sampler(String name, DpmSolverV3.Options options) implements Sampler {
    @Override
    public Optional<String> refusal(DiffusionProcess process) {
        return AffineSampler.refuse(name, process);
    }

    @Override
    public BatchSampler prepare(ScoreModel model, RunContext run) {
        AffineProcess process = AffineSampler.affine(name, model.process());
        TimeGrid grid = options.grid().create(new GridContext(process, options.steps()));
        AffineSampler.requireSteps(name, grid.steps(), options.order());
        if (grid.last() == 0) {
            throw new InputException(name + " ends at t_min; use a grid with end: stop");
        }
        ModelStatistics statistics = options.degenerated()
                ? ModelStatistics.degenerate(process, options.nodes())
                : options.statistics()
                        .map(path -> ModelStatistics.read(path, process))
                        .orElseGet(() -> ModelStatistics.of(model, process, options.nodes(), run));
        Script script = new Script(process, snapped(process, grid, statistics));
        write(script, statistics);
        return new ProgramRun(script.build(), model, run);
    }

    /** The grid's levels moved to the nearest nodes of the statistics. */
    private Level[] snapped(AffineProcess process, TimeGrid grid, ModelStatistics statistics) {
        Level[] levels = new Level[grid.steps() + 1];
        int before = -1;
        for (int i = 0; i < levels.length; i++) {
            int index = statistics.index(process.lambda(grid.time(i)));
            if (index == before) {
                throw new InputException("times " + i + " and " + (i + 1) + " of the grid fall on the same node of the "
                        + statistics.count() + " of the statistics; take more nodes, fewer steps, or grid: log-snr");
            }
            before = index;
            levels[i] = Level.atLambda(process, statistics.lambda(index));
        }
        return levels;
    }

    private void write(Script script, ModelStatistics statistics) {
        V3Rule rule = new V3Rule(statistics, options.pPseudo(), options.cPseudo());
        Multistep.Orders orders =
                Multistep.Orders.ramp(options.order(), options.lowerOrderFinal() ? Integer.MAX_VALUE : 0);
        Multistep.Orders corrections = (i, n) -> {
            boolean wanted = options.corrector()
                    && (!options.half() || script.level(i + 1).t() > 0.5);
            int order = orders.at(i, n) + (options.cPseudo() ? 1 : 0);
            return i == n - 1 || !wanted || order < 2 ? 0 : order;
        };
        new Multistep(rule, orders, corrections).write(script);
    }
}
