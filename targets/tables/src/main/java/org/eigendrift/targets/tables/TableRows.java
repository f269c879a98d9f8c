package org.eigendrift.targets.tables;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;

/**
 * A table's rows with every value checked against its column's kind and every row that lacks a value treated as told. Where
 * values are to be filled in, rows still lack them: {@link Imputation} comes after the split, since only training rows may
 * say with what.
 */
final class TableRows implements Dataset {
    private final Table table;
    private final List<Column> columns;
    private final Missing missing;
    private final boolean watch;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicReference<ValueSummary> summary = new AtomicReference<>();

    /**
     * Wraps a table.
     *
     * @param table the cells
     * @param columns their columns
     * @param missing what to do with a row that lacks a value
     * @param watch whether values are summarised while they are read
     */
    TableRows(Table table, List<Column> columns, Missing missing, boolean watch) {
        this.table = table;
        this.columns = columns;
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
        return new Checked(table.open());
    }

    /** Checks what the table gives; moves complete rows together where others are dropped. */
    private final class Checked implements Reader {
        private final Table.Cells cells;
        private final ValueSummary seen = new ValueSummary(columns.size());
        private Points chunk = Points.zeros(columns.size(), 0);
        private long[] places = new long[0];
        private long without;
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
                int got = cells.read(into, places);
                if (got < wanted) {
                    ended = true;
                }
                count += keep(into, got, buffer, count);
            }
            if (ended) {
                dropped.set(without);
                summary.set(watch ? seen : null);
            }
            return count;
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
                    rows.set(i, n, ColumnKinds.check(columns.get(i), value, table.label(), table.unit(), places[n]));
                }
            }
            return complete || missing == Missing.IMPUTE;
        }

        @Override
        public void close() {
            ended = true;
            cells.close();
        }
    }

    private InputException lacking(Column column, long place) {
        return new InputException(table.label() + " " + table.unit() + " " + place + ", column '" + column.name()
                + "': found no value (NaN or null), expected a finite number; set missing: drop to leave out rows that "
                + "lack a value, or missing: impute to fill it in");
    }
}
