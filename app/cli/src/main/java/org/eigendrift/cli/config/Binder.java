package org.eigendrift.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.plugin.OptionSpec;
import org.eigendrift.api.plugin.Problem;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.plugin.ProviderLookup;

/** Binds the blocks of a tree to plugins and settings; mistakes go to the collector with their places. */
final class Binder {
    private static final String AUTO = "auto";

    private final YamlTree tree;
    private final ProviderLookup providers;
    private final Mistakes mistakes;
    private boolean failed;

    Binder(YamlTree tree, ProviderLookup providers, Mistakes mistakes) {
        this.tree = tree;
        this.providers = providers;
        this.mistakes = mistakes;
    }

    /** Adds a mistake at a key. */
    void report(String path, String message) {
        failed = true;
        mistakes.add(tree.place(path), path + ": " + message + misplaced(path, message));
    }

    /** A block that was written into another one is known by its name. */
    private static String misplaced(String path, String message) {
        String key = path.substring(path.lastIndexOf('.') + 1);
        return message.startsWith("unknown option") && Blocks.NAMES.contains(key)
                ? "; '" + key + "' is a block of its own, beside '" + path.substring(0, path.indexOf('.')) + "'"
                : "";
    }

    /** Adds a mistake that a schema found. */
    void report(Problem problem) {
        report(problem.path(), problem.message());
    }

    /** Whether there was a mistake. */
    boolean failed() {
        return failed;
    }

    /**
     * A value as a block of options.
     *
     * @param path where it stands
     * @param value a map, the name of a plugin, or null
     * @param preset the plugin where none is named, or null
     * @return a new modifiable map, or empty after a mistake
     */
    Optional<Map<String, Object>> block(String path, Object value, String preset) {
        Map<String, Object> block = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> block.put(String.valueOf(k), v));
        } else if (value instanceof String name) {
            block.put(Blocks.typeKey(path), name);
        } else if (value != null) {
            report(path, "expected a name or a block of keys, found " + Values.show(value));
            return Optional.empty();
        }
        if (preset != null) {
            block.putIfAbsent(Blocks.typeKey(path), preset);
        }
        return Optional.of(block);
    }

    /**
     * Binds settings that are no plugin's.
     *
     * @param <O> settings record
     * @param schema its schema
     * @param path where the block stands
     * @param block keys and values
     * @param base directory for relative paths
     * @return the settings, empty after a mistake
     */
    <O extends Record> Optional<O> settings(OptionSchema<O> schema, String path, Map<String, Object> block, Path base) {
        return schema.bind(block, path, base, providers, this::report);
    }

    /**
     * Binds a block to a plugin.
     *
     * @param <C> context
     * @param <T> what is created
     * @param kind kind of plugin
     * @param path where the block stands
     * @param block the plugin's name and options; modified
     * @param base directory for relative paths
     * @return the choice, empty after a mistake
     */
    <C, T> Optional<Chosen<C, T>> plugin(Kind<C, T> kind, String path, Map<String, Object> block, Path base) {
        return checked(kind, path, block, List.of())
                ? Choices.bind(kind, block, Blocks.typeKey(path), path, base, providers, this::report)
                : Optional.empty();
    }

    /**
     * Checks a plugin's name and the keys beside it. Unknown keys are reported and removed, so that what remains can
     * be checked further.
     *
     * @param kind kind of plugin
     * @param path where the block stands
     * @param block the plugin's name and options, and possibly keys of others; modified
     * @param others keys that the block may hold beside the plugin's
     * @return false if the name is unknown, so that nothing more can be said
     */
    boolean checked(Kind<?, ?> kind, String path, Map<String, Object> block, List<String> others) {
        String typeKey = Blocks.typeKey(path);
        if (!(block.get(typeKey) instanceof String name) || name.equals(AUTO)) {
            return true;
        }
        try {
            refuseUnknown(providers.find(kind.provider(), name), path, block, others);
            return true;
        } catch (InputException e) {
            report(path + "." + typeKey, e.getMessage());
            return false;
        }
    }

    private void refuseUnknown(
            Provider<?, ?, ?> provider, String path, Map<String, Object> block, List<String> others) {
        List<String> known = new ArrayList<>();
        provider.options().options().stream().map(OptionSpec::key).forEach(known::add);
        known.addAll(others);
        for (String key : List.copyOf(block.keySet())) {
            if (!key.equals(Blocks.typeKey(path)) && !known.contains(key)) {
                report(path + "." + key, Nearest.unknown("option", key, known));
                block.remove(key);
            }
        }
    }
}
