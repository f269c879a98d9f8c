package org.eigendrift.cli.run;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eigendrift.api.data.Column;

/** What is said where a model writes numbers otherwise than rows that it holds have them. */
final class OtherFormats {
    private OtherFormats() {}

    /**
     * Compares formats of the same columns.
     *
     * @param kept as the model writes them
     * @param others as the rows have them
     * @param whose what the rows are called
     * @return a sentence if there is a difference
     */
    static Optional<String> remark(List<Column> kept, List<Column> others, String whose) {
        String differences = IntStream.range(0, Math.min(kept.size(), others.size()))
                .filter(i -> !kept.get(i)
                        .format()
                        .pattern()
                        .equals(others.get(i).format().pattern()))
                .mapToObj(i ->
                        "'" + kept.get(i).name() + "' " + pattern(kept.get(i)) + " and not " + pattern(others.get(i)))
                .collect(Collectors.joining(", "));
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "samples are written as the first model has its columns, not as " + whose + ": " + differences);
    }

    private static String pattern(Column column) {
        String pattern = column.format().pattern();
        return pattern.isEmpty() ? "in full precision" : pattern;
    }
}
