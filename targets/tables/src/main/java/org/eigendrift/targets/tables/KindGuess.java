package org.eigendrift.targets.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eigendrift.api.data.Column;

/**
 * Kinds that the values of undeclared columns suggest. Cautious on purpose: a wrong support makes a row's likelihood zero.
 *
 * <p>Bounded by 0 and 1: every value within, some of them not whole, and both ends nearly reached. Positive: every value above
 * 0, and enough of them close to 0, compared with their mean, that smoothing across 0 would matter.
 */
final class KindGuess {
    /** Rows below which nothing is guessed: fewer say little about ends. */
    private static final long ROWS = 100;

    /** How near to both ends of [0, 1] the values must come: what the range of 100 uniform values exceeds almost surely. */
    private static final double REACH = 0.05;

    /** Share of values that must lie below a tenth of the mean: a tenth of what an exponential law has there. */
    private static final double SHARE = 0.01;

    private KindGuess() {}

    /**
     * Guesses kinds.
     *
     * @param columns columns with the kinds they have
     * @param declared which columns' kinds were declared
     * @param values their values
     * @return those whose values suggest another kind, with that kind
     */
    static List<Column> of(List<Column> columns, ColumnKinds declared, ValueSummary values) {
        List<Column> guesses = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (column.kind() != Column.Kind.REAL || declared.declares(column.name()) || values.count(i) < ROWS) {
                continue;
            }
            if (fillsUnitInterval(values, i)) {
                guesses.add(Column.bounded(column.name(), 0, 1));
            } else if (values.least(i) > 0 && values.shareBelow(i, values.mean(i) / 10) >= SHARE) {
                guesses.add(Column.positive(column.name()));
            }
        }
        return List.copyOf(guesses);
    }

    private static boolean fillsUnitInterval(ValueSummary values, int i) {
        return values.least(i) >= 0
                && values.least(i) < REACH
                && values.most(i) <= 1
                && values.most(i) > 1 - REACH
                && values.fractional(i);
    }

    /**
     * Guesses in one sentence.
     *
     * @param guesses what was guessed, not empty
     * @param taken whether the kinds were taken or are proposed only
     * @return the sentence
     */
    static String sentence(List<Column> guesses, boolean taken) {
        List<String> parts = new ArrayList<>();
        part(guesses, Column.Kind.POSITIVE, "positive, with values near 0", parts);
        part(guesses, Column.Kind.BOUNDED, "bounded by 0 and 1", parts);
        String found = String.join("; ", parts);
        return taken
                ? "kinds of columns taken from their values (detect: apply): " + found
                : "columns that look of a kind that is not declared: " + found + "; declare it, or set detect: apply";
    }

    private static void part(List<Column> guesses, Column.Kind kind, String words, List<String> parts) {
        List<String> names = guesses.stream()
                .filter(column -> column.kind() == kind)
                .map(Column::name)
                .toList();
        if (!names.isEmpty()) {
            String more = names.size() > SHOWN ? ", ... (" + names.size() + " in all)" : "";
            parts.add(names.stream().limit(SHOWN).collect(Collectors.joining(", ")) + more + " (" + words + ")");
        }
    }

    /** Columns that a sentence names. */
    private static final int SHOWN = 12;
}
