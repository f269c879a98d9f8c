package org.eigendrift.cli.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.cli.plugin.PluginLayers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads configurations against a catalog of plugins. */
public final class ConfigurationReader {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationReader.class);

    private final Catalog catalog;
    private final Path working;

    /**
     * Creates a reader.
     *
     * @param catalog the plugins there are
     * @param working the working directory, absolute
     */
    public ConfigurationReader(Catalog catalog, Path working) {
        this.catalog = catalog;
        this.working = working;
    }

    /**
     * Reads a file.
     *
     * @param file the file, as the user wrote it
     * @param assignments {@code key=value}, each overriding what the file says
     * @return the configuration
     * @throws InputException one line for each mistake
     */
    public Configuration read(Path file, List<String> assignments) {
        Path resolved = working.resolve(file);
        String name = resolved.getFileName().toString().replaceFirst("\\.[^.]+$", "");
        return read(
                file.toString(),
                name,
                text(file, resolved),
                resolved.normalize().getParent(),
                assignments);
    }

    private static String text(Path file, Path resolved) {
        try {
            return Files.readString(resolved, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": there is no such file; expected a configuration", e);
        } catch (CharacterCodingException e) {
            throw new InputException(file + ": not a text in UTF-8; expected a configuration", e);
        } catch (IOException e) {
            String reason = Files.isDirectory(resolved) ? "it is a directory" : e.getMessage();
            throw new InputException(file + ": cannot be read: " + reason, e);
        }
    }

    /**
     * Reads a text.
     *
     * @param source its name, for messages
     * @param name name for the default output directory
     * @param text YAML
     * @param base directory against which relative paths of inputs are resolved
     * @param assignments {@code key=value}, each overriding what the text says
     * @return the configuration
     * @throws InputException one line for each mistake
     */
    Configuration read(String source, String name, String text, Path base, List<String> assignments) {
        Mistakes mistakes = new Mistakes();
        YamlTree tree = YamlTree.read(source, text, mistakes);
        assignments.forEach(tree::set);
        Optional<Configuration> configuration =
                new ConfigurationBinding(tree, catalog, mistakes, base, working).bind(name);
        mistakes.check();
        compareVersions(source, tree.root().get(Blocks.VERSIONS));
        return configuration.orElseThrow(
                () -> new IllegalStateException("a configuration without mistakes did not bind"));
    }

    /** A plugin of others that is not the one with which {@code run.yaml} was written may give other results. */
    private void compareVersions(String source, Object recorded) {
        if (recorded instanceof Map<?, ?> then) {
            PluginLayers.versions(catalog).forEach((module, now) -> {
                if (then.containsKey(module) && !now.equals(then.get(module))) {
                    LOG.warn(
                            "{}: was written with the plugin {} {}; this is {}, and may give other results",
                            source,
                            module,
                            then.get(module),
                            now);
                }
            });
        }
    }
}
