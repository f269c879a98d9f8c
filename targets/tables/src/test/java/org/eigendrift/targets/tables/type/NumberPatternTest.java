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
        assertEquals("2.8713", pattern("").format(2.8713));
        for (String wrong : List.of("0x", "#0", "0.", "00", "#,#0", "0;00", "yyyy")) {
            assertEquals(Optional.empty(), NumberPattern.of(wrong), wrong);
        }
    }

    private static NumberPattern pattern(String text) {
        return NumberPattern.of(text).orElseThrow();
    }

    /** A decimal number with as many decimals as the pattern holds comes back as the same double, in every style. */
    @Property(tries = 500, seed = "20240")
    void numbersComeBack(
            @ForAll @IntRange(max = 12) int style, @ForAll int unscaled, @ForAll @IntRange(max = 6) int decimals) {
        NumberPattern pattern = new NumberPattern(NumberStyle.ALL.get(style), Math.min(1, decimals), decimals);
        // Without decimals nothing tells the mark before them.
        assertEquals(
                pattern.text(), NumberPattern.of(pattern.text()).orElseThrow().text());
        assertTrue(decimals == 0 || NumberPattern.of(pattern.text()).equals(Optional.of(pattern)), pattern.text());
        double value = BigDecimal.valueOf(unscaled, decimals).doubleValue();
        String text = pattern.format(value);
        assertTrue(pattern.style().reads(text), text);
        assertEquals(value + 0.0, pattern.style().parse(text), text);
    }

    @Property(tries = 300, seed = "20240")
    void fullPrecisionComesBack(@ForAll double value) {
        Assume.that(Double.isFinite(value));
        assertEquals(value + 0.0, Double.parseDouble(NumberPattern.SHORTEST.format(value)) + 0.0);
    }
}
