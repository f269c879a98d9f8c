package org.eigendrift.samplers.affine;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;

/** DPM-Solver++ (Lu et al., 2211.01095): exponential integrators of the data prediction. */
public final class DpmSolverPlusPlus implements SamplerProvider<DpmOptions> {
    private static final OptionSchema<DpmOptions> SCHEMA = OptionSchema.of(MethodHandles.lookup(), DpmOptions.class);

    /** Creates the provider. */
    public DpmSolverPlusPlus() {}

    @Override
    public String name() {
        return "dpm-solver++";
    }

    @Override
    public String summary() {
        return "DPM-Solver++ 1 to 3 (2S, 2M, 3M and their SDE variants); data prediction";
    }

    @Override
    public OptionSchema<DpmOptions> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(DpmOptions options, RunContext run) {
        return DpmFamily.sampler(name(), Prediction.DATA, options);
    }
}
