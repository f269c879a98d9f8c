package org.eigendrift.targets.tables;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.targets.tables.type.ColumnTypes;

/**
 * A table's rows with every value checked against its column's kind and every row that lacks a value treated as told. Where
 * values are to be filled in, rows still lack them: {@link Imputation} comes after the split, since only training rows may
 * say with what.
 */
final class TableRows implements Dataset {
    private final Table table;
    private final int[] chosen;
    private final boolean[] asText;
    private final List<Column> columns;
    private final ColumnType[] types;
    private final Missing missing;
    private final boolean watch;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicReference<ValueSummary> summary = new AtomicReference<>();

    /**
     * Wraps a table.
     *
     * @param table the cells
     * @param chosen place in the table of each column
     * @param columns the columns
     * @param types column types by name
     * @param missing what to do with a row that lacks a value
     * @param watch whether values are summarised while they are read
     */
    TableRows(
            Table table,
            int[] chosen,
            List<Column> columns,
            Map<String, ColumnType> types,
            Missing missing,
            boolean watch) {
        this.table = table;
        this.chosen = chosen;
        this.columns = columns;
        // Decimals say how numbers are written again, not how they are read.
        boolean numbers = columns.stream().allMatch(c -> c.smooth() && ColumnTypes.bare(c.format()));
        this.types = columns.stream()
                .map(c -> numbers ? null : types.get(c.format().type()))
                .toArray(ColumnType[]::new);
        this.asText = new boolean[table.names().size()];
        // Columns that are not chosen may hold what is no number.
        for (int j = 0; j < asText.length; j++) {
            asText[j] = table.texts(j);
        }
        for (int i = 0; i < chosen.length; i++) {
            asText[chosen[i]] = this.types[i] != null && table.texts(chosen[i]);
        }
        this.missing = missing;
        this.watch = watch;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public OptionalLong rows() {
        return missing == Missing.DROP ? OptionalLong.empty() : table.rows();
    }

    @Override
    public boolean incomplete() {
        return missing == Missing.MODEL;
    }

    /**
     * What messages call the table.
     *
     * @return its label
     */
    String label() {
        return table.label();
    }

    /**
     * Rows left out because they lacked a value.
     *
     * @return the count of the last complete reading, 0 before
     */
    long dropped() {
        return dropped.get();
    }

    /**
     * The values of the last complete reading in numbers.
     *
     * @return the summary, or null if there was none or values were not watched
     */
    ValueSummary summary() {
        return summary.get();
    }

    @Override
    public Reader open() {
        return new Checked(table.open(asText));
    }

    /** Checks what the table gives; moves complete rows together where others are dropped. */
    private final class Checked implements Reader {
        private final Table.Cells cells;
        private final ValueSummary seen = new ValueSummary(columns.size());
        private final boolean direct =
                IntStream.range(0, chosen.length).allMatch(i -> chosen[i] == i && types[i] == null)
                        && chosen.length == asText.length;
        private final String[][] texts = new String[asText.length][];
        private Points wide = Points.zeros(asText.length, 0);
        private Points chunk = Points.zeros(columns.size(), 0);
        private long[] places = new long[0];
        private final boolean[] valued = new boolean[columns.size()];
        private long without;
        private long with;
        private boolean ended;

        Checked(Table.Cells cells) {
            this.cells = cells;
        }

        @Override
        public int read(Points buffer) {
            int count = 0;
            while (count < buffer.size() && !ended) {
                int wanted = buffer.size() - count;
                // Points beyond the returned count keep what they had, so rows that may be dropped are read elsewhere.
                Points into = missing == Missing.DROP ? scratch(wanted) : buffer;
                if (places.length < wanted) {
                    places = new long[wanted];
                }
                int got = direct ? cells.read(into, texts, places) : convert(into, wanted);
                if (got < wanted) {
                    ended = true;
                }
                count += keep(into, got, buffer, count);
            }
            with += count;
            if (ended) {
                if (with == 0 && without > 0) {
                    throw noneLeft(valued, without);
                }
                dropped.set(without);
                summary.set(watch ? seen : null);
            }
            return count;
        }

        /** Reads cells as they are and makes numbers of them. */
        private int convert(Points into, int wanted) {
            if (wide.size() != wanted) {
                wide = Points.zeros(asText.length, wanted);
                for (int j = 0; j < asText.length; j++) {
                    texts[j] = asText[j] ? new String[wanted] : null;
                }
            }
            int got = cells.read(wide, texts, places);
            for (int i = 0; i < chosen.length; i++) {
                for (int n = 0; n < got; n++) {
                    into.set(i, n, code(i, wide.get(chosen[i], n), texts[chosen[i]], n));
                }
            }
            return got;
        }

        private double code(int column, double number, String[] cell, int n) {
            Column as = columns.get(column);
            if (cell == null && (Double.isNaN(number) || !as.kind().levelled())) {
                return number;
            }
            String text = cell == null ? ColumnTypes.shortest(number) : cell[n];
            if (text == null) {
                return Double.NaN;
            }
            double code = types[column].parse(text, as);
            if (Double.isNaN(code) && taken(types[column], as, text)) {
                throw new PluginException(
                        types[column],
                        "reads '" + text + "' in " + table.address(places[n]).in(as.name())
                                + " as NaN, though its detector takes it for a value");
            }
            if (Double.isNaN(code)
                    || as.kind().levelled() && code >= as.levels().size()) {
                throw wrong(as, text, types[column].expected(as), places[n]);
            }
            return code;
        }

        private Points scratch(int size) {
            if (chunk.size() != size) {
                chunk = Points.zeros(columns.size(), size);
            }
            return chunk;
        }

        /** Checks rows and appends those that are kept to the buffer, which may be where they already are. */
        private int keep(Points from, int rows, Points to, int at) {
            int kept = 0;
            for (int n = 0; n < rows; n++) {
                if (check(from, n)) {
                    if (from != to || kept != n) {
                        for (int i = 0; i < columns.size(); i++) {
                            to.set(i, at + kept, from.get(i, n));
                        }
                    }
                    kept++;
                } else {
                    without++;
                }
            }
            if (watch) {
                seen.add(to, at, kept);
            }
            return kept;
        }

        /** Checks a row's values in place; false if it lacks one and such rows are dropped. */
        private boolean check(Points rows, int n) {
            boolean complete = true;
            for (int i = 0; i < columns.size(); i++) {
                double value = rows.get(i, n);
                if (Double.isNaN(value)) {
                    if (missing == Missing.REFUSE) {
                        throw lacking(columns.get(i), places[n]);
                    }
                    complete = false;
                } else {
                    valued[i] = true;
                    rows.set(i, n, ColumnKinds.check(columns.get(i), value, table.address(places[n])));
                }
            }
            return complete || missing != Missing.DROP;
        }

        @Override
        public void close() {
            ended = true;
            cells.close();
        }
    }

    /** A type that takes a cell for one of its own and has no number for it contradicts itself: the file is not at fault. */
    private static boolean taken(ColumnType type, Column column, String text) {
        if (!ColumnTypes.ofOthers(type)) {
            return false;
        }
        try {
            return type.detector(column.name(), List.of()).add(text);
        } catch (InputException e) {
            // Without what stands behind its name in a declaration it takes no cells.
            return false;
        }
    }

    private InputException wrong(Column column, String text, String expected, long place) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return InputException.at(
                table.address(place).in(column.name()),
                "found '" + (line.length() <= 40 ? line : line.substring(0, 37) + "...") + "', expected " + expected);
    }

    private InputException noneLeft(boolean[] valued, long rows) {
        List<String> empty = IntStream.range(0, valued.length)
                .filter(i -> !valued[i])
                .mapToObj(i -> "'" + columns.get(i).name() + "'")
                .toList();
        String found = empty.isEmpty()
                ? "every row lacks a value in some column"
                : (empty.size() == 1 ? "column " : "columns ") + String.join(", ", empty)
                        + (empty.size() == 1 ? " has" : " have") + " no value";
        return new InputException(table.label() + ": " + found + " (" + rows + (rows == 1 ? " row" : " rows")
                + "), so that missing: drop leaves no row; "
                + (empty.isEmpty()
                        ? "choose columns with more values with columns"
                        : "leave out such columns with columns"));
    }

    private InputException lacking(Column column, long place) {
        return InputException.at(
                table.address(place).in(column.name()),
                "found no value (empty, NaN or null); set missing: keep to model gaps, drop to leave out rows that "
                        + "lack a value, or impute to fill it in");
    }
}
