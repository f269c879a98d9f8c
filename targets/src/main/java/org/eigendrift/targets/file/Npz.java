package org.eigendrift.targets.file;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Nearest;
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

/** Rows of an array in a NumPy archive (zip), read in chunks. */
public final class Npz implements TargetProvider<Npz.Options> {

    /**
     * The options.
     *
     * @param path the file
     * @param array name of the array
     * @param testArray name of an array of held-out rows
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
            @Option(doc = "the archive; of the array the first axis counts rows, further axes are laid out flat")
            Path path,

            @Option(doc = "name of the array; none for the only one", value = "none")
            Optional<String> array,

            @Option(doc = "name of an array with the held-out rows, instead of holdout", value = "none")
            Optional<String> testArray,

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
    public Npz() {}

    @Override
    public String name() {
        return "npz";
    }

    @Override
    public String summary() {
        return "rows of an array in a NumPy archive";
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
        Table table = new NpyTable(entry(options.path(), options.array()), options.columns());
        Optional<Table> test = options.testArray()
                .map(name -> new NpyTable(entry(options.path(), Optional.of(name)), options.columns()));
        return TableTarget.of(table, test, handling, context);
    }

    /** Finds an array of the archive by its name. */
    private static NpyBytes entry(Path file, Optional<String> wanted) {
        Map<String, Long> arrays = new TreeMap<>();
        if (Files.isDirectory(file)) {
            throw new InputException(file + " is a directory; expected a file");
        }
        if (!Files.exists(file)) {
            throw Source.failure(file.toString(), new NoSuchFileException(file.toString()));
        }
        try (ZipFile archive = new ZipFile(file.toFile())) {
            archive.stream()
                    .filter(e -> e.getName().endsWith(ENDING))
                    .forEach(e -> arrays.put(name(e.getName()), e.getSize()));
        } catch (ZipException | IllegalArgumentException e) {
            // An entry's name that is not UTF-8 is an IllegalArgumentException of the library.
            throw new InputException(file + ": not a valid zip archive (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw Source.failure(file.toString(), e);
        }
        if (arrays.isEmpty()) {
            throw new InputException(file + " has no arrays; expected entries that end in " + ENDING);
        }
        if (wanted.isEmpty() && arrays.size() > 1) {
            throw new InputException(file + " has " + arrays.size() + " arrays; choose one with array: "
                    + String.join(", ", arrays.keySet()));
        }
        String chosen = wanted.orElse(arrays.keySet().iterator().next());
        if (!arrays.containsKey(chosen)) {
            throw new InputException(
                    file + ": there is no array '" + chosen + "'" + Nearest.hint(chosen, arrays.keySet()));
        }
        return NpyBytes.of(file, chosen + ENDING, arrays.get(chosen));
    }

    private static String name(String entry) {
        return entry.substring(0, entry.length() - ENDING.length());
    }

    private static final String ENDING = ".npy";
}
