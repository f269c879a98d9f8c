package org.eigendrift.targets.boltzmann;

import java.lang.invoke.MethodHandles;
import java.util.OptionalLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.targets.KnownLaw;
import org.eigendrift.targets.KnownLawProvider;

/**
 * The hybrid Rosenbrock distribution (Pagani, Wiegand, Nadarajah, arXiv 1903.09556), in two dimensions Rosenbrock's
 * function:
 *
 * <pre>U(x) = a (x_1 - centre)^2 + b sum_i (x_{i+1} - x_i^2)^2,</pre>
 *
 * <p>a chain of Gaussians: x_1 ~ N(centre, 1 / (2 a)), x_{i+1} given x_i ~ N(x_i^2, 1 / (2 b)).
 */
public final class Rosenbrock extends KnownLawProvider<Rosenbrock.Options> {

    /**
     * The options.
     *
     * @param rows training rows
     * @param heldout held-out rows
     * @param dim number of coordinates
     * @param centre mean of the first coordinate
     * @param a stiffness along the valley
     * @param b stiffness across the valley
     * @param seed seed of the rows
     */
    public record Options(
            @Option(doc = "training rows", value = "50000", min = 1)
            int rows,

            @Option(doc = "held-out rows, 0 for none", value = "10000", min = 0)
            int heldout,

            @Option(doc = "number of coordinates", value = "2", min = 2, max = 6)
            int dim,

            @Option(doc = "mean of the first coordinate", value = "1")
            double centre,

            @Option(doc = "stiffness along the valley", value = "0.05", min = 0, open = true)
            double a,

            @Option(doc = "stiffness across the valley", value = "5", min = 0, open = true)
            double b,

            @Option(doc = "seed of the rows; auto: the run's seed", value = "auto")
            OptionalLong seed)
            implements Rows {}

    /** Creates the provider. */
    public Rosenbrock() {
        super("rosenbrock", "curved valley, exact density and draws", MethodHandles.lookup(), Options.class);
    }

    @Override
    protected KnownLaw law(Options options, RunContext context) {
        return new Law(options);
    }

    private static final class Law extends PotentialLaw {
        private final Options o;

        Law(Options options) {
            super(
                    options.dim(),
                    0.5 * Math.log(options.a() / Math.PI)
                            + 0.5 * (options.dim() - 1) * Math.log(options.b() / Math.PI));
            this.o = options;
        }

        @Override
        public void draw(CounterRandom random, long first, int count, Points out) {
            for (int n = 0; n < count; n++) {
                double x = o.centre() + random.normal(first + n, 0) / Math.sqrt(2 * o.a());
                out.set(0, n, x);
                for (int i = 1; i < o.dim(); i++) {
                    x = x * x + random.normal(first + n, i) / Math.sqrt(2 * o.b());
                    out.set(i, n, x);
                }
            }
        }

        @Override
        public void energy(Points x, double[] out) {
            for (int n = 0; n < x.size(); n++) {
                double before = x.get(0, n);
                double sum = o.a() * Math.pow(before - o.centre(), 2);
                for (int i = 1; i < o.dim(); i++) {
                    double gap = x.get(i, n) - before * before;
                    sum += o.b() * gap * gap;
                    before = x.get(i, n);
                }
                out[n] = sum;
            }
        }

        @Override
        public void gradient(Points x, Points out) {
            for (int n = 0; n < x.size(); n++) {
                double slope = 2 * o.a() * (x.get(0, n) - o.centre());
                for (int i = 1; i < o.dim(); i++) {
                    double before = x.get(i - 1, n);
                    double pull = 2 * o.b() * (x.get(i, n) - before * before);
                    out.set(i - 1, n, slope - 2 * before * pull);
                    slope = pull;
                }
                out.set(o.dim() - 1, n, slope);
            }
        }
    }
}
