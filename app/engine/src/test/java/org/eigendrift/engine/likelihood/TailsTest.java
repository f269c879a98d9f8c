package org.eigendrift.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.engine.kernel.Normal;
import org.junit.jupiter.api.Test;

class TailsTest {
    private static final double[] WIDTHS = {0.5, 0.7, 1, 1.5, 2, 4, 8, 16};

    /** Ten rows' worth of trust in the width that was fitted, and one in all widths together. */
    private static double trust(int k) {
        return (k == 2 ? 10 : 0) + 1.0 / 8;
    }

    @Test
    void tailsAreThoseOfHeldOutRows() {
        CounterRandom random = new CounterRandom(31);
        double[] left = new double[4000];
        double[] fresh = new double[4000];
        for (int n = 0; n < 4000; n++) {
            left[n] = (random.uniform(n, 0) < 0.2 ? 4 : 1) * random.normal(n, 1);
            fresh[n] = (random.uniform(n, 2) < 0.2 ? 4 : 1) * random.normal(n, 3);
        }
        Tails tails = Tails.of(left);
        double[] buffer = new double[Tails.size()];
        double gap = 0;
        for (double e : fresh) {
            double exact = Math.log(0.8 * Normal.density(e) + 0.2 * Normal.density(e / 4) / 4);
            gap += (exact - tails.logDensity(e, buffer)) / fresh.length;
        }
        // Seven shares cost half of each over the rows, ten rows' worth of trust in normal tails less than that again;
        // four times both.
        assertTrue(Math.abs(gap) < 4 * (7 / 8000.0 + 10 / 8000.0), "off by " + gap);
        assertEquals(1, Arrays.stream(tails.shares()).sum(), 1e-12);
        assertEquals(Math.log(Normal.density(1.3)), Tails.normal().logDensity(1.3, buffer), 1e-14);
    }

    @Test
    void withoutRowsSharesAreThoseOfTheTrust() {
        double[] shares = Tails.of(new double[0]).shares();
        assertEquals(WIDTHS.length, shares.length);
        for (int k = 0; k < WIDTHS.length; k++) {
            assertEquals(trust(k) / 11, shares[k], 1e-15);
        }
    }

    /** Where expectation maximisation ends a share is what its width takes of the rows, and the trust in it, of all. */
    @Test
    void sharesAreWhatWidthsTakeOfRows() {
        CounterRandom random = new CounterRandom(5);
        double[] left = new double[60];
        Arrays.setAll(left, n -> (n % 4 == 0 ? 5 : 0.6) * random.normal(n, 0));
        double[] shares = Tails.of(left).shares();
        double[] taken = new double[WIDTHS.length];
        Arrays.setAll(taken, TailsTest::trust);
        for (double e : left) {
            double[] parts = new double[WIDTHS.length];
            Arrays.setAll(parts, k -> shares[k] * Normal.density(e / WIDTHS[k]) / WIDTHS[k]);
            double sum = Arrays.stream(parts).sum();
            for (int k = 0; k < parts.length; k++) {
                taken[k] += parts[k] / sum;
            }
            // The same sum is the density.
            assertEquals(Math.log(sum), new Tails(shares).logDensity(e, new double[WIDTHS.length]), 1e-12);
        }
        double[] expected =
                Arrays.stream(taken).map(t -> t / (left.length + 11)).toArray();
        // Two hundred steps, of which the slowest direction loses some hundredths each.
        assertArrayEquals(expected, shares, 1e-3);
    }

    @Test
    void ofANormalLawOneWidthHasAll() {
        assertArrayEquals(new double[] {0, 0, 1, 0, 0, 0, 0, 0}, Tails.normal().shares());
        assertEquals(WIDTHS.length, Tails.size());
    }
}
