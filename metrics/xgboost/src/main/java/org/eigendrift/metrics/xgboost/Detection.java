package org.eigendrift.metrics.xgboost;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Figure.Better;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Detection of samples by boosted trees: the area under the curve of telling samples from held-out rows, of rows that the trees did
 * not learn from (two folds, five of fewer than 1,000 rows of each). One half: not to be told. The floor is the same of training rows in
 * the samples' place. {@code detection_train} is the same against training rows: where it is clearly lower, samples repeat them.
 */
public final class Detection implements MetricProvider<Detection.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);
    /** From so many rows of each on two folds teach enough. */
    private static final int MANY = 1000;

    /** The 95 % quantile of N(0, 1). */
    private static final double TAIL_QUANTILE = 1.6449;

    /** Creates the provider. */
    public Detection() {}

    /**
     * Options.
     *
     * @param rows most rows of each set
     * @param rounds trees of a classifier
     */
    public record Options(
            @Option(doc = "Most rows of each set", value = "4000", min = 20)
            int rows,

            @Option(doc = "Trees of a classifier", value = "60", min = 1, max = 10_000)
            int rounds) {}

    @Override
    public String name() {
        return "detection";
    }

    @Override
    public String summary() {
        return "How well boosted trees tell samples of a table from held-out rows: 0.5 not at all";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> SomeRows.of(evaluation, options.rows(), options.rows())
                .map(rows -> figures(rows, options.rounds(), evaluation.run()))
                .orElse(List.of());
    }

    private static List<Figure> figures(SomeRows rows, int rounds, RunContext run) {
        int each = Math.min(
                rows.samples().size(),
                Math.min(rows.train().size(), rows.heldout().size()));
        Points samples = rows.samples().slice(0, each);
        Points train = rows.train().slice(0, each);
        Points heldout = rows.heldout().slice(0, each);
        BoostedTrees trees = new BoostedTrees(new Features(rows.columns(), -1, rows.train()), rounds);
        double error = Ranking.error(each, each);
        double reach = TAIL_QUANTILE * error;
        String of = String.format(Locale.ROOT, "%,d rows of each", each);
        run.checkCancelled();
        Figure figure = Figure.of("table", "detection", area(heldout, samples, trees))
                .better(Better.CHANCE)
                .withError(error)
                .called("Detection by boosted trees", "area under the curve, " + of + "; 0.5: cannot tell");
        run.checkCancelled();
        figure = figure.withFloor(area(heldout, train, trees)).withFloorBetween(0.5 - reach, 0.5 + reach);
        run.checkCancelled();
        Figure ofTrain = Figure.of("table", "detection_train", area(train, samples, trees))
                .withError(error)
                .called("… from training rows", "clearly below the one above: copies");
        return List.of(figure, ofTrain);
    }

    /** The area of pooled rows, each scored by trees that did not see it. */
    static double area(Points first, Points second, BoostedTrees trees) {
        int folds = first.size() < MANY ? 5 : 2;
        double[] scores = new double[first.size() + second.size()];
        boolean[] inSecond = new boolean[scores.length];
        int at = 0;
        for (int fold = 0; fold < folds; fold++) {
            Points a = part(first, fold, folds, true);
            Points b = part(second, fold, folds, true);
            Points unknown = pool(part(first, fold, folds, false), part(second, fold, folds, false));
            int firsts = part(first, fold, folds, false).size();
            float[] classes = new float[a.size() + b.size()];
            Arrays.fill(classes, a.size(), classes.length, 1);
            double[][] told = trees.classify(pool(a, b), classes, 2, unknown);
            for (int n = 0; n < told.length; n++) {
                scores[at] = told[n][1];
                inSecond[at++] = n >= firsts;
            }
        }
        return Ranking.area(scores, inSecond);
    }

    /** The rows of a fold, or the others. */
    private static Points part(Points rows, int fold, int folds, boolean others) {
        return rows.select(IntStream.range(0, rows.size())
                .filter(n -> n % folds == fold != others)
                .toArray());
    }

    private static Points pool(Points a, Points b) {
        Points pool = Points.zeros(a.dim(), a.size() + b.size());
        pool.paste(0, a);
        pool.paste(a.size(), b);
        return pool;
    }
}
