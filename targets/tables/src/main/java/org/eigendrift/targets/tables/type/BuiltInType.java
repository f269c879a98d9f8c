package org.eigendrift.targets.tables.type;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.column.ColumnTypeProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** A column type without options, which is its own provider, as it has no state. */
abstract class BuiltInType implements ColumnTypeProvider<BuiltInType.Options>, ColumnType {

    /** There are no options: what a column needs stands behind the type's name. */
    public record Options() {}

    @Override
    public final OptionSchema<Options> options() {
        return Schema.OPTIONS;
    }

    /** Made when first asked for: a run discovers every provider and uses few. */
    private static final class Schema {
        private static final OptionSchema<Options> OPTIONS = OptionSchema.of(MethodHandles.lookup(), Options.class);
    }

    @Override
    public final ColumnType create(Options options, RunContext context) {
        return this;
    }

    /**
     * Refuses what stands behind the type's name.
     *
     * @param column the column
     * @param expected what would do
     * @param arguments what stands there
     * @return the exception to be thrown
     */
    final InputException wrong(String column, String expected, List<String> arguments) {
        return new InputException("types: column '" + column + "': expected [" + column + ", " + name() + expected
                + ", found " + arguments + " behind " + name());
    }
}
