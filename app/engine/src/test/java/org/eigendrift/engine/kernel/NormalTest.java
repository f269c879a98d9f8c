package org.eigendrift.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    /**
     * Values of 20 digits by mpmath's ncdf with 40, at the ends and in the middle of series: relative errors are those of the first term,
     * rounded once, and of a last sum, rounded once; below -30 what the series leave out.
     */
    @Test
    void sharesBelowHaveAllDigits() {
        double[][] table = {
            {-0.0078125, 0.49688329513915741955},
            {-0.7, 0.24196365222307302862},
            {-1.234567, 0.10849584847540204525},
            {-3.3, 0.0004834241423837775071},
            {-6.0078125, 9.4021562242726517091e-10},
            {-9.99, 8.4290872004430722759e-24},
            {-12, 1.7764821120776789977e-33},
            {-20.001, 2.6989630765829913195e-89},
            {-33.3, 1.9305055059278399761e-243},
            {-36.9, 2.3105244811406175061e-298},
        };
        for (double[] row : table) {
            double relative = row[0] < -30 ? 3e-15 : 5e-16;
            assertEquals(row[1], Normal.below(row[0]), relative * row[1], "at " + row[0]);
            assertEquals(1 - row[1], Normal.below(-row[0]), 2e-16, "at " + -row[0]);
        }
        assertEquals(0.5, Normal.below(0));
        assertEquals(0.5, Normal.below(-0.0));
    }

    /** Series of neighbouring places meet half way between them. */
    @Test
    void seriesMeet() {
        for (int place = 0; place < 37 * 64; place++) {
            double x = -(place + 0.5) / 64;
            double above = Normal.below(x + Math.ulp(x));
            double below = Normal.below(x - Math.ulp(x));
            // Two steps of x change the share by the density times them; each side is off by what the table above
            // allows.
            double slope = 2 * Math.ulp(x) * Normal.density(x);
            assertEquals(above - slope, below, 7e-15 * below, "at " + x);
            assertTrue(above >= below * (1 - 1e-15));
        }
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
