package org.eigendrift.api.pass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.junit.jupiter.api.Test;

class InOrderTest {
    /** Sums of one column; of a block of one row, that row. */
    private static final InOrder SUM = new InOrder() {
        @Override
        public double[] none() {
            return new double[1];
        }

        @Override
        public double[] of(Points rows, long first) {
            return rows.row(0);
        }

        @Override
        public void fold(double[] before, double[] after) {
            before[0] += after[0];
        }
    };

    private static final int BLOCKS = 53;

    /** Of sizes from 1e-8 to 1e8, so that their sum depends on the order in which they are added. */
    private static Points block(long number) {
        CounterRandom random = new CounterRandom(5);
        double value = Math.pow(10, 16 * random.uniform(number, 0) - 8) * random.normal(number, 1);
        return Points.wrap(1, 1, new double[] {value});
    }

    private static void add(InOrder.Folded into, long number) {
        SUM.add(into, block(number), number * Summary.BLOCK);
    }

    /** By recursion over halves: what the binary places of blocks say, without carrying. */
    private static double expected(long from, long length, long end) {
        if (from + length <= end) {
            return length == 1
                    ? block(from).get(0, 0)
                    : expected(from, length / 2, end) + expected(from + length / 2, length / 2, end);
        }
        return Double.NaN;
    }

    private static double expected() {
        double sum = 0;
        long from = 0;
        for (long length = 1L << 20; length > 0; length /= 2) {
            if (from + length <= BLOCKS) {
                sum += expected(from, length, BLOCKS);
                from += length;
            }
        }
        return sum;
    }

    @Test
    void theBitsAreThoseOfPairsByPlaceHoweverBlocksWereSpread() {
        CounterRandom random = new CounterRandom(9);
        for (int trial = 0; trial < 50; trial++) {
            int machines = 1 + trial % 7;
            List<Long> order = new ArrayList<>();
            for (long b = 0; b < BLOCKS; b++) {
                order.add(b);
            }
            for (int b = BLOCKS - 1; b > 0; b--) {
                Collections.swap(order, b, (int) (random.uniform(trial, b) * (b + 1)));
            }
            List<InOrder.Folded> parts = new ArrayList<>();
            for (int m = 0; m < machines; m++) {
                parts.add(SUM.zero());
            }
            for (int at = 0; at < BLOCKS; at++) {
                add(parts.get((int) (random.uniform(trial, 100 + at) * machines)), order.get(at));
            }
            InOrder.Folded all = SUM.zero();
            parts.forEach(part -> SUM.merge(all, SUM.read(SUM.write(part))));
            assertArrayEquals(new double[] {expected()}, all.numbers());
        }
    }

    @Test
    void aRunOfBlocksIsAFewArrays() {
        InOrder.Folded run = SUM.zero();
        for (long b = 1000; b < 3000; b++) {
            add(run, b);
        }
        // Each run of 2^level blocks is first, level and one number; at most two of each level.
        assertTrue(SUM.write(run).get("runs").length <= 3 * 2 * 11);
    }

    @Test
    void aMissingBlockIsTold() {
        InOrder.Folded folded = SUM.zero();
        add(folded, 0);
        add(folded, 1);
        add(folded, 3);
        assertEquals(
                "block 2 is missing",
                assertThrows(IllegalStateException.class, folded::numbers).getMessage());
    }

    /** A run of one number is three: where it begins, how long it is, and the number. */
    @Test
    void aDamagedStateIsRefused() {
        State damaged = State.of(Map.of("runs", new double[] {0, 0, 7, 1}));
        assertThrows(InputException.class, () -> SUM.read(damaged));
    }
}
