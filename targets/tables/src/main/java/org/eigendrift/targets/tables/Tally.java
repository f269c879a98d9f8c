package org.eigendrift.targets.tables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.CellStatistics.Value;
import org.eigendrift.targets.tables.type.ColumnTypes;

/** Counts the distinct cells of one column. Not thread-safe. */
final class Tally {
    /** Cells after which a column of which most values are new is no longer counted to the end. */
    private static final long ENOUGH = 10L * CellStatistics.MOST;

    private final Map<Object, long[]> counts = new LinkedHashMap<>();
    private long cells;
    private long gaps;
    private long known;
    private boolean complete = true;

    /** Adds a cell without a value. */
    void gap() {
        cells++;
        gaps++;
    }

    /**
     * Adds a cell with a value.
     *
     * @param value a text or a Double
     */
    void add(Object value) {
        cells++;
        // Columns of which nearly every value is new have no repeated values to count.
        if (!complete && cells > ENOUGH && known < cells / 4) {
            return;
        }
        long[] count = counts.get(value);
        if (count != null) {
            count[0]++;
            known++;
        } else if (counts.size() < CellStatistics.MOST) {
            counts.put(value, new long[] {1});
        } else {
            complete = false;
        }
    }

    /**
     * What was counted.
     *
     * @param name the column's name
     * @param gap how a gap is written
     * @return the counts
     */
    CellStatistics statistics(String name, String gap) {
        List<Value> values = new ArrayList<>();
        counts.forEach((value, count) -> values.add(new Value(text(value), count[0])));
        return new CellStatistics(name, cells, gaps, gap, values, complete);
    }

    private static String text(Object value) {
        return value instanceof Double number ? ColumnTypes.shortest(number) : (String) value;
    }
}
