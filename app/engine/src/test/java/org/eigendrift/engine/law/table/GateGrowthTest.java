package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.Test;

/** The first splits of gates against all splits, each by its formula. */
class GateGrowthTest {
    private static final int ROWS = 90;
    private static final int COLUMNS = 4;
    private static final int LEAST = 5;

    /** Four columns of some levels, the first without an order, and a target that hangs on one of them more or less. */
    private record Table(byte[][] bins, double[] target) {
        static Table of(int seed) {
            CounterRandom random = new CounterRandom(seed);
            byte[][] bins = new byte[COLUMNS][ROWS];
            double[] target = new double[ROWS];
            for (int n = 0; n < ROWS; n++) {
                for (int p = 0; p < COLUMNS; p++) {
                    bins[p][n] = (byte) (random.uniform(n, p) * (p == 0 ? 5 : p == 1 ? 200 : 12));
                }
                int on = seed % COLUMNS;
                double spread = seed % 2 == 0 ? 1 : 0.4 + (bins[on][n] & 0xFF) % 3;
                target[n] = seed / 4 * 0.1 * ((bins[on][n] & 0xFF) % 7) + spread * random.normal(n, 9);
            }
            return new Table(bins, target);
        }

        /** Of all cuts between levels those that leave enough rows on both sides: the rows that go left. */
        boolean[][] cuts(int p) {
            double[] keys = new double[256];
            for (int b = 0; b < keys.length; b++) {
                int bin = b;
                keys[b] = p > 0
                        ? b
                        : IntStream.range(0, ROWS)
                                .filter(n -> (bins[p][n] & 0xFF) == bin)
                                .mapToDouble(n -> target[n])
                                .average()
                                .orElse(0);
            }
            return Arrays.stream(IntStream.range(0, ROWS)
                            .mapToDouble(n -> keys[bins[p][n] & 0xFF])
                            .distinct()
                            .toArray())
                    .mapToObj(cut -> {
                        boolean[] left = new boolean[ROWS];
                        for (int n = 0; n < ROWS; n++) {
                            left[n] = keys[bins[p][n] & 0xFF] <= cut;
                        }
                        return left;
                    })
                    .filter(left -> Math.min(count(left, true), count(left, false)) >= LEAST)
                    .toArray(boolean[][]::new);
        }

        double[] side(boolean[] left, boolean side) {
            return IntStream.range(0, ROWS)
                    .filter(n -> left[n] == side)
                    .mapToDouble(n -> target[n])
                    .toArray();
        }

        Gate grow(double worth, boolean groups) {
            int[] order = IntStream.range(0, ROWS)
                    .boxed()
                    .sorted((a, b) -> Double.compare(target[a], target[b]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int[] cells = new int[ROWS];
            for (int at = 0; at < ROWS; at++) {
                cells[order[at]] = at;
            }
            boolean[] nominal = {true, false, false, false};
            GateGrowth.Options options = new GateGrowth.Options(LEAST, worth, 1, 1, groups);
            return new GateGrowth(bins, nominal, options, new CounterRandom(1))
                    .grow(
                            new GateGrowth.Target(cells, ROWS, target, true),
                            IntStream.range(0, ROWS).toArray());
        }

        boolean[] left(Gate gate) {
            boolean[] left = new boolean[ROWS];
            for (int n = 0; n < ROWS; n++) {
                left[n] = Gate.left(gate.cuts()[0], gate.sets()[0], bins[gate.column()[0]][n]);
            }
            return left;
        }
    }

    private static int count(boolean[] left, boolean side) {
        return (int)
                IntStream.range(0, left.length).filter(n -> left[n] == side).count();
    }

    private static double squares(double[] of) {
        double mean = Arrays.stream(of).average().orElseThrow();
        return Arrays.stream(of).map(x -> (x - mean) * (x - mean)).sum();
    }

    /** Nats of a normal law of one variance with two means, less half a nat. */
    private static double means(Table table, boolean[] left) {
        double within = squares(table.side(left, true)) + squares(table.side(left, false));
        return -ROWS / 2.0 * Math.log(within / squares(table.target)) - 0.5;
    }

    /** Nats of two normal laws, less one, where both have rows enough to tell their variances. */
    private static double spreads(Table table, boolean[] left) {
        double gained = -1;
        for (boolean side : new boolean[] {false, true}) {
            double[] rows = table.side(left, side);
            if (rows.length < 20) {
                return -1;
            }
            gained -= rows.length / 2.0 * Math.log(squares(rows) / rows.length / (squares(table.target) / ROWS));
        }
        return gained;
    }

    /** Nats of eighths of the rows, each side with shares of its own, less half a nat for each share that is free. */
    private static double shares(Table table, boolean[] left) {
        double[] sorted = table.target.clone();
        Arrays.sort(sorted);
        int groups = 8;
        double[][] counts = new double[3][groups];
        int group = 0;
        double begun = 0;
        for (int at = 0; at < ROWS; at++) {
            // An eighth of what is left ends where half a row more would be nearer.
            boolean next = at > begun && (at + 0.5 - begun) * (groups - group) >= ROWS - begun;
            if (next && group < groups - 1) {
                group++;
                begun = at;
            }
            int n = 0;
            while (table.target[n] != sorted[at]) {
                n++;
            }
            counts[left[n] ? 0 : 1][group]++;
            counts[2][group]++;
        }
        double gained = -(groups - 1) / 2.0;
        for (int side = 0; side < 3; side++) {
            double total = Arrays.stream(counts[side]).sum();
            for (double count : counts[side]) {
                gained += count == 0 ? 0 : (side < 2 ? 1 : -1) * count * Math.log(count / total);
            }
        }
        return gained;
    }

    /** Regression trees split where the squares within the sides are least, if that is worth what is asked. */
    @Test
    void regressionTreesSplitWhereMeansDifferMost() {
        int grown = 0;
        for (int seed = 0; seed < 24; seed++) {
            Table table = Table.of(seed);
            double best = -1;
            for (int p = 0; p < COLUMNS; p++) {
                for (boolean[] left : table.cuts(p)) {
                    best = Math.max(best, means(table, left));
                }
            }
            Gate gate = table.grow(2.5, false);
            assertEquals(best > 2.5, gate.size() > 1, "seed " + seed + ", a gain of " + best);
            if (gate.size() > 1) {
                // Rounding of 90 numbers near 1.
                assertEquals(best, means(table, table.left(gate)), 1e-11);
                grown++;
            }
        }
        assertTrue(grown > 8 && grown < 24, grown + " grown");
    }

    /** Gates split where the most is gained of what groups, means and spreads gain. */
    @Test
    void gatesSplitWhereMostIsToldApart() {
        int[] kinds = new int[4];
        for (int seed = 0; seed < 24; seed++) {
            Table table = Table.of(seed);
            double best = -1;
            for (int p = 0; p < COLUMNS; p++) {
                for (boolean[] left : table.cuts(p)) {
                    best = Math.max(best, told(table, left, kinds));
                }
            }
            Gate gate = table.grow(4, true);
            assertEquals(best > 4, gate.size() > 1, "seed " + seed + ", a gain of " + best);
            if (gate.size() > 1) {
                assertEquals(best, told(table, table.left(gate), kinds), 1e-11);
                kinds[3]++;
            }
        }
        // Each of the three is the largest somewhere, so all are tested.
        assertTrue(Arrays.stream(kinds).allMatch(count -> count > 0), Arrays.toString(kinds));
    }

    private static double told(Table table, boolean[] left, int[] kinds) {
        double[] gains = {shares(table, left), means(table, left), spreads(table, left)};
        int most = gains[0] >= Math.max(gains[1], gains[2]) ? 0 : gains[1] >= gains[2] ? 1 : 2;
        kinds[most]++;
        return gains[most];
    }
}
