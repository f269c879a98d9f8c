package org.eigendrift.engine.metric;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.engine.comparison.PairTrends;
import org.eigendrift.engine.comparison.PairTrends.Cut;

/**
 * The error of the pair trends of a table: 100 times the mean over pairs of columns of {@link PairTrends}' distances between samples
 * and training rows, with bins of the training rows' range, and with bins of each table's own as published figures have them. Floors
 * are what a fresh sample of the truth would have.
 */
public final class Trend implements MetricProvider<Trend.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** A row of a pair is read four times. */
    private static final double WORK = 4;

    /** Creates the provider. */
    public Trend() {}

    /**
     * Options.
     *
     * @param rows most rows of each set
     * @param columns most columns
     */
    public record Options(
            @Option(doc = "Most samples and training rows", value = "" + ComparedTable.MOST, min = 4)
            int rows,

            @Option(
                    doc = "Most columns of which all pairs are compared; of more, evenly spaced ones",
                    value = "128",
                    min = 2)
            int columns) {}

    @Override
    public String name() {
        return "trend";
    }

    @Override
    public String summary() {
        return "Trend error of a table: how far the dependence of pairs of columns is from the training rows'";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> ComparedTable.of(evaluation, options.rows())
                .map(table -> figures(table.spread(options.columns())))
                .orElse(List.of());
    }

    private static List<Figure> figures(ComparedTable table) {
        return Stream.of(
                        figure(table, "trend", Cut.REAL_RANGE)
                                .map(f -> f.called(
                                        "Trend error", "how far pairs of columns are from training rows, mean")),
                        figure(table, "trend_own_bins", Cut.OWN_RANGE)
                                .map(f ->
                                        f.called("… each table cut by its own range", "as published figures have it")))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Figure> figure(ComparedTable table, String name, Cut cut) {
        List<Column> columns = table.columns();
        double pairs = columns.size() * (columns.size() - 1.0) / 2;
        return table.error(
                name, (Points a, Points b) -> PairTrends.mean(PairTrends.distances(columns, a, b, cut)), WORK * pairs);
    }
}
