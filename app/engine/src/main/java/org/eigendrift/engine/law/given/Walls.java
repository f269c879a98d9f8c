package org.eigendrift.engine.law.given;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.engine.kernel.EvenPoints;
import org.eigendrift.engine.kernel.Normal;

/**
 * The bounds of columns, beyond which normal laws are cut off.
 *
 * @param lower of each column, perhaps negative infinity; shared
 * @param upper of each column, perhaps infinity; shared
 */
record Walls(double[] lower, double[] upper) {
    /** Points by which the share between walls is found. */
    private static final int POINTS = 256;

    private static final int ROUGH_POINTS = 16;

    /** A normal law of less weight counts as between the walls. */
    private static final double NEGLIGIBLE = 1e-7;

    private static final double BELOW_ONE = Math.nextDown(1.0);

    /** The same points for every law, so that its density depends on it alone. */
    private static final CounterRandom KEY = new CounterRandom(0x57A115);

    /** Deviations within which all of a normal law is, to 1e-9 of it. */
    private static final double ALL = 6;

    static Walls of(List<Column> columns) {
        return new Walls(
                columns.stream().mapToDouble(Column::lower).toArray(),
                columns.stream().mapToDouble(Column::upper).toArray());
    }

    boolean none() {
        return Arrays.stream(lower).allMatch(v -> v == Double.NEGATIVE_INFINITY)
                && Arrays.stream(upper).allMatch(v -> v == Double.POSITIVE_INFINITY);
    }

    boolean hold(double[] x) {
        for (int i = 0; i < x.length; i++) {
            if (!(x[i] >= lower[i] && x[i] <= upper[i] && Double.isFinite(x[i]))) {
                return false;
            }
        }
        return true;
    }

    Walls of(int[] columns) {
        return new Walls(Gaussians.pick(lower, columns), Gaussians.pick(upper, columns));
    }

    /** Walls of coordinates. */
    Walls in(Coordinates coordinates) {
        double[] low = new double[lower.length];
        double[] high = new double[upper.length];
        for (int i = 0; i < low.length; i++) {
            // A logarithm has no lower wall where the column itself may be 0 or less.
            low[i] = coordinates.to(
                    i, coordinates.bends().get(i).shape() == Bend.Shape.LOGARITHM ? Math.max(0, lower[i]) : lower[i]);
            high[i] = coordinates.to(i, upper[i]);
        }
        return new Walls(low, high);
    }

    Walls in(Scaling units) {
        return new Walls(units.to(lower), units.to(upper));
    }

    /** What lies between both. */
    Walls and(double[] otherLower, double[] otherUpper) {
        double[] low = new double[lower.length];
        double[] high = new double[upper.length];
        Arrays.setAll(low, i -> Math.max(lower[i], otherLower[i]));
        Arrays.setAll(high, i -> Math.min(upper[i], otherUpper[i]));
        return new Walls(low, high);
    }

    /** The logarithm of the share of a mixture between the walls. */
    double logShare(Gaussians law) {
        return logShare(law, POINTS);
    }

    /** The same by fewer points: right to some hundredths, for comparisons over many rows. */
    double roughLogShare(Gaussians law) {
        return logShare(law, ROUGH_POINTS);
    }

    private double logShare(Gaussians law, int points) {
        int last = last();
        if (last < 0) {
            return 0;
        }
        Points even = Points.zeros(last + 1, points);
        new EvenPoints(KEY, last + 1).fill(0, even);
        double total = law.logMass();
        double sum = 0;
        for (int k = 0; k < law.size(); k++) {
            double weight = Math.exp(law.logWeights()[k] - total);
            if (weight > NEGLIGIBLE) {
                sum += weight * (all(law, k) ? 1 : share(law.means()[k], law.factors()[k], last, even));
            } else {
                sum += weight;
            }
        }
        return Math.log(Math.min(1, sum));
    }

    private int last() {
        int last = lower.length - 1;
        while (last >= 0 && lower[last] == Double.NEGATIVE_INFINITY && upper[last] == Double.POSITIVE_INFINITY) {
            last--;
        }
        return last;
    }

    /**
     * The share of a normal law: one coordinate after another, each drawn between its walls given the former, which weigh what lies between
     * these (Genz, J. Comput. Graph. Stat. 1, 1992). Exact where only one coordinate, or independent ones, have walls.
     */
    private double share(double[] mean, double[] factor, int last, Points even) {
        int dim = mean.length;
        double sum = 0;
        double[] z = new double[last + 1];
        for (int n = 0; n < even.size(); n++) {
            double share = 1;
            for (int i = 0; i <= last && share > 0; i++) {
                double centre = mean[i];
                for (int j = 0; j < i; j++) {
                    centre += factor[i * dim + j] * z[j];
                }
                double low = (lower[i] - centre) / factor[i * dim + i];
                double high = (upper[i] - centre) / factor[i * dim + i];
                // The tails are exact below 0.
                boolean turned = low > 0;
                double from = Normal.below(turned ? -high : low);
                double part = Normal.below(turned ? -low : high) - from;
                share *= part;
                if (i < last && share > 0) {
                    double below = Normal.quantile(Math.min(from + even.get(i, n) * part, BELOW_ONE));
                    z[i] = turned ? -below : below;
                }
            }
            sum += share;
        }
        return sum / even.size();
    }

    private boolean all(Gaussians law, int k) {
        int dim = law.dim();
        for (int i = 0; i < dim; i++) {
            double variance = 0;
            for (int j = 0; j <= i; j++) {
                variance += law.factors()[k][i * dim + j] * law.factors()[k][i * dim + j];
            }
            double reach = ALL * Math.sqrt(variance);
            if (law.means()[k][i] - reach < lower[i] || law.means()[k][i] + reach > upper[i]) {
                return false;
            }
        }
        return true;
    }
}
