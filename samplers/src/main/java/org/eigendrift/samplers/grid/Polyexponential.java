package org.eigendrift.samplers.grid;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;
import org.eigendrift.api.score.AffineProcess;

/** sigma / alpha = exp(ramp^rho (log max - log min) + log min), ramp from 1 to 0. */
public final class Polyexponential implements TimeGridProvider<Polyexponential.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Polyexponential() {}

    /**
     * The options.
     *
     * @param rho exponent of the ramp
     * @param end where the grid ends
     */
    public record Options(
            @Option(doc = "exponent of the ramp", value = "1", min = 0, open = true)
            double rho,

            @Option(doc = End.DOC, value = "stop") End end) {}

    @Override
    public String name() {
        return "polyexponential";
    }

    @Override
    public String summary() {
        return "polynomial in log(sigma / alpha)";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public TimeGrid create(Options options, GridContext context) {
        AffineProcess p = Ladder.affine(name(), context.process());
        double low = -p.lambda(p.earliest());
        double span = -p.lambda(p.horizon()) - low;
        return options.end.grid(
                context,
                k -> Ladder.evenInRatio(
                        p,
                        k,
                        r -> Math.pow(Math.max(0, (Math.log(r) - low) / span), 1 / options.rho),
                        u -> Math.exp(Math.pow(u, options.rho) * span + low)));
    }
}
