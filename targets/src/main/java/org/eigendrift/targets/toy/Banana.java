package org.eigendrift.targets.toy;

import java.lang.invoke.MethodHandles;
import java.util.OptionalLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.targets.KnownLaw;
import org.eigendrift.targets.KnownLawProvider;

/** A bent Gaussian: x1 ~ N(0, s1^2), x2 given x1 ~ N(bend x1^2, s2^2). */
public final class Banana extends KnownLawProvider<Banana.Options> {

    /**
     * The options.
     *
     * @param rows training rows
     * @param heldout held-out rows
     * @param width s1
     * @param bend how much it bends
     * @param thickness s2
     * @param seed seed of the rows
     */
    public record Options(
            @Option(doc = "training rows", value = "50000", min = 1)
            int rows,

            @Option(doc = "held-out rows, 0 for none", value = "10000", min = 0)
            int heldout,

            @Option(doc = "standard deviation of x1", value = "1", min = 0, open = true)
            double width,

            @Option(doc = "how much x2 bends with the square of x1", value = "1")
            double bend,

            @Option(doc = "standard deviation of x2 given x1", value = "0.3", min = 0, open = true)
            double thickness,

            @Option(doc = "seed of the rows; auto: the run's seed", value = "auto")
            OptionalLong seed)
            implements Rows {}

    /** Creates the provider. */
    public Banana() {
        super("banana", "a Gaussian bent along a parabola, exact density", MethodHandles.lookup(), Options.class);
    }

    @Override
    protected KnownLaw law(Options options, RunContext context) {
        return new Law(options);
    }

    private static final class Law extends PlanarLaw {
        private final Options o;

        Law(Options options) {
            this.o = options;
        }

        @Override
        void draw(CounterRandom random, long row, double[] out) {
            out[0] = o.width() * random.normal(row, 0);
            out[1] = o.bend() * out[0] * out[0] + o.thickness() * random.normal(row, 1);
        }

        @Override
        double logDensity(double x, double y) {
            double u = x / o.width();
            double v = (y - o.bend() * x * x) / o.thickness();
            return -0.5 * (u * u + v * v) - Math.log(2 * Math.PI * o.width() * o.thickness());
        }
    }
}
