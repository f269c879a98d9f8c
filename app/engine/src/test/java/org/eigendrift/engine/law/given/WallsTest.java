package org.eigendrift.engine.law.given;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.eigendrift.engine.kernel.Normal;
import org.junit.jupiter.api.Test;

class WallsTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @Test
    void theShareOfIndependentColumnsIsTheProductOfTheirs() {
        Gaussians law = new Gaussians(
                new double[] {0}, new double[][] {{0.3, -1, 2}}, new double[][] {{0.5, 0, 0, 0, 2, 0, 0, 0, 0.1}});
        Walls walls = new Walls(new double[] {0, -INFINITY, 2.5}, new double[] {1, 0, INFINITY});
        double exact = (Normal.below(1.4) - Normal.below(-0.6)) * Normal.below(0.5) * Normal.below(-5);
        // Every point gives the same; a few roundings.
        assertEquals(Math.log(exact), walls.logShare(law), 1e-13);
    }

    /** Correlated columns and two normal laws, by the integral over the first of the second's share given it. */
    @Test
    void theShareOfCorrelatedColumnsIsItsIntegral() {
        double[][] means = {{0.8, -0.4}, {-2, 0.5}};
        double[][] factors = {{0.6, 0, 0.7, 0.3}, {1, 0, -0.5, 0.8}};
        Gaussians law = new Gaussians(new double[] {Math.log(1.2), Math.log(0.4)}, means, factors);
        Walls walls = new Walls(new double[] {-1, -1}, new double[] {1, 1});
        double exact = 0;
        int cells = 20_000;
        for (int k = 0; k < 2; k++) {
            double weight = k == 0 ? 0.75 : 0.25;
            for (int n = 0; n < cells; n++) {
                double x = -1 + (n + 0.5) * 2 / cells;
                double z = (x - means[k][0]) / factors[k][0];
                double centre = means[k][1] + factors[k][2] * z;
                double inside =
                        Normal.below((1 - centre) / factors[k][3]) - Normal.below((-1 - centre) / factors[k][3]);
                exact += weight * Normal.density(z) / factors[k][0] * inside * 2 / cells;
            }
        }
        // A lattice of 256 points is right to some 1 / 256 of what varies, and rough ones to some 1 / 16.
        assertEquals(Math.log(exact), walls.logShare(law), 0.01);
        assertEquals(Math.log(exact), walls.roughLogShare(law), 0.1);
    }

    @Test
    void withoutWallsAllIsWithin() {
        Gaussians law = new Gaussians(new double[] {0.7}, new double[][] {{0}}, new double[][] {{1}});
        assertEquals(0, new Walls(new double[] {-INFINITY}, new double[] {INFINITY}).logShare(law));
        // Far from a wall what lies beyond is less than a rounding.
        assertEquals(0, new Walls(new double[] {-10}, new double[] {INFINITY}).logShare(law));
        assertEquals(Double.NEGATIVE_INFINITY, new Walls(new double[] {50}, new double[] {INFINITY}).logShare(law));
    }
}
