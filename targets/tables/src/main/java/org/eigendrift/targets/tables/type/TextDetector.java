package org.eigendrift.targets.tables.type;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.column.Guess;

/**
 * Asks whether each text can be of a type, and guesses from the counts; numbers of a file of numbers are shown as their shortest
 * text.
 *
 * @param fits whether a text can be of the type
 * @param guess what the column is taken for
 */
record TextDetector(Predicate<String> fits, Function<CellStatistics, Optional<Guess>> guess)
        implements ColumnType.Detector {

    @Override
    public boolean add(String cell) {
        return fits.test(cell);
    }

    @Override
    public boolean add(double cell) {
        return fits.test(ColumnTypes.shortest(cell));
    }

    @Override
    public Optional<Guess> guess(CellStatistics seen) {
        return guess.apply(seen);
    }
}
