package org.eigendrift.engine.law.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;

/**
 * Columns that others fix in all rows. They have to stand behind these in the chain, for {@link Relation} to keep them: a country
 * behind the city that lies in it, as the country tells the city's name in no row.
 */
final class FixedColumns {
    private final int rows;
    /** Of each column the number of each row's value among its distinct ones, null if there are too many. */
    private final int[][] codes;

    private final int[] sizes;

    /**
     * Tells values apart.
     *
     * @param rows the table; not modified
     */
    FixedColumns(Points rows) {
        this.rows = rows.size();
        this.codes = new int[rows.dim()][];
        this.sizes = new int[rows.dim()];
        for (int j = 0; j < codes.length; j++) {
            codes[j] = codes(rows.column(j));
            sizes[j] = codes[j] == null ? 0 : Arrays.stream(codes[j]).max().orElse(-1) + 1;
        }
    }

    private static int[] codes(double[] values) {
        Map<Double, Integer> seen = new HashMap<>();
        int[] codes = new int[values.length];
        for (int n = 0; n < codes.length; n++) {
            codes[n] = seen.computeIfAbsent(values[n] + 0.0, value -> seen.size());
            if (seen.size() * Relation.SUPPORT > values.length || seen.size() >= Coded.BINS) {
                return null;
            }
        }
        return codes;
    }

    /** Whether a column fixes another one, that has fewer values: of two that fix each other either may stand first. */
    private boolean fixes(int p, int j) {
        if (codes[p] == null || codes[j] == null || sizes[j] < 2 || sizes[j] >= sizes[p]) {
            return false;
        }
        int[] map = new int[sizes[p]];
        Arrays.fill(map, -1);
        for (int n = 0; n < rows; n++) {
            int at = codes[p][n];
            if (map[at] >= 0 && map[at] != codes[j][n]) {
                return false;
            }
            map[at] = codes[j][n];
        }
        return true;
    }

    /**
     * Columns moved behind one that fixes them, unless they stand behind one.
     *
     * @param order the columns in the order of the chain
     * @return the same in another order
     */
    int[] behind(int[] order) {
        List<Integer> out = new ArrayList<>(Arrays.stream(order).boxed().toList());
        int[][] fixing = new int[order.length][];
        for (int j : order) {
            fixing[j] = IntStream.of(order).filter(p -> fixes(p, j)).toArray();
        }
        // One that moves may be what fixes another. What fixes has more values, so there are no circles.
        for (boolean moved = true; moved; ) {
            moved = false;
            for (int j : order) {
                int first = IntStream.of(fixing[j]).map(out::indexOf).min().orElse(-1);
                if (first > out.indexOf(j)) {
                    out.remove((Integer) j);
                    out.add(first, j);
                    moved = true;
                }
            }
        }
        return out.stream().mapToInt(Integer::intValue).toArray();
    }
}
