package org.eigendrift.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.targets.tables.Table;
import org.eigendrift.targets.tables.type.ColumnTypes;

/**
 * Rows of files that are brought here in the order in which one machine would read them, a partition at a time: what the readers of
 * tables make numbers of. They are kept sorted on the cluster until the table is closed. Thread-safe.
 */
final class SparkTable implements Table, AutoCloseable {
    /** Whole numbers below are exact in double precision. */
    private static final double EXACT = 0x1p53;

    private final FileRows files;
    private final Set<String> codes;
    private final boolean[] texts;
    private final Dataset<Row> sorted;
    private final long rows;
    private volatile String gap = "";

    /**
     * Sorts the rows.
     *
     * @param files the rows
     * @throws InputException if a column holds neither numbers nor texts nor moments, or there are no rows
     */
    SparkTable(FileRows files) {
        this.files = files;
        this.codes = files.codes().orElse(Set.of());
        this.texts = new boolean[files.names().size()];
        Dataset<Row> cells = files.cells();
        List<Column> selected = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            String name = files.names().get(i);
            CellType type = CellType.of(name, cells.schema().apply(name).dataType());
            texts[i] = type != CellType.FLOATING;
            selected.add(type.selected(SortedRows.column(cells, name), cells.sparkSession()));
        }
        Column place = SortedRows.column(cells, FileRows.PLACE);
        this.sorted = Stage.named(
                cells.sparkSession().sparkContext(),
                "sorts rows",
                () -> cells.sort(place)
                        .select(selected.toArray(Column[]::new))
                        .persist(StorageLevel.MEMORY_AND_DISK()));
        this.rows = Stage.named(cells.sparkSession().sparkContext(), "counts rows", sorted::count);
        if (rows == 0) {
            throw new InputException(files.label() + " has columns but no rows");
        }
    }

    @Override
    public String label() {
        return files.label();
    }

    @Override
    public String unit() {
        return "row";
    }

    @Override
    public List<String> names() {
        return files.names();
    }

    @Override
    public OptionalLong rows() {
        return OptionalLong.of(rows);
    }

    @Override
    public boolean texts(int column) {
        return texts[column];
    }

    @Override
    public String gap() {
        return gap;
    }

    @Override
    public Cells open(boolean[] asText) {
        return new Brought();
    }

    @Override
    public void close() {
        sorted.unpersist(false);
    }

    private final class Brought implements Cells {
        private final Iterator<Row> iterator = sorted.toLocalIterator();
        private final Map<String, Integer> gaps = new TreeMap<>();
        private long place;

        @Override
        public int read(Points buffer, String[][] into, long[] places) {
            return Stage.named(
                    files.cells().sparkSession().sparkContext(),
                    "brings rows of a table here",
                    () -> next(buffer, into, places));
        }

        private int next(Points buffer, String[][] into, long[] places) {
            int count = 0;
            for (; count < buffer.size() && iterator.hasNext(); count++) {
                Row row = iterator.next();
                places[count] = ++place;
                for (int i = 0; i < texts.length; i++) {
                    if (into[i] != null) {
                        into[i][count] = text(row, i);
                    } else {
                        buffer.set(i, count, number(row, i));
                    }
                }
            }
            if (count < buffer.size()) {
                gaps.entrySet().stream().max(Map.Entry.comparingByValue()).ifPresent(most -> gap = most.getKey());
            }
            return count;
        }

        private String text(Row row, int column) {
            String text = row.getString(column);
            String cell = files.codes().isPresent()
                    ? PresentCell.of(text, codes)
                    : text == null || text.isBlank() ? null : text.strip();
            if (cell == null && files.codes().isPresent()) {
                gaps.merge(text == null ? "" : text.strip(), 1, Integer::sum);
            }
            return cell;
        }

        private double number(Row row, int column) {
            if (!texts[column]) {
                return row.isNullAt(column) ? Double.NaN : row.getDouble(column);
            }
            String cell = text(row, column);
            if (cell == null) {
                return Double.NaN;
            }
            if (!ColumnTypes.isNumber(cell)) {
                throw wrong(
                        column,
                        "found '" + cell
                                + "', expected a number; if it stands for a missing value, set missing_codes: ['" + cell
                                + "']; if the column is not one of numbers, leave out detect: off");
            }
            double number = Double.parseDouble(cell);
            if (Math.abs(number) >= EXACT && cell.matches("-?[0-9]+")) {
                throw wrong(
                        column,
                        "found " + cell
                                + ", a whole number of 2^53 or more, which is not exact in double precision; leave the"
                                + " column out with columns, or declare types: [["
                                + files.names().get(column)
                                + ", category]]");
            }
            return number;
        }

        private InputException wrong(int column, String message) {
            return InputException.at(address(place).in(files.names().get(column)), message);
        }

        @Override
        public void close() {}
    }
}
