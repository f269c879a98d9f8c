package org.eigendrift.cli.where;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.column.ColumnTypeProvider;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.cli.config.PluginText;

/** Values of a model's columns as the columns' types write them. */
public final class Cells {
    private final List<Column> columns;
    private final Map<String, ColumnType> types = new HashMap<>();

    /**
     * Makes the column types that a model's columns name.
     *
     * @param columns the columns
     * @param catalog the plugins
     * @param context the run
     */
    public Cells(List<Column> columns, Catalog catalog, RunContext context) {
        this.columns = columns;
        TreeSet<String> wanted = new TreeSet<>();
        columns.forEach(column -> wanted.add(column.format().type()));
        for (Provider<?, ?, ?> provider : catalog.all(ColumnTypeProvider.KIND)) {
            if (wanted.contains(provider.name())) {
                types.put(
                        provider.name(),
                        PluginText.bind(ColumnTypeProvider.KIND, "column type", provider.name(), Path.of(""), catalog)
                                .create(context));
            }
        }
    }

    List<Column> columns() {
        return columns;
    }

    /** The number of a column; empty if there is none of that name. */
    Optional<Integer> column(String name) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).name().equals(name))
                .boxed()
                .findFirst();
    }

    /**
     * The column of a name.
     *
     * @param where the option and place, for messages
     * @param name the name
     * @return its number
     * @throws InputException if there is none, with the nearest name
     */
    public int require(String where, String name) {
        return column(name)
                .orElseThrow(() -> new InputException(where + ": the model has no column '" + name + "'"
                        + Nearest.hint(name, columns.stream().map(Column::name).toList())));
    }

    /** The number that codes a value. */
    double value(String where, int number, String text) {
        Column column = columns.get(number);
        if (column.kind().levelled()) {
            int level = column.level(text);
            if (level < 0) {
                throw new InputException(where + ": column '" + column.name() + "' has no level '" + text + "'"
                        + Nearest.hint(text, column.levels()));
            }
            return level;
        }
        ColumnType type = types.get(column.format().type());
        double value = type == null ? number(text) : type.parse(text, column);
        if (Double.isNaN(value)) {
            throw new InputException(where + ": column '" + column.name() + "': found '" + text + "', expected "
                    + (type == null ? "a number" : type.expected(column)));
        }
        return value;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
