package org.eigendrift.cli.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.output.PointWriter;

/** Writes a file under a temporary name in the same directory, and moves it when it is complete. */
public final class WholeFile {
    private WholeFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes the content.
         *
         * @param file a temporary file; its name ends as the final one does
         * @throws IOException if it cannot be written
         */
        void writeTo(Path file) throws IOException;
    }

    /**
     * Writes a file.
     *
     * @param file where to, in directories that are made if they are not there; replaced if it exists
     * @param content writes the content
     * @throws IOException if it cannot be written; then whatever stood there before stands there still
     */
    public static void write(Path file, Content content) throws IOException {
        Path temporary = file.resolveSibling(".part-" + file.getFileName());
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            content.writeTo(temporary);
            try {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Checks, before any work is done, that a file can be written.
     *
     * @param option what named the file, for the message: {@code --out}
     * @param file the file; nothing is made yet
     * @throws InputException if it cannot be written there; the message says why
     */
    public static void check(String option, Path file) {
        if (Files.isDirectory(file)) {
            throw new InputException(option + ": " + file + " is a directory; expected the name of a file");
        }
        checkDirectory(option, file.toAbsolutePath().getParent());
    }

    /**
     * Checks, before any work is done, that files can be written into a directory.
     *
     * @param option what named the directory, for the message
     * @param directory the directory; it is not made yet if it does not exist
     * @throws InputException if nothing can be written there; the message says why
     */
    public static void checkDirectory(String option, Path directory) {
        Path there = directory.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        try {
            if (!Files.isDirectory(there)) {
                throw new FileAlreadyExistsException(there.toString());
            }
            Path probe = Files.createTempFile(there, ".part-", "");
            Files.delete(probe);
        } catch (IOException e) {
            throw new InputException(
                    option + ": cannot write to " + directory + ": " + reason(e) + "; expected a directory to write to",
                    e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file of that name is in the way";
        }
        String message = String.valueOf(e.getMessage());
        return message.substring(message.lastIndexOf(": ") + 1).trim();
    }

    /**
     * Writes rows.
     *
     * @param file where they go
     * @param writer how
     * @param columns their columns
     * @param rows the rows
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void write(Path file, PointWriter writer, List<Column> columns, Points rows) {
        try {
            write(file, temporary -> {
                try (PointWriter.Sink sink = writer.open(temporary, columns, rows.size())) {
                    sink.write(rows);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
