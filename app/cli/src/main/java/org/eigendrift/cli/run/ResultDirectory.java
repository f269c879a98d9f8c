package org.eigendrift.cli.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.eigendrift.cli.output.WholeFile;

/**
 * The directory in which a run leaves its files.
 *
 * @param path the directory; it can be written to, and is made with the first file
 */
public record ResultDirectory(Path path) {

    /**
     * Checks that files can be written into a directory, before any work is done.
     *
     * @param option what named the directory, for the message
     * @param path the directory; a run that is refused does not make it
     * @return the directory
     * @throws org.eigendrift.api.InputException if nothing can be written there
     */
    public static ResultDirectory open(String option, Path path) {
        WholeFile.checkDirectory(option, path);
        return new ResultDirectory(path);
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** Writes a file whole, or not at all. */
    void write(String name, WholeFile.Content content) {
        try {
            WholeFile.write(file(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(file(name) + " cannot be written: " + e.getMessage(), e);
        }
    }
}
