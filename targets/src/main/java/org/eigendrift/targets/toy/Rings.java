package org.eigendrift.targets.toy;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.targets.KnownLaw;
import org.eigendrift.targets.KnownLawProvider;
import org.eigendrift.targets.numeric.Bessel;

/**
 * Concentric rings: radius r_k with weight w_k, angle uniform, plus N(0, s^2 I). With I0 the modified Bessel function
 *
 * <pre>p(x) = sum_k w_k exp(-(|x|^2 + r_k^2) / (2 s^2)) I0(|x| r_k / s^2) / (2 pi s^2).</pre>
 */
public final class Rings extends KnownLawProvider<Rings.Options> {

    /**
     * The options.
     *
     * @param rows training rows
     * @param heldout held-out rows
     * @param radii radii of the rings
     * @param weights weights of the rings
     * @param noise s
     * @param seed seed of the rows
     */
    public record Options(
            @Option(doc = "training rows", value = "50000", min = 1)
            int rows,

            @Option(doc = "held-out rows, 0 for none", value = "10000", min = 0)
            int heldout,

            @Option(doc = "radii of the rings", value = "[0.5, 1, 1.5, 2]", min = 0)
            List<Double> radii,

            @Option(
                    doc = "weights of the rings, normalised; [] for equal ones",
                    value = "[0.1, 0.2, 0.3, 0.4]",
                    min = 0,
                    open = true)
            List<Double> weights,

            @Option(doc = "standard deviation of the noise", value = "0.08", min = 0, open = true)
            double noise,

            @Option(doc = "seed of the rows; auto: the run's seed", value = "auto")
            OptionalLong seed)
            implements Rows {}

    /** Creates the provider. */
    public Rings() {
        super("rings", "concentric rings with noise, exact density", MethodHandles.lookup(), Options.class);
    }

    @Override
    protected KnownLaw law(Options options, RunContext context) {
        if (options.radii().isEmpty()) {
            throw new InputException("rings: radii is empty; expected at least one");
        }
        if (!options.weights().isEmpty()
                && options.weights().size() != options.radii().size()) {
            throw new InputException("rings: " + options.weights().size() + " weights for "
                    + options.radii().size() + " radii; expected as many");
        }
        return new Law(options);
    }

    private static final class Law extends PlanarLaw {
        private final double[] radii;
        private final double[] weights;
        private final double noise;

        Law(Options options) {
            this.noise = options.noise();
            this.radii = options.radii().stream().mapToDouble(r -> r).toArray();
            this.weights = new double[radii.length];
            double total = options.weights().stream().mapToDouble(w -> w).sum();
            for (int k = 0; k < radii.length; k++) {
                weights[k] = options.weights().isEmpty()
                        ? 1.0 / radii.length
                        : options.weights().get(k) / total;
            }
        }

        @Override
        void draw(CounterRandom random, long row, double[] out) {
            double u = random.uniform(row, 0);
            int k = 0;
            for (double mass = weights[0]; u > mass && k < radii.length - 1; mass += weights[k]) {
                k++;
            }
            double angle = 2 * Math.PI * random.uniform(row, 1);
            out[0] = radii[k] * Math.cos(angle) + noise * random.normal(row, 0);
            out[1] = radii[k] * Math.sin(angle) + noise * random.normal(row, 1);
        }

        @Override
        double logDensity(double x, double y) {
            double radius = Math.hypot(x, y);
            double variance = noise * noise;
            double[] terms = new double[radii.length];
            for (int k = 0; k < terms.length; k++) {
                double gap = radius - radii[k];
                // log I0(z) = z + log(I0(z) exp(-z)), and z completes the square.
                double z = radius * radii[k] / variance;
                terms[k] = Math.log(weights[k]) - gap * gap / (2 * variance) + Math.log(Bessel.i0Scaled(z));
            }
            return logSum(terms) - Math.log(2 * Math.PI * variance);
        }
    }
}
