package org.eigendrift.targets.mixture;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.targets.KnownLaw;
import org.eigendrift.targets.KnownLawProvider;

/** A Gaussian N(m, C) with any covariance. */
public final class GaussianTarget extends KnownLawProvider<GaussianTarget.Options> {

    /**
     * The options.
     *
     * @param rows training rows
     * @param heldout held-out rows
     * @param mean m
     * @param covariance C
     * @param seed seed of the rows
     */
    public record Options(
            @Option(doc = "training rows", value = "50000", min = 1)
            int rows,

            @Option(doc = "held-out rows, 0 for none", value = "10000", min = 0)
            int heldout,

            @Option(doc = "mean, one number a coordinate; [] for zero", value = "[]")
            List<Double> mean,

            @Option(doc = "covariance, one list a row, symmetric and positive definite")
            List<List<Double>> covariance,

            @Option(doc = "seed of the rows; auto: the run's seed", value = "auto")
            OptionalLong seed)
            implements Rows {}

    /** Creates the provider. */
    public GaussianTarget() {
        super(
                "gaussian",
                "Gaussian of any covariance, exact density, draws and score",
                MethodHandles.lookup(),
                Options.class);
    }

    @Override
    protected KnownLaw law(Options options, RunContext context) {
        double[][] covariance = Components.means(options.covariance(), "gaussian: covariance");
        int dim = covariance.length;
        if (covariance[0].length != dim) {
            throw new InputException("gaussian: covariance is " + dim + " x " + covariance[0].length
                    + "; expected as many rows as columns");
        }
        for (int i = 0; i < dim; i++) {
            for (int j = 0; j < i; j++) {
                double scale = Math.abs(covariance[i][j]) + Math.abs(covariance[j][i]);
                if (Math.abs(covariance[i][j] - covariance[j][i]) > 1e-12 * scale) {
                    throw new InputException("gaussian: covariance [" + (i + 1) + ", " + (j + 1) + "] is "
                            + covariance[i][j] + " but its mirror image is " + covariance[j][i]);
                }
            }
        }
        if (!options.mean().isEmpty() && options.mean().size() != dim) {
            throw new InputException(
                    "gaussian: the mean has " + options.mean().size() + " coordinates, the covariance " + dim);
        }
        double[] mean = options.mean().isEmpty()
                ? new double[dim]
                : options.mean().stream().mapToDouble(v -> v).toArray();
        return new GaussianLaw(mean, covariance);
    }
}
