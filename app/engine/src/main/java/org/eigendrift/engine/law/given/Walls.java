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
    /** Points by which the mass between walls is found: those of the lattice are right to about a hundredth. */
    private static final int POINTS = 1024;

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
            if (!(x[i] >= lower[i] && x[i] <= upper[i])) {
                return false;
            }
        }
        return true;
    }

    Walls of(int[] columns) {
        return new Walls(Gaussians.pick(lower, columns), Gaussians.pick(upper, columns));
    }

    /** The logarithm of the share of a mixture between the walls. */
    double logShare(Gaussians law) {
        if (none() || all(law)) {
            return 0;
        }
        Points even = even(law.dim() + 1);
        int inside = 0;
        for (int n = 0; n < POINTS; n++) {
            int point = n;
            inside += hold(law.draw(even.get(0, n), i -> Normal.quantile(even.get(i + 1, point)))) ? 1 : 0;
        }
        return Math.log((double) inside / POINTS);
    }

    private static Points even(int dim) {
        Points even = Points.zeros(dim, POINTS);
        new EvenPoints(KEY, dim).fill(0, even);
        return even;
    }

    private boolean all(Gaussians law) {
        int dim = law.dim();
        for (int k = 0; k < law.size(); k++) {
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
        }
        return true;
    }
}
