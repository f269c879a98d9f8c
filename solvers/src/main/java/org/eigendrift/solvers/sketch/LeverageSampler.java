package org.eigendrift.solvers.sketch;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.RowSampler;
import org.eigendrift.api.linear.RowSamplerProvider;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Independent draws with probability l_n / m, l_n the leverage score, weighted by m / (count l_n): of the order of
 * m log m draws keep the normal matrix (Drineas, Mahoney, Muthukrishnan 2006; Cohen, Migliorati 2017).
 */
public final class LeverageSampler implements RowSamplerProvider<LeverageSampler.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** No options. */
    public record Options() {}

    /** Creates the provider. */
    public LeverageSampler() {}

    @Override
    public String name() {
        return "leverage";
    }

    @Override
    public String summary() {
        return "independent rows, in proportion to their leverage scores";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public RowSampler create(Options options, RunContext context) {
        return (design, columns, count, random) -> {
            Features features = new Features(design, columns, count);
            return features.weigh(features.independent(count, random));
        };
    }
}
