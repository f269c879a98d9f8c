package org.eigendrift.solvers.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eigendrift.api.linear.BlockSymmetric;
import org.junit.jupiter.api.Test;

/** The order of elimination. */
final class MinimumDegreeTest {
    @Test
    void leavesTheHubOfAStarForLast() {
        int leaves = 6;
        int[] starts = new int[leaves + 2];
        int[] rows = new int[leaves + 2];
        int[] columns = new int[2 * leaves + 1];
        double[][] entries = new double[columns.length][];
        for (int i = 0; i <= leaves; i++) {
            starts[i + 1] = starts[i] + 2;
            rows[i + 1] = i == 0 ? leaves + 1 : rows[i] + 1;
        }
        for (int k = 0; k < columns.length; k++) {
            columns[k] = k <= leaves ? k : k - leaves;
            boolean diagonal = k == 0 || k > leaves;
            entries[k] = diagonal ? new double[] {8, 0, 0, 8} : new double[] {1, 0, 0, 1};
        }
        int[] order = MinimumDegree.order(new BlockSymmetric(starts, rows, columns, entries));
        assertTrue(Arrays.stream(order, 0, 2 * leaves - 2).allMatch(row -> row >= 2), Arrays.toString(order));
        int[] sorted = order.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            assertEquals(i, sorted[i]);
        }
    }
}
