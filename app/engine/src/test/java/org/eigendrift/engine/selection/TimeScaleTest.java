package org.eigendrift.engine.selection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of a grid are never left, and are as coarse where choices are made as times that are free. */
class TimeScaleTest {
    @ParameterizedTest
    @ValueSource(ints = {3, 8, 12, 41, 300})
    void timesOfAGridAreChosenAmongThem(int count) {
        TimeGrid grid = TimeScale.grid(6, 0.002, OptionalInt.of(count));
        double[] times = grid.times();
        assertEquals(count, times.length);
        TimeScale scale = TimeScale.of(grid);
        TimeGrid coarse = scale.coarse();
        assertEquals(6, coarse.first());
        assertEquals(0.002, coarse.last());
        // ln(6 / 0.002) = 8.006 factors e, each of 2/3 to 3/2 coarse steps, but for a rest; no step below the grid's.
        assertTrue(coarse.steps() <= 13 && coarse.steps() >= Math.min(5, count - 1), coarse.steps() + " steps");
        for (double t : coarse.times()) {
            int at = Arrays.stream(times).boxed().toList().indexOf(t);
            assertTrue(at >= 0);
            if (at > 0) {
                assertArrayEquals(Arrays.copyOf(times, at + 1), scale.until(t).times());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 50})
    void freeTimesEndWhereTheyAreChosen(int count) {
        TimeScale scale = TimeScale.any(6, 0.002, OptionalInt.of(count));
        double last = scale.coarse().time(3);
        assertEquals(count, scale.until(last).times().length);
        assertEquals(last, scale.until(last).last());
        assertEquals(
                41, TimeScale.any(6, 0.002, OptionalInt.empty()).until(0.002).times().length);
    }

    /** A step for each factor e: 8.006 of them from 0.002 to 6; four at least. */
    @Test
    void freeTimesAreSearchedAtOneForEachFactorE() {
        TimeGrid coarse = TimeScale.any(6, 0.002, OptionalInt.empty()).coarse();
        assertEquals(9, coarse.steps());
        assertEquals(6, coarse.first());
        assertEquals(0.002, coarse.last());
        assertEquals(4, TimeScale.any(6, 3, OptionalInt.empty()).coarse().steps());
        assertEquals(12, TimeScale.grid(6, 3, OptionalInt.empty()).times().length);
    }

    /** Fifteen steps over three factors e: one in five. */
    @Test
    void timesOfAGridAreSearchedAtOneForEachFactorE() {
        TimeGrid grid = TimeGrid.geometric(1, Math.exp(-3), 15);
        double[] coarse = TimeScale.of(grid).coarse().times();
        assertArrayEquals(new double[] {1, Math.exp(-1), Math.exp(-2), Math.exp(-3)}, coarse, 1e-12);
    }

    /** Cosine functions have the rates k^2, relative to the slowest: of degree 5 in two coordinates 50 at most. */
    @Test
    void aBasisResolvesNothingBelowAPartOfItsShortestTime() {
        ProductBasis basis = Families.complete(Families.coordinates(List.of("cosine", "cosine"), 5), 2);
        assertEquals(0.03 / 50, TimeScale.resolution(basis), 1e-12);
    }
}
