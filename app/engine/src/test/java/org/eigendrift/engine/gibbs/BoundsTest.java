package org.eigendrift.engine.gibbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is believed of log-densities beyond those of the rows, by hand: rows' are 0 to 199, in no order, and some are not finite. */
class BoundsTest {
    private static final Bounds BOUNDS = Bounds.of(values());

    private static double[] values() {
        double[] values = IntStream.range(0, 203).mapToDouble(n -> n * 7 % 200).toArray();
        values[200] = Double.NaN;
        values[201] = Double.NEGATIVE_INFINITY;
        values[202] = Double.POSITIVE_INFINITY;
        return values;
    }

    /** The middle is 100, the lowest twentieth ends at 10, the highest hundredth begins at 197. */
    @Test
    void boundsFollowFromTheRowsOrder() {
        assertEquals(100, BOUNDS.middle());
        assertEquals(100 - 3 * (100 - 10), BOUNDS.floor());
        assertEquals(197 + 3 + (197 - 100), BOUNDS.ceiling());
        assertSame(Bounds.NONE, Bounds.of(new double[] {Double.NaN, Double.POSITIVE_INFINITY}));
        assertEquals(new Bounds(4, 4, 7), Bounds.of(new double[] {4}));
    }

    /** Higher than any row is as strange as far from all rows: below the floor by 5 nats a step, at least one. */
    @Test
    void whatIsTooHighIsNotBelieved() {
        assertEquals(297, BOUNDS.believed(297, 0, false));
        assertEquals(-175, BOUNDS.believed(297.5, 0, false));
        assertEquals(-175, BOUNDS.believed(297.5, 1, true));
        assertEquals(-185, BOUNDS.believed(297.5, 3, false));
    }

    @Test
    void whatLiesFarFromRowsIsBelievedToBeLow() {
        assertEquals(-175, BOUNDS.believed(150, 1, false));
        assertEquals(-180, BOUNDS.believed(150, 2, true));
        assertEquals(-500, BOUNDS.believed(-500, 2, false));
        assertEquals(150, BOUNDS.believed(150, 0, false));
        assertEquals(150, BOUNDS.believed(150, -4, false));
    }

    /** Beyond the ends of the rows no more than the middle is believed. */
    @Test
    void whatLiesBeyondTheEndsIsNoBetterThanTheMiddle() {
        assertEquals(100, BOUNDS.believed(150, 0, true));
        assertEquals(60, BOUNDS.believed(60, 0, true));
    }
}
