package org.eigendrift.cli.output;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eigendrift.api.InputException;

/**
 * An array of doubles with any number of dimensions, in C order, as NumPy writes it (format version 1.0, dtype
 * {@code <f8}): recorded noise, starting points, trajectories. Tables of rows go through the readers and writers.
 *
 * @param shape sizes of the dimensions
 * @param values the numbers; shared, not copied
 */
public record NpyArray(int[] shape, double[] values) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    /** NumPy aligns the data on 64 bytes. */
    private static final int ALIGNMENT = 64;

    private static final Pattern HEADER = Pattern.compile(
            "\\{'descr': '([^']*)', 'fortran_order': (True|False), 'shape': \\(((?:\\d+,? ?)*)\\),? ?\\}\\s*");

    /**
     * Checks that shape and numbers agree.
     *
     * @throws IllegalArgumentException if they do not
     */
    public NpyArray {
        long size = 1;
        for (int side : shape) {
            size *= side;
        }
        if (size != values.length) {
            throw new IllegalArgumentException(values.length + " values for shape " + Arrays.toString(shape));
        }
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @param option what named it, for messages
     * @param dimensions expected number of dimensions
     * @return the array
     * @throws InputException if the file is not there, or holds something else
     */
    public static NpyArray read(Path file, String option, int dimensions) {
        String where = option + ": " + file;
        try (InputStream in = Files.newInputStream(file)) {
            return read(new DataInputStream(in), where, dimensions, Files.size(file));
        } catch (NoSuchFileException e) {
            throw new InputException(where + ": there is no such file", e);
        } catch (IOException e) {
            throw new InputException(where + ": cannot be read as an NPY file: " + e.getMessage(), e);
        }
    }

    private static NpyArray read(DataInputStream in, String where, int dimensions, long size) throws IOException {
        byte[] magic = in.readNBytes(MAGIC.length);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new InputException(where + ": not an NPY file of version 1.0");
        }
        int length = Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
        String header = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
        Matcher match = HEADER.matcher(header);
        if (!match.matches() || !match.group(1).equals("<f8") || match.group(2).equals("True")) {
            throw new InputException(where + ": expected float64 in C order ('<f8'), found " + header.trim());
        }
        int[] shape = match.group(3).isBlank()
                ? new int[0]
                : Arrays.stream(match.group(3).trim().split(",\\s*"))
                        .mapToInt(Integer::parseInt)
                        .toArray();
        long count = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
        if (shape.length != dimensions || MAGIC.length + 2 + length + 8 * count != size) {
            throw new InputException(where + ": expected " + dimensions + " dimensions and as many numbers as they say,"
                    + " found shape " + Arrays.toString(shape) + " in a file of " + size + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[(int) count];
        bytes.asDoubleBuffer().get(values);
        return new NpyArray(shape, values);
    }

    /**
     * Writes the array.
     *
     * @param file where to
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        StringBuilder sides = new StringBuilder();
        for (int side : shape) {
            sides.append(side).append(shape.length == 1 ? "," : ", ");
        }
        String text = "{'descr': '<f8', 'fortran_order': False, 'shape': ("
                + (shape.length > 1
                        ? sides.substring(0, sides.length() - 2)
                        : sides.toString().trim()) + "), }";
        int unpadded = MAGIC.length + 2 + text.length() + 1;
        String header = text + " ".repeat((ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT) + "\n";
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write(MAGIC);
            out.write(header.length() & 0xff);
            out.write(header.length() >>> 8);
            out.write(header.getBytes(StandardCharsets.US_ASCII));
            ByteBuffer number = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (double value : values) {
                out.write(number.putDouble(0, value).array());
            }
        }
    }
}
