package org.eigendrift.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eigendrift.api.data.Column;
import org.junit.jupiter.api.Test;

class DrawnNumbersTest {
    /** Of evenly spread draws the last digits of sums of two numbers below 1,000. */
    private static final double DIGITS = 1e-12;

    private static final Column DEGREES = Column.angle("direction", 0, 360);

    /** From -40 to 40 degrees, written from 0 to 360. */
    private static double[] northern() {
        return IntStream.rangeClosed(-40, 40)
                .mapToDouble(k -> k < 0 ? k + 360 : k)
                .toArray();
    }

    @Test
    void quantilesOfAnglesDoNotDependOnWhereTheTurnBegins() {
        DrawnNumbers north = new DrawnNumbers(DEGREES, northern());
        // Of 81 draws the quantile lies at 82 p - 1 from the first.
        assertEquals(360 - 40 + 82 * 0.05 - 1, north.quantile(0.05), DIGITS * 360);
        assertEquals(-40 + 82 * 0.95 - 1, north.quantile(0.95), DIGITS * 360);
        assertEquals(0, Math.IEEEremainder(north.quantile(0.5), 360), DIGITS * 360);
        double[] east = Arrays.stream(northern()).map(v -> (v + 90) % 360).toArray();
        assertEquals(
                Math.IEEEremainder(north.quantile(0.25) + 90, 360),
                new DrawnNumbers(DEGREES, east).quantile(0.25),
                DIGITS * 360);
    }

    @Test
    void anglesAreWithinAndApartTheShorterWayRound() {
        DrawnNumbers north = new DrawnNumbers(DEGREES, northern());
        assertTrue(north.within(355, 0.05, 0.95) && north.within(5, 0.05, 0.95));
        assertFalse(north.within(180, 0.05, 0.95) || north.within(321, 0.05, 0.95) || north.within(39, 0.05, 0.95));
        assertEquals(4, north.apart(3, 359), DIGITS * 360);
        assertEquals(-4, north.apart(359, 3), DIGITS * 360);
    }

    /** Where no two draws are half a turn apart, and the value not either, it is that of numbers. */
    @Test
    void scoresOfAnglesAreThoseOfNumbersWithinHalfATurn() {
        double[] numbers = IntStream.rangeClosed(-40, 40).mapToDouble(k -> k).toArray();
        DrawnNumbers north = new DrawnNumbers(DEGREES, northern());
        assertEquals(DrawnNumbers.crps(numbers, 12), north.crps(12), 1e-9);
        assertEquals(DrawnNumbers.crps(numbers, -30), north.crps(330), 1e-9);
    }

    /** Ends of an interval of no width are the value but for the last digits of a sum. */
    @Test
    void lastDigitsOfSumsAreNotOutside() {
        double[] same = new double[100];
        Arrays.fill(same, 0.1 + 0.2);
        assertTrue(new DrawnNumbers(Column.real("total"), same).within(0.3, 0.05, 0.95));
        assertFalse(new DrawnNumbers(Column.real("total").withStep(0.01), same).within(0.31, 0.05, 0.95));
    }
}
