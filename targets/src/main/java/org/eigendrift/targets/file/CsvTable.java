package org.eigendrift.targets.file;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.targets.tables.ColumnKinds;
import org.eigendrift.targets.tables.Missing;
import org.eigendrift.targets.tables.Table;

/**
 * The numeric columns of a text file with separators (RFC 4180: quoting, LF or CRLF, with or without a byte order
 * mark), in UTF-8. Rows are numbered by the line on which they begin, from 1.
 */
final class CsvTable implements Table {
    /** Characters of the text's beginning in which the separator is looked for. */
    private static final int START = 1 << 16;

    /** Cells that stand for a missing value, in lower case, as R, pandas and SQL write them. */
    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "none");

    private final Source source;
    private final Separator separator;
    private final boolean header;
    private final Missing missing;
    private final boolean selected;
    private final int width;
    private final int[] places;
    private final List<String> names;

    /**
     * Reads the header and checks that the columns exist.
     *
     * @param source the text
     * @param separator between cells
     * @param header whether the first line names the columns; otherwise they are x1, x2, ...
     * @param missing what to do with a row that lacks a value
     * @param wanted columns to read, or empty for all
     * @throws InputException if the file cannot be read, is empty, or lacks a column
     */
    CsvTable(Source source, Separator separator, boolean header, Missing missing, List<String> wanted) {
        this.source = source;
        this.separator = separator;
        this.header = header;
        this.missing = missing;
        this.selected = !wanted.isEmpty();
        List<String> found = header();
        this.width = found.size();
        this.places = ColumnKinds.select(wanted, found, source.label());
        this.names = IntStream.of(places).mapToObj(found::get).toList();
    }

    private List<String> header() {
        try (Lines lines = new Lines()) {
            CsvRecord first = lines.next();
            if (first == null) {
                throw new InputException(source.label() + " is empty; expected "
                        + (header ? "a line of column names and rows of numbers" : "rows of numbers"));
            }
            int cells = first.getFieldCount();
            if (!header) {
                return IntStream.rangeClosed(1, cells).mapToObj(i -> "x" + i).toList();
            }
            List<String> names =
                    first.getFields().stream().map(CsvTable::oneLine).toList();
            if (names.stream().allMatch(CsvTable::isNumber)) {
                throw new InputException(source.label() + " line " + first.getStartingLineNumber()
                        + ": found numbers only, expected column names; set header: false if there are none");
            }
            if (lines.next() == null) {
                throw new InputException(source.label() + " has column names but no rows");
            }
            return IntStream.range(0, cells)
                    .mapToObj(j -> names.get(j).isEmpty() ? "(column " + (j + 1) + ")" : names.get(j))
                    .toList();
        }
    }

    @Override
    public String label() {
        return source.label();
    }

    @Override
    public String unit() {
        return "line";
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public Cells open() {
        Lines lines = new Lines();
        if (header) {
            lines.next();
        }
        return new Cells() {
            private boolean ended;

            @Override
            public int read(Points buffer, long[] at) {
                int count = 0;
                while (count < buffer.size() && !ended) {
                    CsvRecord cells = lines.next();
                    if (cells == null) {
                        ended = true;
                    } else {
                        parse(cells, buffer, count);
                        at[count++] = cells.getStartingLineNumber();
                    }
                }
                return count;
            }

            @Override
            public void close() {
                ended = true;
                lines.close();
            }
        };
    }

    /** Parses one row into a point; what is missing becomes NaN unless it is refused. */
    private void parse(CsvRecord cells, Points out, int point) {
        if (cells.getFieldCount() != width) {
            throw new InputException(source.label() + " line " + cells.getStartingLineNumber() + ": found "
                    + cells.getFieldCount() + " cells, expected " + width + " as in the first line");
        }
        for (int i = 0; i < places.length; i++) {
            String cell = cells.getField(places[i]).strip();
            if (isNumber(cell)) {
                out.set(i, point, Double.parseDouble(cell));
            } else if (missing != Missing.REFUSE && MISSING.contains(cell.toLowerCase(Locale.ROOT))) {
                out.set(i, point, Double.NaN);
            } else {
                throw notNumber(i, cell, cells);
            }
        }
    }

    private InputException notNumber(int column, String cell, CsvRecord cells) {
        String found = source.label() + " line " + cells.getStartingLineNumber() + ", column '" + names.get(column)
                + "': found '" + abbreviate(cell) + "', expected a number";
        if (MISSING.contains(cell.toLowerCase(Locale.ROOT))) {
            return new InputException(found + "; set missing: drop to leave out rows that lack a value, or "
                    + "missing: impute to fill it in");
        }
        if (!selected) {
            List<String> numeric = new ArrayList<>();
            for (int i = 0; i < places.length; i++) {
                if (isNumber(cells.getField(places[i]).strip())) {
                    numeric.add(names.get(i));
                }
            }
            return new InputException(found + "; choose with columns, numeric on this line: " + abbreviate(numeric));
        }
        return new InputException(found);
    }

    /** A cell without line breaks, which quoted cells may have, and other control characters. */
    private static String oneLine(String cell) {
        return cell.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** A cell as it may stand in a message: one line, not too long. */
    private static String abbreviate(String cell) {
        String line = oneLine(cell);
        return line.length() <= 40 ? line : line.substring(0, 37) + "...";
    }

    private static String abbreviate(List<String> names) {
        int shown = Math.min(names.size(), 12);
        String more = names.size() > shown ? ", ... (" + names.size() + " in all)" : "";
        return shown == 0 ? "none" : String.join(", ", names.subList(0, shown)) + more;
    }

    /**
     * Whether a cell is a decimal number. Stricter than {@link Double#parseDouble}, which also takes hexadecimal
     * floats, type suffixes, NaN and Infinity.
     */
    static boolean isNumber(String cell) {
        int j = 0;
        int length = cell.length();
        if (j < length && (cell.charAt(j) == '-' || cell.charAt(j) == '+')) {
            j++;
        }
        int whole = digits(cell, j);
        int fraction = 0;
        j += whole;
        if (j < length && cell.charAt(j) == '.') {
            fraction = digits(cell, j + 1);
            j += 1 + fraction;
        }
        if (whole + fraction == 0) {
            return false;
        }
        if (j < length && (cell.charAt(j) == 'e' || cell.charAt(j) == 'E')) {
            j++;
            if (j < length && (cell.charAt(j) == '-' || cell.charAt(j) == '+')) {
                j++;
            }
            int exponent = digits(cell, j);
            if (exponent == 0) {
                return false;
            }
            j += exponent;
        }
        return j == length;
    }

    private static int digits(String cell, int from) {
        int j = from;
        while (j < cell.length() && cell.charAt(j) >= '0' && cell.charAt(j) <= '9') {
            j++;
        }
        return j - from;
    }

    /** The file's records one after the other, every failure in words for the user. */
    private final class Lines implements AutoCloseable {
        private final CsvReader<CsvRecord> reader;
        private final CloseableIterator<CsvRecord> records;

        Lines() {
            // A new decoder reports malformed bytes; the reader's own would replace them silently.
            BufferedReader text = new BufferedReader(
                    new InputStreamReader(source.open(), StandardCharsets.UTF_8.newDecoder()), START);
            try {
                char between = separator.character(start(text));
                reader = CsvReader.builder()
                        .fieldSeparator(between)
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .build(CsvRecordHandler.builder().maxFields(1 << 20).build(), text);
                records = reader.iterator();
            } catch (IOException e) {
                throw Source.failure(source.label(), e);
            }
        }

        /** Skips a byte order mark and looks at the beginning. */
        private CharSequence start(BufferedReader text) throws IOException {
            text.mark(1);
            if (text.read() != '\uFEFF') {
                text.reset();
            }
            text.mark(START);
            char[] start = new char[START];
            int length = 0;
            for (int got = 0; got >= 0 && length < START; got = text.read(start, length, START - length)) {
                length += got;
            }
            text.reset();
            return new String(start, 0, length);
        }

        /** The next record, or null at the end. */
        CsvRecord next() {
            try {
                return records.hasNext() ? records.next() : null;
            } catch (CsvParseException | NoSuchElementException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                throw new InputException(
                        source.label() + ": "
                                + String.valueOf(cause.getMessage()).replaceAll("\\s+", " "),
                        e);
            } catch (UncheckedIOException e) {
                throw Source.failure(source.label(), e.getCause());
            }
        }

        @Override
        public void close() {
            try {
                reader.close();
            } catch (IOException e) {
                throw Source.failure(source.label(), e);
            }
        }
    }
}
