package org.eigendrift.cli.config;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.Corrector;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.plugin.Chosen;

/**
 * The blocks {@code guidance} and {@code corrector}.
 *
 * @param guidance what steers samples, the first first; none if nothing does
 * @param corrector what makes it exact; empty if samples follow a sampler
 */
public record GuidanceSettings(
        List<Chosen<GuidanceContext, Guidance>> guidance, Optional<Chosen<RunContext, Corrector>> corrector) {
    /** Samples that nothing steers. */
    public static final GuidanceSettings NONE = new GuidanceSettings(List.of(), Optional.empty());

    /**
     * Copies the list.
     *
     * @param guidance what steers samples
     * @param corrector what makes it exact
     */
    public GuidanceSettings {
        guidance = List.copyOf(guidance);
    }

    /**
     * Whether anything steers samples.
     *
     * @return false for {@link #NONE}
     */
    public boolean guided() {
        return !guidance.isEmpty();
    }
}
