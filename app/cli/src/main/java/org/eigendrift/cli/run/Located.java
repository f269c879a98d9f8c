package org.eigendrift.cli.run;

import java.util.function.Supplier;
import org.eigendrift.api.InputException;
import org.eigendrift.cli.config.Configuration.Places;

/** Adds to messages where in the configuration the key they speak of was written. */
public final class Located {
    private Located() {}

    /**
     * Does work on behalf of a block.
     *
     * @param <T> result
     * @param places where keys were written
     * @param path the block
     * @param work the work
     * @return its result
     * @throws InputException of the work, with file, line and key before its message
     */
    public static <T> T in(Places places, String path, Supplier<T> work) {
        try {
            return work.get();
        } catch (InputException e) {
            throw (e.key().isPresent() ? e : e.within(path))
                    .within(places.of(e.key().orElse(path)));
        }
    }

    /**
     * Does work on behalf of the whole configuration.
     *
     * @param <T> result
     * @param places where keys were written
     * @param work the work
     * @return its result
     * @throws InputException of the work, with file and line before its message if it is about a key
     */
    public static <T> T anywhere(Places places, Supplier<T> work) {
        try {
            return work.get();
        } catch (InputException e) {
            throw e.key().map(key -> e.within(places.of(key))).orElse(e);
        }
    }
}
