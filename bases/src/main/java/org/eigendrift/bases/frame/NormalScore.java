package org.eigendrift.bases.frame;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.eigendrift.api.Domain;
import org.eigendrift.bases.marginal.PiecewiseDensity;
import org.eigendrift.bases.marginal.SmoothedMarginal;
import org.eigendrift.bases.marginal.Stretch;
import org.eigendrift.bases.marginal.TailedDensity;
import org.eigendrift.bases.numeric.Inversion;

/**
 * The increasing map z = Phi^-1(F(x)) of a column onto the line, F being the distribution function of its smoothed
 * marginal, so that images have the standard normal law; with log dz/dx = log f(x) - log phi(z).
 *
 * <p>In the upper half the mass above is counted, so that both tails are as exact as the middle. Beyond the ends of the
 * marginal's core the map is a straight line of the coordinate in which that was fitted, with the slope it has there: it
 * has a continuous, positive derivative, and the density falls like a normal one. Immutable.
 */
final class NormalScore {
    private static final double ROOT = Math.sqrt(2);
    private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private final PiecewiseDensity core;
    private final Stretch stretch;
    private final TailedDensity law;
    private final double share;
    private final double[] edges;
    private final double[] scores;
    private final double logLowerSlope;
    private final double logUpperSlope;

    /**
     * Makes the map.
     *
     * @param marginal the column's density
     */
    NormalScore(SmoothedMarginal.Fitted marginal) {
        this.core = marginal.density();
        this.stretch = marginal.stretch();
        this.law = new TailedDensity(core, new Domain.Line());
        this.share = 1 - law.lowerMass() - law.upperMass();
        int elements = core.elements();
        this.edges = new double[elements + 1];
        this.scores = new double[elements + 1];
        for (int e = 0; e <= elements; e++) {
            double w = e / (double) elements;
            edges[e] = (1 - w) * core.lower() + w * core.upper();
            scores[e] = inside(edges[e]);
        }
        this.logLowerSlope = logSlope(core.lower(), scores[0]);
        this.logUpperSlope = logSlope(core.upper(), scores[elements]);
    }

    /** The density that the map was made from. */
    PiecewiseDensity density() {
        return core;
    }

    /** The coordinate of that density. */
    Stretch stretch() {
        return stretch;
    }

    private double inside(double y) {
        double below = law.lowerMass() + share * core.distribution(y);
        if (below <= 0.5) {
            return -ROOT * InverseErfc.value(2 * below);
        }
        return ROOT * InverseErfc.value(2 * (law.upperMass() + share * core.survival(y)));
    }

    /** log dz/dy within the core. */
    private double logSlope(double y, double z) {
        return law.log(y) + 0.5 * z * z + LOG_ROOT_TWO_PI;
    }

    /**
     * The map.
     *
     * @param x a value
     * @return z
     */
    double map(double x) {
        double y = stretch.map(x);
        if (y < core.lower()) {
            return scores[0] + StrictMath.exp(logLowerSlope) * (y - core.lower());
        } else if (y > core.upper()) {
            return scores[scores.length - 1] + StrictMath.exp(logUpperSlope) * (y - core.upper());
        }
        return inside(y);
    }

    /**
     * The logarithm of the map's derivative.
     *
     * @param x a value
     * @param z its image
     * @return log dz/dx
     */
    double logDerivative(double x, double z) {
        double y = stretch.map(x);
        double inner = y < core.lower() ? logLowerSlope : y > core.upper() ? logUpperSlope : logSlope(y, z);
        return inner + stretch.logSlope(y);
    }

    /**
     * The inverse of the map.
     *
     * @param z an image
     * @return x, kept finite
     */
    double invert(double z) {
        int last = scores.length - 1;
        double y;
        if (z < scores[0]) {
            y = core.lower() + (z - scores[0]) / StrictMath.exp(logLowerSlope);
        } else if (z > scores[last]) {
            y = core.upper() + (z - scores[last]) / StrictMath.exp(logUpperSlope);
        } else {
            int found = Arrays.binarySearch(scores, z);
            int e = Math.min(last - 1, found >= 0 ? found : -found - 2);
            double guess = edges[e] + (edges[e + 1] - edges[e]) * (z - scores[e]) / (scores[e + 1] - scores[e]);
            y = Inversion.solve(z, this::inside, t -> StrictMath.exp(logSlope(t, z)), edges[e], edges[e + 1], guess);
        }
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, stretch.invert(y)));
    }
}
