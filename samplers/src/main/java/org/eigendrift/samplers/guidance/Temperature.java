package org.eigendrift.samplers.guidance;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/** Annealing: the law p(x)^(1 / temperature), normalised. */
public final class Temperature implements GuidanceProvider<Temperature.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Temperature() {}

    /**
     * The options.
     *
     * @param temperature T
     */
    public record Options(
            @Option(doc = "temperature: below 1 the law's modes sharpen, above 1 they widen", min = 0, open = true)
            double temperature) {}

    @Override
    public String name() {
        return "temperature";
    }

    @Override
    public String summary() {
        return "another temperature, the law p(x)^(1/temperature)";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Guidance create(Options options, GuidanceContext context) {
        return new Powers(name(), new double[] {1 / options.temperature}, List.of());
    }
}
