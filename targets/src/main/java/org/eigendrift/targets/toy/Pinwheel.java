package org.eigendrift.targets.toy;

import java.lang.invoke.MethodHandles;
import java.util.OptionalLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.targets.KnownLaw;
import org.eigendrift.targets.KnownLawProvider;

/**
 * Curved arms: f ~ N((1, 0), diag(radial^2, tangential^2)), an arm k uniform, x = scale R(2 pi k / arms + rate
 * exp(|f|)) f with R the rotation. It turns by an angle that depends on |f| alone, so it preserves area up to the scale:
 *
 * <pre>p(x) = scale^-2 mean_k N(R(-angle_k(|x| / scale)) x / scale).</pre>
 *
 * <p>The usual pinwheel turns by an angle that depends on the first coordinate of f and has no such density.
 */
public final class Pinwheel extends KnownLawProvider<Pinwheel.Options> {

    /**
     * The options.
     *
     * @param rows training rows
     * @param heldout held-out rows
     * @param arms number of arms
     * @param radial standard deviation along an arm
     * @param tangential standard deviation across an arm
     * @param rate how much the arms turn
     * @param scale factor of all lengths
     * @param seed seed of the rows
     */
    public record Options(
            @Option(doc = "training rows", value = "50000", min = 1)
            int rows,

            @Option(doc = "held-out rows, 0 for none", value = "10000", min = 0)
            int heldout,

            @Option(doc = "number of arms", value = "5", min = 1, max = 1000)
            int arms,

            @Option(doc = "standard deviation along an arm", value = "0.3", min = 0, open = true)
            double radial,

            @Option(doc = "standard deviation across an arm", value = "0.1", min = 0, open = true)
            double tangential,

            @Option(doc = "how much the arms turn", value = "0.25")
            double rate,

            @Option(doc = "factor of all lengths", value = "2", min = 0, open = true)
            double scale,

            @Option(doc = "seed of the rows; auto: the run's seed", value = "auto")
            OptionalLong seed)
            implements Rows {}

    /** Creates the provider. */
    public Pinwheel() {
        super("pinwheel", "curved arms around the origin, exact density", MethodHandles.lookup(), Options.class);
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
            double along = 1 + o.radial() * random.normal(row, 0);
            double across = o.tangential() * random.normal(row, 1);
            int arm = (int) (o.arms() * random.uniform(row, 0));
            double angle = 2 * Math.PI * arm / o.arms() + o.rate() * Math.exp(Math.hypot(along, across));
            out[0] = o.scale() * (Math.cos(angle) * along - Math.sin(angle) * across);
            out[1] = o.scale() * (Math.sin(angle) * along + Math.cos(angle) * across);
        }

        @Override
        double logDensity(double x, double y) {
            double u = x / o.scale();
            double v = y / o.scale();
            double turn = o.rate() * Math.exp(Math.hypot(u, v));
            double[] terms = new double[o.arms()];
            for (int k = 0; k < terms.length; k++) {
                double angle = 2 * Math.PI * k / o.arms() + turn;
                double along = (Math.cos(angle) * u + Math.sin(angle) * v - 1) / o.radial();
                double across = (Math.cos(angle) * v - Math.sin(angle) * u) / o.tangential();
                terms[k] = -0.5 * (along * along + across * across);
            }
            double area = 2 * Math.PI * o.radial() * o.tangential() * o.scale() * o.scale() * o.arms();
            return logSum(terms) - Math.log(area);
        }
    }
}
