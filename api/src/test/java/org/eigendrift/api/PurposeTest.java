package org.eigendrift.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class PurposeTest {
    @Test
    void noTwoPurposesShareANumber() {
        Purpose[] ascending = Purpose.values();
        Arrays.sort(ascending, Comparator.comparingLong(Purpose::number));
        for (int p = 1; p < ascending.length; p++) {
            assertTrue(
                    ascending[p - 1].number() + ascending[p - 1].width() <= ascending[p].number(),
                    ascending[p - 1] + " and " + ascending[p]);
        }
    }

    /** Numbers that seeds of earlier builds stand for. */
    @Test
    void numbersStay() {
        assertEquals(1, Purpose.PRIOR.number());
        assertEquals(2, Purpose.NOISE.number());
        assertEquals("RidgeRule".hashCode(), Purpose.RIDGE_SIGNS.number());
        assertEquals(0x7461_7267_0000L, Purpose.TRAIN_ROWS.number());
        assertEquals(0x7461_7267_0006L, Purpose.FILL.number());
    }

    @Test
    void aContextDerivesByTheNumber() {
        RunContext run = RunContext.quiet(7);
        long expected = new CounterRandom(7).derive(0x1003).bits(5, 6);
        assertEquals(expected, run.random(Purpose.CHART, 3).bits(5, 6));
        assertThrows(IllegalArgumentException.class, () -> run.random(Purpose.PRIOR, 1));
    }
}
