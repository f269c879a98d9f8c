package org.eigendrift.samplers.wrap;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;

/**
 * The time-shift sampler (Li et al., 2305.15583): evaluates each point at the time, within a window, whose expected
 * variance over the coordinates is nearest to the point's.
 */
public final class TimeShift implements SamplerProvider<TimeShift.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public TimeShift() {}

    /**
     * The options.
     *
     * @param sampler sampler
     * @param window half the window
     * @param cutoff cut-off
     * @param dataVariance variance of the data
     * @param candidates times tried to either side
     */
    public record Options(
            @Option(doc = "the sampler that is wrapped", value = "ddim", kind = SamplerProvider.class)
            Chosen<RunContext, Sampler> sampler,

            @Option(doc = "half the window's width in time", value = "0.02", min = 0)
            double window,

            @Option(doc = "times up to this are left alone", value = "0.3", min = 0)
            double cutoff,

            @Option(doc = "variance of the data over coordinates", value = "1", min = 0)
            double dataVariance,

            @Option(doc = "times tried to either side", value = "10", min = 1, max = 1000)
            int candidates) {}

    @Override
    public String name() {
        return "time-shift";
    }

    @Override
    public String summary() {
        return "wrapper: evaluates each point at the time that fits its variance";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        return new TimeShiftSampler(name(), options.sampler.create(run), options);
    }
}
