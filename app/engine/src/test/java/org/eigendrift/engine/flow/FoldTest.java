package org.eigendrift.engine.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Column.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Draws folded at the ends of what was seen. */
class FoldTest {
    private static double folded(Column column, double value) {
        Points rows = Points.ofRows(new double[] {value});
        Fold.rows(List.of(column), rows);
        return rows.get(0, 0);
    }

    @ParameterizedTest
    @CsvSource({
        // Inside and at the ends nothing changes, to the last bit.
        "0, 0", "-1, -1", "3, 3", "2.9999999999999996, 2.9999999999999996",
        // As far within as it lay beyond.
        "3.5, 2.5", "-1.25, -0.75", "5, 1", "-3, 1",
        // Beyond the middle, 1, is no place for a draw that lay above all others.
        "5.0625, 3", "-3.0625, -1", "1e300, 3", "-1e300, -1"
    })
    void whatLiesBeyondIsReflected(double value, double expected) {
        assertEquals(expected, folded(Column.real("x").withObserved(new Span(-1, 3)), value));
    }

    @ParameterizedTest
    @CsvSource({
        // 10.25 is written 10, so that it stays; 10.75 is written 11, and reflected at 10.5.
        "10.25, 10.25",
        "10.75, 10.25",
        "-0.75, -0.25",
        "11.5, 9.5",
        // Half to even: 10.5 would be written 10, -0.5 is 0.
        "10.5, 10.5",
        "-0.5, -0.5"
    })
    void whatIsRoundedIsReflectedHalfAStepBeyond(double value, double expected) {
        assertEquals(expected, folded(Column.real("n").withStep(1).withObserved(new Span(0, 10)), value));
    }

    @Test
    void aTieIsWrittenWithin() {
        // 9.5 is written 10, which was not seen, and so is its image.
        assertEquals(9, folded(Column.real("n").withStep(1).withObserved(new Span(1, 9)), 9.5));
    }

    @Test
    void columnsOfWhichNothingWasSeenAndGapsStay() {
        assertEquals(-1e300, folded(Column.real("x"), -1e300));
        assertEquals(Double.NaN, folded(Column.real("x").withObserved(new Span(0, 1)), Double.NaN));
        Column half = Column.positive("x").withObserved(new Span(Double.NEGATIVE_INFINITY, 2));
        assertEquals(1, folded(half, 3));
        assertEquals(-7, folded(half, -7));
        assertEquals(1, folded(Column.real("one").withObserved(new Span(1, 1)), 4));
    }

    /** Of normal numbers folded at -1 and 2 the mean of squares by quadrature of the folded density. */
    @Test
    void theLawIsTheFoldedOne() {
        int count = 100_000;
        CounterRandom random = new CounterRandom(3);
        Points rows = Points.zeros(1, count);
        for (int n = 0; n < count; n++) {
            rows.set(0, n, random.normal(n, 0));
        }
        Fold.rows(List.of(Column.real("x").withObserved(new Span(-1, 2))), rows);
        double squares = 0;
        for (int n = 0; n < count; n++) {
            squares += rows.get(0, n) * rows.get(0, n) / count;
        }
        double expected = 0;
        double step = 1e-4;
        for (double x = -8 + step / 2; x < 8; x += step) {
            double image = x < -1 ? (x < -2.5 ? -1 : -2 - x) : x > 2 ? (x > 3.5 ? 2 : 4 - x) : x;
            expected += step * image * image * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        }
        // Squares below 4, of deviation below 0.9.
        assertEquals(expected, squares, 4 * 0.9 / Math.sqrt(count));
    }
}
