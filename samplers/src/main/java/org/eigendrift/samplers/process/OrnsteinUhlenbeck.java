package org.eigendrift.samplers.process;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ProcessProvider;

/** The Ornstein-Uhlenbeck process dX = -X dt + sqrt(2) dW: alpha = exp(-t), sigma^2 = 1 - exp(-2 t). */
public final class OrnsteinUhlenbeck implements ProcessProvider<OrnsteinUhlenbeck.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public OrnsteinUhlenbeck() {}

    /**
     * The options.
     *
     * @param horizon T
     * @param earliest t_min
     */
    public record Options(
            @Option(doc = "time T at which sampling begins", value = "6", min = 0, open = true)
            double horizon,

            @Option(doc = "time t_min at which sampling ends", value = "0.001", min = 0)
            double earliest) {}

    @Override
    public String name() {
        return "ou";
    }

    @Override
    public String summary() {
        return "Ornstein-Uhlenbeck: alpha = exp(-t), the process of the hermite family";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public AffineProcess create(Options options, Integer dim) {
        return new VariancePreserving.Preserving(dim, options.horizon, options.earliest, new Rate());
    }

    /** log alpha = -t. */
    record Rate() implements LogAlpha {
        @Override
        public double at(double t) {
            return -t;
        }

        @Override
        public double rate(double t) {
            return -1;
        }

        @Override
        public double time(double logAlpha) {
            return -logAlpha;
        }
    }
}
