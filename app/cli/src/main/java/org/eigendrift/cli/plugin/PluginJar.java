package org.eigendrift.cli.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.eigendrift.api.InputException;

/** A jar that somebody gave, before anything of it is run or even resolved. */
final class PluginJar {
    /** Native libraries are large; what unpacks to more is no library. */
    private static final long MOST_BYTES = 2L << 30;

    private static final int MOST_ENTRIES = 200_000;

    /** Descriptors, manifests and lists of services are read whole. */
    private static final long MOST_BYTES_OF_META = 1 << 20;

    /** Deflate packs a thousand bytes into one at most; classes and libraries come nowhere near a tenth of that. */
    private static final long MOST_RATIO = 100;

    private static final long SMALL = 10 << 20;

    private PluginJar() {}

    /**
     * Looks through a jar's directory.
     *
     * @param jar the jar
     * @throws InputException if it is no whole jar, or one made to do harm; the message names jar and entry
     */
    static void check(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Set<String> names = new HashSet<>();
            long total = 0;
            for (ZipEntry entry : Collections.list(zip.entries())) {
                checkName(jar, entry.getName(), names);
                checkSize(jar, entry);
                total += entry.getSize();
                if (total > MOST_BYTES || names.size() > MOST_ENTRIES) {
                    throw refused(
                            jar,
                            "it would unpack to more than " + (MOST_BYTES >> 30) + " GiB or " + MOST_ENTRIES
                                    + " entries");
                }
                if (meta(entry.getName()) && bytes(zip, entry) > MOST_BYTES_OF_META) {
                    throw refused(jar, "its " + entry.getName() + " has more than a MiB");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new InputException("plugin " + jar + " cannot be loaded: it is no whole jar: " + e.getMessage(), e);
        }
    }

    private static void checkName(Path jar, String name, Set<String> names) {
        boolean leaves = name.startsWith("/") || name.contains("\\") || name.matches("[A-Za-z]:.*");
        for (String part : name.split("/")) {
            leaves |= part.equals("..");
        }
        if (leaves) {
            throw refused(jar, "its entry '" + name + "' points out of the jar");
        }
        if (!names.add(name)) {
            throw refused(jar, "it has two entries '" + name + "'");
        }
    }

    private static void checkSize(Path jar, ZipEntry entry) {
        if (entry.getSize() > SMALL && entry.getSize() > MOST_RATIO * Math.max(1, entry.getCompressedSize())) {
            throw refused(
                    jar,
                    String.format(
                            Locale.ROOT,
                            "its entry '%s' unpacks from %,d to %,d bytes",
                            entry.getName(),
                            entry.getCompressedSize(),
                            entry.getSize()));
        }
    }

    private static boolean meta(String name) {
        return name.equals("module-info.class")
                || name.startsWith("META-INF/")
                        && !name.endsWith(".class")
                        && (name.equals("META-INF/MANIFEST.MF") || name.startsWith("META-INF/services/"));
    }

    /** What is there, whatever the directory says; no more than is too much. */
    private static long bytes(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes((int) MOST_BYTES_OF_META + 1).length;
        }
    }

    private static InputException refused(Path jar, String why) {
        return new InputException("plugin " + jar + " cannot be loaded: " + why);
    }

    /**
     * The SHA-256 of a file.
     *
     * @param file the file
     * @return hexadecimal digits
     */
    static String sha256(Path file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException("plugin " + file + " cannot be read: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
