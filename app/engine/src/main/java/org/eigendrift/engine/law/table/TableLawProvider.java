package org.eigendrift.engine.law.table;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.StoredLaw;
import org.eigendrift.api.plugin.OptionSchema;

/** The law of tables with columns of any kind. */
public final class TableLawProvider implements LawProvider<TableLawProvider.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);
    private static final int FEWEST = 20;

    /** Creates the provider. */
    public TableLawProvider() {}

    /** There are none: everything is chosen by held-out rows. */
    public record Options() {}

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
                    "table: " + rows.size() + " rows, expected at least " + FEWEST + " to hold some of them out");
        }
        return new TableFit(
                        columns, columns.stream().map(TableLawProvider::spec).toList(), context.run())
                .fit(rows);
    }

    @Override
    public boolean takesTables() {
        return true;
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
                column.lower(),
                column.upper(),
                column.kind().smooth() || column.kind() == Column.Kind.NON_NEGATIVE,
                column.atoms());
    }

    @Override
    public StoredLaw restore(LawReader in) {
        return TableLaw.read(in);
    }
}
