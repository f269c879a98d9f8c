package org.eigendrift.targets.tables.type;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.CellStatistics.Value;
import org.eigendrift.api.column.Guess;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Column.Format;
import org.eigendrift.targets.tables.type.NumberDetector.Counted;

/**
 * Levels that have an order: {@code ordered} followed by them, the least first. Not declared, numbers are taken for such if
 * few are different and each stands often on the average, most of them more than once.
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
        int levels = values.size();
        int most = numbers.whole() ? MOST : MOST_FRACTIONAL;
        boolean few = levels <= most && seen.present() >= (long) EACH * levels;
        boolean number = numbers.pattern().bare() && numbers.exact() && !numbers.leadingZeros();
        if (levels == 0 || !seen.complete() || !few || !number || unrepeated(values)) {
            return Optional.empty();
        }
        List<String> texts = texts(seen);
        String reason = levels == 1
                ? texts.get(0) + " in all rows"
                : levels + " different numbers from " + texts.get(0) + " to " + texts.get(levels - 1);
        return Optional.of(guess(texts, seen, reason));
    }

    /** Whether most numbers stand once: then others that stand nowhere are to be expected, so that these are no list of levels. */
    private static boolean unrepeated(List<Counted> values) {
        long once = values.stream().filter(value -> value.count() == 1).count();
        return 2 * once > values.size();
    }

    /** One text for each number, ascending: that which is written most often, without the sign of a negative zero. */
    private static List<String> texts(CellStatistics seen) {
        NavigableMap<Double, Value> best = new TreeMap<>();
        for (Value value : seen.values()) {
            best.merge(Double.parseDouble(value.text()) + 0.0, value, OrderedLevels::usual);
        }
        return best.entrySet().stream()
                .map(level -> level.getKey() == 0
                        ? level.getValue().text().replaceFirst("^-", "")
                        : level.getValue().text())
                .toList();
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
