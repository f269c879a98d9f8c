package org.eigendrift.samplers.affine;

import java.util.List;
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
import org.eigendrift.samplers.program.ProgramRun;

/**
 * The sampler of {@link DcSolver}.
 *
 * @param name name for messages
 * @param options options
 */
record DcSolverSampler(String name, DcSolver.Options options) implements Sampler {
    @Override
    public Optional<String> refusal(DiffusionProcess process) {
        return AffineSampler.refuse(name, process);
    }

    @Override
    public BatchSampler prepare(ScoreModel model, RunContext run) {
        AffineProcess process = AffineSampler.affine(name, model.process());
        TimeGrid grid = options.grid().create(new GridContext(process, options.steps()));
        AffineSampler.requireSteps(name, grid.steps(), options.order());
        double[] ratios = options.ratios().isEmpty()
                ? new CompensationSearch(this, process, grid.times(), model, run).ratios()
                : given(grid.steps());
        Script script = new Script(process, grid.times(), counted(grid.steps()));
        write(script, ratios);
        return new ProgramRun(script.build(), model, run);
    }

    /** The number of steps asked for: a grid of listed times has its own. */
    int counted(int steps) {
        return options.grid().name().equals("list") ? steps : options.steps();
    }

    private double[] given(int steps) {
        List<Double> listed = options.ratios();
        if (listed.size() != steps) {
            throw new InputException("ratios: " + listed.size() + " given for " + steps + " steps");
        }
        double[] ratios = new double[steps];
        for (int i = 0; i < steps; i++) {
            ratios[i] = listed.get(i);
            if (i < options.dcOrder() && ratios[i] != 1) {
                throw new InputException(
                        "ratios: number " + (i + 1) + " is " + ratios[i] + ", but the first dc_order = "
                                + options.dcOrder() + " must be 1: there is nothing yet to interpolate");
            }
        }
        return ratios;
    }

    void write(Script script, double[] ratios) {
        UniPcRule rule = new UniPcRule(options.prediction(), options.variant(), false, ratios, options.dcOrder());
        Multistep.Orders orders = Multistep.Orders.ramp(options.order(), options.lowerOrderFinal());
        Multistep.Orders corrections = (i, n) -> i == n - 1 ? 0 : orders.at(i, n);
        new Multistep(rule, orders, corrections).write(script);
    }
}
