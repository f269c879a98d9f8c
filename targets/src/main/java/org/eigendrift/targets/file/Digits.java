package org.eigendrift.targets.file;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
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
 * Handwritten digits, 1,797 images of 8 x 8 pixels with 17 levels of grey (Alpaydin and Kaynak, "Optical recognition of
 * handwritten digits", UCI machine learning repository, 1998; the test part). Columns p00 to p77, row by row.
 */
public final class Digits implements TargetProvider<Digits.Options> {
    private static final int SIDE = 8;
    private static final int LEVELS = 17;

    /**
     * The options.
     *
     * @param dequantise whether levels are made continuous
     * @param bounded whether dequantised pixels are declared bounded
     * @param holdout fraction of rows held out
     * @param seed seed of split and noise
     */
    public record Options(
            @Option(
                    doc = "whether each level 0 to 16 becomes a number in (0, 1) by uniform noise within the level",
                    value = "true")
            boolean dequantise,

            @Option(
                    doc =
                            "whether dequantised pixels are declared to lie in [0, 1]; false for frames that mix pixels, which "
                                    + "map real columns only",
                    value = "true")
            boolean bounded,

            @Option(doc = "fraction of rows held out, at random by row; 0 for none", value = "0.2", min = 0, max = 0.9)
            double holdout,

            @Option(doc = "seed of the split and of the noise; auto: the run's seed", value = "auto")
            OptionalLong seed) {}

    /** Creates the provider. */
    public Digits() {}

    @Override
    public String name() {
        return "digits";
    }

    @Override
    public String summary() {
        return "1797 handwritten digits of 8 x 8 pixels";
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
        List<String> pixels = IntStream.range(0, SIDE * SIDE)
                .mapToObj(i -> "p" + i / SIDE + i % SIDE)
                .toList();
        CsvTable table = new CsvTable(Source.bundled("digits.csv.gz"), Separator.COMMA, true, Missing.REFUSE, pixels);
        Handling whole =
                new Handling(ColumnKinds.REAL, List.of(), Detection.OFF, Missing.REFUSE, Fill.MEAN, 0, options.seed());
        Dataset levels = TableTarget.of(table, Optional.empty(), whole, context).train();
        Dataset images = options.dequantise()
                ? new Dequantised(
                        levels, LEVELS, options.bounded(), context.random(Purpose.DEQUANTISATION, options.seed()))
                : levels;
        return TableTarget.split(images, options.holdout(), options.seed(), context, List::of);
    }
}
