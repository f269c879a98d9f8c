package org.eigendrift.api.data;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * One column of a data set.
 *
 * <p>Rows hold doubles, whatever a column is: {@link Kind} says how values are coded. A gap is NaN. Immutable.
 *
 * @param name its name, not blank
 * @param kind what its values are
 * @param lower least value, or the beginning of an angle's period; negative infinity where there is none, 0 for positive and
 *     not negative columns and for levels
 * @param upper largest value, or the end of an angle's period; infinity where there is none, the last level's number for levels
 * @param ends which of the ends are values that occur
 * @param step values are multiples of it: 1 for whole numbers, 0.01 for amounts in cents; 0 if they are not rounded
 * @param levels texts of the levels, in the order of their numbers, distinct; empty unless the kind has levels
 * @param atoms values beside levels that are repeated exactly and mean something of their own, such as 0 or 99999, ascending
 * @param gaps whether cells may be empty
 * @param format how values are written as text
 * @param observed where rows were seen to lie, which is no bound: others may lie beyond, and laws have mass there, but draws of a law
 *     of rows stay within; {@link Span#EVERYWHERE} if nothing is known of it or draws may go anywhere
 */
public record Column(
        String name,
        Kind kind,
        double lower,
        double upper,
        Ends ends,
        double step,
        List<String> levels,
        List<Double> atoms,
        boolean gaps,
        Format format,
        Span observed) {

    /** What a column's values are, and how they are coded. */
    public enum Kind {
        /** Any real number. */
        REAL,
        /** A position on a circle, lower and upper being the same place. */
        ANGLE,
        /** A number above 0. */
        POSITIVE,
        /** A number within known bounds. */
        BOUNDED,
        /** A number of at least 0, 0 itself among them. */
        NON_NEGATIVE,
        /** A whole number, or a multiple of the column's step; coded as itself. */
        INTEGER,
        /** One of some levels that have an order; coded 0 to their number less one. */
        ORDERED,
        /** One of some levels without an order; coded 0 to their number less one. */
        CATEGORY,
        /** No or yes; coded 0 and 1. The levels are the two words. */
        BOOLEAN,
        /** A day; coded as days since 1970-01-01. */
        DATE,
        /** A time of the day; coded as seconds since midnight. */
        TIME,
        /** A moment; coded as seconds since 1970-01-01T00:00Z, of local time as if it were that of UTC. */
        DATE_TIME;

        /**
         * Whether the kind's values have a density and no other structure: what flows are made for.
         *
         * @return true for {@link #REAL}, {@link #ANGLE}, {@link #POSITIVE}, {@link #BOUNDED}
         */
        public boolean smooth() {
            return compareTo(BOUNDED) <= 0;
        }

        /**
         * Whether the kind's values are numbers of levels.
         *
         * @return true for {@link #ORDERED}, {@link #CATEGORY}, {@link #BOOLEAN}
         */
        public boolean levelled() {
            return this == ORDERED || this == CATEGORY || this == BOOLEAN;
        }
    }

    /**
     * Which ends of a column's range are values that occur, so that a law may have mass there. A range that was declared is closed; of
     * one that some rows were seen to have, it is not known where it ends.
     */
    public enum Ends {
        /** Neither, or it is not known. */
        OPEN,
        /** The lower end. */
        LOWER,
        /** The upper end. */
        UPPER,
        /** Both. */
        CLOSED
    }

    /**
     * How a column's values are written as text.
     *
     * @param type name of the column type that reads and writes it; empty for numbers in full precision
     * @param pattern the type's pattern, for example {@code 0.00} or {@code dd.MM.yyyy}; empty for the type's usual form
     * @param gap what an empty cell is written as
     */
    public record Format(String type, String pattern, String gap) {
        /** Numbers in full precision. */
        public static final Format PLAIN = new Format("", "", "");

        /**
         * Checks that nothing is null.
         *
         * @param type name of the column type
         * @param pattern the type's pattern
         * @param gap what an empty cell is written as
         */
        public Format {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(pattern, "pattern");
            Objects.requireNonNull(gap, "gap");
        }
    }

    /**
     * From one number to another.
     *
     * @param lower the least, possibly negative infinity
     * @param upper the largest, possibly infinity
     */
    public record Span(double lower, double upper) {
        /** All numbers. */
        public static final Span EVERYWHERE = new Span(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

        /**
         * Checks the order.
         *
         * @param lower the least
         * @param upper the largest
         * @throws IllegalArgumentException if the largest is below the least, or one is NaN
         */
        public Span {
            if (!(lower <= upper)) {
                throw new IllegalArgumentException("a span from " + lower + " to " + upper);
            }
        }

        /**
         * Whether a number lies in it.
         *
         * @param value a number
         * @return true if so, at its ends too; false for NaN
         */
        public boolean contains(double value) {
            return value >= lower && value <= upper;
        }

        /**
         * The number in it that is nearest to another.
         *
         * @param value a number
         * @return the number itself if it lies in it; NaN for NaN
         */
        public double nearest(double value) {
            return Math.max(lower, Math.min(upper, value));
        }

        /**
         * The least span around two.
         *
         * @param other another span
         * @return from the lesser of the lower ends to the larger of the upper
         */
        public Span union(Span other) {
            return new Span(Math.min(lower, other.lower), Math.max(upper, other.upper));
        }
    }

    /**
     * Checks that everything fits the kind, and copies the lists.
     *
     * @param name its name
     * @param kind what its values are
     * @param lower least value
     * @param upper largest value
     * @param ends which of the ends are values that occur
     * @param step values are multiples of it
     * @param levels texts of the levels
     * @param atoms repeated values that mean something of their own
     * @param gaps whether cells may be empty
     * @param format how values are written as text
     * @param observed where rows were seen to lie
     * @throws IllegalArgumentException if the name is blank, the bounds do not fit the kind, levels are missing, repeated or not
     *     wanted, or atoms are not finite and ascending
     */
    public Column {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(ends, "ends");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(observed, "observed");
        levels = List.copyOf(levels);
        atoms = List.copyOf(atoms);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a column without a name");
        }
        checkRange(name, kind, lower, upper, step);
        checkValues(name, kind, upper, levels, atoms);
    }

    private static void checkRange(String name, Kind kind, double lower, double upper, double step) {
        boolean finite = Double.isFinite(lower) && Double.isFinite(upper);
        boolean bounded = kind == Kind.ANGLE || kind == Kind.BOUNDED || kind.levelled();
        boolean fromZero = kind == Kind.POSITIVE || kind == Kind.NON_NEGATIVE || kind.levelled();
        // A whole number or a level may be the same in all rows; a density needs room.
        boolean room = kind.smooth() || kind == Kind.NON_NEGATIVE ? lower < upper : lower <= upper;
        if (!room || bounded && !finite || fromZero && lower != 0) {
            throw new IllegalArgumentException("column " + name + ": " + kind + " from " + lower + " to " + upper);
        }
        if (!(step >= 0 && step < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("column " + name + ": steps of " + step);
        }
    }

    private static void checkValues(String name, Kind kind, double upper, List<String> levels, List<Double> atoms) {
        boolean fits = kind.levelled() ? levels.size() == upper + 1 : levels.isEmpty();
        if (!fits || kind == Kind.BOOLEAN && levels.size() != 2 || new HashSet<>(levels).size() < levels.size()) {
            throw new IllegalArgumentException("column " + name + ": " + kind + " with the levels " + levels);
        }
        for (int i = 0; i < atoms.size(); i++) {
            if (kind.levelled() || !Double.isFinite(atoms.get(i)) || i > 0 && !(atoms.get(i - 1) < atoms.get(i))) {
                throw new IllegalArgumentException("column " + name + ": " + kind + " with the atoms " + atoms);
            }
        }
    }

    /**
     * A column of numbers without more that is known of them.
     *
     * @param name its name
     * @param kind a kind without levels
     * @param lower lower end of a bounded column or of an angle's period
     * @param upper upper end of a bounded column or of an angle's period
     * @throws IllegalArgumentException if the name is blank or the bounds do not fit the kind
     */
    public Column(String name, Kind kind, double lower, double upper) {
        this(name, kind, lower, upper, Ends.OPEN, 0, List.of(), List.of(), false, Format.PLAIN, Span.EVERYWHERE);
    }

    /**
     * A column of real numbers.
     *
     * @param name its name
     * @return the column
     */
    public static Column real(String name) {
        return new Column(name, Kind.REAL, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * A column of angles.
     *
     * @param name its name
     * @param lower where the period begins
     * @param upper where it ends
     * @return the column
     */
    public static Column angle(String name, double lower, double upper) {
        return new Column(name, Kind.ANGLE, lower, upper);
    }

    /**
     * A column of positive numbers.
     *
     * @param name its name
     * @return the column
     */
    public static Column positive(String name) {
        return new Column(name, Kind.POSITIVE, 0, Double.POSITIVE_INFINITY);
    }

    /**
     * A column of numbers within bounds.
     *
     * @param name its name
     * @param lower lower bound
     * @param upper upper bound
     * @return the column
     */
    public static Column bounded(String name, double lower, double upper) {
        return new Column(name, Kind.BOUNDED, lower, upper);
    }

    /**
     * A column of numbers of at least 0.
     *
     * @param name its name
     * @return the column
     */
    public static Column nonNegative(String name) {
        return new Column(name, Kind.NON_NEGATIVE, 0, Double.POSITIVE_INFINITY).withEnds(Ends.LOWER);
    }

    /**
     * A column of whole numbers.
     *
     * @param name its name
     * @param lower the least, possibly negative infinity
     * @param upper the largest, possibly infinity
     * @return the column
     */
    public static Column integer(String name, double lower, double upper) {
        return new Column(name, Kind.INTEGER, lower, upper)
                .withEnds(Ends.CLOSED)
                .withStep(1);
    }

    /**
     * A column of levels that have an order.
     *
     * @param name its name
     * @param levels their texts, in that order
     * @return the column
     */
    public static Column ordered(String name, List<String> levels) {
        return levelled(name, Kind.ORDERED, levels);
    }

    /**
     * A column of levels without an order.
     *
     * @param name its name
     * @param levels their texts
     * @return the column
     */
    public static Column category(String name, List<String> levels) {
        return levelled(name, Kind.CATEGORY, levels);
    }

    /**
     * A column of yes and no.
     *
     * @param name its name
     * @param no the word for no, coded 0
     * @param yes the word for yes, coded 1
     * @return the column
     */
    public static Column bool(String name, String no, String yes) {
        return levelled(name, Kind.BOOLEAN, List.of(no, yes));
    }

    private static Column levelled(String name, Kind kind, List<String> levels) {
        return new Column(
                name,
                kind,
                0,
                levels.size() - 1.0,
                Ends.CLOSED,
                1,
                levels,
                List.of(),
                false,
                Format.PLAIN,
                Span.EVERYWHERE);
    }

    /**
     * A column of days.
     *
     * @param name its name
     * @param lower the first, in days since 1970-01-01, possibly negative infinity
     * @param upper the last, possibly infinity
     * @return the column
     */
    public static Column date(String name, double lower, double upper) {
        return new Column(name, Kind.DATE, lower, upper).withEnds(Ends.CLOSED).withStep(1);
    }

    /**
     * A column of times of the day.
     *
     * @param name its name
     * @return the column, from 0 to 86400 seconds
     */
    public static Column time(String name) {
        return new Column(name, Kind.TIME, 0, 86_400).withEnds(Ends.LOWER);
    }

    /**
     * A column of moments.
     *
     * @param name its name
     * @param lower the first, in seconds since 1970-01-01T00:00, possibly negative infinity
     * @param upper the last, possibly infinity
     * @return the column
     */
    public static Column dateTime(String name, double lower, double upper) {
        return new Column(name, Kind.DATE_TIME, lower, upper).withEnds(Ends.CLOSED);
    }

    /**
     * Whether the column's values have a density and no other structure, so that a flow of real columns can take it.
     *
     * @return whether the kind is smooth, without atoms or gaps
     */
    public boolean smooth() {
        return kind.smooth() && atoms.isEmpty() && !gaps;
    }

    /**
     * Whether a value can be one of this column's: finite, within its {@link #bounds}, a level if there are levels, whole for whole numbers.
     * Angles are any finite number, as they go round. Rounding to a step that is not 1 is not asked for.
     *
     * @param value a number, NaN for a gap
     * @return whether the column may have it
     */
    public boolean allows(double value) {
        if (Double.isNaN(value)) {
            return gaps;
        }
        if (atoms.contains(value) || kind == Kind.ANGLE && Double.isFinite(value)) {
            return true;
        }
        boolean whole = kind.levelled() || kind == Kind.DATE || whole();
        boolean end = kind == Kind.POSITIVE && value == lower || kind == Kind.TIME && value == upper;
        return Double.isFinite(value) && bounds().contains(value) && !end && !(whole && value != Math.rint(value));
    }

    /**
     * The level of a text.
     *
     * @param text as a file or a user writes it
     * @return the number of the level that reads so; of levels with an order the one of the same number, as 5.1 is 5.10 and -0.0 is 0;
     *     -1 if there is none
     */
    public int level(String text) {
        int same = levels.indexOf(text);
        OptionalDouble number = number(text);
        if (same >= 0 || kind != Kind.ORDERED || number.isEmpty()) {
            return same;
        }
        for (int level = 0; level < levels.size(); level++) {
            OptionalDouble other = number(levels.get(level));
            if (other.isPresent() && other.getAsDouble() == number.getAsDouble()) {
                return level;
            }
        }
        return -1;
    }

    /**
     * The numbers that the levels are.
     *
     * @return one for each level, in their order; empty if the column has no levels or one of them is no number
     */
    public List<Double> numbers() {
        List<OptionalDouble> numbers = levels.stream().map(Column::number).toList();
        return numbers.stream().allMatch(OptionalDouble::isPresent)
                ? numbers.stream().map(OptionalDouble::getAsDouble).toList()
                : List.of();
    }

    /**
     * The number of a text.
     *
     * @param text any text
     * @return empty if it is no decimal number as programs write it, without spaces and marks between thousands
     */
    public static OptionalDouble number(String text) {
        return NUMBER.matcher(text).matches() ? OptionalDouble.of(Double.parseDouble(text)) : OptionalDouble.empty();
    }

    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    /**
     * Whether the column's values are whole numbers, be it that a law has a density for them.
     *
     * @return whether they are numbers in steps of 1
     */
    public boolean whole() {
        return step == 1 && (kind == Kind.INTEGER || kind.smooth());
    }

    /**
     * The kind of moment that the column's values are written as, be it that a law has a density for them.
     *
     * @return {@link Kind#DATE}, {@link Kind#TIME} or {@link Kind#DATE_TIME}; empty for what is no moment
     */
    public Optional<Kind> moment() {
        return switch (format.type()) {
            case "date" -> Optional.of(Kind.DATE);
            case "time" -> Optional.of(Kind.TIME);
            case "date-time" -> Optional.of(Kind.DATE_TIME);
            default -> kind.compareTo(Kind.DATE) >= 0 ? Optional.of(kind) : Optional.empty();
        };
    }

    /**
     * Whether the column's range is only what some rows were seen to have, so that others may lie beyond.
     *
     * @return true of whole numbers, days and moments without declared bounds
     */
    public boolean seen() {
        return ends == Ends.OPEN && (kind == Kind.INTEGER || kind == Kind.DATE || kind == Kind.DATE_TIME);
    }

    /**
     * Where rows can lie: a range that was only seen is no bound, but counts are not below 0 for that.
     *
     * @return the declared range, or that of the kind
     */
    public Span bounds() {
        if (!seen()) {
            return new Span(lower, upper);
        }
        boolean count = kind == Kind.INTEGER && lower >= 0;
        return count ? new Span(0, Double.POSITIVE_INFINITY) : Span.EVERYWHERE;
    }

    /**
     * Where rows were seen to lie, of whatever kind the column is.
     *
     * @return the range if that is only seen, else {@link #observed}
     */
    public Span within() {
        return seen() ? new Span(lower, upper) : observed;
    }

    /**
     * Whether a law's draw may be shown: where its value is written within what was seen, or nothing is known of that.
     *
     * @param value a number, NaN for a gap
     * @return whether the multiple of the step that it is written as lies within {@link #observed}; true of a gap
     */
    public boolean observes(double value) {
        return Double.isNaN(value) || observed.contains(stepped(value));
    }

    /**
     * The nearest multiple of the column's step.
     *
     * @param value a number, possibly not finite
     * @return the value itself if the column has no steps
     */
    public double stepped(double value) {
        return multiple(value, step);
    }

    /**
     * The nearest multiple of a step. Of steps such as 0.01 it is the double nearest to the decimal number.
     *
     * @param value a number, possibly not finite
     * @param step a step, 0 for none
     * @return the multiple, the value itself if there is no step
     */
    public static double multiple(double value, double step) {
        if (step == 0) {
            return value;
        }
        double inverse = Math.rint(1 / step);
        return Math.abs(inverse * step - 1) < 1e-12
                ? Math.rint(value * inverse) / inverse
                : Math.rint(value / step) * step;
    }

    /**
     * Whether rows of some columns are rows of others: the same columns in the same order, however their numbers are written. Two
     * files of one table need not have the same decimals.
     *
     * @param a columns
     * @param b others
     * @return whether they differ at most in format, in where rows were seen and, where values have a density, in rounding
     */
    public static boolean agree(List<Column> a, List<Column> b) {
        return a.stream()
                .map(Column::unwritten)
                .toList()
                .equals(b.stream().map(Column::unwritten).toList());
    }

    private Column unwritten() {
        return withFormat(Format.PLAIN).withStep(kind.smooth() ? 0 : step).withObserved(Span.EVERYWHERE);
    }

    /**
     * The same column with other ends.
     *
     * @param other which ends are values that occur
     * @return the column
     */
    public Column withEnds(Ends other) {
        return new Column(name, kind, lower, upper, other, step, levels, atoms, gaps, format, observed);
    }

    /**
     * The same column with another step.
     *
     * @param other what values are multiples of, 0 if they are not rounded
     * @return the column
     */
    public Column withStep(double other) {
        return new Column(name, kind, lower, upper, ends, other, levels, atoms, gaps, format, observed);
    }

    /**
     * The same column with other atoms.
     *
     * @param other repeated values that mean something of their own, in any order
     * @return the column
     */
    public Column withAtoms(double... other) {
        List<Double> sorted = DoubleStream.of(other).sorted().boxed().toList();
        return new Column(name, kind, lower, upper, ends, step, levels, sorted, gaps, format, observed);
    }

    /**
     * The same column with other levels.
     *
     * @param other texts of the levels
     * @return the column
     * @throws IllegalArgumentException if the kind has none
     */
    public Column withLevels(List<String> other) {
        return new Column(name, kind, lower, other.size() - 1.0, ends, step, other, atoms, gaps, format, observed);
    }

    /**
     * The same column, with gaps or without.
     *
     * @param other whether cells may be empty
     * @return the column
     */
    public Column withGaps(boolean other) {
        return new Column(name, kind, lower, upper, ends, step, levels, atoms, other, format, observed);
    }

    /**
     * The same column, written otherwise.
     *
     * @param other how values are written as text
     * @return the column
     */
    public Column withFormat(Format other) {
        return new Column(name, kind, lower, upper, ends, step, levels, atoms, gaps, other, observed);
    }

    /**
     * The same column, of which rows were seen elsewhere.
     *
     * @param other where rows were seen to lie
     * @return the column
     */
    public Column withObserved(Span other) {
        return new Column(name, kind, lower, upper, ends, step, levels, atoms, gaps, format, other);
    }

    @Override
    public String toString() {
        String range = kind.levelled() ? levels.toString() : "[" + lower + ", " + upper + "]";
        Stream<String> more = Stream.of(
                step == 0 || kind.levelled() ? "" : " in steps of " + step,
                atoms.isEmpty() ? "" : " with the atoms " + atoms,
                gaps ? " with gaps" : "");
        return name + ": " + kind + " " + range + String.join("", more.toList());
    }
}
