package org.eigendrift.cli.config;

import java.util.List;
import java.util.Map;

/** Plain values in words, for messages. */
final class Values {
    private Values() {}

    static String show(Object value) {
        if (value instanceof String) {
            return "'" + value + "'";
        }
        if (value instanceof List<?>) {
            return "a list";
        }
        if (value instanceof Map<?, ?>) {
            return "a block of keys";
        }
        return value == null ? "nothing" : String.valueOf(value);
    }
}
