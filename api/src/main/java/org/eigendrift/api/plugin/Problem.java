package org.eigendrift.api.plugin;

/**
 * One mistake in a configuration.
 *
 * @param path where, as keys joined by dots: {@code solver.tolerance}
 * @param message what was found, what was expected, the nearest valid choice; no line break
 */
public record Problem(String path, String message) {
    @Override
    public String toString() {
        return path + ": " + message;
    }
}
