package org.eigendrift.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eigendrift.api.law.Decision;
import org.junit.jupiter.api.Test;

class GainTest {
    @Test
    void aGainHasItsStandardError() {
        Gain gain = Gain.of(new double[] {2, 4, 6}, new double[] {1, 1, 1});
        assertEquals(3, gain.mean(), 1e-15);
        // Deviations of 1, 3, 5: squares 4, 0, 4, over 3 * 2.
        assertEquals(Math.sqrt(8.0 / 6), gain.error(), 1e-15);
        assertTrue(gain.counts());
        assertFalse(new Gain(1, 1).counts());
        assertFalse(new Gain(Double.NaN, 1).counts());
    }

    /** What is impossible to one of two alone decides, whatever the other rows: it has no scatter. */
    @Test
    void whatMakesRowsPossibleIsAGain() {
        double[] possible = {0, -1, 0};
        double[] impossible = {0, Double.NEGATIVE_INFINITY, 5};
        assertTrue(Gain.of(possible, impossible).counts());
        assertFalse(Gain.of(impossible, possible).counts());
        assertFalse(Gain.of(impossible, impossible).counts());
        assertEquals("second", chosen(impossible, possible));
        assertEquals("first", chosen(possible, impossible));
        assertEquals("first", chosen(impossible, impossible));
    }

    @Test
    void aSecondLawMustGainBeyondTheScatter() {
        double[] none = {0, 0, 0, 0};
        assertEquals("second", chosen(none, new double[] {1, 1.1, 0.9, 1}));
        assertEquals("first", chosen(none, new double[] {4, -3, 3, -3}));
        assertEquals("first", chosen(none, new double[] {-1, -1, -1, -1.1}));
        assertEquals("first", chosen(none, none));
    }

    @Test
    void aDecisionHasScoresAndWords() {
        Decision decision = decide(new double[] {1, 1, 4}, new double[] {2, 4, 9});
        assertEquals("which", decision.what());
        assertEquals(2, decision.alternatives().get(0).score().orElseThrow(), 1e-15);
        assertEquals(5, decision.alternatives().get(1).score().orElseThrow(), 1e-15);
        // Gains of 1, 3, 5 again.
        assertEquals(Math.sqrt(8.0 / 6), decision.alternatives().get(1).error().orElseThrow(), 1e-15);
        assertEquals("it gains 3.00, give or take 1.15", decision.reason());
    }

    private static String chosen(double[] first, double[] second) {
        return decide(first, second).chosen();
    }

    private static Decision decide(double[] first, double[] second) {
        return Gain.decide(
                "which",
                new Gain.Scored("first", first),
                new Gain.Scored("second", second),
                "it gains %.2f, give or take %.2f");
    }
}
