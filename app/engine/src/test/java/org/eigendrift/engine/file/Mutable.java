package org.eigendrift.engine.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** A safetensors file taken apart, to be changed and put together again; written without the classes under test. */
final class Mutable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    final ObjectNode header;
    final Map<String, byte[]> data = new LinkedHashMap<>();

    private Mutable(ObjectNode header) {
        this.header = header;
    }

    static Mutable of(byte[] bytes) {
        try {
            int length =
                    (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
            Mutable file =
                    new Mutable((ObjectNode) MAPPER.readTree(new String(bytes, 8, length, StandardCharsets.UTF_8)));
            for (Map.Entry<String, JsonNode> entry : file.header.properties()) {
                if (!entry.getKey().equals("__metadata__")) {
                    JsonNode offsets = entry.getValue().get("data_offsets");
                    int start = 8 + length;
                    file.data.put(
                            entry.getKey(),
                            Arrays.copyOfRange(
                                    bytes,
                                    start + offsets.get(0).intValue(),
                                    start + offsets.get(1).intValue()));
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>();
        header.get("__metadata__")
                .properties()
                .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
        return metadata;
    }

    Mutable metadata(String key, String value) {
        ((ObjectNode) header.get("__metadata__")).put(key, value);
        return this;
    }

    /** Replaces a piece of a metadata entry. */
    Mutable replace(String key, String old, String replacement) {
        String value = metadata().get(key);
        if (!value.contains(old)) {
            throw new IllegalArgumentException(old + " is not in " + value);
        }
        return metadata(key, value.replace(old, replacement));
    }

    /** Replaces a tensor by another of one axis. */
    Mutable ints(String name, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(bytes::putInt);
        return tensor(name, "I32", bytes.array(), values.length);
    }

    Mutable doubles(String name, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(bytes::putDouble);
        return tensor(name, "F64", bytes.array(), values.length);
    }

    Mutable tensor(String name, String dtype, byte[] bytes, int... shape) {
        ObjectNode entry = MAPPER.createObjectNode().put("dtype", dtype);
        Arrays.stream(shape).forEach(entry.putArray("shape")::add);
        header.set(name, entry);
        data.put(name, bytes);
        return this;
    }

    Mutable remove(String name) {
        header.remove(name);
        data.remove(name);
        return this;
    }

    void reverse() {
        List<String> names = new ArrayList<>(data.keySet());
        Collections.reverse(names);
        for (String name : names) {
            data.put(name, data.remove(name));
        }
    }

    /** By the description of the format. */
    String checksum() {
        CRC32 crc = new CRC32();
        metadata().forEach((key, value) -> {
            if (!key.equals("crc32")) {
                crc.update((key + "\0" + value + "\0").getBytes(StandardCharsets.UTF_8));
            }
        });
        new TreeMap<>(data).forEach((name, bytes) -> {
            List<String> shape = new ArrayList<>();
            header.get(name).get("shape").forEach(extent -> shape.add(extent.asText()));
            String dtype = header.get(name).get("dtype").asText();
            crc.update((name + "\0" + dtype + "\0" + String.join(",", shape) + "\0").getBytes(StandardCharsets.UTF_8));
            crc.update(bytes);
        });
        return String.format("%08x", crc.getValue());
    }

    /** The file, with offsets that fit the data and a checksum that fits the contents. */
    byte[] bytes() {
        metadata("crc32", checksum());
        int at = 0;
        for (Map.Entry<String, byte[]> tensor : data.entrySet()) {
            ObjectNode entry = (ObjectNode) header.get(tensor.getKey());
            entry.putArray("data_offsets").add(at).add(at + tensor.getValue().length);
            at += tensor.getValue().length;
        }
        return bytes(header.toString());
    }

    /** The file with a given header. */
    byte[] bytes(String text) {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        int length =
                8 + json.length + data.values().stream().mapToInt(b -> b.length).sum();
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(json.length).put(json);
        data.values().forEach(out::put);
        return out.array();
    }
}
