package org.eigendrift.bases.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.commons.numbers.gamma.Erfc;
import org.eigendrift.api.Domain;
import org.junit.jupiter.api.Test;

/** Tails against closed forms. */
class TailedDensityTest {
    private static final PiecewiseDensity EXPONENTIAL = PiecewiseDensity.boltzmann(0, 2, new double[] {0, 1}, 8);

    /** An exponential law cut off at 2 and continued is the exponential law: slope and mass are its own. */
    @Test
    void anExponentialLawGoesOn() {
        TailedDensity law = new TailedDensity(EXPONENTIAL, new Domain.HalfLine());
        assertEquals(Math.exp(-2), law.upperMass(), 1e-15);
        assertEquals(0, law.lowerMass());
        for (double x : new double[] {0, 0.7, 2, 2.5, 30, 1e5}) {
            assertEquals(-x, law.log(x), 1e-14 * (1 + x));
            assertEquals(-1, law.logDerivative(x), 1e-13);
        }
        for (double u : new double[] {1e-9, 0.3, 1 - 1.001 * Math.exp(-2), 1 - 0.999 * Math.exp(-2), 1 - 0x1p-53}) {
            assertEquals(-Math.log1p(-u), law.quantile(u), 1e-14 / (1 - u) + 1e-14);
        }
        assertEquals(Double.NEGATIVE_INFINITY, law.log(-1e-9));
        assertEquals(Double.NEGATIVE_INFINITY, law.log(Double.POSITIVE_INFINITY));
        assertEquals(Double.NEGATIVE_INFINITY, law.log(Double.NaN));
    }

    /** Cut off at 5 by a bound, the exponential law is a truncated one. */
    @Test
    void aTailEndsAtABound() {
        TailedDensity law = new TailedDensity(EXPONENTIAL, new Domain.Interval(0, 5));
        double mass = -Math.expm1(-5);
        assertEquals((Math.exp(-2) - Math.exp(-5)) / mass, law.upperMass(), 1e-15);
        assertEquals(-4 - Math.log(mass), law.log(4), 1e-14);
        assertEquals(Double.NEGATIVE_INFINITY, law.log(5 + 1e-9));
        for (double u : new double[] {0.5, 0.9, 0.99, 1 - 0x1p-53}) {
            assertEquals(-Math.log1p(-u * mass), law.quantile(u), 1e-13);
        }
    }

    /** Where the core rises outwards, or is flat, the tail falls by one unit a core's width. */
    @Test
    void tailsAlwaysFall() {
        TailedDensity law = new TailedDensity(EXPONENTIAL, new Domain.Line());
        assertEquals(0.5, law.logDerivative(-1e-9));
        // The density at 0 is 1 / (1 - e^-2), the tail's length 2; above is e^-2 / (1 - e^-2).
        double peak = 1 / -Math.expm1(-2);
        assertEquals(2 * peak / (1 + 2 * peak + Math.exp(-2) * peak), law.lowerMass(), 1e-14);
        assertEquals(law.log(0) - 3, law.log(-6), 1e-14);
        assertEquals(-4, law.quantile(law.lowerMass() * Math.exp(-2)), 1e-13);
    }

    /** A core of nearly all of a normal law: the tails hold what Mills' ratio leaves, between 1 / s and s / (1 + s^2). */
    @Test
    void aNormalLawIsHardlyChanged() {
        PiecewiseDensity normal = PiecewiseDensity.boltzmann(-6, 6, new double[] {0, 0, 0.5}, 40);
        TailedDensity law = new TailedDensity(normal, new Domain.Line());
        double tail = 0.5 * Erfc.value(6 / Math.sqrt(2));
        assertEquals(tail, law.upperMass(), tail / 36);
        assertEquals(law.lowerMass(), law.upperMass(), 1e-22);
        assertEquals(-0.5 * Math.log(2 * Math.PI) - 18 - 6, law.log(7), 2e-9);
    }

    @Test
    void theCoreLiesWithinTheDomain() {
        assertThrows(IllegalArgumentException.class, () -> new TailedDensity(EXPONENTIAL, new Domain.Interval(0, 1)));
        assertThrows(IllegalArgumentException.class, () -> new TailedDensity(EXPONENTIAL, new Domain.Circle(10)));
    }
}
