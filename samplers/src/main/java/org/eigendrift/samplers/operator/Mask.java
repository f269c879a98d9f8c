package org.eigendrift.samplers.operator;

import java.lang.invoke.MethodHandles;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.guidance.OperatorProvider;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/** Some columns, as they are. */
public final class Mask implements OperatorProvider<Mask.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Mask() {}

    /**
     * The options.
     *
     * @param columns the columns
     */
    public record Options(
            @Option(doc = "names of the columns that are seen")
            List<String> columns) {}

    @Override
    public String name() {
        return "mask";
    }

    @Override
    public String summary() {
        return "some columns, as they are";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Operator create(Options options, List<Column> columns) {
        List<String> names = columns.stream().map(Column::name).toList();
        int[][] picked = new int[options.columns.size()][];
        double[][] ones = new double[picked.length][];
        Set<String> seen = new HashSet<>();
        for (int j = 0; j < picked.length; j++) {
            String name = options.columns.get(j);
            if (!names.contains(name)) {
                throw new InputException("mask.columns: unknown column '" + name + "'" + Nearest.hint(name, names));
            }
            if (!seen.add(name)) {
                throw new InputException("mask.columns: '" + name + "' stands twice");
            }
            picked[j] = new int[] {names.indexOf(name)};
            ones[j] = new double[] {1};
        }
        if (picked.length == 0) {
            throw new InputException("mask.columns: expected at least one column");
        }
        return new RowsOperator(columns.size(), picked, ones);
    }
}
