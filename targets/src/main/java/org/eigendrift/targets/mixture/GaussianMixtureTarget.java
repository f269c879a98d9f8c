package org.eigendrift.targets.mixture;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.targets.KnownLaw;
import org.eigendrift.targets.KnownLawProvider;

/** A mixture of Gaussians with isotropic or diagonal covariances. */
public final class GaussianMixtureTarget extends KnownLawProvider<GaussianMixtureTarget.Options> {

    /**
     * The options.
     *
     * @param rows training rows
     * @param heldout held-out rows
     * @param weights weights of the components
     * @param means means of the components
     * @param scales standard deviations of the components
     * @param seed seed of the rows
     */
    public record Options(
            @Option(doc = "training rows", value = "50000", min = 1)
            int rows,

            @Option(doc = "held-out rows, 0 for none", value = "10000", min = 0)
            int heldout,

            @Option(
                    doc = "weights of the components, normalised; [] for equal ones",
                    value = "[]",
                    min = 0,
                    open = true)
            List<Double> weights,

            @Option(doc = "one list of coordinates a component")
            List<List<Double>> means,

            @Option(
                    doc =
                            "standard deviations: a number for all, one a component, or one list of coordinates a component",
                    value = "1",
                    min = 0,
                    open = true)
            List<List<Double>> scales,

            @Option(doc = "seed of the rows; auto: the run's seed", value = "auto")
            OptionalLong seed)
            implements Rows {}

    /** Creates the provider. */
    public GaussianMixtureTarget() {
        super(
                "gaussian-mixture",
                "mixture of Gaussians, exact density, draws and score",
                MethodHandles.lookup(),
                Options.class);
    }

    @Override
    protected KnownLaw law(Options options, RunContext context) {
        double[][] means = Components.means(options.means(), name());
        double[] weights = Components.weights(options.weights(), means.length, name());
        double[][] scales = Components.widths(options.scales(), means.length, means[0].length, name() + ": scales");
        return new GaussianMixture(weights, means, scales);
    }
}
