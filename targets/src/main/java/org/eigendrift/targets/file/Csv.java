package org.eigendrift.targets.file;

import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionGroup;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.targets.tables.Table;
import org.eigendrift.targets.tables.TableOptions;
import org.eigendrift.targets.tables.TableTarget;

/** Rows of a CSV or TSV file, read in chunks. */
public final class Csv implements TargetProvider<Csv.Options> {

    /**
     * Cells that stand for a missing value, in lower case, as R, pandas, SQL and spreadsheets write them. "None" is not among them: it is an
     * answer to many a question (the religion, the treatment), and a column of numbers that has it is refused with the remedy.
     */
    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "<na>", "#n/a");

    /**
     * The options.
     *
     * @param path the file
     * @param test a file of held-out rows
     * @param columns columns to read
     * @param header whether the first line names the columns
     * @param separator between cells
     * @param encoding characters of the file
     * @param missingCodes cells that stand for a missing value
     * @param rows what is done with rows, and what columns hold
     */
    public record Options(
            @Option(doc = "the file; unpacked if its name ends in .gz")
            Path path,

            @Option(doc = "a file with the held-out rows, instead of holdout", value = "none")
            Optional<Path> test,

            @Option(doc = "names of the columns to read; [] for all", value = "[]")
            List<String> columns,

            @Option(doc = "whether the first line names the columns; otherwise they are x1, x2, ...", value = "true")
            boolean header,

            @Option(doc = "between cells; auto finds it from the first line", value = "auto")
            Separator separator,

            @Option(doc = "characters of the file; UTF-16 is found by its mark", value = "utf-8")
            Encoding encoding,

            @Option(
                    doc = "cells that stand for a missing value, such as -999, ? or None, beside empty ones, NA, N/A, "
                            + "<NA>, #N/A, NaN and null",
                    value = "[]")
            List<String> missingCodes,

            @OptionGroup TableOptions rows) {}

    /** Creates the provider. */
    public Csv() {}

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public String summary() {
        return "rows of a CSV or TSV file, also gzipped";
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
        CsvTable table = table(options, options.path(), options.columns());
        // The held-out file is read by the names of the first, whatever the order of its columns.
        Optional<Table> test = options.test().map(path -> table(options, path, table.names()));
        return TableTarget.of(table, test, options.rows().handling(), context);
    }

    private static CsvTable table(Options options, Path path, List<String> columns) {
        CsvForm form = new CsvForm(options.separator(), options.header(), options.encoding(), options.missingCodes());
        return new CsvTable(Source.of(path), form, options.rows().missing(), columns);
    }

    /**
     * Whether a cell stands for a missing value.
     *
     * @param cell the text, stripped
     * @param codes texts that stand for one beside the usual ones
     * @return true of codes, of empty cells, and of NA, N/A, &lt;NA&gt;, #N/A, NaN and null in letters of any size
     */
    public static boolean isMissing(String cell, Set<String> codes) {
        return cell.isEmpty()
                || codes.contains(cell)
                || cell.length() <= 4 && MISSING.contains(cell.toLowerCase(Locale.ROOT));
    }
}
