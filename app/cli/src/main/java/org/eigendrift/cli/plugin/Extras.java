package org.eigendrift.cli.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.plugin.Nearest;

/**
 * Plugins that the distribution brings in {@code extras/} and that are loaded once they are added: each has a native library that not
 * every run should open.
 */
public final class Extras {
    /** Where a plugin is put together before it takes its place. */
    private static final String PART = ".part";

    private final Path extras;
    private final Path plugins;

    private Extras(Path home) {
        this.extras = home.resolve("extras");
        this.plugins = home.resolve("plugins");
    }

    /**
     * Those of the distribution that runs.
     *
     * @return empty if the program does not run from a distribution that has some
     */
    public static Optional<Extras> ofDistribution() {
        return Optional.ofNullable(System.getProperty("eigendrift.home"))
                .map(home -> new Extras(Path.of(home)))
                .filter(found -> Files.isDirectory(found.extras));
    }

    /**
     * The names that may be added.
     *
     * @return folders of {@code extras/}, sorted
     */
    public List<String> names() {
        try (Stream<Path> folders = Files.list(extras)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InputException(extras + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Puts a plugin among those that are loaded.
     *
     * @param name one of {@link #names}
     * @return where it is now
     * @throws InputException if there is none of that name, it was added before, or the directory cannot be written
     */
    public Path add(String name) {
        if (!names().contains(name)) {
            throw new InputException(
                    "plugins add: the distribution has no plugin '" + name + "'" + Nearest.hint(name, names()));
        }
        Path added = plugins.resolve(name);
        if (Files.exists(added)) {
            throw new InputException("plugins add: " + added + " is there already; remove it to add it anew");
        }
        Path part = plugins.resolve(name + PART);
        try {
            Files.createDirectories(part);
            try (Stream<Path> jars = Files.list(extras.resolve(name))) {
                for (Path jar : jars.sorted().toList()) {
                    Files.copy(jar, part.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            return Files.move(part, added);
        } catch (IOException e) {
            throw new InputException(
                    "plugins add: " + added + " cannot be written: " + e + "; copy " + extras.resolve(name)
                            + " to a directory of yours and name that with --plugins",
                    e);
        }
    }

    /**
     * Which plugin that was not added has what nobody knows.
     *
     * @param kind label of a kind
     * @param name a name of that kind that was not found
     * @return a clause for a message; empty if none has it
     */
    Optional<String> serving(String kind, String name) {
        return names().stream()
                .filter(plugin -> !Files.exists(plugins.resolve(plugin)))
                .filter(plugin -> has(extras.resolve(plugin), kind, name))
                .findFirst()
                .map(plugin -> "the plugin " + plugin + " of the distribution has it: 'eigendrift plugins add " + plugin
                        + "'");
    }

    private static boolean has(Path folder, String kind, String name) {
        Catalog catalog = PluginLayers.ofOne(folder);
        return catalog.all(Catalog.kind(kind)).stream()
                .anyMatch(provider -> provider.name().equals(name));
    }
}
