package org.eigendrift.spark;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.targets.file.Csv;
import org.eigendrift.targets.tables.Detection;
import org.eigendrift.targets.tables.Missing;
import org.eigendrift.targets.tables.TableOptions;

/**
 * What a target's block says of rows, where Spark reads them: columns of numbers have the kinds that are declared, as with {@code
 * detect: off}; others make a table.
 *
 * @param options of the block
 * @param tested whether held-out rows are in a file of their own
 */
record TableRules(TableOptions options, boolean tested) {

    /**
     * The rules of a block.
     *
     * @param target a choice of {@code csv} or {@code parquet}
     * @throws InputException if the target is another
     */
    static TableRules of(Chosen<?, ?> target) {
        if (target.options() instanceof ParquetTarget.Options parquet) {
            return new TableRules(parquet.rows(), parquet.test().isPresent());
        }
        if (target.options() instanceof Csv.Options csv) {
            return new TableRules(csv.rows(), csv.test().isPresent());
        }
        throw FileRows.other(target);
    }

    /**
     * Whether the rows are to be read as a table is, one after the other on one machine: gaps are modelled or filled, or columns have
     * kinds that are no numbers.
     *
     * @param rows the rows
     */
    boolean table(FileRows rows) {
        boolean gaps = options.missing() != Missing.REFUSE && options.missing() != Missing.DROP;
        boolean kinds = options.detect() == Detection.APPLY
                || !options.types().isEmpty()
                || !options.angles().isEmpty();
        return gaps || kinds || options.detect() != Detection.OFF && !rows.numbers();
    }

    /** Whether one machine would look at numbers for kinds of their own. */
    boolean looks() {
        return options.detect() == Detection.PROPOSE;
    }

    boolean drops() {
        return options.missing() == Missing.DROP;
    }

    /**
     * The columns, with what was declared of them.
     *
     * @param names of the columns
     * @throws InputException if a declared column is not among them, or bounds are none
     */
    List<Column> columns(List<String> names) {
        return options.handling().kinds().of(names, "target");
    }

    /**
     * Which rows are fitted.
     *
     * @param runSeed the run's seed
     */
    Optional<Split> split(long runSeed) {
        return tested || options.holdout() == 0
                ? Optional.empty()
                : Optional.of(new Split(options.seed().orElse(runSeed), options.holdout()));
    }
}
