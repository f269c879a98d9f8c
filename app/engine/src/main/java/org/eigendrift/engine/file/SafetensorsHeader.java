package org.eigendrift.engine.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eigendrift.api.InputException;

/**
 * A safetensors header: metadata, and what it says about tensors. It is read token by token and nothing but the
 * expected structure is kept, so that memory is bounded by the length of the text. Immutable.
 */
final class SafetensorsHeader {
    /** The name under which a header holds metadata instead of a tensor. */
    static final String METADATA = "__metadata__";

    /** More axes than any model has; bounds what a hostile shape can claim. */
    private static final int LARGEST_RANK = 8;

    private final Map<String, String> metadata;
    private final Map<String, Entry> entries;

    private SafetensorsHeader(Map<String, String> metadata, Map<String, Entry> entries) {
        this.metadata = metadata;
        this.entries = entries;
    }

    /** What a header says about a tensor, not yet believed. */
    private record Entry(String dtype, long[] shape, long[] offsets) {}

    /**
     * Parses a header.
     *
     * @param text JSON, possibly padded with spaces
     * @return the header
     * @throws InputException if it is not JSON, or not the JSON of a header
     */
    static SafetensorsHeader parse(String text) {
        JsonFactory factory = Json.factory();
        try (JsonParser parser = factory.createParser(text)) {
            Map<String, String> metadata = Map.of();
            Map<String, Entry> entries = new LinkedHashMap<>();
            expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                if (name.equals(METADATA)) {
                    metadata = metadata(parser);
                } else {
                    entries.put(name, entry(parser, name));
                }
            }
            if (parser.nextToken() != null) {
                throw new InputException("the header goes on after its closing brace");
            }
            return new SafetensorsHeader(metadata, entries);
        } catch (JsonProcessingException e) {
            throw new InputException("the header is not well-formed JSON (" + e.getOriginalMessage() + ")", e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from a string", e);
        }
    }

    private static Map<String, String> metadata(JsonParser parser) throws IOException {
        Map<String, String> metadata = new TreeMap<>();
        expect(parser, parser.currentToken(), JsonToken.START_OBJECT);
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            expect(parser, parser.nextToken(), JsonToken.VALUE_STRING);
            metadata.put(key, parser.getText());
        }
        return metadata;
    }

    private static Entry entry(JsonParser parser, String name) throws IOException {
        String dtype = null;
        long[] shape = null;
        long[] offsets = null;
        expect(parser, parser.currentToken(), JsonToken.START_OBJECT);
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            switch (key) {
                case "dtype" -> {
                    expect(parser, token, JsonToken.VALUE_STRING);
                    dtype = parser.getText();
                }
                case "shape" -> shape = numbers(parser, name, key);
                case "data_offsets" -> offsets = numbers(parser, name, key);
                default -> throw new InputException("tensor '" + name + "' has an unknown key '" + key + "'");
            }
        }
        if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
            throw new InputException("tensor '" + name + "' lacks one of dtype, shape and two data_offsets");
        }
        return new Entry(dtype, shape, offsets);
    }

    private static long[] numbers(JsonParser parser, String name, String key) throws IOException {
        expect(parser, parser.currentToken(), JsonToken.START_ARRAY);
        long[] numbers = new long[LARGEST_RANK];
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser, parser.currentToken(), JsonToken.VALUE_NUMBER_INT);
            if (count == LARGEST_RANK) {
                throw new InputException("tensor '" + name + "' has more than " + LARGEST_RANK + " numbers in " + key);
            }
            numbers[count] = parser.getLongValue();
            if (numbers[count] < 0) {
                throw new InputException(
                        "tensor '" + name + "' has the " + key + " " + numbers[count] + "; expected none below 0");
            }
            count++;
        }
        return Arrays.copyOf(numbers, count);
    }

    private static void expect(JsonParser parser, JsonToken found, JsonToken expected) {
        if (found != expected) {
            throw new InputException("the header has " + (found == null ? "ended" : found) + " at character "
                    + parser.currentTokenLocation().getCharOffset() + ", expected " + expected);
        }
    }

    /** Text by key. */
    Map<String, String> metadata() {
        return metadata;
    }

    /**
     * The tensors, checked against each other and the data they describe.
     *
     * @param dataBytes how many bytes follow the header
     * @return tensors by name, sorted
     * @throws InputException if a dtype is unknown, a shape does not match its offsets, or the offsets leave gaps,
     *     overlap or do not cover the data
     */
    SortedMap<String, Tensor> tensors(long dataBytes) {
        List<Tensor> tensors = new ArrayList<>();
        entries.forEach((name, entry) -> tensors.add(tensor(name, entry)));
        tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
        long at = 0;
        SortedMap<String, Tensor> byName = new TreeMap<>();
        for (Tensor tensor : tensors) {
            if (tensor.begin() != at) {
                throw new InputException("tensor '" + tensor.name() + "' begins at byte " + tensor.begin()
                        + " of the data, expected " + at + " where the one before ends");
            }
            at = tensor.end();
            byName.put(tensor.name(), tensor);
        }
        if (at != dataBytes) {
            throw new InputException("the header describes " + at + " bytes of data, the file holds " + dataBytes
                    + (at > dataBytes ? "; it is truncated" : ""));
        }
        return byName;
    }

    private static Tensor tensor(String name, Entry entry) {
        Dtype dtype = Dtype.of(entry.dtype)
                .orElseThrow(() -> new InputException("tensor '" + name + "' has the dtype '" + entry.dtype
                        + "', expected one of " + Arrays.toString(Dtype.values())));
        long begin = entry.offsets[0];
        long end = entry.offsets[1];
        // The widest element counts too: a shape with an extent of 0 must not hide an overflow of the others.
        long bytes = dtype.bytes();
        try {
            for (long extent : entry.shape) {
                bytes = Math.multiplyExact(bytes, extent);
            }
        } catch (ArithmeticException e) {
            throw new InputException("tensor '" + name + "' has the impossible shape " + Arrays.toString(entry.shape));
        }
        if (end < begin || end - begin != bytes) {
            throw new InputException("tensor '" + name + "' of shape " + Arrays.toString(entry.shape) + " needs "
                    + bytes + " bytes, but its data_offsets are " + begin + " and " + end);
        }
        return new Tensor(name, dtype, entry.shape, begin, end);
    }
}
