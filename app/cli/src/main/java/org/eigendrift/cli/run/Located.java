package org.eigendrift.cli.run;

import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eigendrift.api.InputException;
import org.eigendrift.cli.config.Configuration.Places;

/** Adds to messages where in the configuration the key they speak of was written. */
public final class Located {
    private static final Pattern KEY = Pattern.compile(
            "((?:target|components|density|frame|basis|model|process|solver|guidance|corrector|sampler|sample|evaluate|output)(?:[.\\[][^: ]*)?): .*",
            Pattern.DOTALL);

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
            Matcher key = KEY.matcher(e.getMessage());
            String message = key.matches() ? e.getMessage() : path + ": " + e.getMessage();
            String at = key.matches() ? key.group(1) : path;
            throw new InputException(places.of(at) + ": " + message, e);
        }
    }

    /**
     * Does work on behalf of the whole configuration.
     *
     * @param <T> result
     * @param places where keys were written
     * @param work the work
     * @return its result
     * @throws InputException of the work, with file and line before its message if it begins with a key
     */
    public static <T> T anywhere(Places places, Supplier<T> work) {
        try {
            return work.get();
        } catch (InputException e) {
            Matcher key = KEY.matcher(e.getMessage());
            throw key.matches() ? new InputException(places.of(key.group(1)) + ": " + e.getMessage(), e) : e;
        }
    }
}
