package org.eigendrift.targets.mixture;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.targets.KnownLaw;
import org.eigendrift.targets.KnownLawProvider;

/** A mixture of products of von Mises laws, on a torus of any dimension. */
public final class VonMisesMixtureTarget extends KnownLawProvider<VonMisesMixtureTarget.Options> {

    /**
     * The options.
     *
     * @param rows training rows
     * @param heldout held-out rows
     * @param weights weights of the components
     * @param means means of the components
     * @param concentrations concentrations of the components
     * @param seed seed of the rows
     */
    public record Options(
            @Option(doc = "training rows", value = "20000", min = 1)
            int rows,

            @Option(doc = "held-out rows, 0 for none", value = "10000", min = 0)
            int heldout,

            @Option(
                    doc = "weights of the components, normalised; [] for equal ones",
                    value = "[]",
                    min = 0,
                    open = true)
            List<Double> weights,

            @Option(doc = "one list of angles in radians a component")
            List<List<Double>> means,

            @Option(
                    doc = "concentrations: a number for all, one a component, or one list of coordinates a component",
                    value = "4",
                    min = 0,
                    max = 1e6)
            List<List<Double>> concentrations,

            @Option(doc = "seed of the rows; auto: the run's seed", value = "auto")
            OptionalLong seed)
            implements Rows {}

    /** Creates the provider. */
    public VonMisesMixtureTarget() {
        super(
                "von-mises-mixture",
                "mixture of products of von Mises laws on the torus, exact density",
                MethodHandles.lookup(),
                Options.class);
    }

    @Override
    protected KnownLaw law(Options options, RunContext context) {
        double[][] means = Components.means(options.means(), name());
        double[] weights = Components.weights(options.weights(), means.length, name());
        double[][] concentrations =
                Components.widths(options.concentrations(), means.length, means[0].length, name() + ": concentrations");
        return new VonMisesMixture(weights, means, concentrations);
    }
}
