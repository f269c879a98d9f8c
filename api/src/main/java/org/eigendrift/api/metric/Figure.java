package org.eigendrift.api.metric;

import java.util.OptionalDouble;

/**
 * One figure of {@code metrics.json}, at {@code group.name}.
 *
 * @param group for example {@code samples}
 * @param name for example {@code mmd}, lower case with underscores
 * @param value the figure
 * @param floor the same figure of held-out against training rows at the same size, written as {@code name_floor}
 * @param error its uncertainty (one standard error, or an integration error as the metric says), written as
 *     {@code name_error}
 */
public record Figure(String group, String name, double value, OptionalDouble floor, OptionalDouble error) {

    /**
     * A figure alone.
     *
     * @param group for example {@code samples}
     * @param name for example {@code count}
     * @param value the figure
     * @return a figure without floor or error
     */
    public static Figure of(String group, String name, double value) {
        return new Figure(group, name, value, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /**
     * The figure beside its floor.
     *
     * @param newFloor the floor
     * @return a new figure
     */
    public Figure withFloor(double newFloor) {
        return new Figure(group, name, value, OptionalDouble.of(newFloor), error);
    }

    /**
     * The figure with its uncertainty.
     *
     * @param newError the uncertainty
     * @return a new figure
     */
    public Figure withError(double newError) {
        return new Figure(group, name, value, floor, OptionalDouble.of(newError));
    }
}
