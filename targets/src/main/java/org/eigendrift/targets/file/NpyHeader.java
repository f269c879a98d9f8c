package org.eigendrift.targets.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eigendrift.api.InputException;

/**
 * The header of an NPY array (NumPy enhancement proposal 1; versions 1.0, 2.0 and 3.0), as a table: the first axis
 * counts rows, further axes are laid out flat, a one-dimensional array is one column.
 *
 * @param kind what an element is
 * @param order byte order of an element
 * @param fortran whether the first axis varies fastest
 * @param rows rows
 * @param cols numbers a row
 * @param offset bytes before the first element
 */
record NpyHeader(Kind kind, ByteOrder order, boolean fortran, long rows, int cols, int offset) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** Longest header read. NumPy writes about a hundred bytes, and itself refuses more than 10,000. */
    static final int LONGEST = 1 << 16;

    private static final Pattern ENTRY = Pattern.compile(
            "\\s*'(descr|fortran_order|shape)'\\s*:\\s*('[^']*'|True|False|\\([0-9L,\\s]*\\))\\s*(,|$)");

    /** The types of element that are read. */
    enum Kind {
        /** Double precision. */
        F8("f8", 8),
        /** Single precision. */
        F4("f4", 4),
        /** Signed 64-bit whole number. */
        I8("i8", 8),
        /** Signed 32-bit whole number. */
        I4("i4", 4),
        /** Signed 16-bit whole number. */
        I2("i2", 2),
        /** Signed byte. */
        I1("i1", 1),
        /** Unsigned byte, as in images. */
        U1("u1", 1);

        private final String code;
        private final int bytes;

        Kind(String code, int bytes) {
            this.code = code;
            this.bytes = bytes;
        }

        int bytes() {
            return bytes;
        }

        /** The element at a place of a buffer. */
        double get(ByteBuffer buffer, int at) {
            return switch (this) {
                case F8 -> buffer.getDouble(at);
                case F4 -> buffer.getFloat(at);
                case I8 -> buffer.getLong(at);
                case I4 -> buffer.getInt(at);
                case I2 -> buffer.getShort(at);
                case I1 -> buffer.get(at);
                case U1 -> buffer.get(at) & 0xFF;
            };
        }
    }

    /**
     * Bytes up to the end of the length field.
     *
     * @param start the file's first bytes, at least 8 where the file has as many
     * @param file the file, for messages
     * @return 10 for version 1, 12 for versions 2 and 3
     */
    static int prefix(byte[] start, String file) {
        if (start.length < 8 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
            throw new InputException(file + ": not an NPY file; expected the bytes \\x93NUMPY at its beginning");
        }
        int version = start[6];
        if (version < 1 || version > 3) {
            throw new InputException(file + ": NPY version " + version + "." + start[7] + "; expected 1.0, 2.0 or 3.0");
        }
        return version == 1 ? 10 : 12;
    }

    /**
     * Bytes of the header text.
     *
     * @param start the file's first bytes
     * @param prefix as {@link #prefix} gave it
     * @param file the file, for messages
     * @return its length, at most {@link #LONGEST}
     */
    static int length(byte[] start, int prefix, String file) {
        if (start.length < prefix) {
            throw new InputException(file + ": truncated within its header");
        }
        ByteBuffer buffer = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        long length = prefix == 10 ? buffer.getShort(8) & 0xFFFFL : buffer.getInt(8) & 0xFFFFFFFFL;
        if (length > LONGEST) {
            throw new InputException(file + ": its header claims " + length + " bytes; expected at most " + LONGEST);
        }
        return (int) length;
    }

    /**
     * Reads the header text.
     *
     * @param text the Python literal {@code {'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }}
     * @param offset bytes before the first element
     * @param file the file, for messages
     * @return the header
     * @throws InputException if it is not one, or the array is not one of numbers
     */
    static NpyHeader parse(byte[] text, int offset, String file) {
        String literal = new String(text, StandardCharsets.UTF_8).strip();
        boolean braces = literal.startsWith("{") && literal.endsWith("}");
        if (!braces || literal.chars().anyMatch(Character::isISOControl)) {
            throw malformed(literal, file);
        }
        String descr = null;
        String order = null;
        String shape = null;
        if (literal.contains("'descr': [") || literal.contains("'descr':[")) {
            throw new InputException(
                    file + ": a structured array; expected one of numbers, save its fields as columns");
        }
        String body = literal.substring(1, literal.length() - 1).strip();
        Matcher entry = ENTRY.matcher(body);
        while (entry.lookingAt()) {
            switch (entry.group(1)) {
                case "descr" -> descr = entry.group(2);
                case "fortran_order" -> order = entry.group(2);
                default -> shape = entry.group(2);
            }
            entry.region(entry.end(), body.length());
        }
        boolean complete = descr != null && order != null && shape != null && entry.regionStart() == body.length();
        if (!complete || !descr.startsWith("'") || order.startsWith("'") || !shape.startsWith("(")) {
            throw malformed(literal, file);
        }
        return table(descr.substring(1, descr.length() - 1), order.equals("True"), axes(shape, file), offset, file);
    }

    private static InputException malformed(String literal, String file) {
        String shown = literal.replaceAll("\\p{Cntrl}+", " ");
        return new InputException(file + ": its header is not one of an NPY array: "
                + (shown.length() > 80 ? shown.substring(0, 77) + "..." : shown));
    }

    private static long[] axes(String shape, String file) {
        try {
            return List.of(shape.substring(1, shape.length() - 1).split(",")).stream()
                    .map(s -> s.strip().replace("L", ""))
                    .filter(s -> !s.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new InputException(file + ": its shape " + shape + " is not one", e);
        }
    }

    private static NpyHeader table(String descr, boolean fortran, long[] axes, int offset, String file) {
        if (axes.length == 0) {
            throw new InputException(file + ": a single number (shape ()); expected rows x columns");
        }
        long cols = 1;
        for (int a = 1; a < axes.length; a++) {
            cols = cols > Integer.MAX_VALUE ? cols : cols * Math.min(axes[a], Integer.MAX_VALUE + 1L);
        }
        String shape = Arrays.toString(axes);
        if (axes[0] == 0 || cols == 0) {
            throw new InputException(file + ": shape " + shape + " has no numbers; expected at least one row");
        }
        if (cols > Integer.MAX_VALUE) {
            throw new InputException(file + ": shape " + shape + " has " + cols + " columns or more; too many");
        }
        if (fortran && axes.length > 2) {
            throw new InputException(
                    file + ": shape " + shape + " in Fortran order; expected at most two axes, save it in C order");
        }
        return new NpyHeader(kind(descr, file), byteOrder(descr), fortran, axes[0], (int) cols, offset);
    }

    private static Kind kind(String descr, String file) {
        String code = descr.isEmpty() || Character.isLetter(descr.charAt(0)) ? descr : descr.substring(1);
        for (Kind kind : Kind.values()) {
            if (kind.code.equals(code)) {
                return kind;
            }
        }
        if (code.startsWith("O")) {
            throw new InputException(file + ": an array of Python objects (dtype '" + descr
                    + "'), which only Python can read; save it with astype('float64')");
        }
        throw new InputException(file + ": dtype '" + descr
                + "'; expected one of f8, f4, i8, i4, i2, i1, u1; convert it with astype('float64')");
    }

    private static ByteOrder byteOrder(String descr) {
        return descr.startsWith(">")
                ? ByteOrder.BIG_ENDIAN
                : descr.startsWith("=") ? ByteOrder.nativeOrder() : ByteOrder.LITTLE_ENDIAN;
    }

    /**
     * The file's length that the header implies.
     *
     * @return bytes, or {@link Long#MAX_VALUE} if they do not fit a long
     */
    long fileLength() {
        try {
            return Math.addExact(offset, Math.multiplyExact(Math.multiplyExact(rows, cols), (long) kind.bytes()));
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
