package org.eigendrift.api.column;

import java.util.Objects;
import java.util.Optional;
import org.eigendrift.api.data.Column;

/**
 * What a column type takes a column for.
 *
 * @param column the column with everything that its cells told: range, levels, format; empty if it should be left out, as
 *     names and keys are
 * @param confidence how sure, from 0 to 1: of several types the surest wins. The built-in types give 0.9 to what only they can
 *     read (dates, words for yes and no), 0.6 to whole numbers, 0.5 to other numbers, 0.3 to categories of any text; what was
 *     declared is not guessed
 * @param reason why, in words for the report: {@code whole numbers from 18 to 90}
 */
public record Guess(Optional<Column> column, double confidence, String reason) {

    /**
     * Checks the confidence.
     *
     * @param column the column, empty if it should be left out
     * @param confidence how sure
     * @param reason why
     * @throws IllegalArgumentException if it is not between 0 and 1
     */
    public Guess {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(reason, "reason");
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence " + confidence);
        }
    }
}
