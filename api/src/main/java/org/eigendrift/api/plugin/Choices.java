package org.eigendrift.api.plugin;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads and writes the blocks of a configuration that choose an extension. */
public final class Choices {
    private Choices() {}

    /**
     * Binds {@code NAME} or {@code {type: NAME, ...}} to a provider and its options, reporting every mistake.
     *
     * @param <C> context from which the extension is created
     * @param <T> what is created
     * @param kind what is chosen
     * @param value the block: text, or a map with {@code typeKey} and the plugin's own options; not modified
     * @param typeKey the key that names the plugin: {@code type}, for a basis {@code family}
     * @param path where the block stands, for messages
     * @param base directory against which relative paths are resolved
     * @param providers finds providers
     * @param problems receives every mistake
     * @return the choice, empty if there was a mistake
     */
    @SuppressWarnings("unchecked")
    public static <C, T> Optional<Chosen<C, T>> bind(
            Kind<C, T> kind,
            Object value,
            String typeKey,
            String path,
            Path base,
            ProviderLookup providers,
            Consumer<Problem> problems) {
        // The kind fixes C and T, which erasure hides from the untyped binder.
        return OptionValues.choose(kind.provider(), value, typeKey, path, base, providers, problems)
                .map(chosen -> (Chosen<C, T>) chosen);
    }

    /**
     * Writes a choice back as a block, every option with its value.
     *
     * @param chosen the choice
     * @param typeKey the key that names the plugin
     * @return keys and plain values, the name first
     */
    public static Map<String, Object> write(Chosen<?, ?> chosen, String typeKey) {
        return OptionValues.writeChosen(chosen, typeKey);
    }

    /**
     * What was chosen beside the plugin.
     *
     * @param chosen the choice
     * @return the options that differ from what they are by default, by key; all where one of them has no default. A new map
     */
    public static Map<String, Object> changed(Chosen<?, ?> chosen) {
        return changed(chosen.provider().options(), chosen.options());
    }

    private static <O extends Record> Map<String, Object> changed(OptionSchema<O> schema, Record options) {
        Map<String, Object> changed = schema.write(options);
        if (schema.options().stream().noneMatch(OptionSpec::required)) {
            schema.write(schema.defaults()).forEach(changed::remove);
        }
        return changed;
    }
}
