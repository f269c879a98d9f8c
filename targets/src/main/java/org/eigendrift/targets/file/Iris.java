package org.eigendrift.targets.file;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.targets.tables.ColumnKinds;
import org.eigendrift.targets.tables.Detection;
import org.eigendrift.targets.tables.Fill;
import org.eigendrift.targets.tables.Handling;
import org.eigendrift.targets.tables.Missing;
import org.eigendrift.targets.tables.TableTarget;

/**
 * Fisher's iris data (Annals of Eugenics 7, 1936): length and width of sepals and petals of 150 plants, in
 * centimetres.
 */
public final class Iris implements TargetProvider<Iris.Options> {
    private static final List<String> NUMERIC =
            List.of("sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm");

    /**
     * The options.
     *
     * @param columns columns to read
     * @param holdout fraction of rows held out
     * @param seed seed of the split
     */
    public record Options(
            @Option(
                    doc = "columns to read",
                    value = "[sepal_length_cm, sepal_width_cm, petal_length_cm, petal_width_cm]")
            List<String> columns,

            @Option(doc = "fraction of rows held out, at random by row; 0 for none", value = "0.2", min = 0, max = 0.9)
            double holdout,

            @Option(doc = "seed of the split; auto: the run's seed", value = "auto")
            OptionalLong seed) {}

    /** Creates the provider. */
    public Iris() {}

    @Override
    public String name() {
        return "iris";
    }

    @Override
    public String summary() {
        return "iris: four flower measurements of 150 plants";
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
        for (String column : options.columns()) {
            if (!NUMERIC.contains(column)) {
                throw new InputException(
                        "iris: there is no numeric column '" + column + "'" + Nearest.hint(column, NUMERIC));
            }
        }
        List<String> columns = options.columns().isEmpty() ? NUMERIC : options.columns();
        CsvTable table = new CsvTable(Source.bundled("iris.csv"), Separator.COMMA, true, Missing.DROP, columns);
        Handling handling = new Handling(
                ColumnKinds.REAL, List.of(), Detection.OFF, Missing.DROP, Fill.MEAN, options.holdout(), options.seed());
        return TableTarget.of(table, Optional.empty(), handling, context);
    }
}
