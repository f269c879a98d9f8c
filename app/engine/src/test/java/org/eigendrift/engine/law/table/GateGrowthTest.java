package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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
                    double u = random.uniform(n, p);
                    // Levels without an order that are seen more or less often.
                    bins[p][n] = (byte) (p == 0 ? 5 * u * u : u * (p == 1 ? 200 : 12));
                }
                int on = seed % COLUMNS;
                double spread = seed % 2 == 0 ? 1 : 0.4 + (bins[on][n] & 0xFF) % 3;
                target[n] = seed / 4 * 0.1 * ((bins[on][n] & 0xFF) * 3 % 7) + spread * random.normal(n, 9);
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
        int[] kinds = new int[3];
        int alone = 0;
        for (double worth : new double[] {0.5, 4}) {
            for (int seed = 0; seed < 40; seed++) {
                Table table = Table.of(seed);
                double[] best = {-1, -1, -1};
                for (int p = 0; p < COLUMNS; p++) {
                    for (boolean[] left : table.cuts(p)) {
                        double[] gains = told(table, left);
                        best = most(gains) > most(best) ? gains : best;
                    }
                }
                Gate gate = table.grow(worth, true);
                assertEquals(most(best) > worth, gate.size() > 1, "seed " + seed + ", a gain of " + most(best));
                if (gate.size() > 1) {
                    assertEquals(most(best), most(told(table, table.left(gate))), 1e-11);
                    kinds[best[0] == most(best) ? 0 : best[1] == most(best) ? 1 : 2]++;
                } else {
                    alone++;
                }
            }
        }
        // Each of the three is what decides somewhere, so all are tested.
        assertTrue(Arrays.stream(kinds).allMatch(count -> count > 2), Arrays.toString(kinds));
        assertTrue(alone > 2, alone + " not grown");
    }

    private static double most(double[] gains) {
        return Arrays.stream(gains).max().orElseThrow();
    }

    private static double[] told(Table table, boolean[] left) {
        return new double[] {shares(table, left), means(table, left), spreads(table, left)};
    }

    /** Of levels without an order the seven most frequent ones and the rest are told apart: nats of two shares each, less half a nat for each that is free. */
    @Test
    void levelsAreToldApartByTheirShares() {
        for (int levels : new int[] {2, 5, 8, 12}) {
            int grown = 0;
            for (int seed = 0; seed < 16; seed++) {
                CounterRandom random = new CounterRandom(1000 + seed);
                byte[][] bins = new byte[2][ROWS];
                int[] cells = new int[ROWS];
                for (int n = 0; n < ROWS; n++) {
                    bins[0][n] = (byte) (3 + 9 * random.uniform(n, 0));
                    bins[1][n] = (byte) (6 * random.uniform(n, 1));
                    double u = random.uniform(n, 2);
                    boolean told = random.uniform(n, 3) < seed / 16.0;
                    // The least level is the rarest; with luck a level is told by a column.
                    cells[n] = told ? bins[seed % 2][n] * 5 % levels : levels - 1 - (int) (levels * u * u);
                }
                int[] groups = frequent(cells, levels);
                double best = -1;
                for (int cut = 0; cut < 12; cut++) {
                    best = Math.max(best, nats(groups, left(bins[0], (byte) cut)));
                }
                for (boolean[] left : byFirst(bins[1], groups)) {
                    best = Math.max(best, nats(groups, left));
                }
                GateGrowth.Options options = new GateGrowth.Options(LEAST, 4, 1, 1, true);
                Gate gate = new GateGrowth(bins, new boolean[] {false, true}, options, new CounterRandom(1))
                        .grow(
                                new GateGrowth.Target(cells, levels, new double[ROWS], false),
                                IntStream.range(0, ROWS).toArray());
                assertEquals(best > 4, gate.size() > 1, levels + " levels, seed " + seed + ": " + best);
                if (gate.size() > 1) {
                    boolean[] left = new boolean[ROWS];
                    for (int n = 0; n < ROWS; n++) {
                        left[n] = Gate.left(gate.cuts()[0], gate.sets()[0], bins[gate.column()[0]][n]);
                    }
                    assertEquals(best, nats(groups, left), 1e-11);
                    grown++;
                }
            }
            assertTrue(grown > 2 && grown < 16, grown + " grown");
        }
    }

    /** The group of each row: its level's place among the seven most frequent, of as many the first, or that of all others. */
    private static int[] frequent(int[] cells, int levels) {
        int[] order = IntStream.range(0, levels)
                .boxed()
                .sorted(Comparator.comparingLong(
                        c -> -Arrays.stream(cells).filter(cell -> cell == c).count()))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] place = new int[levels];
        for (int i = 0; i < levels; i++) {
            place[order[i]] = Math.min(i, 7);
        }
        return Arrays.stream(cells).map(cell -> place[cell]).toArray();
    }

    private static boolean[] left(byte[] bins, byte cut) {
        boolean[] left = new boolean[ROWS];
        for (int n = 0; n < ROWS; n++) {
            left[n] = bins[n] <= cut;
        }
        return left;
    }

    /** Levels in the order of the share of their rows that the most frequent group has, those of equal shares in their own. */
    private static List<boolean[]> byFirst(byte[] bins, int[] groups) {
        double[] shares = new double[ROWS];
        for (int n = 0; n < ROWS; n++) {
            byte bin = bins[n];
            shares[n] = IntStream.range(0, ROWS)
                            .filter(m -> bins[m] == bin)
                            .mapToDouble(m -> groups[m] == 0 ? 1 : 0)
                            .average()
                            .orElseThrow()
                    + 1e-9 * bin;
        }
        return Arrays.stream(shares)
                .distinct()
                .mapToObj(cut -> {
                    boolean[] left = new boolean[ROWS];
                    for (int n = 0; n < ROWS; n++) {
                        left[n] = shares[n] <= cut;
                    }
                    return left;
                })
                .toList();
    }

    /** Worth nothing where too few rows are on one side. */
    private static double nats(int[] groups, boolean[] left) {
        if (Math.min(count(left, true), count(left, false)) < LEAST) {
            return -1;
        }
        int size = Arrays.stream(groups).max().orElseThrow() + 1;
        double[][] counts = new double[3][size];
        for (int n = 0; n < ROWS; n++) {
            counts[left[n] ? 0 : 1][groups[n]]++;
            counts[2][groups[n]]++;
        }
        double gained = -(size - 1) / 2.0;
        for (int side = 0; side < 3; side++) {
            double total = Arrays.stream(counts[side]).sum();
            for (double count : counts[side]) {
                gained += count == 0 ? 0 : (side < 2 ? 1 : -1) * count * Math.log(count / total);
            }
        }
        return gained;
    }

    /** 128 bins of some rows each, of which a tree is to tell the number: of even steps the best split is in the middle. */
    private static Gate number(int each, GateGrowth.Options options) {
        byte[][] bins = new byte[1][128 * each];
        double[] target = new double[bins[0].length];
        int[] rows = new int[target.length];
        for (int n = 0; n < target.length; n++) {
            // No order that helps.
            bins[0][n] = (byte) (n * 37 % 128);
            target[n] = bins[0][n];
            rows[n] = n;
        }
        return new GateGrowth(bins, new boolean[1], options, new CounterRandom(1))
                .grow(new GateGrowth.Target(new int[target.length], 1, target, true), rows);
    }

    @Test
    void treesAreAsDeepAsIsAsked() {
        for (int depth = 0; depth <= 7; depth++) {
            Gate gate = number(4, new GateGrowth.Options(1, 0.5, 1, depth, false));
            assertEquals((2 << depth) - 1, gate.size());
            // Rows of a leaf are those of bins beside each other.
            int width = 128 >> depth;
            for (int bin = 0; bin < 127; bin++) {
                boolean same = gate.leaf(new byte[] {(byte) bin}) == gate.leaf(new byte[] {(byte) (bin + 1)});
                assertEquals((bin + 1) % width != 0, same, "depth " + depth + ", bin " + bin);
            }
        }
        assertEquals(
                255, number(4, new GateGrowth.Options(1, 0.5, 1, 20, false)).size(), "nothing left to tell");
    }

    @Test
    void leavesHaveAsManyRowsAsIsAsked() {
        // Of 512 rows 16 in a leaf make 32 leaves; 17 are had by halves of 64 rows alone, of which 32 are too few to
        // halve.
        assertEquals(
                63, number(4, new GateGrowth.Options(16, 0.5, 1, 20, false)).size());
        Gate gate = number(4, new GateGrowth.Options(17, 0.5, 1, 20, false));
        int[] rows = new int[gate.size()];
        for (int bin = 0; bin < 128; bin++) {
            rows[gate.leaf(new byte[] {(byte) bin})] += 4;
        }
        for (int at = 0; at < rows.length; at++) {
            assertEquals(gate.column()[at] < 0, rows[at] > 0);
            assertTrue(rows[at] == 0 || rows[at] >= 17 && rows[at] < 2 * 20, "a leaf of " + rows[at]);
        }
    }

    /** A split off of the last rows of two kinds is made if these are enough. */
    @Test
    void sidesHaveRowsEnough() {
        for (boolean groups : new boolean[] {false, true}) {
            for (boolean few : new boolean[] {false, true}) {
                for (int side : new int[] {LEAST - 1, LEAST}) {
                    byte[][] bins = new byte[1][60];
                    double[] target = new double[60];
                    int[] cells = new int[60];
                    for (int n = 0; n < 60; n++) {
                        bins[0][n] = (byte) (few == n < side ? 1 : 0);
                        target[n] = bins[0][n];
                        cells[n] = bins[0][n];
                    }
                    GateGrowth.Options options = new GateGrowth.Options(LEAST, 1, 1, 3, groups);
                    Gate gate = new GateGrowth(bins, new boolean[1], options, new CounterRandom(1))
                            .grow(
                                    new GateGrowth.Target(cells, 2, target, true),
                                    IntStream.range(0, 60).toArray());
                    assertEquals(side == LEAST ? 3 : 1, gate.size());
                }
            }
        }
    }

    /** In a node a column is looked at whose random number is within the share. */
    @Test
    void someColumnsAreLookedAt() {
        int looked = 0;
        for (int seed = 0; seed < 20; seed++) {
            CounterRandom random = new CounterRandom(seed);
            byte[][] bins = new byte[1][40];
            double[] target = new double[40];
            for (int n = 0; n < 40; n++) {
                bins[0][n] = (byte) (n % 2);
                target[n] = n % 2;
            }
            for (double share : new double[] {0.5, random.uniform(0, 0)}) {
                GateGrowth.Options options = new GateGrowth.Options(LEAST, 1, share, 1, false);
                Gate gate = new GateGrowth(bins, new boolean[1], options, random)
                        .grow(
                                new GateGrowth.Target(new int[40], 1, target, true),
                                IntStream.range(0, 40).toArray());
                assertEquals(random.uniform(0, 0) <= share, gate.size() > 1);
                looked += gate.size() > 1 ? 1 : 0;
            }
        }
        // The second share always, the first half of the time.
        assertTrue(looked > 22 && looked < 38, looked + " looked at");
    }

    @Test
    void parentsAreThoseOfTheChildren() {
        Gate gate = number(4, new GateGrowth.Options(1, 0.5, 1, 3, false));
        int[] parents = gate.parents();
        assertEquals(-1, parents[0]);
        for (int at = 1; at < gate.size(); at++) {
            int from = gate.children()[parents[at]];
            assertTrue(gate.column()[parents[at]] >= 0 && (at == from || at == from + 1));
        }
        assertEquals(1, Gate.trivial().size());
        assertEquals(0, Gate.trivial().leaf(new byte[0]));
    }

    @Test
    void binsGoLeftByTheirCutOrTheirSet() {
        // Unsigned, and up to the cut.
        assertTrue(Gate.left(200, 0, (byte) 200));
        assertFalse(Gate.left(200, -1, (byte) 201));
        assertTrue(Gate.left(0, 0, (byte) 0));
        assertTrue(Gate.left(-1, 0b1010, (byte) 3));
        assertFalse(Gate.left(-1, 0b1010, (byte) 2));
    }

    /** A node and what is below it, in words. */
    private static String below(Gate gate, int at) {
        return gate.column()[at] < 0
                ? "leaf"
                : gate.column()[at] + " " + gate.cuts()[at] + " " + gate.sets()[at] + " ("
                        + below(gate, gate.children()[at]) + ", " + below(gate, gate.children()[at] + 1) + ")";
    }

    /** What grows from the rows on one side of a split grows from these rows alone. */
    @Test
    void eachSideGrowsFromItsOwnRows() {
        boolean[] nominal = {true, false, false, false};
        for (int seed = 20; seed < 36; seed++) {
            Table table = Table.of(seed);
            int[] cells = new int[ROWS];
            Arrays.setAll(cells, n -> (int) Math.max(0, Math.min(9, 5 + 2 * table.target[n])));
            boolean ordered = seed % 3 > 0;
            GateGrowth.Target target = new GateGrowth.Target(cells, 10, table.target, ordered);
            for (boolean groups : new boolean[] {false, true}) {
                int[] rows = IntStream.range(0, ROWS).toArray();
                Gate gate = growth(table, nominal, 4, groups).grow(target, rows.clone());
                if (gate.size() > 1) {
                    boolean[] left = table.left(gate);
                    for (int side = 0; side < 2; side++) {
                        boolean goes = side == 0;
                        int[] some =
                                Arrays.stream(rows).filter(n -> left[n] == goes).toArray();
                        Gate alone = growth(table, nominal, 3, groups).grow(target, some);
                        assertEquals(below(alone, 0), below(gate, 1 + side), "seed " + seed);
                    }
                }
            }
        }
    }

    private static GateGrowth growth(Table table, boolean[] nominal, int depth, boolean groups) {
        return new GateGrowth(
                table.bins, nominal, new GateGrowth.Options(LEAST, 0.1, 1, depth, groups), new CounterRandom(1));
    }
}
