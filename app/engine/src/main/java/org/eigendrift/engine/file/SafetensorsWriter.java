package org.eigendrift.engine.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eigendrift.api.InputException;

/**
 * Collects metadata and tensors and writes them as a safetensors file, whole or not at all. Equal contents in the same
 * order give equal bytes. Not thread-safe.
 */
final class SafetensorsWriter {
    /** The header is padded to this, so that tensors of 8-byte elements are aligned in the file. */
    private static final int ALIGNMENT = 8;

    private static final int BUFFER = 1 << 16;

    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, Content> contents = new LinkedHashMap<>();
    private long dataBytes;

    /** Writes a tensor's elements. */
    @FunctionalInterface
    private interface Content {
        void write(Elements out) throws IOException;
    }

    /** Little-endian elements on their way to a channel. */
    private static final class Elements {
        private final WritableByteChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

        Elements(WritableByteChannel channel) {
            this.channel = channel;
        }

        void put(double[] values) throws IOException {
            for (double value : values) {
                room().putDouble(value);
            }
        }

        void put(long[] values) throws IOException {
            for (long value : values) {
                room().putLong(value);
            }
        }

        void put(int[] values) throws IOException {
            for (int value : values) {
                room().putInt(value);
            }
        }

        private ByteBuffer room() throws IOException {
            if (buffer.remaining() < Long.BYTES) {
                flush();
            }
            return buffer;
        }

        void flush() throws IOException {
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            buffer.clear();
        }
    }

    void metadata(String key, String value) {
        metadata.put(key, value);
    }

    void doubles(String name, double[] values) {
        add(name, Dtype.F64, out -> out.put(values), values.length);
    }

    /** A matrix of {@code rows.length} rows of {@code columns} elements. */
    void doubles(String name, double[][] rows, int columns) {
        add(
                name,
                Dtype.F64,
                out -> {
                    for (double[] row : rows) {
                        out.put(row);
                    }
                },
                rows.length,
                columns);
    }

    /** A tensor of the given shape. */
    void longs(String name, long[] values, long... shape) {
        add(name, Dtype.I64, out -> out.put(values), shape);
    }

    void ints(String name, int[] values) {
        add(name, Dtype.I32, out -> out.put(values), values.length);
    }

    private void add(String name, Dtype dtype, Content content, long... shape) {
        long bytes = dtype.bytes();
        for (long extent : shape) {
            bytes = Math.multiplyExact(bytes, extent);
        }
        Tensor tensor = new Tensor(name, dtype, shape, dataBytes, Math.addExact(dataBytes, bytes));
        if (name.equals(SafetensorsHeader.METADATA) || tensors.put(name, tensor) != null) {
            throw new IllegalArgumentException("two tensors named '" + name + "'");
        }
        contents.put(name, content);
        dataBytes = tensor.end();
    }

    /**
     * Writes the file under a temporary name beside the target, then moves it there.
     *
     * @param file the target; replaced if it exists
     * @throws IOException if it cannot be written; then neither the target nor the temporary file was left behind
     */
    void write(Path file) throws IOException {
        metadata.put(Checksum.KEY, checksum());
        byte[] header = header();
        Path target = file.toAbsolutePath();
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                writeHeader(channel, header);
                Elements out = new Elements(channel);
                for (Content content : contents.values()) {
                    content.write(out);
                }
                out.flush();
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private String checksum() throws IOException {
        Checksum checksum = new Checksum(metadata);
        for (Tensor tensor : new TreeMap<>(tensors).values()) {
            checksum.begin(tensor);
            Elements out = new Elements(checksum);
            contents.get(tensor.name()).write(out);
            out.flush();
        }
        return checksum.digits();
    }

    private byte[] header() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(SafetensorsHeader.METADATA, metadata);
        for (Tensor tensor : tensors.values()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", tensor.dtype().name());
            entry.put("shape", tensor.shape());
            entry.put("data_offsets", new long[] {tensor.begin(), tensor.end()});
            fields.put(tensor.name(), entry);
        }
        String json = Json.write(fields);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        int padding = -bytes.length & (ALIGNMENT - 1);
        if (bytes.length + padding > SafetensorsReader.LARGEST_HEADER) {
            throw new InputException("the model's header would have " + bytes.length + " bytes, more than the "
                    + SafetensorsReader.LARGEST_HEADER + " of the format; use fewer columns or edges");
        }
        return (json + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
    }

    private static void writeHeader(FileChannel channel, byte[] header) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + header.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header).flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
