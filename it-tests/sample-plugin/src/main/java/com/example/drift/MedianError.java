package com.example.drift;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.metric.Evaluation;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/** How far the medians of samples are from those of training rows, in units of the rows' middle half; the worst column. */
public final class MedianError implements MetricProvider<MedianError.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param rows most rows to compare
     */
    public record Options(
            @Option(doc = "Most rows to compare", value = "10000", min = 2)
            int rows) {}

    /** Creates the provider. */
    public MedianError() {}

    @Override
    public String name() {
        return "median-error";
    }

    @Override
    public String summary() {
        return "largest error of a column's median";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext run) {
        return evaluation -> figures(evaluation, options.rows());
    }

    private static List<Figure> figures(Evaluation evaluation, int most) {
        Points samples = first(evaluation.samples(), most);
        Points train = first(evaluation.rows(Evaluation.Split.TRAIN).orElseThrow(), most);
        if (samples.size() < 2 || train.size() < 2) {
            return List.of();
        }
        Figure figure =
                Figure.of("samples", "median_error", error(samples, train)).better(Figure.Better.LESS);
        return List.of(evaluation
                .rows(Evaluation.Split.HELDOUT)
                .filter(heldout -> heldout.size() > 1)
                .map(heldout -> figure.withFloor(error(first(heldout, most), train)))
                .orElse(figure));
    }

    private static Points first(Points points, int most) {
        return points.slice(0, Math.min(most, points.size()));
    }

    private static double error(Points samples, Points train) {
        double largest = 0;
        for (int i = 0; i < train.dim(); i++) {
            double[] rows = sorted(train, i);
            double half = quantile(rows, 0.75) - quantile(rows, 0.25);
            double error = Math.abs(quantile(sorted(samples, i), 0.5) - quantile(rows, 0.5));
            largest = Math.max(largest, half > 0 ? error / half : 0);
        }
        return largest;
    }

    private static double[] sorted(Points points, int column) {
        double[] values = points.column(column);
        Arrays.sort(values);
        return values;
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))];
    }
}
