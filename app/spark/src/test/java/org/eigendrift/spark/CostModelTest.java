package org.eigendrift.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CostModelTest {
    private static final CostModel MILLION = new CostModel(1_000_000, 20, 5, true, 2);

    /**
     * Measured of a million rows of twenty columns (docs/spark.md): processor seconds of tasks 6.4 for sort and blocks, 15.2 to the
     * candidates, 27.8 for the moments, 167 MB of rows shuffled, 225 functions of 2,396. Each is one run's: within a tenth.
     */
    @Test
    void itGivesWhatItWasMeasuredBy() {
        assertEquals(6.4, 2 * MILLION.sortSeconds(), 0.64);
        assertEquals(15.2, 2 * MILLION.candidateSeconds(), 1.52);
        assertEquals(27.8, 2 * MILLION.momentSeconds(), 2.78);
        assertEquals(167e6, MILLION.shuffledRows(), 17e6);
        assertEquals(2396, MILLION.candidates(), 240);
        assertEquals(225, MILLION.functions(), 22);
    }

    @Test
    void workGrowsWithRowsAndIsSharedByTasksAndMemoryDoesNotGrow() {
        CostModel more = new CostModel(1_000_000_000, 20, 5, true, 2000);
        assertEquals(MILLION.seconds(), more.seconds(), 1e-9 * MILLION.seconds());
        assertEquals(MILLION.driverMemory(), more.driverMemory());
        assertEquals(MILLION.summaries(), more.summaries());
        assertEquals(1000 * MILLION.shuffledRows(), more.shuffledRows());
        CostModel alone = new CostModel(1_000_000, 20, 5, false, 2);
        assertEquals(100, alone.candidates());
        assertTrue(alone.seconds() < MILLION.seconds() / 2);
    }

    @Test
    void itIsToldInLines() {
        assertEquals(
                "shuffled: 168 MB of rows, once; 4.16 MB of summaries for each task",
                MILLION.lines(true).get(2));
        assertTrue(MILLION.lines(true).get(5).startsWith("before that the driver compares models on 100,000 rows"));
        assertFalse(String.join("", MILLION.lines(false)).contains("compares"));
    }
}
