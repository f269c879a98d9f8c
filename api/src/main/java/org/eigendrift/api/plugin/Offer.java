package org.eigendrift.api.plugin;

import java.util.Map;

/**
 * What a plugin offers for a use where a configuration leaves the choice open ({@code auto}). Whoever chooses asks all plugins of
 * the kind and takes the offer of the largest preference, of equals the first by name, so that the order of jars does not matter.
 *
 * @param preference how readily; what it is measured in is said with the use, otherwise plugins that come with the program say 1 for
 *     what they serve as a rule and 2 for what they serve best
 * @param options the plugin's options as a configuration would write them; those left out have their defaults
 */
public record Offer(double preference, Map<String, Object> options) {

    /**
     * Copies the options.
     *
     * @param preference how readily
     * @param options the plugin's options
     * @throws IllegalArgumentException if the preference is not a number
     */
    public Offer {
        if (Double.isNaN(preference)) {
            throw new IllegalArgumentException("a preference that is not a number");
        }
        options = Map.copyOf(options);
    }

    /**
     * An offer with the options' defaults.
     *
     * @param preference how readily
     * @return the offer
     */
    public static Offer of(double preference) {
        return new Offer(preference, Map.of());
    }
}
