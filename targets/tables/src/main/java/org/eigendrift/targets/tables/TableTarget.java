package org.eigendrift.targets.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.column.Finding;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.target.Target;
import org.eigendrift.targets.tables.type.ColumnTypes;

/**
 * A target that is nothing but rows.
 *
 * @param train training rows
 * @param heldout held-out rows, or empty
 * @param notes what the report should say, asked after the rows have been read
 * @param findings what the columns were taken for, empty if nothing was detected
 */
public record TableTarget(
        Dataset train, Optional<Dataset> heldout, Supplier<List<String>> notes, List<Finding> findings)
        implements Target {
    /** Columns up to which values are watched for kinds that were not declared. */
    private static final int WATCHED = 1000;

    /** Rows read at a time. */
    private static final int CHUNK = 4096;

    /**
     * A target of tables.
     *
     * @param table the rows, or the training rows if there is a table of held-out ones
     * @param test held-out rows, with the same columns, or empty
     * @param handling what is done with them
     * @param context gives the run's seed
     * @return the target
     * @throws InputException if a declared kind does not fit the columns
     */
    public static TableTarget of(Table table, Optional<Table> test, Handling handling, RunContext context) {
        if (test.isPresent() && test.get().names().size() != table.names().size()) {
            throw new InputException(
                    test.get().label() + ": " + test.get().names().size() + " columns, expected "
                            + table.names().size() + " as in " + table.label());
        }
        List<Column> declared = handling.kinds().of(table.names(), table.label());
        List<Table> tables = Stream.concat(Stream.of(table), test.stream()).toList();
        Map<String, ColumnType> types = ColumnTypes.and(context);
        List<Finding> findings =
                handling.detection() == Detection.OFF && handling.types().isEmpty()
                        ? List.of()
                        : new ColumnDetection(tables, handling.types(), types).find();
        Typed typed = Typed.of(declared, findings, handling);
        TypedTables all = new TypedTables(tables, typed.chosen(), types);
        List<Column> taken = handling.detection() == Detection.APPLY
                ? KindGuess.of(typed.columns(), handling.kinds(), all.summary(typed.columns()))
                : List.of();
        List<Column> columns = typed.columns().stream()
                .map(column -> withKind(column, taken))
                .map(column ->
                        handling.detection() == Detection.OFF ? column.withObserved(Column.Span.EVERYWHERE) : column)
                .toList();
        boolean watch = handling.detection() == Detection.PROPOSE && columns.size() <= WATCHED;
        List<TableRows> rows = all.rows(columns, handling.missing(), watch);
        TableTarget split = rows.size() == 2
                ? new TableTarget(rows.get(0), Optional.of(rows.get(1)), List::of, findings)
                : split(rows.get(0), handling.holdout(), handling.seed(), context, List::of);
        TableTarget complete = handling.missing() == Missing.IMPUTE
                ? imputed(split, handling, context, tables)
                : handling.missing() == Missing.MODEL ? split.judgedByWholeRows() : split;
        Supplier<List<String>> notes = () -> {
            List<String> lines = new ArrayList<>(typed.notes());
            rows.forEach(r -> dropped(r.label(), r.dropped()).ifPresent(lines::add));
            kinds(rows, taken, columns, handling.kinds()).ifPresent(lines::add);
            return lines;
        };
        return new TableTarget(
                complete.train,
                complete.heldout,
                () -> Stream.concat(complete.notes.get().stream(), notes.get().stream())
                        .toList(),
                findings);
    }

    private TableTarget judgedByWholeRows() {
        return new TableTarget(train, heldout.map(WholeRows::new), notes, findings);
    }

    /** A column with the kind that was guessed for it, if any was. */
    private static Column withKind(Column column, List<Column> guesses) {
        return guesses.stream()
                .filter(g -> g.name().equals(column.name()))
                .findFirst()
                .map(g -> new Column(
                        g.name(),
                        g.kind(),
                        g.lower(),
                        g.upper(),
                        g.ends(),
                        column.step(),
                        List.of(),
                        column.atoms(),
                        column.gaps(),
                        column.format(),
                        column.observed()))
                .orElse(column);
    }

    /** Tables of which the same columns are read. */
    private record TypedTables(List<Table> tables, int[] chosen, Map<String, ColumnType> types) {

        List<TableRows> rows(List<Column> columns, Missing missing, boolean watch) {
            return tables.stream()
                    .map(t -> new TableRows(t, chosen, columns, types, missing, watch))
                    .toList();
        }

        /** The values of all rows. Rows that lack a value are refused later, with the option that says what to do about them. */
        ValueSummary summary(List<Column> columns) {
            ValueSummary all = new ValueSummary(columns.size());
            Points chunk = Points.zeros(columns.size(), CHUNK);
            for (TableRows part : rows(columns, Missing.KEEP, false)) {
                try (Dataset.Reader reader = part.open()) {
                    for (int count = reader.read(chunk); count > 0; count = reader.read(chunk)) {
                        all.add(chunk, 0, count);
                    }
                }
            }
            return all;
        }
    }

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
    public static TableTarget split(
            Dataset all, double holdout, OptionalLong seed, RunContext context, Supplier<List<String>> notes) {
        if (holdout == 0) {
            return new TableTarget(all, Optional.empty(), notes, List.of());
        }
        CounterRandom random = context.random(Purpose.SPLIT, seed);
        return new TableTarget(
                new HoldoutRows(all, random, holdout, false),
                Optional.of(new HoldoutRows(all, random, holdout, true)),
                notes,
                List.of());
    }

    @Override
    public List<String> remarks() {
        return notes.get();
    }

    private static Optional<String> kinds(
            List<TableRows> rows, List<Column> taken, List<Column> columns, ColumnKinds kinds) {
        if (!taken.isEmpty()) {
            return Optional.of(KindGuess.sentence(taken, true));
        }
        // Held-out rows of a table of their own must agree: a support that excludes them is no proposal.
        List<Column> proposed = null;
        for (TableRows part : rows) {
            ValueSummary values = part.summary();
            if (values != null) {
                List<Column> here = KindGuess.of(columns, kinds, values);
                proposed = proposed == null
                        ? here
                        : proposed.stream().filter(here::contains).toList();
            }
        }
        return proposed == null || proposed.isEmpty()
                ? Optional.empty()
                : Optional.of(KindGuess.sentence(proposed, false));
    }

    private static TableTarget imputed(
            TableTarget incomplete, Handling handling, RunContext context, List<Table> tables) {
        CounterRandom random = context.random(Purpose.FILL, handling.seed());
        String label = tables.get(0).label();
        Imputation imputation = new Imputation(incomplete.train, handling.fill(), random, label);
        ImputedRows train = new ImputedRows(incomplete.train, imputation, 0);
        Optional<ImputedRows> heldout = incomplete.heldout.map(h -> new ImputedRows(h, imputation, 1));
        return new TableTarget(
                train,
                heldout.map(h -> h),
                () -> Stream.concat(
                                filled("training", train, handling.fill()).stream(),
                                heldout.stream().flatMap(h -> filled("held-out", h, handling.fill()).stream()))
                        .toList(),
                List.of());
    }

    /** How many values were filled in, by column. */
    private static List<String> filled(String side, ImputedRows rows, Fill fill) {
        long[] counts = rows.filled();
        int dim = rows.dim();
        if (counts.length == 0 || counts[dim] == 0) {
            return List.of();
        }
        List<String> byColumn = IntStream.range(0, dim)
                .filter(i -> counts[i] > 0)
                .mapToObj(i -> rows.columns().get(i).name() + " " + counts[i])
                .toList();
        long values = IntStream.range(0, dim).mapToLong(i -> counts[i]).sum();
        String more = byColumn.size() > SHOWN ? ", ... (" + byColumn.size() + " columns in all)" : "";
        return List.of(values + (values == 1 ? " missing value in " : " missing values in ") + counts[dim] + " " + side
                + (counts[dim] == 1 ? " row" : " rows") + (values == 1 ? " was" : " were") + " filled with "
                + fill.words() + ": "
                + byColumn.stream().limit(SHOWN).collect(Collectors.joining(", ")) + more);
    }

    /** Columns that a sentence names. */
    private static final int SHOWN = 12;

    /**
     * The remark about rows that were dropped.
     *
     * @param label the table that dropped them
     * @param rows how many
     * @return one sentence, or none
     */
    private static Optional<String> dropped(String label, long rows) {
        return rows == 0
                ? Optional.empty()
                : Optional.of(rows + (rows == 1 ? " row of " : " rows of ") + label + (rows == 1 ? " was" : " were")
                        + " left out for a missing value");
    }
}
