package org.eigendrift.cli.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eigendrift.api.InputException;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.ProviderLookup;

/**
 * Guidance on the command line.
 *
 * @param guidance values of {@code --guidance}: a block, a list of blocks, or a file of either
 * @param corrector value of {@code --corrector}
 * @param temperature value of {@code --temperature}; the model is annealed before anything else steers it
 * @param sampler whether a sampler is named
 */
public record GuidanceText(
        List<String> guidance, Optional<String> corrector, OptionalDouble temperature, boolean sampler) {
    /** A command line that steers nothing. */
    public static final GuidanceText NONE =
            new GuidanceText(List.of(), Optional.empty(), OptionalDouble.empty(), false);

    /**
     * Reads it.
     *
     * @param working directory for relative paths
     * @param providers finds plugins
     * @return the settings
     * @throws InputException one line for each mistake
     */
    public GuidanceSettings read(Path working, ProviderLookup providers) {
        List<Chosen<GuidanceContext, Guidance>> all = new ArrayList<>();
        if (temperature.isPresent()) {
            Map<String, Object> block = new LinkedHashMap<>();
            block.put("type", "temperature");
            block.put("temperature", temperature.getAsDouble());
            all.addAll(bind("--temperature", Map.of("guidance", block), working, providers)
                    .guidance());
        }
        for (String text : guidance) {
            Path file = file(text, working);
            Object value = file == null ? PluginText.value("--guidance", text) : content(text, file);
            String source = file == null ? "--guidance" : text;
            Path base = file == null ? working : file.getParent();
            Map<String, Object> root = new LinkedHashMap<>();
            root.put("guidance", value);
            all.addAll(bind(source, root, base, providers).guidance());
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("guidance", all.isEmpty() ? null : "there");
        corrector.ifPresent(text -> root.put("corrector", PluginText.value("--corrector", text)));
        root.put("sampler", sampler ? "there" : null);
        Mistakes mistakes = new Mistakes();
        Binder binder = new Binder(YamlTree.read("--corrector", "", mistakes), providers, mistakes);
        GuidanceSettings settings = new GuidanceSettings(all, new GuidanceBinding(root, binder, working).corrector());
        mistakes.check();
        return settings;
    }

    private static GuidanceSettings bind(String source, Map<String, Object> root, Path base, ProviderLookup providers) {
        Mistakes mistakes = new Mistakes();
        Binder binder = new Binder(YamlTree.read(source, "", mistakes), providers, mistakes);
        GuidanceSettings settings =
                new GuidanceSettings(new GuidanceBinding(root, binder, base).guidance(), Optional.empty());
        mistakes.check();
        if (!settings.guided()) {
            throw new InputException(
                    source + ": expected guidance, '{type: NAME, ...}' or a list of such blocks, found none");
        }
        return settings;
    }

    /** What stands in a configuration beside guidance and changes what it means is not passed over. */
    private void besides(String name, Map<?, ?> configuration) {
        Object rows = configuration.get("reconstruct");
        if (rows != null && !"none".equals(rows)) {
            throw new InputException(
                    name + ": reconstruct: takes held-out rows of a target, as 'run' has it; leave it out,"
                            + " and give the guidance a value");
        }
        Map<String, Boolean> named = Map.of("corrector", corrector.isPresent() || sampler, "sampler", sampler);
        for (String key : List.of("corrector", "sampler")) {
            Object way = configuration.get(key);
            if (way != null && !"auto".equals(way) && !named.get(key)) {
                throw new InputException(name + ": " + key + ": is not read from a file of guidance; name it by --"
                        + key + ", or leave it out");
            }
        }
    }

    /** The file that a text names; null if it is a block itself. */
    private static Path file(String text, Path working) {
        if (text.matches("(?s).*[{\\[\\n].*")) {
            return null;
        }
        Path file = working.resolve(text);
        if (Files.isRegularFile(file)) {
            return file.toAbsolutePath().normalize();
        }
        if (text.matches(".*(/|\\.(ya?ml|json)$).*")) {
            throw new InputException("--guidance: " + text + ": there is no such file; expected a file of guidance, or"
                    + " '{type: NAME, ...}'");
        }
        return null;
    }

    private Object content(String name, Path file) {
        try {
            Object value = PluginText.value(name, Files.readString(file, StandardCharsets.UTF_8));
            if (value instanceof Map<?, ?> map && map.containsKey("guidance")) {
                besides(name, map);
                return map.get("guidance");
            }
            return value;
        } catch (IOException e) {
            throw new InputException("--guidance: " + name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
