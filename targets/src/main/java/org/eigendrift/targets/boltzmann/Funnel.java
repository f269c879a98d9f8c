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
 * Neal's funnel ("Slice sampling", Annals of Statistics 31 (2003), section 8): v ~ N(0, width^2), x_i given v ~ N(0,
 * exp(v)). The first column is v.
 */
public final class Funnel extends KnownLawProvider<Funnel.Options> {

    /**
     * The options.
     *
     * @param rows training rows
     * @param heldout held-out rows
     * @param dim number of coordinates
     * @param width standard deviation of v
     * @param seed seed of the rows
     */
    public record Options(
            @Option(doc = "training rows", value = "50000", min = 1)
            int rows,

            @Option(doc = "held-out rows, 0 for none", value = "10000", min = 0)
            int heldout,

            @Option(doc = "number of coordinates, v among them", value = "10", min = 2, max = 10000)
            int dim,

            @Option(doc = "standard deviation of v", value = "3", min = 0, open = true)
            double width,

            @Option(doc = "seed of the rows; auto: the run's seed", value = "auto")
            OptionalLong seed)
            implements Rows {}

    /** Creates the provider. */
    public Funnel() {
        super("funnel", "Neal's funnel, exact density and draws", MethodHandles.lookup(), Options.class);
    }

    @Override
    protected KnownLaw law(Options options, RunContext context) {
        return new Law(options);
    }

    private static final class Law extends PotentialLaw {
        private final Options o;

        Law(Options options) {
            super(options.dim(), -Math.log(options.width()) - 0.5 * options.dim() * Math.log(2 * Math.PI));
            this.o = options;
        }

        @Override
        public void draw(CounterRandom random, long first, int count, Points out) {
            for (int n = 0; n < count; n++) {
                double v = o.width() * random.normal(first + n, 0);
                out.set(0, n, v);
                for (int i = 1; i < o.dim(); i++) {
                    out.set(i, n, Math.exp(0.5 * v) * random.normal(first + n, i));
                }
            }
        }

        @Override
        public void energy(Points x, double[] out) {
            for (int n = 0; n < x.size(); n++) {
                double v = x.get(0, n);
                double squares = 0;
                for (int i = 1; i < o.dim(); i++) {
                    squares += x.get(i, n) * x.get(i, n);
                }
                out[n] = 0.5 * Math.pow(v / o.width(), 2) + 0.5 * (o.dim() - 1) * v + 0.5 * Math.exp(-v) * squares;
            }
        }

        @Override
        public void gradient(Points x, Points out) {
            for (int n = 0; n < x.size(); n++) {
                double v = x.get(0, n);
                double precision = Math.exp(-v);
                double squares = 0;
                for (int i = 1; i < o.dim(); i++) {
                    squares += x.get(i, n) * x.get(i, n);
                    out.set(i, n, precision * x.get(i, n));
                }
                out.set(0, n, v / (o.width() * o.width()) + 0.5 * (o.dim() - 1) - 0.5 * precision * squares);
            }
        }
    }
}
