package org.eigendrift.engine.check;

import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.plugin.PluginException;

/**
 * Rows whose source's word is not taken: every value must be finite (or a gap where the column has gaps), counts must fit the
 * buffer, and each reading must give the rows of the first, by the checksum of the first {@value #ROWS} and their number.
 * Thread-safe.
 */
public final class CheckedRows implements Dataset {
    private static final int ROWS = 1000;

    private final Object source;
    private final String which;
    private final Dataset rows;
    private final List<Column> columns;
    private Reading first;

    /** What a reading found. */
    private record Reading(long rows, long checksum, boolean ended) {
        boolean differs(Reading other) {
            boolean sameCount = !ended || !other.ended || rows == other.rows;
            boolean comparable = Math.min(rows, other.rows) >= ROWS || ended && other.ended;
            return !sameCount || comparable && checksum != other.checksum;
        }
    }

    private CheckedRows(Object source, String which, Dataset rows) {
        this.source = source;
        this.which = which;
        this.rows = rows;
        this.columns = List.copyOf(rows.columns());
    }

    /**
     * Checks rows whenever they are read.
     *
     * @param source the plugin they come from, for messages
     * @param which {@code training} or {@code held-out}
     * @param rows the rows
     * @return the same rows; those in memory are looked through once, here
     * @throws PluginException if there are no columns, or rows in memory have a value that is not finite
     */
    public static Dataset of(Object source, String which, Dataset rows) {
        if (rows == null || rows.columns() == null || rows.columns().isEmpty() || rows.rows() == null) {
            throw new PluginException(
                    source, "has no " + which + " rows: the data set, its columns or their number is null or empty");
        }
        CheckedRows checked = new CheckedRows(source, which, rows);
        if (rows instanceof InMemory memory) {
            checked.checkValues(memory.points(), memory.points().size(), 0);
            return rows;
        }
        return checked;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public OptionalLong rows() {
        return rows.rows();
    }

    @Override
    public boolean incomplete() {
        return rows.incomplete();
    }

    /**
     * Whether two data sets gave the same rows, as far as both were read.
     *
     * @param one one data set
     * @param other the other
     * @return true if both are known to the end, with the same number and checksum
     */
    static boolean same(Dataset one, Dataset other) {
        Reading first = reading(one);
        Reading second = reading(other);
        return first != null
                && second != null
                && first.ended()
                && second.ended()
                && first.rows() > 0
                && first.equals(second);
    }

    private static Reading reading(Dataset data) {
        if (data instanceof CheckedRows checked) {
            synchronized (checked) {
                return checked.first;
            }
        }
        if (data instanceof InMemory memory) {
            Points points = memory.points();
            return new Reading(points.size(), checksum(0, points, Math.min(ROWS, points.size())), true);
        }
        return null;
    }

    @Override
    public Reader open() {
        Reader reader = rows.open();
        if (reader == null) {
            throw new PluginException(source, "returned null for a reader of its " + which + " rows");
        }
        return new Reader() {
            private long read;
            private long checksum;
            private boolean ended;

            @Override
            public int read(Points buffer) {
                int count = reader.read(buffer);
                if (count < 0 || count > buffer.size()) {
                    throw new PluginException(
                            source,
                            "read " + count + " of its " + which + " rows into a buffer of " + buffer.size()
                                    + "; expected 0 to " + buffer.size() + ", 0 at the end");
                }
                checkValues(buffer, count, read);
                checksum = checksum(checksum, buffer, (int) Math.max(0, Math.min(count, ROWS - read)));
                read += count;
                ended |= count == 0 && buffer.size() > 0;
                if (ended) {
                    compare(new Reading(read, checksum, true));
                }
                return count;
            }

            @Override
            public void close() {
                reader.close();
                if (!ended) {
                    compare(new Reading(read, checksum, false));
                }
            }
        };
    }

    private static long checksum(long before, Points points, int count) {
        long sum = before;
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < points.dim(); i++) {
                sum = 31 * sum + Double.doubleToLongBits(points.get(i, n));
            }
        }
        return sum;
    }

    private synchronized void compare(Reading reading) {
        if (first == null) {
            first = reading;
        } else if (first.differs(reading)) {
            throw new PluginException(
                    source,
                    "gave other " + which + " rows at another reading" + counts(first, reading)
                            + "; expected the same rows in the same order at each, whatever random numbers they come from");
        } else if (reading.rows() > first.rows() || reading.ended()) {
            first = first.ended() ? first : reading;
        }
    }

    private static String counts(Reading one, Reading other) {
        return one.ended() && other.ended() && one.rows() != other.rows()
                ? " (" + one.rows() + " and then " + other.rows() + ")"
                : "";
    }

    private void checkValues(Points points, int count, long before) {
        for (int i = 0; i < columns.size(); i++) {
            boolean gaps = columns.get(i).gaps() || rows.incomplete();
            for (int n = 0; n < count; n++) {
                double value = points.get(i, n);
                if (!Double.isFinite(value) && !(gaps && Double.isNaN(value))) {
                    throw new PluginException(
                            source,
                            "gave " + value + " in column '" + columns.get(i).name() + "' of its " + which + " row "
                                    + (before + n + 1) + "; expected finite numbers"
                                    + (Double.isNaN(value) ? ", or a column that says it has gaps" : ""));
                }
            }
        }
    }
}
