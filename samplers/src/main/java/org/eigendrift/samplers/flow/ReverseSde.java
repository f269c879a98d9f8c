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
 * The reverse stochastic differential equation (Anderson 1982; Song et al., 2011.13456, equation 6) of any process,
 * from T to t_min: drift mu + 2 v, noise sqrt(2 A) dW.
 */
public final class ReverseSde implements SamplerProvider<ReverseSde.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public ReverseSde() {}

    /** The schemes, all consistent in the sense of Ito. */
    public enum Method {
        /** x + b h + g dW; weak order 1, 1 evaluation a step. */
        EULER_MARUYAMA,
        /** The drift averaged over the step's ends; weak order 2 in the drift, 2 evaluations a step. */
        HEUN,
        /** Platen's stochastic Runge-Kutta scheme for diagonal noise; weak order 2, 2 evaluations a step. */
        SRK,
        /** Half a kick by 2 v, the forward process without data over the step, half a kick; 2 evaluations a step. */
        SPLITTING
    }

    /**
     * The options.
     *
     * @param method scheme
     * @param steps steps
     * @param grid time grid
     */
    public record Options(
            @Option(doc = "scheme: euler-maruyama, heun, srk or splitting", value = "euler-maruyama")
            Method method,

            @Option(doc = "steps of the grid", value = "200", min = 1)
            int steps,

            @Option(doc = "time grid", value = "geometric", kind = TimeGridProvider.class)
            Chosen<GridContext, TimeGrid> grid) {}

    @Override
    public String name() {
        return "reverse-sde";
    }

    @Override
    public String summary() {
        return "reverse stochastic equation, for any process";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        return new ReverseSdeSampler(options);
    }
}
