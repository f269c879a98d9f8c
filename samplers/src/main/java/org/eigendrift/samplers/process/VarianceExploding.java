package org.eigendrift.samplers.process;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ProcessProvider;

/**
 * The variance-exploding process in the parametrisation of Karras et al., "Elucidating the design space of
 * diffusion-based generative models", 2206.00364: alpha = 1, sigma = t.
 */
public final class VarianceExploding implements ProcessProvider<VarianceExploding.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public VarianceExploding() {}

    /**
     * The options.
     *
     * @param sigmaMin t_min
     * @param sigmaMax T
     */
    public record Options(
            @Option(doc = "noise level at which sampling ends", value = "0.002", min = 0)
            double sigmaMin,

            @Option(doc = "noise level at which sampling begins", value = "80", min = 0, open = true)
            double sigmaMax) {}

    @Override
    public String name() {
        return "ve";
    }

    @Override
    public String summary() {
        return "variance-exploding as in EDM: alpha = 1, sigma = t";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public AffineProcess create(Options options, Integer dim) {
        return new Exploding(dim, options.sigmaMax, options.sigmaMin);
    }

    /** sigma = t. */
    static final class Exploding extends IsotropicProcess {
        Exploding(int dim, double horizon, double earliest) {
            super(dim, horizon, earliest);
        }

        @Override
        public double logAlpha(double t) {
            return 0;
        }

        @Override
        public double sigma(double t) {
            return t;
        }

        @Override
        public double time(double lambda) {
            return Math.exp(-lambda);
        }

        @Override
        double logAlphaRate(double t) {
            return 0;
        }

        @Override
        double halfSquaredNoise(double t) {
            return t;
        }

        @Override
        double priorScale() {
            return horizon();
        }
    }
}
