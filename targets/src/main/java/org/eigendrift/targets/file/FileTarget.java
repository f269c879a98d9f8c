package org.eigendrift.targets.file;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.target.Target;
import org.eigendrift.targets.Purpose;

/**
 * A target that is nothing but rows.
 *
 * @param train training rows
 * @param heldout held-out rows, or empty
 * @param notes what the report should say, asked after the rows have been read
 */
record FileTarget(Dataset train, Optional<Dataset> heldout, Supplier<List<String>> notes) implements Target {

    /**
     * Splits rows at random.
     *
     * @param all all rows
     * @param holdout fraction held out, 0 for none
     * @param seed seed of the split, or empty for the run's
     * @param context gives the run's seed
     * @param notes what the report should say
     * @return the target
     */
    static FileTarget split(
            Dataset all, double holdout, OptionalLong seed, RunContext context, Supplier<List<String>> notes) {
        if (holdout == 0) {
            return new FileTarget(all, Optional.empty(), notes);
        }
        var random = Purpose.SPLIT.random(seed, context);
        return new FileTarget(
                new HoldoutRows(all, random, holdout, false),
                Optional.of(new HoldoutRows(all, random, holdout, true)),
                notes);
    }

    @Override
    public List<String> remarks() {
        return notes.get();
    }

    /**
     * The remark about rows that were dropped.
     *
     * @param table the table that dropped them
     * @return one sentence, or none
     */
    static List<String> dropped(CsvTable table) {
        long rows = table.dropped();
        return rows == 0
                ? List.of()
                : List.of(rows + (rows == 1 ? " row of " : " rows of ") + table.label() + (rows == 1 ? " was" : " were")
                        + " left out for a missing value");
    }
}
