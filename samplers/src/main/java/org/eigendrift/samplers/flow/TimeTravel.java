package org.eigendrift.samplers.flow;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;

/**
 * RePaint's schedule (Lugmayr et al., 2201.09865, algorithm 1 and appendix B; time travel in later work): ancestral steps in blocks of
 * {@code jump}, each block but the first gone through {@code resamplings} times, noised back to where it began in between. What a guided
 * score only approximates at one time comes into harmony with the rest. Unguided, every pass starts from the same law.
 */
public final class TimeTravel implements SamplerProvider<TimeTravel.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public TimeTravel() {}

    /**
     * The options.
     *
     * @param steps steps of the grid
     * @param jump steps of a block
     * @param resamplings passes through a block
     * @param grid time grid
     */
    public record Options(
            @Option(
                    doc = "steps of the grid, each of which is gone as often as there are resamplings",
                    value = "250",
                    min = 1)
            int steps,

            @Option(doc = "steps that a jump goes back", value = "10", min = 1)
            int jump,

            @Option(
                    doc = "how often the steps of a jump are gone through; 1: no jumps",
                    value = "10",
                    min = 1,
                    max = 1000)
            int resamplings,

            @Option(doc = "time grid", value = "log-snr", kind = TimeGridProvider.class)
            Chosen<GridContext, TimeGrid> grid) {}

    @Override
    public String name() {
        return "time-travel";
    }

    @Override
    public String summary() {
        return "ancestral steps with RePaint's jumps back in time, for guided scores";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        return new TimeTravelSampler(options);
    }
}
