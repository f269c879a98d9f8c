package org.eigendrift.cli.config;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * The block {@code model}.
 *
 * @param type where the score comes from
 */
public record ModelSettings(
        @Option(
                doc = "fitted: the eigenbasis model fitted to the target's rows. exact: the target's own score under"
                        + " the affine process that the block process names, for targets that know it.",
                value = "fitted")
        Type type) {

    /** Where the score comes from. */
    public enum Type {
        /** Fitted to rows. */
        FITTED,
        /** Known to the target. */
        EXACT
    }

    /** How the block is bound. */
    public static final OptionSchema<ModelSettings> SCHEMA =
            OptionSchema.of(MethodHandles.lookup(), ModelSettings.class);
}
