package com.example.drift;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.Corrector;
import org.eigendrift.api.guidance.CorrectorProvider;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.guidance.Particles;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;

/** Samples of the unguided law, weighed by what guidance asks and drawn again: exact as they grow, whatever guides. */
public final class Importance implements CorrectorProvider<Importance.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Drawn once at random: no other use of random numbers has it. */
    private static final long PURPOSE = 0x7f4a_7c15_9e37_79b9L;

    /**
     * Options.
     *
     * @param times samples for each particle
     * @param steps steps of the flow
     */
    public record Options(
            @Option(doc = "Unguided samples for each particle", value = "20", min = 1)
            int times,

            @Option(doc = "Steps of the flow", value = "100", min = 1)
            int steps) {}

    /** Creates the provider. */
    public Importance() {}

    @Override
    public String name() {
        return "importance";
    }

    @Override
    public String summary() {
        return "unguided samples, weighed and drawn again";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Corrector create(Options options, RunContext context) {
        return new Corrector() {
            @Override
            public Optional<String> refusal(GuidedScoreModel model) {
                return model.process().earliest() > 0
                        ? Optional.empty()
                        : Optional.of("importance needs a process that ends above t = 0; set process.earliest");
            }

            @Override
            public Particles run(GuidedScoreModel model, int count, RunContext run) {
                return draw(options, model, count, run.random(PURPOSE));
            }
        };
    }

    private static Particles draw(Options options, GuidedScoreModel model, int count, CounterRandom random) {
        DiffusionProcess process = model.process();
        Points x = Points.zeros(process.dim(), count * options.times());
        process.prior(random.derive(1), 0, x);
        flow(model.base(), TimeGrid.geometric(process.horizon(), process.earliest(), options.steps()), x);
        double[] weights = new double[x.size()];
        model.evaluator().logTarget(x, weights);
        double largest = Arrays.stream(weights).max().orElseThrow();
        if (!Double.isFinite(largest)) {
            throw new NumericalException("importance: no sample has weight at t = " + process.earliest());
        }
        double sum = 0;
        double squares = 0;
        for (int n = 0; n < weights.length; n++) {
            weights[n] = Math.exp(weights[n] - largest);
            sum += weights[n];
            squares += weights[n] * weights[n];
        }
        int[] chosen = resample(weights, sum, count, random.derive(2).uniform(0, 0));
        return new Particles(
                x.select(chosen),
                x.size(),
                new double[] {process.earliest()},
                new double[] {sum * sum / squares},
                (int) Arrays.stream(chosen).distinct().count(),
                largest + Math.log(sum / weights.length),
                2 * options.steps());
    }

    /** Heun's method in log t. */
    private static void flow(ScoreModel model, TimeGrid grid, Points x) {
        ScoreModel.Evaluator evaluator = model.evaluator();
        Points first = Points.zeros(x.dim(), x.size());
        Points second = Points.zeros(x.dim(), x.size());
        for (int j = 0; j < grid.steps(); j++) {
            double h = Math.log(grid.time(j) / grid.time(j + 1));
            evaluator.velocity(grid.time(j), x, first);
            Points ahead = x.copy();
            for (int k = 0; k < x.values().length; k++) {
                ahead.values()[k] += h * grid.time(j) * first.values()[k];
            }
            model.process().confine(ahead);
            evaluator.velocity(grid.time(j + 1), ahead, second);
            for (int k = 0; k < x.values().length; k++) {
                x.values()[k] += h / 2 * (grid.time(j) * first.values()[k] + grid.time(j + 1) * second.values()[k]);
            }
            model.process().confine(x);
        }
    }

    /** Systematic resampling: one random number, and steps of the same weight. */
    private static int[] resample(double[] weights, double sum, int count, double start) {
        int[] chosen = new int[count];
        int n = 0;
        double below = weights[0];
        for (int k = 0; k < count; k++) {
            while (below < (k + start) / count * sum && n < weights.length - 1) {
                below += weights[++n];
            }
            chosen[k] = n;
        }
        return chosen;
    }
}
