package org.eigendrift.targets.tables.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NumberPatternTest {

    @Test
    void usualPatterns() {
        assertEquals("1,234,567.50", pattern("#,##0.00").format(1_234_567.5));
        assertEquals("-1.234,5", pattern("#.##0,0##").format(-1234.5));
        assertEquals("999", pattern("#,##0").format(999));
        assertEquals("0.1", pattern("0.0##").format(0.1));
        assertEquals("2", pattern("0.##").format(2.0));
        assertEquals("0.00", pattern("0.00").format(-0.001), "no negative zero");
        assertEquals("3", pattern("0").format(2.8713));
        assertEquals("-$1,234.50", pattern("$#,##0.00").format(-1234.5));
        assertEquals("0,0 %", pattern("0,0 %").format(-0.01));
        assertEquals("2.8713", pattern("").format(2.8713));
        for (String wrong : List.of("0x", "#0", "0.", "00", "#,#0", "0;00", "yyyy", "0%%", "%", "$", "0.0 kg")) {
            assertEquals(Optional.empty(), NumberPattern.of(wrong), wrong);
        }
    }

    /** Decimals are those that were meant, not what the arithmetic of doubles left over; a format's zeros are. */
    @Test
    void digitsLeftOverByArithmeticAreNoDecimals() {
        assertEquals(1, NumberStyle.PLAIN.decimals(Double.toString(0.1 + 0.2)));
        assertEquals(2, NumberStyle.PLAIN.decimals("203.67000000000002"));
        assertEquals(2, NumberStyle.PLAIN.decimals("-20366.989999999998"));
        assertEquals(2, new NumberStyle(',', '.').decimals("1.203,6700000000002"));
        assertEquals(0, NumberStyle.PLAIN.decimals("2.9999999999999996"));
        assertEquals(16, NumberStyle.PLAIN.decimals(Double.toString(2.0 / 3)));
        assertEquals(15, NumberStyle.PLAIN.decimals(Double.toString(Math.PI)));
        assertEquals(10, NumberStyle.PLAIN.decimals("123456.6000000000"));
        assertEquals(0, NumberStyle.PLAIN.decimals("12345678901234567"));
        assertEquals(1, NumberStyle.PLAIN.decimals("9".repeat(400) + ".5"));
        NumberDetector numbers = new NumberDetector(Optional.empty(), (all, seen) -> Optional.empty());
        List.of("12.50", "203.67000000000002", "0.99").forEach(numbers::add);
        assertEquals("0.00", numbers.pattern().text());
    }

    private static NumberPattern pattern(String text) {
        return NumberPattern.of(text).orElseThrow();
    }

    private static final List<NumberUnit> UNITS = List.of(
            NumberUnit.NONE,
            new NumberUnit("", "%"),
            new NumberUnit("", "\u202f\u20ac"),
            new NumberUnit("A$", ""),
            new NumberUnit("USD ", ""));

    /** A decimal number with as many decimals as the pattern holds comes back as the same double, in every style and unit. */
    @Property(tries = 500, seed = "20240")
    void numbersComeBack(
            @ForAll @IntRange(max = 12) int style,
            @ForAll @IntRange(max = 4) int unit,
            @ForAll int unscaled,
            @ForAll @IntRange(max = 6) int decimals) {
        NumberPattern pattern =
                new NumberPattern(UNITS.get(unit), NumberStyle.ALL.get(style), Math.min(1, decimals), decimals);
        // Without decimals nothing tells the mark before them.
        assertEquals(
                pattern.text(), NumberPattern.of(pattern.text()).orElseThrow().text());
        assertTrue(decimals == 0 || NumberPattern.of(pattern.text()).equals(Optional.of(pattern)), pattern.text());
        double value = BigDecimal.valueOf(unscaled, decimals).doubleValue();
        String text = pattern.format(value);
        assertEquals(value + 0.0, pattern.parse(text), text);
    }

    @Property(tries = 300, seed = "20240")
    void fullPrecisionComesBack(@ForAll double value) {
        Assume.that(Double.isFinite(value));
        assertEquals(value + 0.0, Double.parseDouble(NumberPattern.SHORTEST.format(value)) + 0.0);
    }
}
