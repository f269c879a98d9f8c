package org.eigendrift.engine.metric;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.engine.comparison.ColumnShapes;

/**
 * The error of the column shapes of a table: 100 times the mean over columns of {@link ColumnShapes}' distances between samples and
 * training rows, as Zhang et al. ("Mixed-type tabular data synthesis with score-based diffusion in latent space", 2024) and their
 * successors report it. Its floor is what a fresh sample of the truth would have.
 */
public final class Shape implements MetricProvider<Shape.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);
    /** A column is sorted. */
    private static final double WORK = 30;

    /** Creates the provider. */
    public Shape() {}

    /**
     * Options.
     *
     * @param rows most rows of each set
     */
    public record Options(
            @Option(doc = "Most samples and training rows", value = "" + ComparedTable.MOST, min = 4)
            int rows) {}

    @Override
    public String name() {
        return "shape";
    }

    @Override
    public String summary() {
        return "Shape error of a table: how far the distribution of each column is from the training rows'";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> ComparedTable.of(evaluation, options.rows()).flatMap(Shape::figure).stream()
                .toList();
    }

    private static Optional<Figure> figure(ComparedTable table) {
        List<Column> columns = table.columns();
        return table.error(
                        "shape",
                        (a, b) -> Arrays.stream(ColumnShapes.distances(columns, a, b))
                                .average()
                                .orElseThrow(),
                        WORK * columns.size())
                .map(f -> f.called("Shape error", "how far columns one by one are from training rows, mean"));
    }
}
