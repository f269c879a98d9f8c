package org.eigendrift.engine.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.law.gibbs.GibbsLaw;
import org.eigendrift.engine.law.mixture.Mixture;

/**
 * The model file: a safetensors file that holds everything of a model but the wall times of its fit, so that
 * the model read back computes the same numbers bit for bit, and equal models have equal bytes. The format is
 * described in {@code docs/model-file.md}.
 */
public final class ModelFile {
    /** The latest version of the format; versions up to it are read, and files are written in the first that will do. */
    public static final int FORMAT_VERSION = 4;

    /** The version of files of a single model. */
    static final int MODEL_VERSION = 1;

    /** The version of files of several charts. */
    static final int ATLAS_VERSION = 2;

    /** The version of files with sums of A(t) at given times, or a Gibbs density, of a single model or several charts. */
    static final int GRID_VERSION = 3;

    /** The version of files that name the kind of a law, or of a gate. */
    static final int KIND_VERSION = 4;

    /** Value of the metadata entry {@code format}. */
    static final String FORMAT = "eigendrift";

    private ModelFile() {}

    /**
     * Writes a law, under a temporary name first, so that there is never half a file. A mixture of one member is written as
     * the law it is.
     *
     * @param law the law
     * @param file where; replaced if it exists
     * @throws InputException if it cannot be written there, or the kind of law not to a file
     */
    public static void write(Law law, Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new InputException(file + ": cannot be written (there is no directory " + directory + ")");
        }
        if (Files.isDirectory(file)) {
            throw new InputException(file + ": cannot be written (it is a directory)");
        }
        try {
            contents(law).write(file);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be written (" + reason(e) + ")", e);
        }
    }

    /**
     * Reads a law.
     *
     * @param file a file that {@link #write} wrote
     * @param providers finds the plugins the model was made with
     * @return the law
     * @throws InputException if the file cannot be read, is damaged or truncated or of a newer version, or needs a
     *     plugin that is not there
     */
    public static Law read(Path file, ProviderLookup providers) {
        try (SafetensorsReader reader = new SafetensorsReader(file)) {
            return read(reader, providers);
        } catch (InputException e) {
            throw new InputException(file + ": " + oneLine(e.getMessage()), e);
        } catch (UncheckedIOException e) {
            throw new InputException(file + ": cannot be read (" + oneLine(reason(e.getCause())) + ")", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read (" + oneLine(reason(e)) + ")", e);
        }
    }

    static SafetensorsWriter contents(Law any) {
        Law law = LawCodecs.plain(any);
        SafetensorsWriter out = new SafetensorsWriter();
        out.metadata("format", FORMAT);
        out.metadata("format_version", Integer.toString(LawCodecs.of(law).version(law)));
        out.metadata("eigendrift_version", programVersion());
        String kind = law.provenance().kind();
        Section.write(law, List.of(), LawCodecs.inferred(kind), new Section.Out(out, "", law.columns()));
        return out;
    }

    private static Law read(SafetensorsReader in, ProviderLookup providers) throws IOException {
        long version = version(in);
        in.verify();
        Section.In whole = Section.In.of(in, providers);
        Law law = whole.read(kind(in, version));
        for (String name : in.tensors().keySet()) {
            if (!whole.used().contains(name)) {
                throw new InputException("tensor '" + name + "' is none of an Eigendrift model");
            }
        }
        return law;
    }

    /** The kind of a file that does not name it: the second version was of charts alone, the first of one model. */
    private static String kind(SafetensorsReader in, long version) {
        if (version > ATLAS_VERSION && in.metadata().containsKey(GibbsCodec.CHOICES)) {
            return GibbsLaw.KIND;
        }
        boolean several = version > ATLAS_VERSION && in.metadata().containsKey(MixtureCodec.CHARTS);
        return several || version == ATLAS_VERSION ? Mixture.KIND : FittedModel.KIND;
    }

    private static long version(SafetensorsReader in) {
        if (!FORMAT.equals(in.metadata().get("format"))) {
            throw new InputException(
                    "a safetensors file, but not of an Eigendrift model: its metadata entry 'format' is "
                            + in.metadata().get("format") + ", expected " + FORMAT);
        }
        long version = in.whole("format_version");
        if (version > FORMAT_VERSION) {
            throw new InputException("format version " + version + ", written by Eigendrift "
                    + in.metadata().get("eigendrift_version") + "; this is Eigendrift " + programVersion()
                    + ", which reads format versions up to " + FORMAT_VERSION);
        }
        if (version < 1) {
            throw new InputException("format version " + version + ", expected 1 to " + FORMAT_VERSION);
        }
        return version;
    }

    /** The version of this program, as recorded in its module or, on the class path, in its jar. */
    static String programVersion() {
        ModuleDescriptor descriptor = ModelFile.class.getModule().getDescriptor();
        Optional<String> version = descriptor == null
                ? Optional.ofNullable(ModelFile.class.getPackage().getImplementationVersion())
                : descriptor.rawVersion();
        return version.orElse("development");
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
