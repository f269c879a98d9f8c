package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.column.Guess;
import org.eigendrift.api.data.Column;
import org.junit.jupiter.api.Test;

/** What every type of columns promises. */
public abstract class ColumnTypeContract {
    /** No text of any type that says what it holds. */
    private static final String FOREIGN = "\u2603 ?!";

    /** For subclasses. */
    protected ColumnTypeContract() {}

    /**
     * The type under test.
     *
     * @return the type
     */
    protected abstract ColumnType type();

    /**
     * Its name, as configurations say it.
     *
     * @return the provider's name
     */
    protected abstract String name();

    /**
     * Columns of this type, written in the ways that it reads.
     *
     * @return cells of one column each, at least one, without gaps; the texts are those that it writes
     */
    protected abstract List<List<String>> columns();

    /**
     * What stands behind the type's name where such columns are declared.
     *
     * @return nothing, unless columns of this type are never recognised undeclared
     */
    protected List<String> arguments() {
        return List.of();
    }

    private static CellStatistics statistics(List<String> cells) {
        Map<String, Long> counts = new LinkedHashMap<>();
        cells.forEach(cell -> counts.merge(cell, 1L, Long::sum));
        return new CellStatistics(
                "column",
                cells.size(),
                0,
                "",
                counts.entrySet().stream()
                        .map(e -> new CellStatistics.Value(e.getKey(), e.getValue()))
                        .toList(),
                true);
    }

    private Guess guess(List<String> cells) {
        ColumnType.Detector detector = type().detector("column", arguments());
        for (String cell : cells) {
            assertTrue(detector.add(cell), "'" + cell + "' is none of this type's");
        }
        return detector.guess(statistics(cells)).orElseThrow(() -> new AssertionError(cells + " are not recognised"));
    }

    private Column column(List<String> cells) {
        Optional<Column> column = guess(cells).column();
        assumeTrue(column.isPresent(), "columns of this type are left out");
        return column.get();
    }

    @Test
    void itsOwnColumnsAreRecognisedWithAReason() {
        for (List<String> cells : columns()) {
            Guess guess = guess(cells);
            assertFalse(guess.reason().isBlank(), cells + ": no reason");
            guess.column().ifPresent(column -> {
                assertEquals("column", column.name(), "the column's name");
                assertEquals(name(), column.format().type(), "the column's format names its type");
                assertFalse(type().expected(column).isBlank(), "what is expected");
            });
            assertEquals(guess, guess(cells), "the same cells, another guess");
        }
    }

    @Test
    void detectorsDoNotKnowOfEachOther() {
        List<String> cells = columns().get(0);
        List<String> others = columns().get(columns().size() - 1);
        ColumnType.Detector one = type().detector("column", arguments());
        ColumnType.Detector other = type().detector("other", arguments());
        for (int n = 0; n < Math.max(cells.size(), others.size()); n++) {
            one.add(cells.get(n % cells.size()));
            other.add(others.get(n % others.size()));
        }
        assertEquals(Optional.of(guess(cells)), one.guess(statistics(cells)));
    }

    @Test
    void textsBecomeValuesOfTheColumnAndTextsAgain() {
        for (List<String> cells : columns()) {
            Column column = column(cells);
            for (String cell : cells) {
                double value = type().parse(cell, column);
                assertTrue(column.allows(value), "'" + cell + "' is " + value + ", which " + column + " does not have");
                assertEquals(cell, type().format(value, column), "'" + cell + "' is written otherwise");
            }
        }
    }

    /** Laws draw numbers between those that the format holds. */
    @Test
    void numbersBetweenAreWrittenAsWhatIsNearest() {
        for (List<String> cells : columns()) {
            Column column = column(cells);
            for (String cell : cells) {
                double value = type().parse(cell, column);
                String text = type().format(value + 1e-7 * Math.max(1, Math.abs(value)), column);
                double back = type().parse(text, column);
                assertFalse(Double.isNaN(back), "'" + text + "' is written and not read");
                assertEquals(text, type().format(back, column), "'" + text + "' is written otherwise when it was read");
            }
        }
    }

    @Test
    void textsOfOtherKindsAreNoValues() {
        for (List<String> cells : columns()) {
            Column column = column(cells);
            double value = type().parse(FOREIGN, column);
            assertTrue(
                    Double.isNaN(value) || value == column.levels().size(),
                    "'" + FOREIGN + "' is " + value + "; expected NaN, or the number of levels");
        }
    }

    @Test
    void argumentsWithoutMeaningAreRefusedInWords() {
        try {
            type().detector("column", List.of(FOREIGN, FOREIGN, FOREIGN));
        } catch (InputException refusal) {
            assertTrue(
                    refusal.getMessage().contains("column"),
                    "a refusal names the column 'column'; it says: " + refusal.getMessage());
        }
    }
}
