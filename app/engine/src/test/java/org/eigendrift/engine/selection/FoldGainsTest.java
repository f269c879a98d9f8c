package org.eigendrift.engine.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Gains and their scatter, by hand. */
class FoldGainsTest {
    private static final double NONE = Double.NEGATIVE_INFINITY;

    private static FoldGains gains(double... nats) {
        return new FoldGains(nats);
    }

    @Test
    void theErrorIsThatOfTheMean() {
        FoldGains gains = gains(1, 2, 3, 6);
        assertEquals(3, gains.mean());
        // Squares about the mean sum to 14: sqrt(14 / 3 / 4).
        assertEquals(Math.sqrt(14.0 / 12), gains.error(), 1e-15);
        assertEquals(0, gains(5).error());
    }

    @Test
    void aGainThatOneFoldMakesDoesNotCount() {
        assertFalse(gains(1, 0, 0, 0, 0).counts(1e-3));
        assertTrue(gains(1, 1, 0, 0, 1).counts(1e-3));
        assertTrue(gains(1).counts(1e-3));
    }

    @Test
    void aGainBelowIndifferenceDoesNotCount() {
        assertFalse(gains(0.9e-3, 0.9e-3).counts(1e-3));
        assertTrue(gains(1e-3, 1e-3).counts(1e-3));
        assertFalse(gains(0, 0).counts(0));
    }

    /** Folds differ by far more than alternatives do on a fold. */
    @Test
    void differencesAreTakenFoldByFold() {
        FoldGains difference = gains(1.01, 5.01, 3.01).over(gains(1, 5, 3));
        assertEquals(0.01, difference.mean(), 1e-15);
        // Rounding of numbers up to 5 alone.
        assertEquals(0, difference.error(), 4 * Math.ulp(5.0));
        assertTrue(difference.counts(2e-5));
    }

    @Test
    void whatCannotBeHadIsWorseThanAnything() {
        FoldGains impossible = gains(1, NONE);
        assertFalse(impossible.possible());
        assertFalse(impossible.counts(1e-3));
        assertFalse(impossible.over(gains(0, 0)).counts(1e-3));
        assertFalse(impossible.over(impossible).counts(1e-3));
        assertTrue(gains(-3, -4).over(impossible).counts(1e-3));
        assertTrue(gains(-3, -4).possible());
    }
}
