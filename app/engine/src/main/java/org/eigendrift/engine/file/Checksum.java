package org.eigendrift.engine.file;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The checksum of a file's contents, whatever the order of its tensors and the layout of its header: the CRC-32 of
 * {@code key 0 value 0} for each metadata entry but the checksum itself, sorted by key, and then of
 * {@code name 0 dtype 0 extents-joined-by-commas 0 bytes} for each tensor, sorted by name; text in UTF-8.
 */
final class Checksum implements WritableByteChannel {
    /** The metadata entry that holds the checksum. */
    static final String KEY = "crc32";

    private final CRC32 crc = new CRC32();

    Checksum(Map<String, String> metadata) {
        new TreeMap<>(metadata).forEach((key, value) -> {
            if (!key.equals(KEY)) {
                text(key + '\0' + value + '\0');
            }
        });
    }

    /** Announces a tensor; its bytes follow. */
    void begin(Tensor tensor) {
        text(tensor.signature());
    }

    private void text(String text) {
        crc.update(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int write(ByteBuffer bytes) {
        int count = bytes.remaining();
        crc.update(bytes);
        return count;
    }

    /** The checksum so far, eight hexadecimal digits. */
    String digits() {
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
