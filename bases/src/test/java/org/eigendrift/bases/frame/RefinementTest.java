package org.eigendrift.bases.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.numbers.gamma.Erfc;
import org.eigendrift.bases.marginal.DyadicDensity;
import org.junit.jupiter.api.Test;

class RefinementTest {
    private static final DyadicDensity STEPS =
            DyadicDensity.restore(new double[] {0, 0.0625, 0.25, 0.5, 0.75}, new double[] {4, 0.4, 0.001, 2.299, 0.4});

    private static final Refinement MAP = new Refinement(STEPS);

    private static double normal(double y) {
        return 0.5 * Erfc.value(-y / Math.sqrt(2));
    }

    /** Phi(z) = G(Phi(y)), G by its definition, in both halves and both tails. */
    @Test
    void probabilitiesFollowTheSteps() {
        for (double y = -5.9; y < 6; y += 0.137) {
            double u = normal(y);
            double below = 0;
            for (int k = 0; k < STEPS.cells(); k++) {
                below += STEPS.height(k) * Math.max(0, Math.min(u, STEPS.edge(k + 1)) - STEPS.edge(k));
            }
            double above = STEPS.height(STEPS.cells() - 1) * normal(-y);
            double z = MAP.map(y);
            assertEquals(0, normal(z) / below - 1, 1e-13 * (1 + Math.exp(0.5 * Math.min(0, y))), "below " + y);
            if (u > 0.75) {
                assertEquals(0, normal(-z) / above - 1, 1e-12, "above " + y);
            }
        }
    }

    @Test
    void theDerivativeIsThatOfTheMap() {
        double h = 1e-4;
        for (double y : new double[] {-40, -7, -5, -2.5, -1, -0.2, 0.3, 1.2, 4, 8, 300}) {
            double difference =
                    (8 * (MAP.map(y + h) - MAP.map(y - h)) - (MAP.map(y + 2 * h) - MAP.map(y - 2 * h))) / 12;
            double log = MAP.logDerivative(y, MAP.map(y));
            // Rounding of images of size z, over the step and the slope, and the fourth power of the step.
            double rounding = 1e-15 * (1 + Math.abs(MAP.map(y))) / (h * Math.exp(log));
            assertEquals(0, Math.log(difference / h) - log, rounding + 1e-12);
        }
    }

    @Test
    void theMapIncreasesAndComesBack() {
        double last = Double.NEGATIVE_INFINITY;
        for (double y = -9; y < 9; y += 1.0 / 64) {
            double z = MAP.map(y);
            assertTrue(z > last, "at " + y);
            // Where the density is a thousandth, a score's rounding is a thousand times that of its image.
            assertEquals(y, MAP.invert(z), 2e-12 * Math.max(1, Math.abs(y)));
            last = z;
        }
    }

    /** Straight on beyond six deviations, however far. */
    @Test
    void farScoresStayFinite() {
        for (double y : new double[] {-1e12, -40, 40, 1e12}) {
            double z = MAP.map(y);
            assertTrue(Double.isFinite(z) && Double.isFinite(MAP.logDerivative(y, z)));
            assertEquals(y, MAP.invert(z), 1e-14 * Math.abs(y));
        }
    }
}
