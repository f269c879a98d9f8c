package org.eigendrift.cli.config;

import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.output.WriterProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * The block {@code output}.
 *
 * @param dir directory of all results
 * @param format writer of the samples
 * @param image height and width of the images that rows are; empty if they are none
 */
public record OutputSettings(
        @Option(
                doc = "Directory of the results, relative to the working directory; without it, out/ and the"
                        + " configuration's name.",
                value = "none")
        Optional<Path> dir,

        @Option(doc = "Writer of the samples.", value = "npy", kind = WriterProvider.class)
        Chosen<RunContext, PointWriter> format,

        @Option(
                doc = "Height and width in pixels, [8, 8], where a row is an image, row by row from the top: the report"
                        + " shows images. [] where it is none.",
                value = "[]",
                min = 1,
                max = 4096)
        List<Integer> image) {

    /**
     * Checks the image's sides.
     *
     * @throws InputException if there are neither none nor two
     */
    public OutputSettings {
        image = List.copyOf(image);
        if (!image.isEmpty() && image.size() != 2) {
            throw new InputException("image: expected height and width, [8, 8], found " + image);
        }
    }

    /** How the block is bound. */
    public static final OptionSchema<OutputSettings> SCHEMA =
            OptionSchema.of(MethodHandles.lookup(), OutputSettings.class);
}
