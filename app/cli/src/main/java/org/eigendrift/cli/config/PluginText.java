package org.eigendrift.cli.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.ProviderLookup;

/** Reads a plugin from an option of the command line: {@code pf-ode}, or {@code '{type: pf-ode, steps: 100}'}. */
public final class PluginText {
    private PluginText() {}

    /**
     * Reads a plugin.
     *
     * @param <C> context
     * @param <T> what is created
     * @param kind kind of plugin
     * @param option the option, for messages: {@code --sampler}
     * @param text its value
     * @param working directory for relative paths
     * @param providers finds plugins
     * @return the choice
     * @throws InputException one line for each mistake
     */
    public static <C, T> Chosen<C, T> read(
            Kind<C, T> kind, String option, String text, Path working, ProviderLookup providers) {
        return bind(kind, option, value(option, text), working, providers);
    }

    /**
     * Reads the value of an option, as after {@code --set key=}.
     *
     * @param option the option, for messages
     * @param text its value
     * @return a plain value: a text, a number, a truth value, a list or a map
     * @throws InputException if the text is not YAML
     */
    public static Object value(String option, String text) {
        return YamlTree.value(option, text);
    }

    /**
     * Binds a plugin.
     *
     * @param <C> context
     * @param <T> what is created
     * @param kind kind of plugin
     * @param option the option, for messages
     * @param value its name, or a block
     * @param working directory for relative paths
     * @param providers finds plugins
     * @return the choice
     * @throws InputException one line for each mistake
     */
    public static <C, T> Chosen<C, T> bind(
            Kind<C, T> kind, String option, Object value, Path working, ProviderLookup providers) {
        Mistakes mistakes = new Mistakes();
        YamlTree tree = YamlTree.read(option, "", mistakes);
        Binder binder = new Binder(tree, providers, mistakes);
        Optional<Map<String, Object>> block = binder.block(kind.label(), value, null);
        Optional<Chosen<C, T>> chosen = block.flatMap(b -> binder.plugin(kind, kind.label(), b, working));
        mistakes.check();
        return chosen.orElseThrow(() -> new InputException(option + ": expected the name of a " + kind.label()));
    }

    /**
     * The keys of a plugin's options.
     *
     * @param kind kind of plugin
     * @param name its name
     * @param providers finds plugins
     * @return keys in order
     * @throws InputException if there is no such plugin
     */
    public static List<String> keys(Kind<?, ?> kind, String name, ProviderLookup providers) {
        return providers.find(kind.provider(), name).options().options().stream()
                .map(option -> option.key())
                .toList();
    }
}
