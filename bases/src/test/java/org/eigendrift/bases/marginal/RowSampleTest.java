package org.eigendrift.bases.marginal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.pass.Passes;
import org.junit.jupiter.api.Test;

class RowSampleTest {
    private static RowSample of(int rows) {
        Points points = Points.zeros(2, rows);
        for (int n = 0; n < rows; n++) {
            points.set(0, n, -n);
            points.set(1, n, 2 * n);
        }
        return RowSample.of(2).run(Passes.over(InMemory.of(points), RunContext.quiet(1)));
    }

    @Test
    void fewRowsAreAllKeptInTheirOrder() {
        RowSample sample = of(10_001);
        double[] column = sample.column(1);
        assertEquals(10_001, column.length);
        for (int n = 0; n < column.length; n++) {
            assertEquals(2 * n, column[n]);
        }
        double[] sorted = sample.sorted(0);
        assertEquals(-10_000, sorted[0]);
        assertEquals(0, sorted[10_000]);
        assertEquals(0, sample.column(0)[0]);
    }

    /** A million of 1.5 million: columns stay together, no row comes twice, and the mean is that of all rows. */
    @Test
    void manyRowsAreDrawn() {
        int rows = 1_500_000;
        RowSample sample = of(rows);
        double[] first = sample.column(0);
        double[] second = sample.column(1);
        assertEquals(1 << 20, first.length);
        for (int n = 0; n < first.length; n++) {
            assertEquals(0, 2 * first[n] + second[n]);
        }
        assertEquals(first.length, Arrays.stream(first).distinct().count());
        // Three standard deviations of the mean of so many draws without replacement.
        double deviation = rows / Math.sqrt(12.0 * first.length) * Math.sqrt(1 - first.length / (double) rows);
        assertEquals(-0.5 * rows, Arrays.stream(first).average().orElseThrow(), 3 * deviation);
        assertArrayEquals(first, of(rows).column(0));
    }
}
