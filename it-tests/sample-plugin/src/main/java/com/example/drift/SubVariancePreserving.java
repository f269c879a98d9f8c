package com.example.drift;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Points;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ProcessProvider;

/** The sub-VP process (Song et al., 2011.13456) at constant rate: alpha = exp(-t), sigma = 1 - alpha^2. */
public final class SubVariancePreserving implements ProcessProvider<SubVariancePreserving.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param earliest time at which sampling ends
     */
    public record Options(
            @Option(doc = "Time at which sampling ends", value = "0.001", min = 0, max = 1, open = true)
            double earliest) {}

    /** Creates the provider. */
    public SubVariancePreserving() {}

    @Override
    public String name() {
        return "sub-vp";
    }

    @Override
    public String summary() {
        return "less noise than variance-preserving: alpha = exp(-t), sigma = 1 - alpha^2";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public AffineProcess create(Options options, Integer dim) {
        return new Process(dim, options.earliest());
    }

    private record Process(int dim, double earliest) implements AffineProcess {
        private static final double HORIZON = 6;

        @Override
        public double horizon() {
            return HORIZON;
        }

        @Override
        public Domain domain(int coordinate) {
            return new Domain.Line();
        }

        @Override
        public double logAlpha(double t) {
            return -t;
        }

        @Override
        public double sigma(double t) {
            return -Math.expm1(-2 * t);
        }

        /** exp(lambda) = alpha / (1 - alpha^2) = 1 / (2 sinh t). */
        @Override
        public double time(double lambda) {
            double sinh = 0.5 * Math.exp(-lambda);
            return Math.log1p(sinh + (Math.hypot(1, sinh) - 1));
        }

        @Override
        public void drift(double t, Points x, Points out) {
            for (int k = 0; k < x.values().length; k++) {
                out.values()[k] = -x.values()[k];
            }
        }

        /** sigma^2 (log(sigma / alpha))' with sigma / alpha = 2 sinh t. */
        @Override
        public void diffusion(double t, Points x, Points out) {
            Arrays.fill(out.values(), sigma(t) * sigma(t) / Math.tanh(t));
        }

        @Override
        public void prior(CounterRandom random, long first, Points out) {
            for (int i = 0; i < dim; i++) {
                for (int n = 0; n < out.size(); n++) {
                    out.set(i, n, random.normal(first + n, i));
                }
            }
        }

        @Override
        public void logPrior(Points x, double[] out) {
            for (int n = 0; n < x.size(); n++) {
                out[n] = -0.5 * dim * Math.log(2 * Math.PI);
                for (int i = 0; i < dim; i++) {
                    out[n] -= 0.5 * x.get(i, n) * x.get(i, n);
                }
            }
        }

        @Override
        public void logReference(Points x, double[] out) {
            Arrays.fill(out, 0, x.size(), 0);
        }

        @Override
        public Optional<AffineProcess> affine() {
            return Optional.of(this);
        }
    }
}
