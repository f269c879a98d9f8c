package org.eigendrift.targets.toy;

import java.lang.invoke.MethodHandles;
import java.util.OptionalLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.targets.KnownLaw;
import org.eigendrift.targets.KnownLawProvider;

/**
 * Two interleaved half circles with noise, as in scikit-learn's {@code make_moons}: with probability 1/2 each
 * (cos t, sin t) or (1 - cos t, offset - sin t), t uniform on [0, pi], plus N(0, noise^2 I).
 */
public final class TwoMoons extends KnownLawProvider<TwoMoons.Options> {

    /**
     * The options.
     *
     * @param rows training rows
     * @param heldout held-out rows
     * @param noise standard deviation of the noise
     * @param offset height of the second arc's centre
     * @param seed seed of the rows
     */
    public record Options(
            @Option(doc = "training rows", value = "50000", min = 1)
            int rows,

            @Option(doc = "held-out rows, 0 for none", value = "10000", min = 0)
            int heldout,

            @Option(doc = "standard deviation of the noise", value = "0.1", min = 1e-4, max = 10)
            double noise,

            @Option(doc = "height of the second arc's centre", value = "0.5")
            double offset,

            @Option(doc = "seed of the rows; auto: the run's seed", value = "auto")
            OptionalLong seed)
            implements Rows {}

    /** Creates the provider. */
    public TwoMoons() {
        super(
                "two-moons",
                "two interleaved half circles with noise, exact density",
                MethodHandles.lookup(),
                Options.class);
    }

    @Override
    protected KnownLaw law(Options options, RunContext context) {
        return new Law(options.noise(), options.offset());
    }

    private static final class Law extends PlanarLaw {
        private final double noise;
        private final double offset;
        private final NoisyCurve upper;
        private final NoisyCurve lower;

        Law(double noise, double offset) {
            this.noise = noise;
            this.offset = offset;
            this.upper = new NoisyCurve(Math::cos, Math::sin, t -> 1, 0, Math.PI, 1, noise);
            this.lower = new NoisyCurve(t -> 1 - Math.cos(t), t -> offset - Math.sin(t), t -> 1, 0, Math.PI, 1, noise);
        }

        @Override
        void draw(CounterRandom random, long row, double[] out) {
            double t = Math.PI * random.uniform(row, 0);
            boolean first = random.uniform(row, 1) < 0.5;
            out[0] = (first ? Math.cos(t) : 1 - Math.cos(t)) + noise * random.normal(row, 0);
            out[1] = (first ? Math.sin(t) : offset - Math.sin(t)) + noise * random.normal(row, 1);
        }

        @Override
        double logDensity(double x, double y) {
            return logMean(upper.logDensity(x, y), lower.logDensity(x, y));
        }
    }
}
