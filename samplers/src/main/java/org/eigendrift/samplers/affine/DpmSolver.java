package org.eigendrift.samplers.affine;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;

/** DPM-Solver (Lu et al., 2206.00927): exponential integrators of the noise prediction. */
public final class DpmSolver implements SamplerProvider<DpmOptions> {
    private static final OptionSchema<DpmOptions> SCHEMA = OptionSchema.of(MethodHandles.lookup(), DpmOptions.class);

    /** Creates the provider. */
    public DpmSolver() {}

    @Override
    public String name() {
        return "dpm-solver";
    }

    @Override
    public String summary() {
        return "DPM-Solver 1 to 3: multistep, singlestep, fast, adaptive; noise prediction";
    }

    @Override
    public OptionSchema<DpmOptions> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(DpmOptions options, RunContext run) {
        return DpmFamily.sampler(name(), Prediction.NOISE, options);
    }
}
