package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.Test;

/** The sum of a step of one column and another of a second. */
class ForestTest {
    private static final int ROWS = 600;
    private static final int TREES = 16;
    private static final CounterRandom RANDOM = new CounterRandom(23);

    private static byte[][] predictors(int columns) {
        byte[][] bins = new byte[columns][ROWS];
        for (int p = 0; p < columns; p++) {
            for (int n = 0; n < ROWS; n++) {
                bins[p][n] = (byte) (20 * RANDOM.uniform(n, 100 + p));
            }
        }
        return bins;
    }

    private static double exact(byte[] row) {
        return (row[0] < 7 ? -1 : 2) + (row[1] < 12 ? 0 : 3);
    }

    private static byte[] row(byte[][] predictors, int n) {
        byte[] row = new byte[predictors.length];
        Forest.fill(predictors, n, row);
        return row;
    }

    private static double[] target(byte[][] predictors, double noise) {
        double[] target = new double[ROWS];
        Arrays.setAll(target, n -> exact(row(predictors, n)) + noise * RANDOM.normal(n, 50));
        return target;
    }

    private static Forest grow(byte[][] predictors, double[] target, double[] unseen) {
        return Forest.grow(predictors, new boolean[predictors.length], target, RANDOM, unseen);
    }

    @Test
    void whatDependsOnColumnsIsPredictedOfRowsThatWereNotSeen() {
        byte[][] predictors = predictors(3);
        double[] unseen = new double[ROWS];
        Forest forest = grow(predictors, target(predictors, 0.5), unseen);
        double squares = 0;
        double size = 0;
        for (int n = 0; n < ROWS; n++) {
            double of = exact(row(predictors, n));
            squares += (unseen[n] - of) * (unseen[n] - of) / ROWS;
            size += of * of / ROWS;
        }
        // Of leaves of five rows a fifth of the noise's variance, and the square of what shrinking takes, a sixth.
        assertTrue(squares < 0.25 / 5 + size / 36, squares + " of " + size);
        byte[] high = {19, 19, 0};
        byte[] low = {0, 0, 0};
        assertEquals(exact(high) - exact(low), forest.value(high) - forest.value(low), 0.5);
    }

    /** Of each tree a leaf has the sum of its rows over one more than their number; the forest is the mean of trees. */
    @Test
    void leavesAreShrunkMeansOfTheRowsOfTheirTrees() {
        byte[][] predictors = predictors(6);
        double[] target = target(predictors, 0.5);
        double[] unseen = new double[ROWS];
        Forest forest = grow(predictors, target, unseen);
        assertEquals(TREES, forest.gates().length);
        double[] expected = new double[ROWS];
        int[] votes = new int[ROWS];
        double first = 0;
        for (int t = 0; t < TREES; t++) {
            Gate gate = forest.gates()[t];
            double[] sums = new double[gate.size()];
            double[] counts = new double[gate.size()];
            boolean[] seen = new boolean[ROWS];
            int all = 0;
            for (int n = 0; n < ROWS; n++) {
                seen[n] = RANDOM.uniform(t, n) < 0.5;
                int leaf = gate.leaf(row(predictors, n));
                sums[leaf] += seen[n] ? target[n] : 0;
                counts[leaf] += seen[n] ? 1 : 0;
                all += seen[n] ? 1 : 0;
            }
            // Half of the rows, with a deviation of 12.
            assertEquals(ROWS / 2.0, all, 60);
            for (int n = 0; n < ROWS; n++) {
                int leaf = gate.leaf(row(predictors, n));
                double told = sums[leaf] / (counts[leaf] + 1);
                assertTrue(counts[leaf] >= 5, "a leaf of " + counts[leaf]);
                expected[n] += seen[n] ? 0 : told;
                votes[n] += seen[n] ? 0 : 1;
                first += n == 0 ? told / TREES : 0;
            }
        }
        for (int n = 0; n < ROWS; n++) {
            assertEquals(votes[n] == 0 ? 0 : expected[n] / votes[n], unseen[n], 1e-12);
        }
        assertEquals(first, forest.value(row(predictors, 0)), 1e-12);
        // Of more than four columns some are looked at in a node: trees differ in the first.
        assertTrue(Arrays.stream(forest.gates())
                        .mapToInt(gate -> gate.column()[0])
                        .distinct()
                        .count()
                > 1);
    }

    @Test
    void forestsAddUp() {
        byte[][] predictors = predictors(2);
        Forest one = grow(predictors, target(predictors, 0.5), new double[ROWS]);
        Forest other = grow(predictors, target(predictors, 2), new double[ROWS]);
        Forest both = one.plus(other, 0.25);
        byte[] row = row(predictors, 7);
        assertEquals(one.value(row) + 0.25 * other.value(row), both.value(row), 1e-13);
        assertEquals(0, Forest.none().value(row));
        assertArrayEquals(one.gates(), Forest.none().plus(one, 1).gates());
    }
}
