package org.eigendrift.bases.frame;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.eigendrift.bases.marginal.DyadicDensity;

/**
 * The increasing map z = Phi^-1(G(Phi(y))) of normal scores, G being the distribution function of a step density: scores
 * that a smooth density gives become those of that density times the steps. log dz/dy = log g + (z^2 - y^2) / 2. Beyond
 * six deviations the map is a straight line with the slope it has there. Immutable.
 */
final class Refinement {
    private static final double ROOT = Math.sqrt(2);

    /** The narrowest cell, 2^-29, holds what lies beyond. */
    private static final double END = 6;

    private final DyadicDensity steps;
    private final Side smooth;
    private final Side stepped;
    private final double[] slopes;

    /** One side of the map: probabilities below and above every edge of a cell, and the scores of those. */
    private record Side(double[] below, double[] above, double[] scores) {
        static Side of(double[] below, double[] above) {
            double[] scores = new double[below.length];
            Arrays.setAll(scores, k -> score(below[k], above[k]));
            return new Side(below, above, scores);
        }

        int cell(double score) {
            int found = Arrays.binarySearch(scores, score);
            int k = found >= 0 ? found : -found - 2;
            return Math.max(0, Math.min(scores.length - 2, k));
        }
    }

    /**
     * Makes the map.
     *
     * @param steps density of the smooth distribution function's values
     */
    Refinement(DyadicDensity steps) {
        this.steps = steps;
        int edges = steps.cells() + 1;
        double[][] tables = new double[4][edges];
        for (int k = 0; k < edges; k++) {
            tables[0][k] = steps.edge(k);
            tables[1][k] = 1 - steps.edge(k);
            tables[2][k] = steps.below(k);
            tables[3][k] = steps.above(k);
        }
        this.smooth = Side.of(tables[0], tables[1]);
        this.stepped = Side.of(tables[2], tables[3]);
        this.slopes = new double[] {logSlope(0, -END), logSlope(edges - 2, END)};
    }

    private double logSlope(int cell, double y) {
        double z = through(y, cell, smooth, stepped, steps.height(cell));
        return StrictMath.log(steps.height(cell)) + 0.5 * (z - y) * (z + y);
    }

    /** The density that the map was made from. */
    DyadicDensity steps() {
        return steps;
    }

    /** The score of the probability below; counted from above in the upper half, so that both tails are exact. */
    static double score(double below, double above) {
        return below <= above ? -ROOT * InverseErfc.value(2 * below) : ROOT * InverseErfc.value(2 * above);
    }

    /** The image of a score in a cell, whose mass changes by a factor on the way from one side to the other. */
    private static double through(double score, int cell, Side from, Side to, double factor) {
        double tail = 0.5 * Erfc.value(Math.abs(score) / ROOT);
        double lower = score <= 0 ? tail - from.below[cell] : from.above[cell] - tail;
        double upper = score <= 0 ? from.below[cell + 1] - tail : tail - from.above[cell + 1];
        double image = score(to.below[cell] + factor * lower, to.above[cell + 1] + factor * upper);
        return Math.max(to.scores[cell], Math.min(to.scores[cell + 1], image));
    }

    /**
     * The map.
     *
     * @param y a smooth score
     * @return z
     */
    double map(double y) {
        if (steps.cells() == 1) {
            return y;
        }
        double inside = Math.max(-END, Math.min(END, y));
        int cell = smooth.cell(inside);
        double z = through(inside, cell, smooth, stepped, steps.height(cell));
        return inside == y ? z : z + StrictMath.exp(slopes[y < 0 ? 0 : 1]) * (y - inside);
    }

    /**
     * The logarithm of the map's derivative.
     *
     * @param y a smooth score
     * @param z its image
     * @return log dz/dy
     */
    double logDerivative(double y, double z) {
        if (steps.cells() == 1) {
            return 0;
        } else if (Math.abs(y) > END) {
            return slopes[y < 0 ? 0 : 1];
        }
        return StrictMath.log(steps.height(smooth.cell(y))) + 0.5 * (z - y) * (z + y);
    }

    /**
     * The inverse of the map.
     *
     * @param z an image
     * @return the smooth score
     */
    double invert(double z) {
        if (steps.cells() == 1) {
            return z;
        }
        double first = map(-END);
        double last = map(END);
        if (z < first) {
            return -END + (z - first) / StrictMath.exp(slopes[0]);
        } else if (z > last) {
            return END + (z - last) / StrictMath.exp(slopes[1]);
        }
        int cell = stepped.cell(z);
        return through(z, cell, stepped, smooth, 1 / steps.height(cell));
    }
}
