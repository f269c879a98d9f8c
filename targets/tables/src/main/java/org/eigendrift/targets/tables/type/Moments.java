package org.eigendrift.targets.tables.type;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eigendrift.api.Address;
import org.eigendrift.api.InputException;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.Guess;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Column.Format;

/**
 * What dates, times and date-times share: patterns in the letters of {@link DateTimeFormatter}, and at the end {@code .f} for a
 * fraction of a second of up to nine digits where there is one.
 */
abstract class Moments extends BuiltInType {
    private static final String FRACTION = ".f";

    private final List<String> usual;
    private final String expected;
    private final Map<String, DateTimeFormatter> formatters = new ConcurrentHashMap<>();

    /**
     * A type with its usual patterns.
     *
     * @param usual patterns that are tried on columns that are not declared
     * @param expected what a pattern looks like, for messages
     */
    Moments(List<String> usual, String expected) {
        this.usual = List.copyOf(usual);
        this.expected = expected;
    }

    /** The number that codes a moment. */
    abstract double code(TemporalAccessor moment);

    /** The moment of a number, with all fields that a pattern may have. */
    abstract TemporalAccessor moment(double code);

    /**
     * Whether a pattern that reads all cells of a column that is not declared is what they are written by.
     *
     * @param pattern one of the usual ones
     * @param lower least code
     * @param upper largest code
     * @param different different cells, at least
     */
    boolean believed(String pattern, double lower, double upper, int different) {
        return true;
    }

    /** The column of codes in a range. */
    abstract Column column(String name, double lower, double upper);

    /** The formatter of a pattern. */
    private DateTimeFormatter formatter(String pattern) {
        return formatters.computeIfAbsent(pattern.isEmpty() ? usual.get(0) : pattern, Moments::made);
    }

    private static DateTimeFormatter made(String pattern) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        int fraction = pattern.indexOf(FRACTION);
        builder.appendPattern((fraction < 0 ? pattern : pattern.substring(0, fraction)).replace('y', 'u'));
        if (fraction >= 0) {
            builder.appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true);
            builder.appendPattern(pattern.substring(fraction + FRACTION.length()));
        }
        if (!pattern.contains("d") && !pattern.contains("H")) {
            builder.parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
        }
        return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    }

    @Override
    public final Detector detector(String name, List<String> arguments) {
        if (arguments.size() > 1) {
            throw wrong(name, ", PATTERN such as " + expected + "]", arguments);
        }
        List<String> patterns = new ArrayList<>(arguments.isEmpty() ? usual : arguments);
        Map<String, double[]> ranges = new HashMap<>();
        for (String pattern : patterns) {
            try {
                formatter(pattern);
            } catch (IllegalArgumentException e) {
                throw new InputException(
                        wrong(name, ", PATTERN such as " + expected + "]", arguments)
                                .getMessage(),
                        e);
            }
            ranges.put(pattern, new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY});
        }
        return new TextDetector(
                text -> keep(patterns, ranges, text), seen -> guess(patterns, ranges, seen, !arguments.isEmpty()));
    }

    /** Keeps the patterns that read a text. */
    private boolean keep(List<String> patterns, Map<String, double[]> ranges, String text) {
        // Nothing that is read begins otherwise than with a digit or a month's name.
        if (!Character.isLetterOrDigit(text.charAt(0)) || text.length() > 40) {
            return false;
        }
        patterns.removeIf(pattern -> {
            double code = parse(text, pattern);
            double[] range = ranges.get(pattern);
            range[0] = Math.min(range[0], code);
            range[1] = Math.max(range[1], code);
            return Double.isNaN(code);
        });
        return !patterns.isEmpty();
    }

    private Optional<Guess> guess(
            List<String> patterns, Map<String, double[]> ranges, CellStatistics seen, boolean declared) {
        if (seen.values().isEmpty()) {
            return Optional.empty();
        }
        String pattern = patterns.get(0);
        double[] range = ranges.get(pattern);
        if (!declared && !believed(pattern, range[0], range[1], seen.values().size())) {
            return Optional.empty();
        }
        if (patterns.size() > 1 && ambiguous(patterns.get(1), pattern)) {
            throw InputException.at(
                    Address.ofColumn(seen.name()),
                    "'"
                            + seen.values().get(0).text()
                            + "' may be day, month or month, day; declare types: [[" + seen.name() + ", " + name()
                            + ", "
                            + pattern + "]] or [[" + seen.name() + ", " + name() + ", " + patterns.get(1) + "]]");
        }
        Format format = new Format(name(), pattern, seen.gap());
        Column column = column(seen.name(), range[0], range[1]).withFormat(format);
        String from = formatter(pattern).format(moment(range[0]));
        String to = formatter(pattern).format(moment(range[1]));
        return Optional.of(new Guess(Optional.of(column), 0.9, "written " + pattern + ", from " + from + " to " + to));
    }

    private static boolean ambiguous(String one, String other) {
        return one.indexOf('d') < one.indexOf('M') != other.indexOf('d') < other.indexOf('M');
    }

    private double parse(String text, String pattern) {
        // The usual case of a text that is no moment at all must not cost an exception.
        if (!Character.isLetterOrDigit(text.charAt(0))) {
            return Double.NaN;
        }
        try {
            java.text.ParsePosition at = new java.text.ParsePosition(0);
            DateTimeFormatter formatter = formatter(pattern);
            if (formatter.parseUnresolved(text, at) == null || at.getIndex() < text.length()) {
                return Double.NaN;
            }
            return code(formatter.parse(text));
        } catch (DateTimeException e) {
            // Such as the 30th of February.
            return Double.NaN;
        }
    }

    @Override
    public final double parse(String text, Column column) {
        return parse(text, column.format().pattern());
    }

    @Override
    public final String format(double value, Column column) {
        return formatter(column.format().pattern())
                .format(moment(column.bounds().nearest(value)));
    }

    @Override
    public final String expected(Column column) {
        String pattern = column.format().pattern();
        double example = Double.isFinite(column.lower()) ? column.lower() : 0;
        return name() + " written " + (pattern.isEmpty() ? usual.get(0) : pattern) + " such as "
                + formatter(pattern).format(moment(example));
    }
}
