package org.eigendrift.metrics.xgboost;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Figure.Better;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Train on synthetic, test on real (Esteban, Hyland, Raetsch 2017): boosted trees learn one column from the others of as many samples as
 * there are training rows, and are tested on held-out rows; the floor is what they reach with the training rows themselves. Of a
 * column of levels the area under the curve, of more than two the mean over those that occur of each against the others, and the macro
 * F1; of a column of numbers R squared. Rows whose column has a gap are left out.
 */
public final class TrainSynthetic implements MetricProvider<TrainSynthetic.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** A column of more levels is no classification that a few hundred trees learn. */
    private static final int MOST_CLASSES = 100;

    private static final int FEWEST = 10;

    /** Creates the provider. */
    public TrainSynthetic() {}

    /**
     * Options.
     *
     * @param target column to learn
     * @param rows most rows to learn from
     * @param rounds trees of a learner, for each class
     */
    public record Options(
            @Option(doc = "Column to learn from the others; the last one if empty", value = "")
            String target,

            @Option(doc = "Most rows to learn from, and to test on", value = "20000", min = 20)
            int rows,

            @Option(
                    doc = "Trees of a learner, of each class where there are more than two",
                    value = "100",
                    min = 1,
                    max = 10_000)
            int rounds) {}

    /** What was reached. */
    private record Reached(double area, double f1, double determination) {}

    @Override
    public String name() {
        return "tstr";
    }

    @Override
    public String summary() {
        return "Train on synthetic, test on real: how well boosted trees learn a column of a table from samples";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> SomeRows.of(evaluation, options.rows(), options.rows())
                .filter(rows -> rows.columns().size() > 1)
                .map(rows -> figures(rows, options, evaluation.run()))
                .orElse(List.of());
    }

    private static List<Figure> figures(SomeRows rows, Options options, RunContext run) {
        int target = target(rows.columns(), options.target());
        Column column = rows.columns().get(target);
        Points test = known(rows.heldout(), target, column);
        Points synthetic = known(rows.samples(), target, column);
        Points train = known(rows.train(), target, column);
        boolean few = Math.min(test.size(), Math.min(synthetic.size(), train.size())) < FEWEST;
        if (few || column.levels().size() > MOST_CLASSES) {
            return List.of();
        }
        BoostedTrees trees = new BoostedTrees(new Features(rows.columns(), target, rows.train()), options.rounds());
        // More samples than training rows would be an advantage that the floor does not have.
        Points samples = synthetic.slice(0, Math.min(synthetic.size(), train.size()));
        run.checkCancelled();
        Reached found = reached(trees, column, target, samples, test);
        run.checkCancelled();
        Reached floor = reached(trees, column, target, train, test);
        String of = String.format(
                Locale.ROOT,
                "of '%s', learnt from %,d samples, tested on %,d rows",
                column.name(),
                samples.size(),
                test.size());
        return column.kind().levelled()
                ? List.of(
                        figure(
                                "tstr_auc",
                                "Trained on samples, tested on real rows",
                                "area under the curve " + of,
                                found.area(),
                                floor.area()),
                        figure("tstr_f1", "… macro F1", "mean over the levels", found.f1(), floor.f1()))
                : Optional.of(figure(
                                "tstr_r2",
                                "Trained on samples, tested on real rows",
                                "R² " + of,
                                found.determination(),
                                floor.determination()))
                        .filter(f -> Double.isFinite(f.value()))
                        .stream()
                        .toList();
    }

    private static Figure figure(String name, String label, String meaning, double value, double floor) {
        return Figure.of("table", name, value)
                .better(Better.MORE)
                .withFloor(floor)
                .called(label, meaning);
    }

    private static int target(List<Column> columns, String name) {
        if (name.isEmpty()) {
            return columns.size() - 1;
        }
        List<String> names = columns.stream().map(Column::name).toList();
        if (!names.contains(name)) {
            throw new InputException("evaluate: tstr: target: no column '" + name + "'" + Nearest.hint(name, names));
        }
        return names.indexOf(name);
    }

    /** The rows that have a value, and no level that the column does not know. */
    private static Points known(Points rows, int target, Column column) {
        double most = column.kind().levelled() ? column.levels().size() - 1.0 : Double.POSITIVE_INFINITY;
        return rows.select(IntStream.range(0, rows.size())
                .filter(n -> rows.get(target, n) <= most)
                .toArray());
    }

    private static Reached reached(BoostedTrees trees, Column column, int target, Points fit, Points test) {
        double[] truth = test.column(target);
        if (!column.kind().levelled()) {
            double origin = Arrays.stream(fit.column(target)).average().orElseThrow();
            double[] told = trees.regress(fit, floats(fit.column(target), origin), test);
            return new Reached(Double.NaN, Double.NaN, determination(told, truth, origin));
        }
        int count = Math.max(2, column.levels().size());
        double[][] told = trees.classify(fit, floats(fit.column(target), 0), count, test);
        return new Reached(meanArea(told, truth, count), f1(told, truth, count), Double.NaN);
    }

    private static float[] floats(double[] values, double origin) {
        float[] out = new float[values.length];
        for (int n = 0; n < out.length; n++) {
            out[n] = (float) (values[n] - origin);
        }
        return out;
    }

    private static double determination(double[] told, double[] truth, double origin) {
        double mean = Arrays.stream(truth).average().orElseThrow();
        double left = 0;
        double all = 0;
        for (int n = 0; n < truth.length; n++) {
            left += Math.pow(told[n] + origin - truth[n], 2);
            all += Math.pow(truth[n] - mean, 2);
        }
        return 1 - left / all;
    }

    /** Of two classes the area of the second, of more the mean over those that occur. */
    static double meanArea(double[][] told, double[] truth, int count) {
        return IntStream.range(count == 2 ? 1 : 0, count)
                .filter(k -> count == 2 || Arrays.stream(truth).anyMatch(x -> x == k))
                .mapToDouble(k -> {
                    boolean[] inClass = new boolean[truth.length];
                    for (int n = 0; n < truth.length; n++) {
                        inClass[n] = truth[n] == k;
                    }
                    return Ranking.area(
                            Arrays.stream(told).mapToDouble(p -> p[k]).toArray(), inClass);
                })
                .average()
                .orElse(0.5);
    }

    /** The mean of the F1 scores of the classes that occur. */
    static double f1(double[][] told, double[] truth, int count) {
        int[] hits = new int[count];
        int[] called = new int[count];
        int[] members = new int[count];
        for (int n = 0; n < truth.length; n++) {
            int best = 0;
            for (int k = 1; k < count; k++) {
                best = told[n][k] > told[n][best] ? k : best;
            }
            called[best]++;
            members[(int) truth[n]]++;
            hits[best] += best == (int) truth[n] ? 1 : 0;
        }
        return IntStream.range(0, count)
                .filter(k -> members[k] > 0)
                .mapToDouble(k -> 2.0 * hits[k] / (called[k] + members[k]))
                .average()
                .orElse(0);
    }
}
