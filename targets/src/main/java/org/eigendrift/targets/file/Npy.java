package org.eigendrift.targets.file;

import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.targets.tables.AngleUnit;
import org.eigendrift.targets.tables.ColumnKinds;
import org.eigendrift.targets.tables.Detection;
import org.eigendrift.targets.tables.Fill;
import org.eigendrift.targets.tables.Handling;
import org.eigendrift.targets.tables.Missing;
import org.eigendrift.targets.tables.Table;
import org.eigendrift.targets.tables.TableTarget;

/** Rows of a NumPy array file, read in chunks. */
public final class Npy implements TargetProvider<Npy.Options> {

    /**
     * The options.
     *
     * @param path the file
     * @param test a file of held-out rows
     * @param columns columns to read
     * @param holdout fraction of rows held out
     * @param missing what to do with a row that lacks a value
     * @param impute what a missing value is filled with
     * @param angles columns of angles
     * @param angleUnit their unit
     * @param angleFrom where their period begins
     * @param positive columns of positive numbers
     * @param bounded bounded columns
     * @param types columns whose type is declared
     * @param detect what is done about kinds that are not declared
     * @param seed seed of the split and of values drawn
     */
    public record Options(
            @Option(doc = "the file; the first axis counts rows, further axes are laid out flat")
            Path path,

            @Option(doc = "a file with the held-out rows, instead of holdout", value = "none")
            Optional<Path> test,

            @Option(doc = "names of the columns to read, which are called x1, x2, ...; [] for all", value = "[]")
            List<String> columns,

            @Option(doc = "fraction of rows held out, at random by row; 0 for none", value = "0.2", min = 0, max = 0.9)
            double holdout,

            @Option(
                    doc =
                            "a row that lacks a value (NaN): refuse the file, drop the row and count it, impute the value and "
                                    + "count it, or keep the gap, which is modelled",
                    value = "refuse")
            Missing missing,

            @Option(
                    doc = "what a missing value is filled with, from training rows: the column's mean, its median, a "
                            + "value drawn from the column, or a draw given the row's other values",
                    value = "mean")
            Fill impute,

            @Option(doc = "columns that hold angles", value = "[]")
            List<String> angles,

            @Option(doc = "unit of the angles", value = "radians")
            AngleUnit angleUnit,

            @Option(
                    doc = "where the period of the angles begins, in their unit; values are wrapped into it",
                    value = "0")
            double angleFrom,

            @Option(doc = "columns that hold numbers above 0", value = "[]")
            List<String> positive,

            @Option(doc = "bounded columns, each [name, lower, upper]", value = "[]")
            List<List<String>> bounded,

            @Option(
                    doc =
                            "columns whose type is declared, each [name, type, ...]: [age, integer], [when, date, dd.MM.yyyy], "
                                    + "[answer, ordered, low, middle, high]; eigendrift plugins list column-type names all",
                    value = "[]")
            List<List<String>> types,

            @Option(
                    doc =
                            "about columns that are not declared: off takes them for real numbers; propose finds whole numbers, "
                                    + "levels, texts and dates, and the report proposes what looks positive or bounded; apply takes "
                                    + "that too",
                    value = "propose")
            Detection detect,

            @Option(doc = "seed of the split and of values drawn; auto: the run's seed", value = "auto")
            OptionalLong seed) {}

    /** Creates the provider. */
    public Npy() {}

    @Override
    public String name() {
        return "npy";
    }

    @Override
    public String summary() {
        return "rows of a NumPy array file";
    }

    @Override
    public OptionSchema<Options> options() {
        return Schema.OPTIONS;
    }

    /** Made when first asked for: a run discovers every provider and uses few. */
    private static final class Schema {
        private static final OptionSchema<Options> OPTIONS = OptionSchema.of(MethodHandles.lookup(), Options.class);
    }

    @Override
    public Target create(Options options, RunContext context) {
        ColumnKinds kinds = new ColumnKinds(
                options.angles(), options.angleUnit(), options.angleFrom(), options.positive(), options.bounded());
        Handling handling = new Handling(
                kinds,
                options.types(),
                options.detect(),
                options.missing(),
                options.impute(),
                options.holdout(),
                options.seed());
        Table table = new NpyTable(NpyBytes.of(options.path()), options.columns());
        Optional<Table> test = options.test().map(path -> new NpyTable(NpyBytes.of(path), options.columns()));
        return TableTarget.of(table, test, handling, context);
    }
}
