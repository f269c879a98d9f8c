package org.eigendrift.targets.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.targets.tables.ColumnKinds;
import org.eigendrift.targets.tables.Table;

/**
 * The columns of an NPY array, read in chunks. The header is checked against the array's length before anything is
 * allocated. Columns are named x1, x2, ...
 */
final class NpyTable implements Table {
    /** Bytes read at a time. */
    private static final int CHUNK = 1 << 20;

    /** Whole numbers below are exact in double precision. */
    private static final double EXACT = 0x1p53;

    private final NpyBytes source;
    private final String label;
    private final NpyHeader header;
    private final int[] places;
    private final List<String> columns;

    /**
     * Reads and checks the header.
     *
     * @param source the array's bytes
     * @param wanted columns to read, or empty for all
     * @throws InputException if it cannot be read or is not an array of numbers, whole to its last byte
     */
    NpyTable(NpyBytes source, List<String> wanted) {
        this.source = source;
        this.label = source.label();
        try {
            this.header = header(source);
        } catch (IOException e) {
            throw Source.failure(label, e);
        }
        List<String> names =
                IntStream.rangeClosed(1, header.cols()).mapToObj(i -> "x" + i).toList();
        this.places = ColumnKinds.select(wanted, names, label);
        this.columns = IntStream.of(places).mapToObj(names::get).toList();
    }

    private static NpyHeader header(NpyBytes source) throws IOException {
        String label = source.label();
        byte[] start = bytes(source, 0, 12);
        int prefix = NpyHeader.prefix(start, label);
        int length = NpyHeader.length(start, prefix, label);
        byte[] text = bytes(source, prefix, length);
        if (text.length < length) {
            throw new InputException(label + ": truncated within its header");
        }
        NpyHeader header = NpyHeader.parse(text, prefix + length, label);
        long size = source.length();
        if (size != header.fileLength()) {
            throw new InputException(label + ": the header says " + header.rows() + " rows of " + header.cols()
                    + " numbers (" + (header.fileLength() == Long.MAX_VALUE ? "over 2^63" : header.fileLength())
                    + " bytes in all), the file has " + size + " bytes; it is "
                    + (size < header.fileLength() ? "truncated" : "damaged"));
        }
        if (header.fortran() && header.cols() > 1 && !source.randomAccess()) {
            throw new InputException(label + ": an array in Fortran order; expected C order within an archive, save it"
                    + " with numpy.ascontiguousarray");
        }
        return header;
    }

    private static byte[] bytes(NpyBytes source, long at, int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(most, Math.max(0, source.length() - at)));
        try (NpyBytes.Cursor cursor = source.open()) {
            cursor.read(buffer, at);
        }
        return buffer.array();
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String unit() {
        return "row";
    }

    @Override
    public List<String> names() {
        return columns;
    }

    @Override
    public OptionalLong rows() {
        return OptionalLong.of(header.rows());
    }

    /** Whole numbers of 64 bits, which doubles do not always hold, can be read as text. */
    @Override
    public boolean texts(int column) {
        return header.kind() == NpyHeader.Kind.I8;
    }

    @Override
    public Cells open(boolean[] asText) {
        try {
            NpyBytes.Cursor cursor = source.open();
            return header.fortran() ? new ByColumn(cursor) : new ByRow(cursor);
        } catch (IOException e) {
            throw Source.failure(label, e);
        }
    }

    /** Takes one number over, as text where that is wanted. */
    private void take(ByteBuffer buffer, int at, int column, long row, Points out, String[] texts, int n) {
        if (texts == null) {
            out.set(column, n, value(buffer, at, column, row));
        } else {
            texts[n] = Long.toString(buffer.getLong(at));
        }
    }

    private double value(ByteBuffer buffer, int at, int column, long row) {
        double value = header.kind().get(buffer, at);
        if (header.kind() == NpyHeader.Kind.I8 && Math.abs(value) >= EXACT) {
            throw InputException.at(
                    address(row + 1).in(columns.get(column)),
                    buffer.getLong(at)
                            + " is a whole number of 2^53 or more, which is not exact in double precision; leave the column out with "
                            + "columns, or convert it with astype('float64')");
        }
        return value;
    }

    /** Reads parts of the file into a buffer of the header's byte order. */
    private abstract class ByChunk implements Cells {
        private final NpyBytes.Cursor cursor;
        private ByteBuffer buffer = ByteBuffer.allocate(0);
        protected long next;

        /** Numbers the next rows. */
        protected void number(int count, long[] places) {
            for (int n = 0; n < count; n++) {
                places[n] = next + n + 1;
            }
        }

        ByChunk(NpyBytes.Cursor cursor) {
            this.cursor = cursor;
        }

        /** The bytes from a place of the file on; valid until the next call. */
        protected ByteBuffer load(long at, int bytes) {
            if (buffer.capacity() < bytes) {
                buffer = ByteBuffer.allocate(bytes).order(header.order());
            }
            buffer.clear().limit(bytes);
            try {
                cursor.read(buffer, at);
            } catch (IOException e) {
                throw Source.failure(label, e);
            }
            return buffer;
        }

        @Override
        public void close() {
            try {
                cursor.close();
            } catch (IOException e) {
                throw Source.failure(label, e);
            }
        }
    }

    /** C order: a row's numbers stand together. */
    private final class ByRow extends ByChunk {
        ByRow(NpyBytes.Cursor cursor) {
            super(cursor);
        }

        @Override
        public int read(Points out, String[][] texts, long[] rowPlaces) {
            long stride = (long) header.cols() * header.kind().bytes();
            int count = (int) Math.min(out.size(), header.rows() - next);
            int most = (int) Math.max(1, Math.min(count, CHUNK / stride));
            for (int done = 0; done < count; done += most) {
                int rows = Math.min(most, count - done);
                if (stride > Integer.MAX_VALUE / 2) {
                    throw new InputException(label + ": a row of " + stride + " bytes is too long");
                }
                ByteBuffer bytes = load(header.offset() + (next + done) * stride, (int) (rows * stride));
                for (int i = 0; i < places.length; i++) {
                    int at = places[i] * header.kind().bytes();
                    for (int n = 0; n < rows; n++) {
                        take(bytes, at + n * (int) stride, i, next + done + n, out, texts[i], done + n);
                    }
                }
            }
            number(count, rowPlaces);
            next += count;
            return count;
        }
    }

    /** Fortran order: a column's numbers stand together. */
    private final class ByColumn extends ByChunk {
        ByColumn(NpyBytes.Cursor cursor) {
            super(cursor);
        }

        @Override
        public int read(Points out, String[][] texts, long[] rowPlaces) {
            int width = header.kind().bytes();
            int count = (int) Math.min(out.size(), header.rows() - next);
            int most = CHUNK / width;
            for (int i = 0; i < places.length; i++) {
                for (int done = 0; done < count; done += most) {
                    int rows = Math.min(most, count - done);
                    long element = places[i] * header.rows() + next + done;
                    ByteBuffer bytes = load(header.offset() + element * width, rows * width);
                    for (int n = 0; n < rows; n++) {
                        take(bytes, n * width, i, next + done + n, out, texts[i], done + n);
                    }
                }
            }
            number(count, rowPlaces);
            next += count;
            return count;
        }
    }
}
