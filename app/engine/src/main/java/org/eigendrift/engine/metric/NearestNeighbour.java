package org.eigendrift.engine.metric;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.metric.Evaluation;
import org.eigendrift.api.metric.Evaluation.Split;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Figure.Better;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Whether samples copy training rows. {@code nearest_neighbour_ratio} is the median distance of a sample to its
 * nearest training row over that of a held-out row: near 1 for a model that generalises, well below 1 for one that
 * copies. Its floor is the same ratio of every other held-out row over the rest. {@code copies} is the share of
 * samples no farther from a training row than the nearest hundredth of held-out rows; its floor is that share of
 * the held-out rows themselves, 0.01 unless there are ties.
 */
public final class NearestNeighbour implements MetricProvider<NearestNeighbour.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);
    private static final int BLOCK = 64;
    private static final double NEAREST_SHARE = 0.01;
    /** With fewer rows their nearest hundredth is less than one row. */
    private static final int FEWEST_FOR_COPIES = 100;

    /** Creates the provider. */
    public NearestNeighbour() {}

    /**
     * Options.
     *
     * @param rows most samples and held-out rows
     * @param trainRows most training rows
     */
    public record Options(
            @Option(doc = "Most samples and held-out rows", value = "2000", min = 4)
            int rows,

            @Option(doc = "Most training rows", value = "10000", min = 1)
            int trainRows) {}

    @Override
    public String name() {
        return "nearest-neighbour";
    }

    @Override
    public String summary() {
        return "Distance of samples to their nearest training rows, over that of held-out rows: shows copying";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> evaluate(evaluation, options);
    }

    private static List<Figure> evaluate(Evaluation evaluation, Options options) {
        Optional<Points> train = evaluation.rows(Split.TRAIN).filter(t -> t.size() > 0);
        Optional<SampleComparison> comparison = SampleComparison.of(evaluation, options.rows());
        boolean heldout =
                evaluation.rows(Split.HELDOUT).filter(h -> h.size() >= 4).isPresent();
        if (train.isEmpty() || comparison.isEmpty() || !heldout) {
            return List.of();
        }
        AngleEmbedding embedding =
                new AngleEmbedding(evaluation.target().train().columns());
        Points near = embedding.apply(SampleComparison.first(train.get(), options.trainRows()));
        Parallel parallel = evaluation.run().parallel();
        return figures(
                nearest(comparison.get().samples(), near, parallel),
                nearest(comparison.get().reference(), near, parallel));
    }

    static List<Figure> figures(double[] ofSamples, double[] ofHeldout) {
        double median = Quantiles.median(ofHeldout.clone());
        if (median == 0) {
            // Most held-out rows are training rows too: copies cannot be told from data.
            return List.of();
        }
        List<Figure> figures = new ArrayList<>();
        double floor = Quantiles.median(everyOther(ofHeldout, 1)) / Quantiles.median(everyOther(ofHeldout, 0));
        figures.add(SampleComparison.figure(
                "nearest_neighbour_ratio",
                Quantiles.median(ofSamples.clone()) / median,
                Optional.of(floor),
                Better.NEAR_FLOOR));
        if (ofHeldout.length >= FEWEST_FOR_COPIES) {
            double limit = Quantiles.select(ofHeldout.clone(), (int) (NEAREST_SHARE * ofHeldout.length) - 1);
            double share = share(ofSamples, limit);
            figures.add(SampleComparison.figure("copies", share, Optional.of(share(ofHeldout, limit)), Better.LESS)
                    .withError(Math.sqrt(share * (1 - share) / ofSamples.length)));
        }
        return figures;
    }

    private static double[] everyOther(double[] values, int from) {
        double[] out = new double[(values.length - from + 1) / 2];
        Arrays.setAll(out, k -> values[from + 2 * k]);
        return out;
    }

    private static double share(double[] distances, double limit) {
        int count = 0;
        for (double distance : distances) {
            count += distance <= limit ? 1 : 0;
        }
        return (double) count / distances.length;
    }

    /** The distance of each point of x to its nearest point of y. */
    static double[] nearest(Points x, Points y, Parallel parallel) {
        double[] nearest = new double[x.size()];
        parallel.forEach((x.size() + BLOCK - 1) / BLOCK, block -> {
            double[] row = new double[y.size()];
            for (int n = block * BLOCK; n < Math.min(x.size(), (block + 1) * BLOCK); n++) {
                SquaredDistances.fill(x, n, y, 0, row);
                double least = Double.POSITIVE_INFINITY;
                for (double square : row) {
                    least = Math.min(least, square);
                }
                nearest[n] = Math.sqrt(least);
            }
        });
        return nearest;
    }
}
