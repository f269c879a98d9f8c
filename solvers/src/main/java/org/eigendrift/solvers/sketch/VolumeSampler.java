package org.eigendrift.solvers.sketch;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.RowSampler;
import org.eigendrift.api.linear.RowSamplerProvider;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Volume-rescaled sampling (Derezinski, Warmuth, Hsu 2018; Nouy, Michel, arXiv 2312.14057): m rows of the projection
 * determinantal process, which never repeats itself, and the rest drawn independently by leverage. The weighted fit is
 * unbiased, and the first m draws alone always have full rank.
 */
public final class VolumeSampler implements RowSamplerProvider<VolumeSampler.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** No options. */
    public record Options() {}

    /** Creates the provider. */
    public VolumeSampler() {}

    @Override
    public String name() {
        return "volume";
    }

    @Override
    public String summary() {
        return "rows of a determinantal process, completed by independent ones of their leverage";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public RowSampler create(Options options, RunContext context) {
        return (design, columns, count, random) -> {
            Features features = new Features(design, columns, count);
            List<Integer> drawn = features.determinantal(random);
            drawn.addAll(features.independent(count - columns, random));
            return features.weigh(drawn);
        };
    }
}
