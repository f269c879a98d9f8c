package org.eigendrift.samplers.grid;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.InputException;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.samplers.program.Level;

/**
 * The log-linear schedule of the gradient-estimation sampler (Permenter and Yuan, 2306.04848): N levels in geometric
 * progression of sigma / alpha, of which n steps visit those with number round(N (1 - i / n)) - 1, i = 0 .. n - 1, and
 * number 0; halves are rounded to even.
 */
public final class LogLinear implements TimeGridProvider<LogLinear.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public LogLinear() {}

    /**
     * The options.
     *
     * @param levels N
     * @param end where the grid ends
     */
    public record Options(
            @Option(doc = "N, the number of levels of which the steps visit some", value = "200", min = 2)
            int levels,

            @Option(doc = End.DOC, value = "stop") End end) {}

    @Override
    public String name() {
        return "log-linear";
    }

    @Override
    public String summary() {
        return "a selection of N levels in geometric progression of sigma / alpha";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public TimeGrid create(Options options, GridContext context) {
        AffineProcess p = Ladder.affine(name(), context.process());
        double low = -p.lambda(p.earliest());
        double span = -p.lambda(p.horizon()) - low;
        return options.end.grid(context, k -> {
            int[] numbers = subsample(options.levels, k);
            double[] times = new double[k + 1];
            for (int i = 0; i <= k; i++) {
                times[i] = Level.atLambda(p, -(low + span * numbers[i] / (options.levels - 1)))
                        .t();
            }
            return times;
        });
    }

    /** Numbers of the levels that n steps visit. */
    static int[] subsample(int levels, int steps) {
        if (steps >= levels) {
            throw new InputException("steps: " + steps + " of " + levels + " levels; expected fewer steps than levels");
        }
        int[] numbers = new int[steps + 1];
        for (int i = 0; i < steps; i++) {
            numbers[i] = (int) Math.rint(levels * (1 - (double) i / steps)) - 1;
        }
        return numbers;
    }
}
