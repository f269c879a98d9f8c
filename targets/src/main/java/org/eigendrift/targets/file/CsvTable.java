package org.eigendrift.targets.file;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.eigendrift.api.Address;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.targets.tables.ColumnKinds;
import org.eigendrift.targets.tables.Missing;
import org.eigendrift.targets.tables.Table;
import org.eigendrift.targets.tables.type.ColumnTypes;

/**
 * The columns of a text file with separators (RFC 4180: quoting, LF or CRLF, with or without a byte order mark), in UTF-8,
 * UTF-16 if its mark says so, or an encoding that is named. Rows are numbered by the line on which they begin, from 1.
 */
final class CsvTable implements Table {
    /** Characters of the text's beginning in which the separator is looked for. */
    private static final int START = 1 << 16;

    private final Source source;
    private final Separator separator;
    private final boolean header;
    private final Missing missing;
    private final Set<String> codes;
    private final Encoding encoding;
    private final AtomicReference<String> gap = new AtomicReference<>("");
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
        this(source, new CsvForm(separator, header, Encoding.UTF_8, List.of()), missing, wanted);
    }

    /**
     * Reads the header and checks that the columns exist.
     *
     * @param source the text
     * @param form how it is written
     * @param missing what to do with a row that lacks a value
     * @param wanted columns to read, or empty for all
     * @throws InputException if the file cannot be read, is empty, or lacks a column
     */
    CsvTable(Source source, CsvForm form, Missing missing, List<String> wanted) {
        this.source = source;
        this.codes = Set.copyOf(form.missingCodes());
        this.encoding = form.encoding();
        this.separator = form.separator();
        this.header = form.header();
        this.missing = missing;
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
            if (names.stream().allMatch(ColumnTypes::isNumber)) {
                throw InputException.at(
                        address(first.getStartingLineNumber()),
                        "found numbers only, expected column names; set header: false if there are none");
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
    public boolean texts(int column) {
        return true;
    }

    @Override
    public String gap() {
        return gap.get();
    }

    @Override
    public Cells open(boolean[] asText) {
        Lines lines = new Lines();
        if (header) {
            lines.next();
        }
        return new Cells() {
            private final Map<String, Integer> gaps = new TreeMap<>();
            private boolean ended;

            @Override
            public int read(Points buffer, String[][] texts, long[] at) {
                int count = 0;
                while (count < buffer.size() && !ended) {
                    CsvRecord cells = lines.next();
                    if (cells == null) {
                        ended = true;
                        gaps.entrySet().stream()
                                .max(Map.Entry.comparingByValue())
                                .ifPresent(most -> gap.set(most.getKey()));
                    } else {
                        parse(cells, buffer, texts, count, gaps);
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

    /** Parses one row into a point; what is missing becomes NaN or null unless it is refused. */
    private void parse(CsvRecord cells, Points out, String[][] texts, int point, Map<String, Integer> gaps) {
        if (cells.getFieldCount() != width) {
            throw InputException.at(
                    address(cells.getStartingLineNumber()),
                    "found " + cells.getFieldCount() + " cells, expected " + width + " as in the first line");
        }
        for (int i = 0; i < places.length; i++) {
            String cell = cells.getField(places[i]).strip();
            boolean lacking = isMissing(cell);
            if (texts[i] != null) {
                texts[i][point] = lacking ? null : cell;
            } else if (!lacking && ColumnTypes.isNumber(cell)) {
                out.set(i, point, number(i, cell, cells));
            } else if (missing != Missing.REFUSE && lacking) {
                out.set(i, point, Double.NaN);
            } else {
                throw notNumber(i, cell, cells);
            }
            if (lacking) {
                gaps.merge(cell, 1, Integer::sum);
            }
        }
    }

    private boolean isMissing(String cell) {
        return Csv.isMissing(cell, codes);
    }

    private double number(int column, String cell, CsvRecord cells) {
        double value = Double.parseDouble(cell);
        boolean digits = cell.length() > EXACT_DIGITS && cell.chars().allMatch(c -> c >= '0' && c <= '9' || c == '-');
        if (digits && Math.abs(value) >= EXACT) {
            throw InputException.at(
                    address(cells.getStartingLineNumber()).in(names.get(column)),
                    "found " + cell
                            + ", a whole number of 2^53 or more, which is not exact in double precision; leave the column out with "
                            + "columns, or declare types: [[" + names.get(column) + ", category]]");
        }
        return value;
    }

    /** Whole numbers below are exact in double precision. */
    private static final double EXACT = 0x1p53;

    /** Digits that any whole number may have and still be exact. */
    private static final int EXACT_DIGITS = 15;

    private InputException notNumber(int column, String cell, CsvRecord cells) {
        Address where = address(cells.getStartingLineNumber()).in(names.get(column));
        String found = "found '" + abbreviate(cell) + "', expected a number";
        if (isMissing(cell)) {
            return InputException.at(
                    where,
                    found + "; set missing: keep to model gaps, drop to leave out rows that lack a "
                            + "value, or impute to fill it in");
        }
        return InputException.at(
                where,
                found + "; if it stands for a missing value, set missing_codes: ['" + abbreviate(cell)
                        + "']; if the column is not one of numbers, leave out detect: off");
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

    /** The file's records one after the other, every failure in words for the user. */
    private final class Lines implements AutoCloseable {
        private final CsvReader<CsvRecord> reader;
        private final CloseableIterator<CsvRecord> records;

        Lines() {
            try {
                BufferedReader text = new BufferedReader(encoding.reader(source.open()), START);
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
