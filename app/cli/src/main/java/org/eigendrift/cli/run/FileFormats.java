package org.eigendrift.cli.run;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.output.WriterProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.cli.config.PluginText;
import org.eigendrift.cli.output.CheckedWriter;
import org.eigendrift.engine.check.CheckedTarget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds readers and writers by the ending of a file's name. */
public final class FileFormats {
    private static final Logger LOG = LoggerFactory.getLogger(FileFormats.class);
    /** Endings that another reader's name serves. */
    private static final Map<String, String> READERS = Map.of("tsv", "csv", "txt", "csv", "npz", "npy");

    /** The option of readers that says which share of the rows a fit leaves out. */
    private static final String HOLDOUT = "holdout";

    private final Catalog catalog;
    private final Setting setting;

    @Inject
    FileFormats(Catalog catalog, Setting setting) {
        this.catalog = catalog;
        this.setting = setting;
    }

    /**
     * The writer of a file.
     *
     * @param option what named the file, for messages
     * @param file the file
     * @param context the run
     * @return a writer with its default options
     * @throws InputException if no writer has that ending; the message lists the endings there are
     */
    public PointWriter writer(String option, Path file, RunContext context) {
        Map<String, PointWriter> byEnding = new TreeMap<>();
        for (Provider<?, ?, ?> provider : catalog.all(WriterProvider.KIND)) {
            Chosen<RunContext, PointWriter> chosen =
                    PluginText.bind(WriterProvider.KIND, option, provider.name(), setting.working(), catalog);
            PointWriter writer = new CheckedWriter(chosen.create(context));
            byEnding.putIfAbsent(writer.extension(), writer);
        }
        return Optional.ofNullable(byEnding.get(ending(file)))
                .orElseThrow(() -> new InputException(option + ": " + file + ": no writer for this ending"
                        + Nearest.hint(ending(file), byEnding.keySet())));
    }

    /**
     * The rows of a file. Where its block drops those that lack a value, a warning says how many.
     *
     * @param option what named the file, for messages
     * @param text the file, or {@code {type: NAME, ...}} of a target
     * @param columns the columns that are needed
     * @param context the run
     * @return all rows, with these columns in this order
     * @throws InputException if the file cannot be read or lacks a column
     */
    public Dataset rows(String option, String text, List<Column> columns, RunContext context) {
        return rows(option, text, columns, false, context);
    }

    /**
     * The rows of a file, with gaps where cells are empty unless its block refuses or fills them.
     *
     * @param option what named the file, for messages
     * @param text the file, or {@code {type: NAME, ...}} of a target
     * @param columns the columns that are needed
     * @param context the run
     * @return all rows, with these columns in this order
     * @throws InputException if the file cannot be read or lacks a column
     */
    Dataset rowsWithGaps(String option, String text, List<Column> columns, RunContext context) {
        return rows(option, text, columns, true, context);
    }

    private Dataset rows(String option, String text, List<Column> columns, boolean gaps, RunContext context) {
        Object block = text.strip().startsWith("{")
                ? everyRow(option, PluginText.value(option, text))
                : reader(option, Path.of(text), columns);
        boolean drop = drops(block);
        if (drop) {
            // Left out here, so that it can be said which.
            block = with(block, "missing", "keep");
        }
        boolean table = !columns.stream().allMatch(FileFormats::real);
        Object told = table ? typed(block, columns) : gaps ? keepingGaps(block) : block;
        Target first = target(option, told, context);
        List<Column> lost = columns.stream()
                .filter(column -> first.findings().stream()
                        .anyMatch(found -> found.name().equals(column.name())
                                && found.column().isEmpty()))
                .toList();
        // What these rows alone make of a column of the model, such as nothing for want of a value, does not count.
        Target target = lost.isEmpty() ? first : target(option, declared(told, lost), context);
        Dataset rows = table
                ? target.train()
                : gaps || drop
                        ? RealColumns.open(target.train())
                        : RealColumns.of(target).train();
        checkColumns(option, text, rows.columns(), columns);
        return new ModelRows(
                drop && !gaps ? new CompleteRows(rows, option + ": " + text) : rows,
                columns,
                "rows with it are impossible");
    }

    /**
     * Whether rows that lack a value are to be left out.
     *
     * @param option what named the file, for messages
     * @param text the file, or {@code {type: NAME, ...}} of a target
     * @return true if the block says so
     */
    boolean drops(String option, String text) {
        return text.strip().startsWith("{") && drops(PluginText.value(option, text));
    }

    private Target target(String option, Object block, RunContext context) {
        Chosen<RunContext, Target> chosen =
                PluginText.bind(TargetProvider.KIND, option, block, setting.working(), catalog);
        return new CheckedTarget(chosen.provider(), chosen.create(context));
    }

    /** A block that declares more columns. */
    private static Object declared(Object block, List<Column> columns) {
        List<Object> types = new ArrayList<>();
        if (block instanceof Map<?, ?> given && given.get("types") instanceof List<?> before) {
            types.addAll(before);
        }
        columns.forEach(column -> types.add(declaration(column)));
        return with(block, "types", types);
    }

    private static boolean drops(Object block) {
        return block instanceof Map<?, ?> given && "drop".equals(given.get("missing"));
    }

    /** Where every row gets an answer, none may be left out. */
    private static void refuseDrop(String option, Object block) {
        if (drops(block)) {
            throw new InputException(option + ": target.missing: every row gets an answer here, but drop would leave"
                    + " out those that lack a value; expected keep, which takes such cells for open, or no missing");
        }
    }

    private static Map<String, Object> with(Object block, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>();
        ((Map<?, ?>) block).forEach((key, entry) -> changed.put(String.valueOf(key), entry));
        changed.put(name, value);
        return changed;
    }

    /**
     * Columns of the model that a file lacks, which has others of them.
     *
     * @param option what named the file, for messages
     * @param text the file, or {@code {type: NAME, ...}} of a target
     * @param columns the model's columns
     * @param context the run
     * @return their numbers, ascending; none if the file has no column of the model by name
     */
    SortedSet<Integer> lacking(String option, String text, List<Column> columns, RunContext context) {
        List<String> there = names(option, block(option, text), context);
        SortedSet<Integer> lacking = new TreeSet<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!there.contains(columns.get(i).name())) {
                lacking.add(i);
            }
        }
        return lacking.size() == columns.size() ? new TreeSet<>() : lacking;
    }

    /**
     * The rows of a file of which some cells may be open: empty ones, and all of columns that the file does not have.
     *
     * @param option what named the file, for messages
     * @param text the file, or {@code {type: NAME, ...}} of a target
     * @param columns the model's columns
     * @param context the run
     * @return all rows, with the model's columns in its order, NaN in open cells
     * @throws InputException if the file cannot be read or has none of the columns
     */
    OpenRows partial(String option, String text, List<Column> columns, RunContext context) {
        Map<String, Object> block = block(option, text);
        List<String> there = names(option, block, context);
        // Formats without names call their columns x1, x2, ...: then the order tells.
        boolean unnamed = there.equals(
                IntStream.rangeClosed(1, columns.size()).mapToObj(i -> "x" + i).toList());
        List<Column> found = columns.stream()
                .filter(column -> unnamed || there.contains(column.name()))
                .toList();
        if (found.isEmpty()) {
            throw new InputException(option + ": " + text + ": expected some of the model's columns "
                    + columns.stream().map(Column::name).toList() + ", found " + there);
        }
        List<String> without = there.stream()
                .filter(name ->
                        columns.stream().noneMatch(column -> column.name().equals(name)))
                .toList();
        if (!unnamed && !without.isEmpty()) {
            LOG.warn("{}: columns that the model does not have are left out: {}", option, String.join(", ", without));
        }
        List<String> keys = PluginText.keys(TargetProvider.KIND, String.valueOf(block.get("type")), catalog);
        if (keys.contains("columns") && !unnamed) {
            block.put("columns", found.stream().map(Column::name).toList());
        }
        refuseDrop(option, block);
        Object typed = typed(everyRow(option, block), found);
        Dataset rows = PluginText.bind(TargetProvider.KIND, option, typed, setting.working(), catalog)
                .create(context)
                .train();
        boolean real = columns.stream().allMatch(FileFormats::real);
        return new OpenRows(
                new ModelRows(
                        real ? RealColumns.open(rows) : rows, found, "cells with it stay, and tell nothing of others"),
                columns);
    }

    /**
     * The numbers of a file, whatever its columns are called.
     *
     * @param option what named the file, for messages
     * @param text the file, or {@code {type: NAME, ...}} of a target
     * @param context the run
     * @return all rows
     * @throws InputException if the file cannot be read, or holds anything but numbers
     */
    Points numbers(String option, String text, RunContext context) {
        return InMemory.read(
                RealColumns.of(undetected(option, block(option, text), context)).train(), Integer.MAX_VALUE);
    }

    /**
     * Whether there is a reader of rows for what a text names.
     *
     * @param text a file, or {@code {type: NAME, ...}} of a target
     * @return true of blocks, and of files whose ending is a reader's
     */
    boolean reads(String text) {
        return text.strip().startsWith("{") || known().contains(reader(Path.of(text)));
    }

    /** A file's rows, of whose columns nothing is concluded. */
    private Target undetected(String option, Map<String, Object> block, RunContext context) {
        Map<String, Object> bare = new LinkedHashMap<>(block);
        if (PluginText.keys(TargetProvider.KIND, String.valueOf(block.get("type")), catalog)
                .contains("detect")) {
            bare.put("detect", "off");
            bare.remove("types");
        }
        return PluginText.bind(TargetProvider.KIND, option, everyRow(option, bare), setting.working(), catalog)
                .create(context);
    }

    /** The columns that a file has, before anything is said of what they are. */
    private List<String> names(String option, Map<String, Object> block, RunContext context) {
        List<String> keys = PluginText.keys(TargetProvider.KIND, String.valueOf(block.get("type")), catalog);
        Map<String, Object> open = keys.contains("missing") ? with(block, "missing", "keep") : block;
        return undetected(option, open, context).train().columns().stream()
                .map(Column::name)
                .toList();
    }

    /**
     * The target's block of a file.
     *
     * @param option what named the file, for messages
     * @param text the file, or {@code {type: NAME, ...}} of a target
     * @return the block, its type first, as the user wrote it; modifiable
     * @throws InputException if no reader has the file's ending, or no target the block's name
     */
    Map<String, Object> block(String option, String text) {
        if (!text.strip().startsWith("{")) {
            return reader(option, Path.of(text));
        }
        Map<String, Object> block = new LinkedHashMap<>();
        if (PluginText.value(option, text) instanceof Map<?, ?> given) {
            block.put("type", given.get("type"));
            given.forEach((key, entry) -> block.put(String.valueOf(key), entry));
        }
        // Binding the block says what is wrong with it.
        if (!known().contains(String.valueOf(block.get("type")))) {
            PluginText.bind(TargetProvider.KIND, option, block, setting.working(), catalog);
        }
        return block;
    }

    private static boolean real(Column column) {
        return column.smooth() && column.format().equals(Column.Format.PLAIN);
    }

    /**
     * A reader's block that takes cells for what the model's columns are, so that what other rows look like changes nothing. Levels
     * that the model does not have are read too: such rows are impossible, not unreadable.
     */
    private Object typed(Object value, List<Column> columns) {
        if (!(value instanceof Map<?, ?> given) || !known().contains(String.valueOf(given.get("type")))) {
            return value;
        }
        List<String> keys = PluginText.keys(TargetProvider.KIND, String.valueOf(given.get("type")), catalog);
        Map<String, Object> block = new LinkedHashMap<>();
        given.forEach((key, entry) -> block.put(String.valueOf(key), entry));
        boolean named = !"npy".equals(given.get("type")) && !"npz".equals(given.get("type"));
        if (keys.contains("types") && named && !block.containsKey("types") && !block.containsKey("detect")) {
            block.put("types", columns.stream().map(FileFormats::declaration).toList());
        }
        if (keys.contains("missing")) {
            block.putIfAbsent("missing", "keep");
        }
        return block;
    }

    private static List<String> declaration(Column column) {
        if (column.kind().levelled()) {
            return List.of(column.name(), "category");
        }
        String type = column.format().type();
        String pattern = column.format().pattern();
        String usual = switch (column.kind()) {
            case DATE -> "date";
            case TIME -> "time";
            case DATE_TIME -> "date-time";
            default -> "number";
        };
        if (!Set.of("", "integer", usual).contains(type)) {
            // A plugin's: what its patterns are, it finds in the cells as it did before.
            return List.of(column.name(), type);
        }
        if (!usual.equals("number")) {
            return List.of(column.name(), usual, pattern);
        }
        // Decimals alone say nothing of how a number is read; marks and what stands beside it do.
        return pattern.matches("(0(\\.[0#]*)?)?")
                ? List.of(column.name(), usual, "real")
                : List.of(column.name(), usual, "real", pattern);
    }

    private Object keepingGaps(Object value) {
        if (!(value instanceof Map<?, ?> given) || !known().contains(String.valueOf(given.get("type")))) {
            return value;
        }
        Map<String, Object> block = new LinkedHashMap<>();
        given.forEach((key, entry) -> block.put(String.valueOf(key), entry));
        if (PluginText.keys(TargetProvider.KIND, String.valueOf(given.get("type")), catalog)
                .contains("missing")) {
            block.putIfAbsent("missing", "keep");
        }
        return block;
    }

    /** A target's block that holds no rows out, as it would for a fit. */
    private Object everyRow(String option, Object value) {
        if (!(value instanceof Map<?, ?> given) || !known().contains(String.valueOf(given.get("type")))) {
            // Binding the block says what is wrong with it.
            return value;
        }
        Map<String, Object> block = new LinkedHashMap<>();
        given.forEach((key, entry) -> block.put(String.valueOf(key), entry));
        if (PluginText.keys(TargetProvider.KIND, String.valueOf(given.get("type")), catalog)
                .contains(HOLDOUT)) {
            Object holdout = block.putIfAbsent(HOLDOUT, 0);
            if (holdout != null && !(holdout instanceof Number number && number.doubleValue() == 0)) {
                throw new InputException(option + ": target.holdout: every row is read here, but " + holdout
                        + " of them would be left out; expected 0, or no holdout");
            }
        }
        return block;
    }

    private List<String> known() {
        return catalog.all(TargetProvider.KIND).stream().map(p -> p.name()).toList();
    }

    /** The reader named like the file's ending. */
    private Map<String, Object> reader(String option, Path file) {
        String ending = ending(file);
        String name = reader(file);
        if (!known().contains(name)) {
            throw new InputException(option + ": " + file + ": no reader for the ending '" + ending
                    + "'; expected a .csv or .npy file, "
                    + (ending.equals("parquet")
                            ? "or a .parquet file with the plugin duckdb ('eigendrift plugins add duckdb'), "
                            : "")
                    + "or {type: NAME, ...} of a target");
        }
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", name);
        block.put("path", file.toString());
        return block;
    }

    /** The reader of a file, told to read the model's columns and to hold no rows out. */
    private Map<String, Object> reader(String option, Path file, List<Column> columns) {
        Map<String, Object> block = reader(option, file);
        String name = String.valueOf(block.get("type"));
        List<String> keys = PluginText.keys(TargetProvider.KIND, name, catalog);
        if (keys.contains("columns") && !name.equals("npy")) {
            block.put("columns", columns.stream().map(Column::name).toList());
        }
        if (keys.contains(HOLDOUT)) {
            block.put(HOLDOUT, 0);
        }
        return block;
    }

    private static void checkColumns(String option, String file, List<Column> found, List<Column> expected) {
        List<String> names = expected.stream().map(Column::name).toList();
        List<String> there = found.stream().map(Column::name).toList();
        // Formats without names call their columns x1, x2, ...: then the order tells.
        boolean unnamed = there.equals(
                IntStream.rangeClosed(1, found.size()).mapToObj(i -> "x" + i).toList());
        if (found.size() != expected.size() || !unnamed && !there.equals(names)) {
            throw new InputException(
                    option + ": " + file + ": expected the model's columns " + names + ", found " + there);
        }
    }

    private static String reader(Path file) {
        return READERS.getOrDefault(ending(file), ending(file));
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
