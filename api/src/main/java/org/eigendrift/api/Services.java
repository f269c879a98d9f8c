package org.eigendrift.api;

import java.util.Map;

/** What a run offers to extensions by type: how a reader comes by the column types of other plugins. Thread-safe. */
public interface Services {
    /** Nothing: what there is outside a run. */
    Services NONE = new Services() {
        @Override
        public <T> Map<String, T> all(Class<T> type) {
            return Map.of();
        }
    };

    /**
     * All extensions of a type that were found, each with its options' defaults.
     *
     * @param <T> the type
     * @param type what a kind of extension creates, for example {@code ColumnType}
     * @return extensions by name, sorted by name; empty for types that are not offered
     */
    <T> Map<String, T> all(Class<T> type);
}
