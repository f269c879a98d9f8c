package org.eigendrift.samplers.grid;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.samplers.program.Level;

/**
 * The noise levels that a variance-preserving process with linear beta passes at uniform times, for whatever process:
 * sigma / alpha = sqrt(exp(beta_d t^2 / 2 + beta_min t) - 1), t from 1 to eps (Karras et al., 2206.00364, table 1).
 */
public final class VpTime implements TimeGridProvider<VpTime.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public VpTime() {}

    /**
     * The options.
     *
     * @param betaD growth of beta
     * @param betaMin beta at t = 0
     * @param eps last time
     * @param end where the grid ends
     */
    public record Options(
            @Option(doc = "beta_max - beta_min", value = "19.9", min = 0)
            double betaD,

            @Option(doc = "beta at t = 0", value = "0.1", min = 0, open = true)
            double betaMin,

            @Option(doc = "last time", value = "0.001", min = 0, open = true)
            double eps,

            @Option(doc = End.DOC, value = "stop") End end) {}

    @Override
    public String name() {
        return "vp-time";
    }

    @Override
    public String summary() {
        return "noise levels of a linear-beta process at uniform times";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public TimeGrid create(Options options, GridContext context) {
        AffineProcess p = Ladder.affine(name(), context.process());
        return options.end.grid(context, k -> {
            double[] times = new double[k + 1];
            for (int i = 0; i <= k; i++) {
                double t = 1 + (options.eps - 1) * i / k;
                double ratio = Math.sqrt(Math.expm1(0.5 * options.betaD * t * t + options.betaMin * t));
                times[i] = Level.atRatio(p, ratio).t();
            }
            return times;
        });
    }
}
