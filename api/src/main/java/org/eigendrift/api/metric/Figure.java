package org.eigendrift.api.metric;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One figure of {@code metrics.json}, at {@code group.name}: a number with its unit, which way is better, what it may
 * be compared with, and how sure it is.
 *
 * @param group for example {@code samples}
 * @param name for example {@code mmd}, lower case with underscores; names nothing but the figure, nothing is read from it
 * @param value the figure
 * @param better which way is better
 * @param unit its unit for a reader: {@code nats}, {@code seconds}, {@code rows}; empty where it has none, or that of
 *     the data
 * @param floor the same figure of held-out against training rows at the same size, written as {@code name_floor}
 * @param interval where the floor lies in nine cases of ten, written as {@code name_floor_low} and
 *     {@code name_floor_high}
 * @param error its uncertainty (one standard error, or an integration error as the metric says), written as
 *     {@code name_error}
 * @param words how a report calls it; empty for its name
 */
public record Figure(
        String group,
        String name,
        double value,
        Better better,
        String unit,
        OptionalDouble floor,
        Optional<Interval> interval,
        OptionalDouble error,
        Optional<Words> words) {

    /**
     * How a figure is called in a report.
     *
     * @param label its name for a reader; begins with an ellipsis where it belongs to the figure before it
     * @param meaning one phrase on what it is, possibly empty
     */
    public record Words(String label, String meaning) {}

    /** Which way is better. */
    public enum Better {
        /** A distance or an error: the less, the better; training rows have the floor. */
        LESS,
        /** A score: the more, the better. */
        MORE,
        /** Best where training rows are, at the floor; both more and less say something. */
        NEAR_FLOOR,
        /** A classifier's accuracy, best at one half, where it cannot tell samples from data. */
        CHANCE,
        /** A fact about the run, not a matter of good or bad. */
        NONE
    }

    /**
     * From where to where.
     *
     * @param low the lower end
     * @param high the upper end
     */
    public record Interval(double low, double high) {}

    /**
     * A figure alone: a fact, unless {@link #better(Better)} says more.
     *
     * @param group for example {@code samples}
     * @param name for example {@code count}
     * @param value the figure
     * @return a figure without direction, unit, floor or error
     */
    public static Figure of(String group, String name, double value) {
        return new Figure(
                group,
                name,
                value,
                Better.NONE,
                "",
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty());
    }

    /**
     * The key in {@code metrics.json}.
     *
     * @return {@code group.name}
     */
    public String key() {
        return group + "." + name;
    }

    /**
     * The figure with a direction.
     *
     * @param direction which way is better
     * @return a new figure
     */
    public Figure better(Better direction) {
        return new Figure(group, name, value, direction, unit, floor, interval, error, words);
    }

    /**
     * The figure in a unit.
     *
     * @param newUnit for example {@code nats}
     * @return a new figure
     */
    public Figure in(String newUnit) {
        return new Figure(group, name, value, better, newUnit, floor, interval, error, words);
    }

    /**
     * The figure beside its floor.
     *
     * @param newFloor the floor
     * @return a new figure
     */
    public Figure withFloor(double newFloor) {
        return new Figure(group, name, value, better, unit, OptionalDouble.of(newFloor), interval, error, words);
    }

    /**
     * The figure with the interval of its floor.
     *
     * @param low lower end
     * @param high upper end
     * @return a new figure
     */
    public Figure withFloorBetween(double low, double high) {
        return new Figure(group, name, value, better, unit, floor, Optional.of(new Interval(low, high)), error, words);
    }

    /**
     * The figure with its uncertainty.
     *
     * @param newError the uncertainty
     * @return a new figure
     */
    public Figure withError(double newError) {
        return new Figure(group, name, value, better, unit, floor, interval, OptionalDouble.of(newError), words);
    }

    /**
     * The figure with words for a report.
     *
     * @param label its name for a reader
     * @param meaning one phrase on what it is, possibly empty
     * @return a new figure
     */
    public Figure called(String label, String meaning) {
        return new Figure(
                group, name, value, better, unit, floor, interval, error, Optional.of(new Words(label, meaning)));
    }
}
