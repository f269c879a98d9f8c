package org.eigendrift.cli.config;

import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.Optional;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * The block {@code sample}.
 *
 * @param count samples to draw
 * @param seed seed of the run
 * @param initial file of initial points
 * @param noise file of recorded noise
 * @param trajectory whether every state is kept
 */
public record SampleSettings(
        @Option(doc = "How many samples to draw; 0 draws none.", value = "10000", min = 0, max = 1e9)
        int count,

        @Option(doc = "Seed of the whole run: the same seed gives the same bits.", value = "0")
        long seed,

        @Option(
                doc = "NPY file (points, dim) with the states from which the sampler starts, in the coordinates of the"
                        + " process, instead of draws from the prior.",
                value = "none")
        Optional<Path> initial,

        @Option(
                doc = "NPY file (draws, points, dim) with the normal numbers the sampler uses, in the order of use,"
                        + " instead of its own.",
                value = "none")
        Optional<Path> noise,

        @Option(doc = "Write every state to trajectory.npy, of shape (steps + 1, points, dim).", value = "false")
        boolean trajectory) {

    /** How the block is bound. */
    public static final OptionSchema<SampleSettings> SCHEMA =
            OptionSchema.of(MethodHandles.lookup(), SampleSettings.class);
}
