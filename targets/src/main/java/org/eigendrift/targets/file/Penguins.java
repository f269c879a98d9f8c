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
 * The Palmer penguins (Horst, Hill, Gorman 2020; data by Gorman, Williams, Fraser, PLoS ONE 9(3), 2014), CC0: bill
 * length and depth and flipper length in millimetres and body mass in grams of 344 birds, two of which lack them.
 */
public final class Penguins implements TargetProvider<Penguins.Options> {
    private static final List<String> NUMERIC =
            List.of("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g");

    /**
     * The options.
     *
     * @param columns columns to read
     * @param holdout fraction of rows held out
     * @param seed seed of the split
     */
    public record Options(
            @Option(doc = "columns to read", value = "[bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g]")
            List<String> columns,

            @Option(doc = "fraction of rows held out, at random by row; 0 for none", value = "0.2", min = 0, max = 0.9)
            double holdout,

            @Option(doc = "seed of the split; auto: the run's seed", value = "auto")
            OptionalLong seed) {}

    /** Creates the provider. */
    public Penguins() {}

    @Override
    public String name() {
        return "penguins";
    }

    @Override
    public String summary() {
        return "Palmer penguins: four body measurements of 342 birds (CC0)";
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
                        "penguins: there is no numeric column '" + column + "'" + Nearest.hint(column, NUMERIC));
            }
        }
        List<String> columns = options.columns().isEmpty() ? NUMERIC : options.columns();
        CsvTable table = new CsvTable(Source.bundled("penguins.csv"), Separator.COMMA, true, Missing.DROP, columns);
        Handling handling = new Handling(
                ColumnKinds.REAL, List.of(), Detection.OFF, Missing.DROP, Fill.MEAN, options.holdout(), options.seed());
        return TableTarget.of(table, Optional.empty(), handling, context);
    }
}
