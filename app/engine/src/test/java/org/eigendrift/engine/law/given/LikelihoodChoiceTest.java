package org.eigendrift.engine.law.given;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.likelihood.Gain;
import org.junit.jupiter.api.Test;

class LikelihoodChoiceTest {
    @Test
    void fewRowsAndManyColumnsTellNoLikelihood() {
        assertTrue(LikelihoodChoice.told(200, 32));
        assertFalse(LikelihoodChoice.told(199, 2));
        assertFalse(LikelihoodChoice.told(5_000, 33));
    }

    /** Regressions have what straight functions have, in the coordinates that they share. */
    @Test
    void curvesThatTellLittleAreNotCompared() {
        Decision decision =
                LikelihoodChoice.straight(new Gain(0.049, 0.001), false).orElseThrow();
        assertEquals("mixtures of regressions", decision.chosen());
        assertEquals(
                "curves make what is given likelier by 0.049 nats a held-out row, less than 0.05", decision.reason());
        assertTrue(LikelihoodChoice.straight(new Gain(-3, 0.001), false).isPresent());
        assertTrue(LikelihoodChoice.straight(new Gain(0.051, 0.001), false).isEmpty());
        assertTrue(LikelihoodChoice.straight(new Gain(0, 0), true).isEmpty());
        // What is not known is compared.
        assertTrue(LikelihoodChoice.straight(new Gain(Double.NaN, Double.NaN), false)
                .isEmpty());
    }

    @Test
    void ofManyHeldOutRowsSixtyFourAreCompared() {
        assertArrayEquals(IntStream.range(0, 64).map(n -> 10 * n).toArray(), LikelihoodChoice.compared(640));
        assertArrayEquals(IntStream.range(0, 7).toArray(), LikelihoodChoice.compared(7));
        // Beyond products that an int holds.
        int[] many = LikelihoodChoice.compared(2_000_000_000);
        assertEquals(63 * 31_250_000, many[63]);
        assertEquals(0, LikelihoodChoice.compared(0).length);
    }

    @Test
    void theLikelierLawIsTakenIfThatIsMoreThanScatter() {
        double[] regressions = {-1, -2, -3, -4};
        Decision likelier = LikelihoodChoice.decide(regressions, new double[] {-0.5, -1, -2.5, -3});
        assertEquals("prior times curved likelihood", likelier.chosen());
        // Gains of 1/2, 1, 1/2, 1: deviations of 1/4, squared, over 4 * 3.
        assertEquals(
                "on 4 held-out rows the likelihood gains 0.750 nats, with a standard error of 0.144",
                likelier.reason());
        assertEquals(
                "mixtures of regressions",
                LikelihoodChoice.decide(regressions, new double[] {2, -4, -1, -6})
                        .chosen());
        assertEquals(
                "mixtures of regressions",
                LikelihoodChoice.decide(
                                regressions,
                                Arrays.stream(regressions).map(v -> v - 1).toArray())
                        .chosen());
    }
}
