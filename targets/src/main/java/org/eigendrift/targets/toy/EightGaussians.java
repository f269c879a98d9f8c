package org.eigendrift.targets.toy;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.OptionalLong;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.targets.KnownLaw;
import org.eigendrift.targets.KnownLawProvider;
import org.eigendrift.targets.mixture.GaussianMixture;

/** The equal mixture of eight Gaussians N(r (cos theta_k, sin theta_k), s^2 I), theta_k = rotation + k pi / 4. */
public final class EightGaussians extends KnownLawProvider<EightGaussians.Options> {

    /**
     * The options.
     *
     * @param rows training rows
     * @param heldout held-out rows
     * @param radius r
     * @param noise s
     * @param rotation angle of the first centre
     * @param seed seed of the rows
     */
    public record Options(
            @Option(doc = "training rows", value = "50000", min = 1)
            int rows,

            @Option(doc = "held-out rows, 0 for none", value = "10000", min = 0)
            int heldout,

            @Option(doc = "distance of the centres from the origin", value = "2", min = 0)
            double radius,

            @Option(doc = "standard deviation of each Gaussian", value = "0.15", min = 0, open = true)
            double noise,

            @Option(doc = "angle of the first centre in radians", value = "0")
            double rotation,

            @Option(doc = "seed of the rows; auto: the run's seed", value = "auto")
            OptionalLong seed)
            implements Rows {}

    /** Creates the provider. */
    public EightGaussians() {
        super(
                "eight-gaussians",
                "eight equal Gaussians on a circle, exact density and score",
                MethodHandles.lookup(),
                Options.class);
    }

    @Override
    protected KnownLaw law(Options options, RunContext context) {
        double[] weights = new double[COMPONENTS];
        double[][] means = new double[COMPONENTS][];
        double[][] scales = new double[COMPONENTS][2];
        for (int k = 0; k < COMPONENTS; k++) {
            double angle = options.rotation() + k * Math.PI / 4;
            weights[k] = 1.0 / COMPONENTS;
            means[k] = new double[] {options.radius() * Math.cos(angle), options.radius() * Math.sin(angle)};
            Arrays.fill(scales[k], options.noise());
        }
        return new GaussianMixture(weights, means, scales);
    }

    private static final int COMPONENTS = 8;
}
