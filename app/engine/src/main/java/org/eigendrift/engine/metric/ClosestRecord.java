package org.eigendrift.engine.metric;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
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
 * Whether the samples of a table copy training rows, by distances of {@link MixedSpace} to the closest record:
 *
 * <ul>
 *   <li>{@code dcr_share}: the share of samples that are nearer to a training row than to a held-out row, as many of each being
 *       looked at, ties counting half; one half where training rows are nothing special, above where they are copied. If they are
 *       nothing special, the labels of the two sets are exchangeable given the samples, and the interval is that of 200 random
 *       divisions of the pooled rows.
 *   <li>{@code nearest_neighbour_ratio}: the median distance of samples to the closest training row over that of held-out rows; below 1
 *       where samples copy, above 1 where they are off the data. Its interval is that of halves of the held-out rows.
 *   <li>{@code exact_copies}: the share of samples that are a training row, beside that of held-out rows.
 * </ul>
 */
public final class ClosestRecord implements MetricProvider<ClosestRecord.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);
    /** Fixed, so that figures depend on their rows alone. */
    private static final long SEED = 0xDC4L;

    private static final int DIVISIONS = 200;
    private static final double TAIL = 0.05;
    private static final int FEWEST_ROWS = 4;

    /** Creates the provider. */
    public ClosestRecord() {}

    /**
     * Options.
     *
     * @param rows most samples and held-out rows whose nearest row is looked for
     * @param trainRows most rows among which it is looked for
     */
    public record Options(
            @Option(doc = "Most samples and held-out rows whose closest record is looked for", value = "2000", min = 4)
            int rows,

            @Option(doc = "Most records among which it is looked for", value = "10000", min = 4)
            int trainRows) {}

    @Override
    public String name() {
        return "closest-record";
    }

    @Override
    public String summary() {
        return "Distance of a table's samples to their closest training and held-out rows: shows copying";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> ComparedTable.of(evaluation, ComparedTable.MOST)
                .filter(t -> t.heldout().filter(h -> h.size() >= FEWEST_ROWS).isPresent())
                .map(t -> {
                    Parallel parallel = evaluation.run().parallel();
                    return figures(t, options, parallel);
                })
                .orElse(List.of());
    }

    private static List<Figure> figures(ComparedTable table, Options options, Parallel parallel) {
        MixedSpace space = new MixedSpace(table.columns(), table.train());
        Points heldout = table.heldout().orElseThrow();
        MixedSpace.Rows samples = space.rows(ComparedTable.some(table.samples(), options.rows(), 0));
        int records = Math.min(options.trainRows(), Math.min(table.train().size(), heldout.size()));
        Points pool =
                Resplits.pool(ComparedTable.some(table.train(), records, 1), ComparedTable.some(heldout, records, 2));
        List<Figure> figures = new ArrayList<>();
        figures.add(share(samples, space.rows(pool), records, parallel));
        MixedSpace.Rows all = space.rows(ComparedTable.some(table.train(), options.trainRows(), 3));
        double[] ofSamples = MixedSpace.closest(samples, all, parallel).distances();
        MixedSpace.Rows others = space.rows(ComparedTable.some(heldout, options.rows(), 4));
        double[] ofHeldout = MixedSpace.closest(others, all, parallel).distances();
        ratio(ofSamples, ofHeldout).ifPresent(figures::add);
        figures.add(copies(ofSamples, ofHeldout));
        return figures;
    }

    /** The share, beside that of random divisions of the same records. */
    private static Figure share(MixedSpace.Rows samples, MixedSpace.Rows pool, int records, Parallel parallel) {
        int[][] closest = MixedSpace.closest(samples, pool, parallel).records();
        boolean[] train = new boolean[pool.size()];
        Arrays.fill(train, 0, records, true);
        double[] divisions = new double[DIVISIONS];
        for (int k = 0; k < DIVISIONS; k++) {
            boolean[] first = new boolean[pool.size()];
            int[] order = Shuffle.of(pool.size(), new CounterRandom(SEED), k);
            for (int n = 0; n < records; n++) {
                first[order[n]] = true;
            }
            divisions[k] = share(closest, first);
        }
        Arrays.sort(divisions);
        int tail = (int) (TAIL * DIVISIONS);
        return Figure.of(ComparedTable.GROUP, "dcr_share", share(closest, train))
                .better(Better.NEAR_FLOOR)
                .withFloor(0.5)
                .withFloorBetween(divisions[tail], divisions[DIVISIONS - 1 - tail])
                .called("Nearer to training than to held-out rows", "share of samples; above 0.5: copies");
    }

    /** How many samples have their closest record in a set, one half where there are closest ones in both. */
    static double share(int[][] closest, boolean[] inSet) {
        double sum = 0;
        for (int[] records : closest) {
            boolean inside = false;
            boolean outside = false;
            for (int record : records) {
                inside |= inSet[record];
                outside |= !inSet[record];
            }
            sum += inside && outside ? 0.5 : inside ? 1 : 0;
        }
        return sum / closest.length;
    }

    /** Empty if most held-out rows are training rows too. */
    private static Optional<Figure> ratio(double[] ofSamples, double[] ofHeldout) {
        double median = Quantiles.median(ofHeldout.clone());
        if (!(median > MixedSpace.TIE)) {
            return Optional.empty();
        }
        Figure figure = Figure.of(
                        ComparedTable.GROUP, "nearest_neighbour_ratio", Quantiles.median(ofSamples.clone()) / median)
                .better(Better.NEAR_FLOOR)
                .withFloor(1)
                .called("Nearest-neighbour ratio", "distance to training rows over that of held-out rows");
        double scale = Math.sqrt(ofHeldout.length / 4.0 * (1.0 / ofHeldout.length + 1.0 / ofSamples.length));
        double[] ratios = new double[DIVISIONS];
        int half = ofHeldout.length / 2;
        for (int k = 0; k < DIVISIONS; k++) {
            int[] order = Shuffle.of(ofHeldout.length, new CounterRandom(SEED), k);
            double one = Quantiles.median(pick(ofHeldout, order, 0, half));
            double other = Quantiles.median(pick(ofHeldout, order, half, 2 * half));
            ratios[k] = Math.exp(scale * Math.log(one / other));
        }
        boolean finite = Arrays.stream(ratios).allMatch(r -> r > 0 && r < Double.POSITIVE_INFINITY);
        return Optional.of(finite ? Resplits.interval(figure, ratios) : figure);
    }

    private static double[] pick(double[] values, int[] order, int from, int to) {
        return Arrays.stream(order, from, to).mapToDouble(n -> values[n]).toArray();
    }

    private static Figure copies(double[] ofSamples, double[] ofHeldout) {
        double share = zeros(ofSamples);
        double floor = zeros(ofHeldout);
        // The scatter of two shares, and Wilson's term of shares near 0.
        double variance = floor * (1 - floor) * (1.0 / ofSamples.length + 1.0 / ofHeldout.length);
        double z = ClassifierTwoSample.TAIL_QUANTILE;
        double reach = z * Math.sqrt(variance) + z * z / Math.min(ofSamples.length, ofHeldout.length);
        return Figure.of(ComparedTable.GROUP, "exact_copies", share)
                .better(Better.LESS)
                .withFloor(floor)
                .withFloorBetween(Math.max(0, floor - reach), Math.min(1, floor + reach))
                .withError(Math.sqrt(share * (1 - share) / ofSamples.length))
                .called("Exact copies of training rows", "share of samples");
    }

    private static double zeros(double[] distances) {
        return Arrays.stream(distances).filter(x -> x <= MixedSpace.TIE).count() / (double) distances.length;
    }
}
