package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.Test;

class GappedMomentsTest {
    private static final int ROWS = 400;
    /** Steps end when no covariance changes by 1e-4; errors shrink to a third with each. */
    private static final double SETTLED = 1e-3;

    /** y is unknown where x is large: what is known of y alone has another mean and a smaller variance. */
    private static double[][] rows() {
        CounterRandom random = new CounterRandom(5);
        double[][] out = new double[ROWS][2];
        for (int n = 0; n < ROWS; n++) {
            out[n][0] = random.normal(n, 0);
            out[n][1] = 1 + 0.8 * out[n][0] + 0.6 * random.normal(n, 2);
            if (out[n][0] > 0.6) {
                out[n][1] = Double.NaN;
            }
        }
        return out;
    }

    /** The estimate of greatest likelihood in closed form (Anderson, J. Am. Stat. Assoc. 52, 1957): by the regression of y on x. */
    @Test
    void momentsAreThoseOfGreatestLikelihood() {
        double[][] rows = rows();
        double[] all = new double[3];
        double[] known = new double[6];
        for (double[] row : rows) {
            double x = row[0];
            double y = row[1];
            double[] terms = {1, x, x * x};
            for (int i = 0; i < 3; i++) {
                all[i] += terms[i] / ROWS;
            }
            double[] both = {1, x, y, x * x, x * y, y * y};
            for (int i = 0; i < 6 && !Double.isNaN(y); i++) {
                known[i] += both[i];
            }
        }
        double count = known[0];
        double xx = known[3] / count - Math.pow(known[1] / count, 2);
        double xy = known[4] / count - known[1] / count * known[2] / count;
        double yy = known[5] / count - Math.pow(known[2] / count, 2);
        double slope = xy / xx;
        double mean = known[2] / count + slope * (all[1] - known[1] / count);
        double variance = all[2] - all[1] * all[1];
        GappedMoments moments = new GappedMoments(rows, false);
        assertEquals(all[1], moments.mean()[0], 1e-12);
        assertEquals(mean, moments.mean()[1], SETTLED);
        assertEquals(variance, moments.covariance()[0], 1e-12);
        assertEquals(slope * variance, moments.covariance()[2], SETTLED);
        assertEquals(moments.covariance()[2], moments.covariance()[1], 0);
        assertEquals(yy - slope * xy + slope * slope * variance, moments.covariance()[3], SETTLED);
        for (double[] row : rows) {
            if (row[0] > 0.6) {
                assertEquals(mean + slope * (row[0] - all[1]), row[1], 3 * SETTLED);
            }
        }
    }

    @Test
    void withoutGapsTheyAreThoseOfTheRows() {
        double[][] rows = {{1, 2}, {3, -1}, {-2, 2}};
        GappedMoments own = new GappedMoments(rows, false);
        assertEquals(2 / 3.0, own.mean()[0], 1e-15);
        assertEquals(14 / 3.0 - 4 / 9.0, own.covariance()[0], 1e-14);
        assertEquals(-5 / 3.0 - 2 / 3.0, own.covariance()[1], 1e-14);
        assertEquals(-5 / 3.0, new GappedMoments(rows, true).covariance()[2], 1e-14);
    }
}
