package org.eigendrift.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.junit.jupiter.api.Test;

class AssociationsTest {
    private static final Column LEVELS = Column.category("c", List.of("a", "b"));
    /** A few operations on numbers of order 1. */
    private static final double ROUNDING = 1e-14;

    private static double of(Column first, Column second, double... values) {
        return Associations.of(List.of(first, second), Points.wrap(2, values.length / 2, values))[1];
    }

    @Test
    void correlationOfNumbersIsPearsons() {
        assertEquals(0.6, of(Column.real("x"), Column.real("y"), 1, 2, 3, 4, 2, 1, 4, 3), ROUNDING);
        double gap = Double.NaN;
        Column gapped = Column.real("y").withGaps(true);
        assertEquals(0.6, of(Column.real("x"), gapped, 1, 2, 9, 3, 4, 2, 1, gap, 4, 3), ROUNDING);
    }

    /** Means 2 and 4 about 3 have the squares 4 of all 8: the root of a half. */
    @Test
    void correlationRatioByHand() {
        assertEquals(Math.sqrt(0.5), of(Column.real("x"), LEVELS, 1, 3, 3, 5, 0, 0, 1, 1), ROUNDING);
        assertEquals(Math.sqrt(0.5), of(LEVELS, Column.real("x"), 0, 0, 1, 1, 1, 3, 3, 5), ROUNDING);
    }

    /** Counts 3 and 1 over 1 and 3 where 2 are expected: chi squared is 2 of 8 rows, V the root of a quarter. */
    @Test
    void cramersVByHand() {
        assertEquals(0.5, of(LEVELS, LEVELS.withGaps(true), 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 1, 1, 1), ROUNDING);
    }

    @Test
    void constantColumnsHaveNoAssociation() {
        assertTrue(Double.isNaN(of(LEVELS, LEVELS, 0, 0, 0, 0, 1, 1)));
        assertTrue(Double.isNaN(of(Column.real("x"), LEVELS, 2, 2, 2, 0, 0, 1)));
        assertTrue(Double.isNaN(of(Column.real("x"), LEVELS, 1, 2, 3, 1, 1, 1)));
    }
}
