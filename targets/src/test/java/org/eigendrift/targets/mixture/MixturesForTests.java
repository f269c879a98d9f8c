package org.eigendrift.targets.mixture;

import org.eigendrift.targets.KnownLaw;

/** Laws of this package for tests of others. */
public final class MixturesForTests {
    private MixturesForTests() {}

    public static KnownLaw gaussian(double[] mean, double[][] covariance) {
        return new GaussianLaw(mean, covariance);
    }

    public static KnownLaw mixture(double[] weights, double[][] means, double[][] scales) {
        return new GaussianMixture(weights, means, scales);
    }
}
