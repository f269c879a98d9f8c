package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eigendrift.engine.law.table.ColumnFit.Averaged;
import org.junit.jupiter.api.Test;

/** Many gates where there are rows enough for their leaves, and time. */
class AveragedTest {
    @Test
    void fewRowsHaveFewGates() {
        assertEquals(Averaged.FEW, Averaged.of(1_999, 5));
        assertEquals(Averaged.MANY, Averaged.of(2_000, 5));
    }

    @Test
    void largeTablesHaveFewGates() {
        assertEquals(Averaged.MANY, Averaged.of(25_000, 10));
        assertEquals(Averaged.FEW, Averaged.of(25_001, 10));
        // More cells than an int holds.
        assertEquals(Averaged.FEW, Averaged.of(1_000_000, 5_000));
    }

    @Test
    void manyAreLessCautiousEach() {
        assertTrue(Averaged.MANY.count() > Averaged.FEW.count());
        assertTrue(Averaged.MANY.worth() < Averaged.FEW.worth());
    }
}
