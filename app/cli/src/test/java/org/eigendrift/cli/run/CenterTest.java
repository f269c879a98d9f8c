package org.eigendrift.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.eigendrift.api.data.Column;
import org.junit.jupiter.api.Test;

class CenterTest {
    private static final int DRAWS = 400;

    private static double[] draws(IntToDoubleFunction of) {
        return IntStream.range(0, DRAWS).mapToDouble(of::applyAsDouble).toArray();
    }

    /** The quantiles of a triangle over (0, 1) with its peak at 0.3. */
    private static double triangle(int n) {
        double p = (n + 0.5) / DRAWS;
        return p < 0.3 ? Math.sqrt(0.3 * p) : 1 - Math.sqrt(0.7 * (1 - p));
    }

    @Test
    void theModeOfNumbersThatHardlyRepeatIsWhereTheyLieClosest() {
        Column real = Column.real("x");
        // Every half that is densest has the peak in it, and the last numbers lie 1 / 800 apart: some of these.
        assertEquals(0.3, Center.MODE.of(real, draws(CenterTest::triangle)), 0.01);
        // The order of draws says nothing.
        assertEquals(0.3, Center.MODE.of(real, draws(n -> triangle(DRAWS - 1 - n))), 0.01);
        // Two of four hundred that meet by their decimals are no value of their own.
        assertEquals(0.3, Center.MODE.of(real, draws(n -> n < 2 ? 0.9 : triangle(n))), 0.01);
        // Forty are.
        assertEquals(0.9, Center.MODE.of(real, draws(n -> n % 10 == 0 ? 0.9 : triangle(n))));
        assertEquals(7, Center.MODE.of(real, new double[] {7}));
        assertEquals(1, Center.MODE.of(real, new double[] {4, 1, 1}));
    }

    @Test
    void theModeOfLevelsIsTheMostFrequent() {
        Column level = Column.category("kind", List.of("a", "b", "c"));
        assertEquals(2, Center.MODE.of(level, new double[] {0, 2, 1, 2, 0, 2}));
        assertEquals(0, Center.MODE.of(level, new double[] {2, 0, 2, 0}));
    }
}
