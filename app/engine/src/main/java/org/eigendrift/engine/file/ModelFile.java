package org.eigendrift.engine.file;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.eigendrift.api.InputException;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.engine.atlas.Atlas;

/**
 * The model file: a safetensors file that holds everything of a model but the wall times of its fit, so that
 * the model read back computes the same numbers bit for bit, and equal models have equal bytes. The format is
 * described in {@code docs/model-file.md}.
 */
public final class ModelFile {
    /** The latest version of the format; versions up to it are read, and files are written in the first that will do. */
    public static final int FORMAT_VERSION = 3;

    /** The version of files of a single model. */
    static final int MODEL_VERSION = 1;

    /** The version of files of several charts. */
    static final int ATLAS_VERSION = 2;

    /** The version of files with sums of A(t) at given times, or a Gibbs density, of a single model or several charts. */
    static final int GRID_VERSION = 3;

    /** Value of the metadata entry {@code format}. */
    static final String FORMAT = "eigendrift";

    private ModelFile() {}

    /**
     * Writes a model, under a temporary name first, so that there is never half a file. A single chart is written as
     * the ordinary model it is.
     *
     * @param model the model
     * @param file where; replaced if it exists
     * @throws InputException if it cannot be written there
     */
    public static void write(Atlas model, Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new InputException(file + ": cannot be written (there is no directory " + directory + ")");
        }
        if (Files.isDirectory(file)) {
            throw new InputException(file + ": cannot be written (it is a directory)");
        }
        try {
            AtlasWriter.contents(model).write(file);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be written (" + reason(e) + ")", e);
        }
    }

    /**
     * Reads a model.
     *
     * @param file a file that {@link #write} wrote
     * @param providers finds the plugins the model was made with
     * @return the model
     * @throws InputException if the file cannot be read, is damaged or truncated or of a newer version, or needs a
     *     plugin that is not there
     */
    public static Atlas read(Path file, ProviderLookup providers) {
        try (SafetensorsReader reader = new SafetensorsReader(file)) {
            return new AtlasReader(reader, providers).read();
        } catch (InputException e) {
            throw new InputException(file + ": " + oneLine(e.getMessage()), e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read (" + oneLine(reason(e)) + ")", e);
        }
    }

    /** The version of this program, as recorded in its module. */
    static String programVersion() {
        ModuleDescriptor descriptor = ModelFile.class.getModule().getDescriptor();
        return descriptor == null ? "development" : descriptor.rawVersion().orElse("development");
    }

    /** In words: the messages of file system exceptions are mostly the file's name alone. */
    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        String message = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** A hostile file's own text must not break the line that reports it. */
    private static String oneLine(String message) {
        String line = message.replaceAll("\\p{Cntrl}", " ");
        int longest = 600;
        return line.length() <= longest ? line : line.substring(0, longest) + " ...";
    }
}
