package org.eigendrift.engine.metric;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Figure.Better;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Precision, recall (Kynkaanniemi, Karras, Laine, Lehtinen, Aila, "Improved precision and recall metric for assessing
 * generative models", 2019), density and coverage (Naeem, Oh, Uh, Choi, Yoo, "Reliable fidelity and diversity metrics
 * for generative models", 2020). With B(x_i) the closed ball round reference row i that reaches its k-th nearest other
 * reference row, and B(y_j) the same among N samples:
 *
 * <ul>
 *   <li>precision: share of samples in some B(x_i),
 *   <li>recall: share of reference rows in some B(y_j),
 *   <li>density: pairs with y_j in B(x_i), over k N; about 1 where both have one law,
 *   <li>coverage: share of the B(x_i) that hold a sample.
 * </ul>
 *
 * The errors of the three shares are those of independent rows, sqrt(p (1 - p) / n).
 */
public final class Coverage implements MetricProvider<Coverage.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);
    private static final int BLOCK = 64;

    /** Creates the provider. */
    public Coverage() {}

    /**
     * Options.
     *
     * @param neighbours which neighbour a ball reaches
     * @param rows most rows to compare
     */
    public record Options(
            @Option(doc = "Which nearest neighbour a ball reaches", value = "5", min = 1, max = 1000)
            int neighbours,

            @Option(doc = "Most rows to compare; the work grows with the square", value = "2000", min = 2, max = 50_000)
            int rows) {}

    /** The four figures of one set of samples. */
    record Scores(double precision, double recall, double density, double coverage) {}

    @Override
    public String name() {
        return "coverage";
    }

    @Override
    public String summary() {
        return "Precision, recall, density and coverage of samples by nearest-neighbour balls";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> SampleComparison.of(evaluation, options.rows())
                .map(c -> {
                    Parallel parallel = evaluation.run().parallel();
                    return figures(c, options.neighbours(), parallel);
                })
                .orElse(List.of());
    }

    private static List<Figure> figures(SampleComparison comparison, int k, Parallel parallel) {
        Points reference = comparison.reference();
        Points samples = comparison.samples();
        if (reference.size() <= k || samples.size() <= k) {
            return List.of();
        }
        double[] radii = radii(reference, k, parallel);
        Scores scores = scores(reference, radii, samples, k, parallel);
        Optional<Scores> floor =
                comparison.standIns().filter(s -> s.size() > k).map(s -> scores(reference, radii, s, k, parallel));
        return List.of(
                share("density", scores.density(), floor.map(Scores::density), 0),
                share("coverage", scores.coverage(), floor.map(Scores::coverage), reference.size()),
                share("precision", scores.precision(), floor.map(Scores::precision), samples.size()),
                share("recall", scores.recall(), floor.map(Scores::recall), reference.size()));
    }

    private static Figure share(String name, double value, Optional<Double> floor, int rows) {
        Figure figure = SampleComparison.figure(name, value, floor, Better.MORE);
        return rows > 0 ? figure.withError(Math.sqrt(value * (1 - value) / rows)) : figure;
    }

    static Scores scores(Points reference, double[] radii, Points samples, int k, Parallel parallel) {
        double[] sampleRadii = radii(samples, k, parallel);
        int blocks = (reference.size() + BLOCK - 1) / BLOCK;
        long[] pairs = new long[blocks];
        int[] covered = new int[blocks];
        int[] recalled = new int[blocks];
        boolean[][] precise = new boolean[blocks][samples.size()];
        parallel.forEach(blocks, block -> {
            double[] row = new double[samples.size()];
            for (int n = block * BLOCK; n < Math.min(reference.size(), (block + 1) * BLOCK); n++) {
                SquaredDistances.fill(reference, n, samples, 0, row);
                int held = 0;
                boolean inside = false;
                for (int m = 0; m < row.length; m++) {
                    if (row[m] <= radii[n]) {
                        held++;
                        precise[block][m] = true;
                    }
                    inside |= row[m] <= sampleRadii[m];
                }
                pairs[block] += held;
                covered[block] += held > 0 ? 1 : 0;
                recalled[block] += inside ? 1 : 0;
            }
        });
        int hits = 0;
        for (int m = 0; m < samples.size(); m++) {
            boolean any = false;
            for (boolean[] block : precise) {
                any |= block[m];
            }
            hits += any ? 1 : 0;
        }
        return new Scores(
                (double) hits / samples.size(),
                (double) Arrays.stream(recalled).sum() / reference.size(),
                (double) Arrays.stream(pairs).sum() / ((double) k * samples.size()),
                (double) Arrays.stream(covered).sum() / reference.size());
    }

    /** Squared distances of each point to its k-th nearest other. */
    static double[] radii(Points x, int k, Parallel parallel) {
        double[] radii = new double[x.size()];
        parallel.forEach((x.size() + BLOCK - 1) / BLOCK, block -> {
            double[] row = new double[x.size()];
            for (int n = block * BLOCK; n < Math.min(x.size(), (block + 1) * BLOCK); n++) {
                SquaredDistances.fill(x, n, x, 0, row);
                // The point itself is at distance 0, which is rank 0 whatever ties there are.
                radii[n] = Quantiles.select(row, k);
            }
        });
        return radii;
    }
}
