package org.eigendrift.targets.objective;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.guidance.ObjectiveProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;

/** A property that rows have beside the columns of the model: a polynomial of them, fitted by ridge regression. */
public final class PropertyObjective implements ObjectiveProvider<PropertyObjective.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public PropertyObjective() {}

    /**
     * The options.
     *
     * @param rows rows
     * @param column the property
     * @param degree degree
     * @param ridge ridge
     */
    public record Options(
            @Option(
                    doc =
                            "rows with the model's columns and the property: a target's block, {type: csv, path: measured.csv}",
                    kind = TargetProvider.class)
            Chosen<RunContext, Target> rows,

            @Option(doc = "name of the property's column") String column,

            @Option(doc = "1 for a linear function, 2 for a quadratic one", value = "2", min = 1, max = 2)
            int degree,

            @Option(
                    doc =
                            "ridge of features in standard deviations; auto: the one with the smallest leave-one-out error",
                    value = "auto",
                    min = 0,
                    open = true)
            OptionalDouble ridge) {}

    @Override
    public String name() {
        return "property";
    }

    @Override
    public String summary() {
        return "a property of the rows, a linear or quadratic function fitted by ridge regression";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Objective create(Options options, List<Column> columns) {
        Dataset data = options.rows.create(RunContext.quiet(0)).train();
        List<String> names = data.columns().stream().map(Column::name).toList();
        int[] inputs = columns.stream().mapToInt(c -> place(c.name(), names)).toArray();
        int property = place(options.column, names);
        for (int input : inputs) {
            if (input == property) {
                throw new InputException("property.column: '" + options.column
                        + "' is a column of the model; the objective 'linear' or 'near' steers it as it is");
            }
        }
        Points rows = complete(InMemory.read(data, Integer.MAX_VALUE), inputs, property);
        Polynomial polynomial = Polynomial.of(rows, inputs.length, options.degree);
        double[] response = rows.column(inputs.length);
        double variance = variance(response);
        int terms = polynomial.terms();
        if (rows.size() < terms + 3) {
            throw new InputException("property.rows: " + rows.size() + " complete rows are too few for " + terms
                    + " coefficients; expected more rows, or degree: 1");
        }
        Ridge ridge = Ridge.of(polynomial.features(rows), response, options.ridge);
        if (!(ridge.error() < variance)) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "property.column: '%s' is not predicted by the model's columns: the error of left-out rows is %.3g, and its"
                            + " variance %.3g",
                    options.column,
                    ridge.error(),
                    variance));
        }
        return polynomial.with(ridge);
    }

    private static int place(String name, List<String> names) {
        int at = names.indexOf(name);
        if (at < 0) {
            throw new InputException("property.rows: there is no column '" + name + "'" + Nearest.hint(name, names));
        }
        return at;
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(Double.NaN);
    }

    /** Rows without gaps, the inputs first and then the property. */
    private static Points complete(Points all, int[] inputs, int property) {
        List<double[]> kept = new ArrayList<>();
        for (int n = 0; n < all.size(); n++) {
            double[] row = new double[inputs.length + 1];
            boolean finite = true;
            for (int i = 0; i < row.length; i++) {
                row[i] = all.get(i < inputs.length ? inputs[i] : property, n);
                finite &= Double.isFinite(row[i]);
            }
            if (finite) {
                kept.add(row);
            }
        }
        return kept.isEmpty() ? Points.zeros(inputs.length + 1, 0) : Points.ofRows(kept.toArray(double[][]::new));
    }
}
