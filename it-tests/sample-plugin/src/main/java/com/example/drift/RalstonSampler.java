package com.example.drift;

import java.lang.invoke.MethodHandles;
import java.util.Optional;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;

/** The probability flow by Ralston's second-order method (MTAC 16, 1962), in log t. */
public final class RalstonSampler implements SamplerProvider<RalstonSampler.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param steps number of steps
     */
    public record Options(
            @Option(doc = "Number of steps", value = "60", min = 1, max = 100000)
            int steps) {}

    /** Creates the provider. */
    public RalstonSampler() {}

    @Override
    public String name() {
        return "ralston";
    }

    @Override
    public String summary() {
        return "probability flow by Ralston's second-order method";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext context) {
        return new Sampler() {
            @Override
            public Optional<String> refusal(DiffusionProcess process) {
                return Optional.empty();
            }

            @Override
            public BatchSampler prepare(ScoreModel model, RunContext run) {
                DiffusionProcess process = model.process();
                TimeGrid grid = TimeGrid.geometric(process.horizon(), process.earliest(), options.steps());
                return (x, noise, observer) -> {
                    ScoreModel.Evaluator evaluator = model.evaluator();
                    observer.state(0, grid.first(), x);
                    for (int j = 0; j < grid.steps(); j++) {
                        step(process, evaluator, grid.time(j), grid.time(j + 1), x);
                        observer.state(j + 1, grid.time(j + 1), x);
                    }
                    return new Outcome(2 * grid.steps(), grid.steps(), 0);
                };
            }
        };
    }

    private static void step(DiffusionProcess process, ScoreModel.Evaluator evaluator, double t0, double t1, Points x) {
        double h = Math.log(t0 / t1);
        double middle = t0 * Math.exp(-2 * h / 3);
        Points first = Points.zeros(x.dim(), x.size());
        Points second = Points.zeros(x.dim(), x.size());
        evaluator.velocity(t0, x, first);
        Points stage = x.copy();
        for (int n = 0; n < x.values().length; n++) {
            stage.values()[n] += 2 * h / 3 * t0 * first.values()[n];
        }
        process.confine(stage);
        evaluator.velocity(middle, stage, second);
        for (int n = 0; n < x.values().length; n++) {
            x.values()[n] += h * (0.25 * t0 * first.values()[n] + 0.75 * middle * second.values()[n]);
            if (!Double.isFinite(x.values()[n])) {
                throw new NumericalException("ralston: point " + (n % x.size() + 1) + " is not finite at t = " + t1);
            }
        }
        process.confine(x);
    }
}
