package org.eigendrift.spark;

import java.util.Locale;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.target.Target;
import org.eigendrift.cli.config.Configuration;
import org.eigendrift.cli.run.AutomaticLaw;
import org.eigendrift.cli.run.Fitting;
import org.eigendrift.cli.run.Located;
import org.eigendrift.targets.tables.Table;
import org.eigendrift.targets.tables.TableTarget;

/**
 * A fit of a table with columns of any kind: Spark reads and sorts, and the rows come here, where the fit is that of one machine. A law
 * of tables asks for all of them at once, so no more are taken than this process holds.
 *
 * @param job where results are told
 * @param configuration what is fitted
 * @param catalog the plugins
 * @param run seed, threads
 */
record TableJob(Job job, Configuration configuration, Catalog catalog, RunContext run) {
    /**
     * Bytes of this process for each cell while a law of tables is fitted, rounded up from a measurement: 50,000 rows of 10 columns fit
     * with a heap of 160 MB, not with one of 110.
     */
    static final long CELL_BYTES = 250;

    /**
     * Fits.
     *
     * @param rows the rows
     * @param heldout held-out rows, if they have files of their own
     * @throws InputException if rows and settings do not go together, or this process does not hold the rows
     */
    Law fit(FileRows rows, Optional<FileRows> heldout) {
        try (SparkTable table = in("target", rows)) {
            Optional<SparkTable> test = heldout.map(other -> in("target", other));
            try {
                return fit(table, test.map(Table.class::cast));
            } finally {
                test.ifPresent(SparkTable::close);
            }
        }
    }

    private SparkTable in(String key, FileRows rows) {
        return Located.in(configuration.places(), key, () -> {
            SparkTable table = new SparkTable(rows);
            try {
                requireRoom(
                        table.rows().orElseThrow(),
                        rows.names().size(),
                        Runtime.getRuntime().maxMemory());
            } catch (InputException e) {
                table.close();
                throw e;
            }
            return table;
        });
    }

    private Law fit(SparkTable table, Optional<Table> test) {
        TableRules rules = TableRules.of(configuration.target());
        Target read = Located.in(
                configuration.places(),
                "target",
                () -> TableTarget.of(table, test, rules.options().handling(), run));
        job.say(
                "%s",
                String.format(
                        Locale.ROOT,
                        "%,d rows of %d columns come to the driver",
                        table.rows().orElseThrow(),
                        read.train().dim()));
        AutomaticLaw.Lawful lawful = AutomaticLaw.of(configuration, read, catalog);
        Law law = new Fitting(lawful.configuration(), lawful.target(), catalog, run).fit();
        read.remarks().forEach(remark -> job.say("%s", remark));
        return law;
    }

    /**
     * What a fit takes, in words.
     *
     * @param rows how many there are
     * @param columns how many each has
     */
    static String cost(long rows, int columns) {
        return String.format(
                Locale.ROOT,
                "%,d rows of %d columns, read twice and sorted once, come to the driver and take about %.3g GB there; the fit is that of"
                        + " one machine, see docs/table-law.md",
                rows,
                columns,
                (double) CELL_BYTES * rows * columns / 1e9);
    }

    /**
     * Requires that this process holds the rows.
     *
     * @param rows how many there are
     * @param columns how many each has
     * @param memory bytes of the heap
     * @throws InputException if it does not
     */
    static void requireRoom(long rows, int columns, long memory) {
        double needed = (double) CELL_BYTES * rows * columns;
        if (needed > memory) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%,d rows of %d columns come to the driver, where columns are none of numbers or a law is named, and take about"
                            + " %.1f GB there, expected at most the %.1f GB of its memory, about %,d rows; write a sample"
                            + " of the rows, or set spark.driver.memory",
                    rows,
                    columns,
                    needed / 1e9,
                    memory / 1e9,
                    memory / CELL_BYTES / columns));
        }
    }
}
