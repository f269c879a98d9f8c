package org.eigendrift.targets.tables.type;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.CellStatistics.Value;
import org.eigendrift.api.data.Column;

/** What columns of levels share. */
abstract class Levels extends BuiltInType {
    /** Levels up to which a search is faster than a table. */
    private static final int FEW = 16;

    /** The last column's levels by text: rows are parsed column by column. */
    private volatile Index last = new Index(List.of());

    /** Levels by text. */
    private static final class Index {
        private final List<String> levels;
        private final Map<String, Integer> at = new HashMap<>();

        Index(List<String> levels) {
            this.levels = levels;
            for (int k = 0; k < levels.size(); k++) {
                at.put(levels.get(k), k);
            }
        }
    }

    @Override
    public final double parse(String text, Column column) {
        List<String> levels = column.levels();
        if (levels.size() <= FEW) {
            return found(column, levels.indexOf(text), text);
        }
        Index index = last;
        if (index.levels != levels) {
            index = new Index(levels);
            last = index;
        }
        return found(column, index.at.getOrDefault(text, -1), text);
    }

    private static double found(Column column, int same, String text) {
        int at = same < 0 ? column.level(text) : same;
        return at < 0 ? column.levels().size() : at;
    }

    @Override
    public final String format(double value, Column column) {
        int most = column.levels().size() - 1;
        return column.levels().get((int) Math.max(0, Math.min(most, Math.rint(value))));
    }

    @Override
    public String expected(Column column) {
        List<String> levels = column.levels();
        String shown = String.join(", ", levels.subList(0, Math.min(levels.size(), 12)));
        return "one of " + shown + (levels.size() > 12 ? ", ... (" + levels.size() + " in all)" : "");
    }

    /** The distinct texts: numbers in their order, then others in that of their characters. */
    static List<String> sorted(CellStatistics seen) {
        List<String> texts =
                new ArrayList<>(seen.values().stream().map(Value::text).toList());
        if (texts.stream().allMatch(t -> NumberStyle.plain(t, '.'))) {
            texts.sort(Comparator.comparingDouble(Double::parseDouble).thenComparing(Comparator.naturalOrder()));
        } else {
            texts.sort(Comparator.naturalOrder());
        }
        return texts;
    }
}
