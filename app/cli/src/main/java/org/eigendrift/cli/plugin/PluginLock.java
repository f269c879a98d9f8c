package org.eigendrift.cli.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eigendrift.api.InputException;

/**
 * What may be loaded from a plugin directory: {@code plugins.lock} holds the SHA-256 of every jar beneath it, in the format of
 * {@code sha256sum}. A directory without one loads what it holds.
 */
public final class PluginLock {
    /** The file, in the directory whose jars it pins. */
    public static final String FILE = "plugins.lock";

    private PluginLock() {}

    /**
     * Pins the jars of a directory.
     *
     * @param directory the directory
     * @return the jars that were pinned, relative to it, sorted
     * @throws InputException if there is no such directory, or it cannot be written to
     */
    public static List<String> write(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new InputException(directory + ": there is no such directory");
        }
        Map<String, String> sums = sums(directory);
        StringBuilder text = new StringBuilder();
        sums.forEach((jar, sum) -> text.append(sum).append("  ").append(jar).append('\n'));
        try {
            Files.writeString(directory.resolve(FILE), text);
        } catch (IOException e) {
            throw new InputException(directory.resolve(FILE) + " cannot be written: " + e.getMessage(), e);
        }
        return List.copyOf(sums.keySet());
    }

    /**
     * Refuses what the lock of a directory does not know.
     *
     * @param directory the directory
     * @throws InputException if it has a lock, and a jar is not in it, has another checksum, or is missing
     */
    static void check(Path directory) {
        Path lock = directory.resolve(FILE);
        if (!Files.exists(lock)) {
            return;
        }
        Map<String, String> pinned = read(lock);
        Map<String, String> found = sums(directory);
        found.forEach((jar, sum) -> {
            if (!sum.equals(pinned.get(jar))) {
                String why = pinned.containsKey(jar) ? "is not the file that " + lock + " pins" : "is not in " + lock;
                throw new InputException("plugin " + directory.resolve(jar) + " " + why + " (its SHA-256 is " + sum
                        + "); if it should be loaded, pin it with 'eigendrift plugins lock " + directory + "'");
            }
        });
        pinned.keySet().stream()
                .filter(jar -> !found.containsKey(jar))
                .findFirst()
                .ifPresent(jar -> {
                    throw new InputException(
                            "plugin " + directory.resolve(jar) + ", which " + lock + " pins, is missing");
                });
    }

    private static Map<String, String> read(Path lock) {
        Map<String, String> sums = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(lock)) {
                if (!line.matches("[0-9a-f]{64}  \\S.*")) {
                    throw new InputException(
                            lock + ": expected lines of a SHA-256, two blanks and a jar, found '" + line + "'");
                }
                sums.put(line.substring(66), line.substring(0, 64));
            }
        } catch (IOException e) {
            throw new InputException(lock + " cannot be read: " + e.getMessage(), e);
        }
        return sums;
    }

    /** Every jar beneath a directory, as deep as plugins are looked for. */
    private static Map<String, String> sums(Path directory) {
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory, 2)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jar") && Files.isRegularFile(f))
                    .toList()) {
                sums.put(directory.relativize(file).toString().replace('\\', '/'), PluginJar.sha256(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("plugin directory " + directory + " cannot be read: " + e.getMessage(), e);
        }
        return sums;
    }
}
