package org.eigendrift.cli.config;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.Corrector;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.plugin.Chosen;

/**
 * The blocks {@code guidance}, {@code corrector} and {@code reconstruct}.
 *
 * @param guidance what steers samples, the first first; none if nothing does
 * @param corrector what makes it exact; empty if samples follow a sampler
 * @param reconstruct of how many held-out rows the observation is made; 0 where it is given
 */
public record GuidanceSettings(
        List<Chosen<GuidanceContext, Guidance>> guidance,
        Optional<Chosen<RunContext, Corrector>> corrector,
        int reconstruct) {
    /** Samples that nothing steers. */
    public static final GuidanceSettings NONE = new GuidanceSettings(List.of(), Optional.empty());

    /**
     * Guidance whose observation is given.
     *
     * @param guidance what steers samples
     * @param corrector what makes it exact
     */
    public GuidanceSettings(
            List<Chosen<GuidanceContext, Guidance>> guidance, Optional<Chosen<RunContext, Corrector>> corrector) {
        this(guidance, corrector, 0);
    }

    /**
     * Copies the list.
     *
     * @param guidance what steers samples
     * @param corrector what makes it exact
     * @param reconstruct of how many held-out rows the observation is made
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

    /**
     * The same with other guidance, whose observation is given.
     *
     * @param other what steers samples
     * @return new settings
     */
    public GuidanceSettings observing(List<Chosen<GuidanceContext, Guidance>> other) {
        return new GuidanceSettings(other, corrector, 0);
    }
}
