package org.eigendrift.engine.settings;

import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * The {@code process} block of a fitted model.
 *
 * @param horizon T, in units of the slowest relaxation time
 * @param earliest t_min, in the same units
 * @param times grid times at which theta is solved for
 * @param moments what is summed over the rows
 */
public record ProcessOptions(
        @Option(
                doc = "Time T at which sampling begins, in units of the slowest relaxation time (1 / lambda_1)."
                        + " auto: where starting from the stationary law costs less than 1e-5 nats",
                value = "auto",
                min = 0,
                open = true)
        OptionalDouble horizon,

        @Option(
                doc = "Time t_min at which sampling ends, in the same units. auto: chosen by the evidence bound,"
                        + " near the resolution of the basis",
                value = "auto",
                min = 0,
                open = true)
        OptionalDouble earliest,

        @Option(
                doc = "Number of grid times, in geometric progression. auto: five for each factor e of T / t_min",
                value = "auto",
                min = 3,
                max = 10000)
        OptionalInt times,

        @Option(
                doc = "What is summed over the rows: table: moments of products of functions, from which the systems of"
                        + " every time follow; grid: the systems of the grid times themselves; auto: what costs"
                        + " less, the grid only where it holds fewer sums",
                value = "auto")
        Moments moments) {

    /** What is summed over the rows. */
    public enum Moments {
        /** The less costly. */
        AUTO,
        /** Moments of products. */
        TABLE,
        /** A(t) on a grid of times. */
        GRID
    }

    /** Binds and writes the block. */
    public static final OptionSchema<ProcessOptions> SCHEMA =
            OptionSchema.of(MethodHandles.lookup(), ProcessOptions.class);

    /**
     * Checks the order of the times.
     *
     * @param horizon T
     * @param earliest t_min
     * @param times grid times
     * @param moments what is summed
     * @throws IllegalArgumentException if t_min is not before T
     */
    public ProcessOptions {
        if (horizon.isPresent() && earliest.isPresent() && !(earliest.getAsDouble() < horizon.getAsDouble())) {
            throw new IllegalArgumentException("earliest must lie before horizon, found " + earliest.getAsDouble()
                    + " and " + horizon.getAsDouble());
        }
    }

    /**
     * Writes the block, {@link #moments} only where something was chosen, so that configurations and model files read
     * as they did before there was a choice.
     *
     * @return options by key; a new map
     */
    Map<String, Object> write() {
        Map<String, Object> block = SCHEMA.write(this);
        if (moments == Moments.AUTO) {
            block.remove("moments");
        }
        return block;
    }
}
