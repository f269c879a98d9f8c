package org.eigendrift.engine.law.table;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.StoredLaw;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.engine.conditional.Completed;

/** The law of tables with columns of any kind. */
public final class TableLawProvider implements LawProvider<TableLawProvider.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);
    private static final int FEWEST = 20;
    /** Rows by which rules are looked for before anything is fitted. */
    private static final int MANY = 5_000;

    /** Creates the provider. */
    public TableLawProvider() {}

    /**
     * The options; everything else is chosen by held-out rows.
     *
     * @param rules what holds in all rows and has to hold in all draws
     */
    public record Options(
            @Option(
                    doc =
                            "what has to hold in all draws, as it does in all rows: 'start <= end', 'total = rent + food', '1 = red + green', "
                                    + "'only country + city' (no combinations but those in the rows); sums and "
                                    + "neighbours of which one is 1 are found without being named",
                    value = "[]")
            List<String> rules) {}

    @Override
    public String name() {
        return TableFit.KIND;
    }

    @Override
    public String summary() {
        return "Tables with columns of any kind: gated conditional laws and mixtures of trees, exact and in closed form";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public StoredLaw create(Options options, LawContext context) {
        List<Column> columns = context.train().columns();
        Points rows = InMemory.read(context.train(), Integer.MAX_VALUE);
        if (rows.size() < FEWEST) {
            throw InputException.at(
                    "law",
                    "table: " + rows.size() + " rows, expected at least " + FEWEST
                            + " to hold some of them out; give it more, or set holdout: 0 in target");
        }
        int[] seen = Completed.seen(context.train(), rows.size());
        List<Rule> declared = new DeclaredRules(columns, rows).of(options.rules());
        List<Rule> all = new ArrayList<>(declared);
        all.addAll(RuleFinder.find(columns, rows, declared));
        if (all.isEmpty()) {
            return fit(columns, rows, seen, context.run());
        }
        Rules rules = new Rules(columns, all);
        return new RuledTable(rules, fit(rules.beneath(), rules.beneath(rows), seen, context.run()));
    }

    private static TableLaw fit(List<Column> columns, Points rows, int[] seen, RunContext run) {
        return new TableFit(
                        columns, columns.stream().map(TableLawProvider::spec).toList(), run)
                .fit(rows, seen);
    }

    @Override
    public boolean takesTables() {
        return true;
    }

    /** Numbers that keep a rule, which no flow does. */
    @Override
    public Optional<String> suits(Dataset train) {
        List<Column> columns = train.columns();
        List<Rule> rules = RuleFinder.find(columns, InMemory.read(train, MANY), List.of());
        return rules.stream().findFirst().map(rule -> rule.text(columns) + " in all rows");
    }

    static CellScale.Spec spec(Column column) {
        boolean levelled = column.kind().levelled();
        int levels = levelled ? column.levels().size() : 0;
        boolean whole = column.kind() == Column.Kind.DATE || column.kind() == Column.Kind.INTEGER;
        double step = whole && column.step() == 0 ? 1 : column.step();
        return new CellScale.Spec(
                levelled && column.kind() != Column.Kind.ORDERED,
                levels,
                step,
                column.bounds().lower(),
                column.bounds().upper(),
                column.kind().smooth() || column.kind() == Column.Kind.NON_NEGATIVE,
                column.atoms());
    }

    @Override
    public StoredLaw restore(LawReader in) {
        return RuledTable.isIn(in) ? RuledTable.read(in) : TableLaw.read(in);
    }
}
