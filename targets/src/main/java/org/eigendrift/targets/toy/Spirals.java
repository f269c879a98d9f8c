package org.eigendrift.targets.toy;

import java.lang.invoke.MethodHandles;
import java.util.OptionalLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.targets.KnownLaw;
import org.eigendrift.targets.KnownLawProvider;

/**
 * Two spirals: t = turn sqrt(U), U uniform, a sign with probability 1/2 each, x = +-(-t cos t, t sin t) / divisor plus
 * N(0, s^2 I).
 */
public final class Spirals extends KnownLawProvider<Spirals.Options> {

    /**
     * The options.
     *
     * @param rows training rows
     * @param heldout held-out rows
     * @param turn largest angle t
     * @param divisor divisor of the radius
     * @param noise s
     * @param seed seed of the rows
     */
    public record Options(
            @Option(doc = "training rows", value = "50000", min = 1)
            int rows,

            @Option(doc = "held-out rows, 0 for none", value = "10000", min = 0)
            int heldout,

            @Option(doc = "largest angle t in radians", value = "9.42477796076938", min = 0.1, max = 100)
            double turn,

            @Option(doc = "angle a unit of distance from the origin", value = "3", min = 0, open = true)
            double divisor,

            @Option(doc = "standard deviation of the noise", value = "0.1", min = 1e-3)
            double noise,

            @Option(doc = "seed of the rows; auto: the run's seed", value = "auto")
            OptionalLong seed)
            implements Rows {}

    /** Creates the provider. */
    public Spirals() {
        super("spirals", "two interleaved spirals with noise, exact density", MethodHandles.lookup(), Options.class);
    }

    @Override
    protected KnownLaw law(Options options, RunContext context) {
        return new Law(options);
    }

    private static final class Law extends PlanarLaw {
        private final Options o;
        private final NoisyCurve arm;

        Law(Options options) {
            this.o = options;
            // t has density 2 t / turn^2; the curve's speed is sqrt(1 + t^2) / divisor.
            this.arm = new NoisyCurve(
                    t -> -t * Math.cos(t) / o.divisor(),
                    t -> t * Math.sin(t) / o.divisor(),
                    t -> t,
                    0,
                    o.turn(),
                    Math.hypot(1, o.turn()) / o.divisor(),
                    o.noise());
        }

        @Override
        void draw(CounterRandom random, long row, double[] out) {
            double t = o.turn() * Math.sqrt(random.uniform(row, 0));
            double radius = (random.uniform(row, 1) < 0.5 ? -t : t) / o.divisor();
            out[0] = -radius * Math.cos(t) + o.noise() * random.normal(row, 0);
            out[1] = radius * Math.sin(t) + o.noise() * random.normal(row, 1);
        }

        @Override
        double logDensity(double x, double y) {
            return logMean(arm.logDensity(x, y), arm.logDensity(-x, -y));
        }
    }
}
