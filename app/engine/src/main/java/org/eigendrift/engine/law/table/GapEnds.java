package org.eigendrift.engine.law.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;

/**
 * Numbers that tell where other columns have gaps: below or above a value, or between two. Cells have to end at such values, and a
 * column has to stand behind the one that tells its gaps, for {@link Relation} to keep it. Immutable.
 *
 * @param values for each column the last ones before gaps begin or end; shared
 * @param tellers for columns with such gaps the columns that tell them; shared
 */
record GapEnds(Map<Integer, Set<Double>> values, Map<Integer, Integer> tellers) {
    /** Rows with a gap, and rows without, at least. */
    private static final int LEAST = 10;

    private static final int ENDS = 2;

    /**
     * Finds them.
     *
     * @param rows the table; not modified
     * @param numbers which columns have numbers
     */
    static GapEnds of(Points rows, boolean[] numbers) {
        Map<Integer, Set<Double>> values = new HashMap<>();
        Map<Integer, Integer> tellers = new HashMap<>();
        double[][] columns = new double[numbers.length][];
        Arrays.setAll(columns, rows::column);
        List<Integer> gappy = new ArrayList<>();
        for (int j = 0; j < columns.length; j++) {
            long gaps = Arrays.stream(columns[j]).filter(Double::isNaN).count();
            if (Math.min(gaps, rows.size() - gaps) >= LEAST) {
                gappy.add(j);
            }
        }
        for (int p = 0; p < columns.length && !gappy.isEmpty(); p++) {
            if (numbers[p]) {
                double[] teller = columns[p];
                int[] order = IntStream.range(0, teller.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(n -> teller[n]))
                        .mapToInt(Integer::intValue)
                        .toArray();
                for (int j : gappy) {
                    Set<Double> ends = j == p ? null : ends(teller, columns[j], order);
                    if (ends != null && tellers.putIfAbsent(j, p) == null) {
                        values.computeIfAbsent(p, key -> new HashSet<>()).addAll(ends);
                    }
                }
            }
        }
        return new GapEnds(values, tellers);
    }

    /** The values after which gaps begin or end, null if these are too many or one value has both. Rows without a teller come last. */
    private static Set<Double> ends(double[] teller, double[] column, int[] order) {
        Set<Double> ends = new HashSet<>();
        for (int i = 1; i < order.length; i++) {
            boolean changes = Double.isNaN(column[order[i]]) != Double.isNaN(column[order[i - 1]]);
            if (changes) {
                double before = teller[order[i - 1]];
                double after = teller[order[i]];
                if (before == after || Double.isNaN(before)) {
                    return null;
                }
                if (!Double.isNaN(after)) {
                    ends.add(before);
                }
            }
            if (ends.size() > ENDS) {
                return null;
            }
        }
        return ends;
    }

    /** Columns with gaps moved behind those that tell them. */
    int[] behind(int[] order) {
        List<Integer> out = new ArrayList<>();
        for (int j : order) {
            out.add(j);
        }
        for (int j : order) {
            int teller = tellers.getOrDefault(j, j);
            if (out.indexOf(teller) > out.indexOf(j)) {
                out.remove((Integer) j);
                out.add(out.indexOf(teller) + 1, j);
            }
        }
        return out.stream().mapToInt(Integer::intValue).toArray();
    }
}
