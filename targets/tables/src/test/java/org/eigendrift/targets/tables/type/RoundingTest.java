package org.eigendrift.targets.tables.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.eigendrift.api.data.Column;
import org.junit.jupiter.api.Test;

class RoundingTest {

    @Test
    void roundedNumbersStayNumbersOfTheirColumn() {
        assertEquals("0.1", text(0.04, 1, Column.positive("x")));
        assertEquals("0.1", text(1e-300, 1, Column.positive("x")));
        assertEquals("0.0", text(0.04, 1, Column.nonNegative("x")));
        assertEquals("0.98", text(0.9871, 2, Column.bounded("x", 0, 0.985)));
        assertEquals("-0.4", text(-0.4501, 1, Column.bounded("x", -0.45, 2)));
        assertEquals("0.0", text(359.97, 1, Column.angle("x", 0, 360)));
        assertEquals("-180.0", text(179.96, 1, Column.angle("x", -180, 180)));
        assertEquals("3.141", text(3.1415, 3, Column.angle("x", -Math.PI, Math.PI)));
        assertEquals("6.28", text(6.2831, 2, Column.angle("x", 0, 2 * Math.PI)));
        // Between neighbours that are both outside: the nearer, which a reader refuses with the bounds.
        assertEquals("0.1", text(0.06, 1, Column.bounded("x", 0.02, 0.08)));
    }

    /** Within bounds that have the decimals themselves, by rounding in whole numbers. */
    @Property
    void theNearestWithinTheBounds(
            @ForAll @DoubleRange(min = -3.2, max = 4.1) double value,
            @ForAll @IntRange(min = 1, max = 6) int decimals) {
        BigDecimal rounded = Rounding.of(value, decimals, Column.bounded("x", -3.2, 4.1));
        double unit = Math.pow(10, decimals);
        // Half a unit, and what a double of this size is off by.
        assertEquals(value, rounded.doubleValue(), 0.5 / unit + 1e-14);
        assertTrue(rounded.doubleValue() >= -3.2 && rounded.doubleValue() <= 4.1, rounded.toString());
        assertEquals(decimals, rounded.scale());
    }

    @Test
    void stepsOfAColumnAreItsDecimals() {
        assertEquals(0.04, Rounding.of(0.0351, Column.real("x").withStep(0.01)));
        assertEquals(0.1, Rounding.of(0.04, Column.positive("x").withStep(0.1)));
        assertEquals(0.0, Rounding.of(359.97, Column.angle("x", 0, 360).withStep(0.1)));
        assertEquals(
                10, Rounding.of(Math.nextDown(10), Column.bounded("x", 0, 10).withStep(1)));
        assertEquals(1, Rounding.of(1.4, Column.integer("x", 0, 10)));
        assertEquals(1.4, Rounding.of(1.4, Column.real("x")));
        assertEquals(1.4, Rounding.of(1.4, Column.ordered("x", List.of("a", "b", "c"))));
        assertEquals(Double.NaN, Rounding.of(Double.NaN, Column.real("x").withStep(0.1)));
    }

    private static String text(double value, int decimals, Column column) {
        return Rounding.of(value, decimals, column).toPlainString();
    }
}
