package org.eigendrift.engine.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import org.eigendrift.api.InputException;

/**
 * Reads a safetensors file: eight bytes of header length, little-endian; the header, JSON; the data. Nothing is
 * allocated on the word of the file before it was checked against the file's own length. Not thread-safe.
 */
final class SafetensorsReader implements Closeable {
    /**
     * The longest header. Ten thousand columns need 5 MB; a header of this length, whatever it holds, can be parsed in
     * a heap of 1 GB.
     */
    static final int LARGEST_HEADER = 32 << 20;

    private static final int BUFFER = 1 << 16;
    private static final int LENGTH_BYTES = 8;

    private final FileChannel channel;
    private final SafetensorsHeader header;
    private final long dataStart;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private SortedMap<String, Tensor> tensors = Collections.emptySortedMap();

    /**
     * Opens a file and reads its header.
     *
     * @param file the file
     * @throws IOException if it cannot be read
     * @throws InputException if it does not begin as a safetensors file
     */
    SafetensorsReader(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            int length = headerLength();
            this.dataStart = LENGTH_BYTES + (long) length;
            this.header = SafetensorsHeader.parse(headerText(length));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private int headerLength() throws IOException {
        long size = channel.size();
        if (size < LENGTH_BYTES) {
            throw new InputException("not a model file, or truncated: it has only " + size + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(bytes, 0);
        long length = bytes.flip().getLong();
        if (length < 0 || length > size - LENGTH_BYTES) {
            throw new InputException("not a model file, or truncated: it announces a header of "
                    + Long.toUnsignedString(length) + " bytes and has " + (size - LENGTH_BYTES) + " after that");
        }
        if (length > LARGEST_HEADER) {
            throw new InputException("not a model file: a header of " + length + " bytes exceeds the largest allowed, "
                    + LARGEST_HEADER);
        }
        return (int) length;
    }

    private String headerText(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        readFully(bytes, LENGTH_BYTES);
        bytes.flip();
        if (length == 0 || bytes.get(0) != '{') {
            throw new InputException("not a model file: its header does not begin with '{'");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new InputException("the header is not UTF-8 text", e);
        }
    }

    /** Text by key. */
    Map<String, String> metadata() {
        return header.metadata();
    }

    /** A metadata entry that must be there. */
    String required(String key) {
        String value = metadata().get(key);
        if (value == null) {
            throw new InputException("the metadata has no entry '" + key + "'");
        }
        return value;
    }

    /** A metadata entry that must be a whole number. */
    long whole(String key) {
        String value = required(key);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new InputException("the metadata entry '" + key + "' is '" + value + "', expected a whole number", e);
        }
    }

    /**
     * Checks the tensors' shapes and places and the checksum of all contents; to be called before any tensor is read.
     *
     * @throws IOException if the file cannot be read
     * @throws InputException if anything does not agree
     */
    void verify() throws IOException {
        tensors = header.tensors(channel.size() - dataStart);
        Checksum checksum = new Checksum(metadata());
        for (Tensor tensor : tensors.values()) {
            checksum.begin(tensor);
            for (long at = tensor.begin(); at < tensor.end(); ) {
                fill(tensor, at);
                at += checksum.write(buffer);
            }
        }
        String stored = metadata().get(Checksum.KEY);
        if (!checksum.digits().equals(stored)) {
            throw new InputException("the contents were changed or damaged: they have the checksum " + checksum.digits()
                    + ", the header says " + stored);
        }
    }

    /** Tensors by name, sorted. */
    SortedMap<String, Tensor> tensors() {
        return tensors;
    }

    /**
     * A tensor of known type.
     *
     * @throws InputException if there is none of that name and type
     */
    Tensor tensor(String name, Dtype dtype, int rank) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new InputException("there is no tensor '" + name + "'");
        }
        if (tensor.dtype() != dtype || tensor.shape().length != rank) {
            throw new InputException("tensor '" + name + "' is " + tensor.show() + ", expected " + dtype + " with "
                    + rank + (rank == 1 ? " axis" : " axes"));
        }
        // Arrays of the virtual machine end a few elements below the largest int.
        if (tensor.elements() > Integer.MAX_VALUE - 8) {
            throw new InputException("tensor '" + name + "' has " + tensor.elements() + " elements, too many to read");
        }
        return tensor;
    }

    /** Elements {@code from} to {@code from + count} of a tensor of doubles. */
    double[] doubles(Tensor tensor, int from, int count) throws IOException {
        double[] values = new double[count];
        for (int n = 0; n < count; ) {
            fill(tensor, tensor.begin() + (from + (long) n) * Double.BYTES);
            int here = Math.min(count - n, buffer.remaining() / Double.BYTES);
            buffer.asDoubleBuffer().get(values, n, here);
            n += here;
        }
        return values;
    }

    /** All elements of a tensor of doubles with one axis. */
    double[] doubles(String name) throws IOException {
        Tensor tensor = tensor(name, Dtype.F64, 1);
        return doubles(tensor, 0, (int) tensor.elements());
    }

    /** All elements of a tensor of longs. */
    long[] longs(Tensor tensor) throws IOException {
        long[] values = new long[(int) tensor.elements()];
        for (int n = 0; n < values.length; ) {
            fill(tensor, tensor.begin() + (long) n * Long.BYTES);
            int here = buffer.remaining() / Long.BYTES;
            buffer.asLongBuffer().get(values, n, here);
            n += here;
        }
        return values;
    }

    /** All elements of a tensor of ints with one axis. */
    int[] ints(String name) throws IOException {
        Tensor tensor = tensor(name, Dtype.I32, 1);
        int[] values = new int[(int) tensor.elements()];
        for (int n = 0; n < values.length; ) {
            fill(tensor, tensor.begin() + (long) n * Integer.BYTES);
            int here = buffer.remaining() / Integer.BYTES;
            buffer.asIntBuffer().get(values, n, here);
            n += here;
        }
        return values;
    }

    /** Fills the buffer with bytes of a tensor from a byte of the data on, at most to the tensor's end. */
    private void fill(Tensor tensor, long at) throws IOException {
        buffer.clear().limit((int) Math.min(BUFFER, tensor.end() - at));
        readFully(buffer, dataStart + at);
        buffer.flip();
    }

    private void readFully(ByteBuffer target, long position) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int count = channel.read(target, at);
            if (count < 0) {
                throw new EOFException("the file ends at byte " + at);
            }
            at += count;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
