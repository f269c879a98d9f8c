package org.eigendrift.engine.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.eigendrift.api.InputException;

/** JSON as model files hold it: no duplicate keys, nothing after the value. */
final class Json {
    /** The deepest structure of a model's texts is a list of pairs in a block in a block in the configuration. */
    private static final int DEEPEST = 64;

    private static final ObjectMapper MAPPER =
            new ObjectMapper(factory()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    static JsonFactory factory() {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(SafetensorsReader.LARGEST_HEADER)
                        .build())
                .build();
    }

    /** Text of maps, lists, text, numbers and truth values; doubles are written so that they read as the same. */
    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not representable as JSON: " + value, e);
        }
    }

    static JsonNode read(String what, String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw damaged(what, e);
        }
    }

    static <T> T read(String what, String text, Class<T> type) {
        try {
            T value = MAPPER.readValue(text, type);
            if (value == null) {
                throw new InputException("the metadata entry '" + what + "' is null");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw damaged(what, e);
        }
    }

    private static InputException damaged(String what, JsonProcessingException e) {
        return new InputException(
                "the metadata entry '" + what + "' is not the JSON expected (" + e.getOriginalMessage() + ")", e);
    }
}
