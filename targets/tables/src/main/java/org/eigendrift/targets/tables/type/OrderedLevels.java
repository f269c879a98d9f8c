package org.eigendrift.targets.tables.type;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.CellStatistics.Value;
import org.eigendrift.api.column.Guess;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Column.Format;
import org.eigendrift.targets.tables.type.NumberDetector.Counted;

/**
 * Levels that have an order: {@code ordered} followed by them, the least first. Not declared, numbers are taken for such if
 * few are different and each stands often on the average, most of them more than once; then the few that are left out between them,
 * as 6 among counts from 0 to 8, are levels that stand nowhere.
 */
public final class OrderedLevels extends Levels {
    /** Levels up to which whole numbers are taken for them. */
    private static final int MOST = 20;

    /** Levels up to which other numbers are. */
    private static final int MOST_FRACTIONAL = 32;

    /** Cells for each level, on the average, from which on they are. */
    private static final int EACH = 10;

    /** Creates the provider. */
    public OrderedLevels() {}

    @Override
    public String name() {
        return "ordered";
    }

    @Override
    public String summary() {
        return "levels with an order, such as answers from 1 to 5";
    }

    @Override
    public Detector detector(String name, List<String> arguments) {
        if (arguments.isEmpty()) {
            return new NumberDetector(Optional.empty(), this::guess);
        }
        HashSet<String> levels = new HashSet<>(arguments);
        if (levels.size() < arguments.size()) {
            throw wrong(name, ", LEAST, ..., LARGEST] without repetition", arguments);
        }
        return new TextDetector(
                levels::contains, seen -> Optional.of(guess(arguments, seen, arguments.size() + " declared levels")));
    }

    private Optional<Guess> guess(NumberDetector numbers, CellStatistics seen) {
        List<Counted> values = numbers.values(seen);
        if (!few(numbers, seen, values)
                || numbers.leadingZeros()
                || !numbers.pattern().bare()
                || longTailed(numbers, values)) {
            return Optional.empty();
        }
        int levels = values.size();
        NavigableMap<Double, String> texts = texts(seen);
        String first = texts.firstEntry().getValue();
        String last = texts.lastEntry().getValue();
        String reason =
                levels == 1 ? first + " in all rows" : levels + " different numbers from " + first + " to " + last;
        NumberPattern pattern = numbers.pattern();
        List<String> between = between(numbers, values).stream()
                .map(value -> texts.computeIfAbsent(value, pattern::format))
                .toList();
        String more = between.isEmpty() ? "" : "; levels too, though no row has them: " + String.join(", ", between);
        return Optional.of(guess(List.copyOf(texts.values()), seen, reason + more));
    }

    /**
     * The numbers that lie among others, by the steps that all of these keep to, and stand nowhere; none where these would be more than half as
     * many: the levels then follow no steps, as coins do.
     */
    private static List<Double> between(NumberDetector seen, List<Counted> values) {
        NumberPattern pattern = seen.pattern();
        if (pattern.least() < 0) {
            return List.of();
        }
        long[] units = values.stream()
                .mapToLong(value -> BigDecimal.valueOf(value.number())
                        .setScale(pattern.most(), RoundingMode.HALF_EVEN)
                        .unscaledValue()
                        .longValueExact())
                .toArray();
        long least = units[0];
        long step = Arrays.stream(units).map(unit -> unit - least).reduce(0, OrderedLevels::common);
        long steps = step == 0 ? 1 : (units[units.length - 1] - least) / step + 1;
        if (steps > most(seen) || 2 * (steps - units.length) > units.length) {
            return List.of();
        }
        return LongStream.range(0, steps)
                .map(k -> least + k * step)
                .filter(unit -> Arrays.binarySearch(units, unit) < 0)
                .mapToObj(unit -> BigDecimal.valueOf(unit, pattern.most()).doubleValue())
                .toList();
    }

    /**
     * Whether texts among numbers are levels beside few of these, as "5more" is beside 2, 3 and 4: each has a letter and stands as often as
     * levels do on the average.
     *
     * @param seen counts
     * @param others the texts
     * @return whether the column is one of levels
     */
    public static boolean levelsBeside(CellStatistics seen, List<Value> others) {
        return seen.complete()
                && seen.values().size() <= MOST
                && seen.present() >= (long) EACH * seen.values().size()
                && others.stream()
                        .allMatch(other ->
                                other.count() >= EACH && other.text().chars().anyMatch(Character::isLetter));
    }

    private static int most(NumberDetector numbers) {
        return numbers.whole() ? MOST : MOST_FRACTIONAL;
    }

    private static boolean few(NumberDetector numbers, CellStatistics seen, List<Counted> values) {
        int levels = values.size();
        boolean few = levels <= most(numbers) && seen.present() >= (long) EACH * levels;
        return levels > 0 && seen.complete() && few && numbers.exact() && !unrepeated(values);
    }

    /**
     * Whether numbers that repeat as levels do are none all the same: they are counts with a long tail, or have marks or signs beside them.
     *
     * @param numbers what was seen
     * @param seen counts
     * @param values distinct values, ascending
     * @return whether they are few whole numbers of another type
     */
    static boolean fewButNoLevels(NumberDetector numbers, CellStatistics seen, List<Counted> values) {
        return few(numbers, seen, values) && (!numbers.pattern().bare() || longTailed(numbers, values));
    }

    /** Whether whole numbers from 0 or 1 on are counted up in most of the values, and then leave out more than levels do. */
    private static boolean longTailed(NumberDetector numbers, List<Counted> values) {
        double first = values.get(0).number();
        int size = values.size();
        int run = 1;
        while (run < size && values.get(run).number() == first + run) {
            run++;
        }
        boolean counted = numbers.whole() && (first == 0 || first == 1) && 2 * run > size && run < size;
        return counted && between(numbers, values).isEmpty();
    }

    /** The greatest common divisor (Euclid). */
    private static long common(long a, long b) {
        return b == 0 ? a : common(b, a % b);
    }

    /** Whether most numbers stand once: then others that stand nowhere are to be expected, so that these are no list of levels. */
    private static boolean unrepeated(List<Counted> values) {
        long once = values.stream().filter(value -> value.count() == 1).count();
        return 2 * once > values.size();
    }

    /** One text for each number: that which is written most often, without the sign of a negative zero. */
    private static NavigableMap<Double, String> texts(CellStatistics seen) {
        NavigableMap<Double, Value> best = new TreeMap<>();
        for (Value value : seen.values()) {
            best.merge(Double.parseDouble(value.text()) + 0.0, value, OrderedLevels::usual);
        }
        NavigableMap<Double, String> texts = new TreeMap<>();
        best.forEach(
                (number, value) -> texts.put(number, number == 0 ? value.text().replaceFirst("^-", "") : value.text()));
        return texts;
    }

    private static Value usual(Value a, Value b) {
        return Comparator.comparingLong(Value::count)
                                .thenComparing(Value::text, Comparator.reverseOrder())
                                .compare(a, b)
                        >= 0
                ? a
                : b;
    }

    private Guess guess(List<String> levels, CellStatistics seen, String reason) {
        Column column = Column.ordered(seen.name(), levels).withFormat(new Format(name(), "", seen.gap()));
        return new Guess(Optional.of(column), 0.65, reason);
    }
}
