package org.eigendrift.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The standard normal law against tables and itself. */
class NormalTest {
    /** Abramowitz and Stegun, table 26.5: the 97.5 per cent point to ten digits. */
    @Test
    void quantilesAreThoseOfTheTable() {
        assertEquals(1.959963985, Normal.quantile(0.975), 5e-10);
        assertEquals(-1.959963985, Normal.quantile(0.025), 5e-10);
        assertEquals(0, Normal.quantile(0.5), 1e-16);
    }

    @Test
    void quantilesInvertTheShareBelow() {
        for (double x = -8; x <= 8; x += 0.25) {
            // Of shares near 1 rounding is that of 1 over the density; below, it is relative.
            double rounding = 4e-16 * Math.max(1, Normal.below(x) / Normal.density(x)) * (1 + Math.abs(x));
            assertEquals(x, Normal.quantile(Normal.below(x)), 4 * rounding + 1e-14);
        }
        assertEquals(0, Normal.below(Double.NEGATIVE_INFINITY));
        assertEquals(1, Normal.below(Double.POSITIVE_INFINITY));
    }

    /** Its slope by differences, off by h^2 / 6 times the third derivative, at most 0.8. */
    @Test
    void theDensityIsTheSlopeOfTheShareBelow() {
        double h = 1e-4;
        for (double x = -4; x <= 4; x += 0.5) {
            double slope = (Normal.below(x + h) - Normal.below(x - h)) / (2 * h);
            assertEquals(slope, Normal.density(x), 2e-9);
        }
        assertEquals(0.3989422804014327, Normal.density(0), 1e-16);
    }
}
