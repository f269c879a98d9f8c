package org.eigendrift.spark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.targets.file.Csv;
import org.eigendrift.targets.tables.Detection;
import org.eigendrift.targets.tables.Missing;
import org.eigendrift.targets.tables.TableOptions;

/**
 * What a target's block says of rows, where Spark reads them: columns are numbers, with the kinds that are declared, as with {@code
 * detect: off}.
 *
 * @param options of the block
 * @param tested whether held-out rows are in a file of their own
 */
record TableRules(TableOptions options, boolean tested) {

    /**
     * The rules of a block.
     *
     * @param target a choice of {@code csv} or {@code parquet}
     * @throws InputException if the block says what is not done on Spark, with its key
     */
    static TableRules of(Chosen<?, ?> target) {
        TableRules rules;
        if (target.options() instanceof ParquetTarget.Options parquet) {
            rules = new TableRules(parquet.rows(), parquet.test().isPresent());
        } else if (target.options() instanceof Csv.Options csv) {
            rules = new TableRules(csv.rows(), csv.test().isPresent());
        } else {
            throw FileRows.other(target);
        }
        rules.check();
        return rules;
    }

    private void check() {
        if (options.missing() != Missing.REFUSE && options.missing() != Missing.DROP) {
            throw refusal(
                    "missing",
                    "expected refuse or drop, found '"
                            + options.missing().name().toLowerCase(Locale.ROOT) + "'");
        }
        if (options.detect() == Detection.APPLY) {
            throw refusal("detect", "expected off or propose, which find nothing here, found 'apply'");
        }
        if (!options.types().isEmpty()) {
            throw refusal("types", "expected none: columns are numbers");
        }
        if (!options.angles().isEmpty()) {
            throw refusal("angles", "expected none");
        }
    }

    private static InputException refusal(String key, String message) {
        return new InputException(key + ": " + message
                + "; Spark fits columns of numbers; write columns without this one, or leave out --engine spark");
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
