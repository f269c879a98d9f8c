package org.eigendrift.engine.check;

import java.util.Locale;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;

/** Samplers whose word is not taken: every sample must be finite and in the process's domain, or the sampler is named. */
public final class CheckedSampler {
    /** Of an interval's width: what rounding may carry across an end, to be brought back. */
    private static final double ROUNDING = 1e-9;

    private CheckedSampler() {}

    /**
     * Binds a sampler to a model.
     *
     * @param sampler the sampler
     * @param model the model, whose process the sampler does not refuse
     * @param run the run
     * @return the bound sampler; it throws a {@link PluginException} where a sample is not one
     */
    public static BatchSampler prepare(Sampler sampler, ScoreModel model, RunContext run) {
        BatchSampler bound = sampler.prepare(model, run);
        if (bound == null) {
            throw new PluginException(sampler, "returned null from prepare");
        }
        return (x, noise, observer) -> {
            Outcome outcome = bound.run(x, noise, observer);
            if (outcome == null) {
                throw new PluginException(sampler, "returned null for what a batch cost");
            }
            check(sampler, model.process(), x);
            return outcome;
        };
    }

    private static void check(Sampler sampler, DiffusionProcess process, Points x) {
        for (int i = 0; i < x.dim(); i++) {
            Domain domain = process.domain(i);
            double width = domain.upper() - domain.lower();
            double slack = ROUNDING * (Double.isFinite(width) ? width : 1);
            for (int n = 0; n < x.size(); n++) {
                double value = x.get(i, n);
                if (!domain.contains(value)) {
                    double beyond = Math.max(domain.lower() - value, value - domain.upper());
                    if (!(beyond <= slack)) {
                        throw new PluginException(
                                sampler,
                                String.format(
                                        Locale.ROOT,
                                        "made a sample that is none: coordinate %d of point %d is %.6g; expected a finite"
                                                + " number from %.6g to %.6g",
                                        i + 1,
                                        n + 1,
                                        value,
                                        domain.lower(),
                                        domain.upper()));
                    }
                    x.set(i, n, domain.confine(value));
                }
            }
        }
    }
}
