package org.eigendrift.engine.metric;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Figure.Better;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.metric.Posteriors;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.engine.comparison.Calibration;

/**
 * Whether a law of some columns given the others is as sure as it says, by held-out rows: the largest distance of a column's ranks from
 * uniform ones, beside that of as many uniform numbers, and how often regions of highest density that hold 50 and 90 % hold the truth.
 */
public final class PosteriorCalibration implements MetricProvider<PosteriorCalibration.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);
    private static final String GROUP = "calibration";

    /** Sets of uniform numbers beside which ranks are seen. */
    private static final int SETS = 200;

    private static final double[] CONTENTS = {0.5, 0.9};

    /** Of a normal law, five and ninety-five hundredths. */
    private static final double NINE_OF_TEN = 1.645;

    /** Creates the provider. */
    public PosteriorCalibration() {}

    /** Nothing to choose. */
    public record Options() {}

    @Override
    public String name() {
        return "calibration";
    }

    @Override
    public String summary() {
        return "Ranks and expected coverage of held-out rows among draws given them, for laws with 'given'";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> evaluation
                .posteriors()
                .filter(posteriors -> posteriors.truth().size() > 0)
                .map(posteriors -> figures(posteriors, evaluation.run()))
                .orElse(List.of());
    }

    private static List<Figure> figures(Posteriors posteriors, RunContext run) {
        Calibration calibration = Calibration.of(posteriors);
        int rows = posteriors.truth().size();
        double[] uniform = uniform(calibration.ranks().length, rows, run);
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of(
                        GROUP,
                        "rank_distance",
                        Arrays.stream(calibration.ranks())
                                .mapToDouble(Calibration::distance)
                                .max()
                                .orElseThrow())
                .withFloor(uniform[SETS / 2])
                .withFloorBetween(uniform[SETS / 20], uniform[SETS - 1 - SETS / 20])
                .better(Better.LESS)
                .called("Distance of ranks from uniform ones", "the worst column; 0 to 1"));
        for (double content : CONTENTS) {
            double error = Math.sqrt(content * (1 - content) / rows);
            double covered = calibration.covered(content);
            figures.add(Figure.of(GROUP, "coverage_" + Math.round(100 * content), covered)
                    .withError(Math.sqrt(covered * (1 - covered) / rows))
                    .withFloor(content)
                    .withFloorBetween(content - NINE_OF_TEN * error, Math.min(1, content + NINE_OF_TEN * error))
                    .better(Better.NEAR_FLOOR)
                    .called(
                            "Truth within the densest " + Math.round(100 * content) + " %",
                            "share of held-out rows; less: too sure, more: too wide"));
        }
        return figures;
    }

    /** The largest distance of some columns of uniform numbers, sorted, many times. */
    private static double[] uniform(int columns, int rows, RunContext run) {
        CounterRandom random = run.random(Purpose.CALIBRATION);
        return IntStream.range(0, SETS)
                .mapToDouble(set -> IntStream.range(0, columns)
                        .mapToDouble(i -> Calibration.distance(IntStream.range(0, rows)
                                .mapToDouble(n -> random.uniform((long) set * columns + i, n))
                                .toArray()))
                        .max()
                        .orElseThrow())
                .sorted()
                .toArray();
    }
}
