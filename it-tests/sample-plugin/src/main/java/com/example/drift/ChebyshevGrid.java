package com.example.drift;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.InputException;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;

/** Chebyshev's points in log t: short steps at both ends. */
public final class ChebyshevGrid implements TimeGridProvider<ChebyshevGrid.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Nothing to choose. */
    public record Options() {}

    /** Creates the provider. */
    public ChebyshevGrid() {}

    @Override
    public String name() {
        return "chebyshev";
    }

    @Override
    public String summary() {
        return "Chebyshev's points in log t";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public TimeGrid create(Options options, GridContext context) {
        double first = context.process().horizon();
        double last = context.process().earliest();
        if (last == 0) {
            throw new InputException("the process ends at t = 0, which has no logarithm; set process.earliest above 0,"
                    + " or use the grid uniform");
        }
        double[] times = new double[context.steps() + 1];
        for (int k = 0; k <= context.steps(); k++) {
            double share = 0.5 - 0.5 * Math.cos(Math.PI * k / context.steps());
            times[k] = first * Math.pow(last / first, share);
        }
        times[0] = first;
        times[context.steps()] = last;
        return TimeGrid.of(times);
    }
}
