package org.eigendrift.targets.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eigendrift.api.InputException;
import org.eigendrift.api.plugin.Nearest;

/**
 * Bytes that can be read several times: a file, unpacked if its name ends in {@code .gz}, or a resource of this
 * module.
 *
 * @param label what messages call it
 * @param opener opens it
 */
record Source(String label, Opener opener) {

    /** Opens the bytes. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens the bytes.
         *
         * @return a stream, to be closed
         * @throws IOException if it cannot be opened
         */
        InputStream open() throws IOException;
    }

    /**
     * A file.
     *
     * @param file where it is
     * @return the source
     */
    static Source of(Path file) {
        boolean packed = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
        return new Source(file.toString(), () -> {
            if (Files.isDirectory(file)) {
                throw new InputException(file + " is a directory; expected a file");
            }
            InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            if (!packed) {
                return raw;
            }
            try {
                return new GZIPInputStream(raw, 1 << 16);
            } catch (IOException e) {
                raw.close();
                throw e;
            }
        });
    }

    /**
     * A bundled resource, unpacked if its name ends in {@code .gz}.
     *
     * @param name {@code penguins.csv}
     * @return the source
     */
    static Source bundled(String name) {
        return new Source(name, () -> {
            InputStream raw = Source.class.getResourceAsStream("/org/eigendrift/targets/data/" + name);
            return name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        });
    }

    /**
     * Opens the bytes.
     *
     * @return a stream, to be closed
     * @throws InputException if they cannot be opened
     */
    InputStream open() {
        try {
            return opener.open();
        } catch (IOException e) {
            throw failure(label, e);
        }
    }

    /**
     * Puts a failure to read into words for the user.
     *
     * @param label the file
     * @param e what happened
     * @return the exception to be thrown
     */
    static InputException failure(String label, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new InputException(label + ": there is no such file" + nearby(label), e);
        }
        if (e instanceof AccessDeniedException) {
            return new InputException(label + ": reading is not permitted", e);
        }
        if (e instanceof ZipException) {
            return new InputException(label + ": not valid compressed data (" + e.getMessage() + ")", e);
        }
        if (e instanceof EOFException) {
            return new InputException(label + ": the compressed data end too early; the file is truncated", e);
        }
        if (e instanceof CharacterCodingException) {
            return new InputException(
                    label
                            + ": not text in the encoding that is read; save it as UTF-8, or set encoding: windows-1252 or latin-1",
                    e);
        }
        return new InputException(label + ": cannot be read: " + e.getMessage(), e);
    }

    /** The file of the same directory whose name is nearest, in words. */
    private static String nearby(String label) {
        Path file = Path.of(label);
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return directory == null ? "" : ", nor a directory " + directory;
        }
        try (Stream<Path> files = Files.list(directory)) {
            // A directory of many files is not searched: the hint is not worth the wait.
            List<String> names = files.limit(1000)
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
            return Nearest.of(file.getFileName().toString(), names)
                    .map(n -> "; did you mean '" + n + "'?")
                    .orElse("");
        } catch (IOException e) {
            return " (and its directory cannot be listed: " + e.getMessage() + ")";
        }
    }
}
