package org.eigendrift.engine.metric;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * Sliced Wasserstein distance of order 2 (Rabin, Peyre, Delon, Bernot, "Wasserstein barycenter and its application to
 * texture mixing", 2011): the root of the mean, over random unit vectors u, of the squared W_2 distance between the
 * projections of samples and reference on u. In the data's units.
 *
 * <p>Where columns have unlike scales, {@code sliced_wasserstein_standardised} is the same in units of the reference's
 * standard deviations.
 *
 * <p>The directions come from a fixed seed. The figure's error is one standard error of that mean over directions,
 * carried to the root: sd(W_2^2) / (2 SW sqrt(directions)).
 */
public final class SlicedWasserstein implements MetricProvider<SlicedWasserstein.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);
    /** Fixed, so that figures of different runs compare. */
    private static final long SEED = 12345;

    private static final String NAME = "sliced_wasserstein";
    /** A floor scatters by tens of percent, its mean over this many directions by a few: more would be waste. */
    private static final int INTERVAL_DIRECTIONS = 100;
    /** Enough for twice the most rows that can be asked for. */
    private static final int INDEX_BITS = 24;

    /** Creates the provider. */
    public SlicedWasserstein() {}

    /**
     * Options.
     *
     * @param directions random projections
     * @param rows most rows to compare
     */
    public record Options(
            @Option(doc = "Random projections", value = "300", min = 1, max = 100_000)
            int directions,

            @Option(doc = "Most rows to compare; no more than two million numbers", value = "10000", min = 2)
            int rows) {}

    @Override
    public String name() {
        return "sliced-wasserstein";
    }

    @Override
    public String summary() {
        return "Sliced Wasserstein distance of order 2 between samples and held-out rows, in the data's units";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> SampleComparison.of(evaluation, options.rows())
                .map(c -> {
                    int threads = evaluation.run().threads();
                    List<Figure> figures = new ArrayList<>(List.of(figure(NAME, c, options.directions(), threads)));
                    c.standardised()
                            .ifPresent(s -> figures.add(
                                    figure(NAME + SampleComparison.STANDARDISED, s, options.directions(), threads)));
                    return figures;
                })
                .orElse(List.of());
    }

    private static Figure figure(String name, SampleComparison comparison, int count, int threads) {
        Points reference = comparison.reference();
        double[][] directions = directions(reference.dim(), count);
        Parallel parallel = new Parallel(threads);
        List<Points> sets = new ArrayList<>(List.of(comparison.samples()));
        comparison.standIns().ifPresent(sets::add);
        double[][] costs = costs(sets, reference, directions, parallel);
        Figure figure = Figure.of(SampleComparison.GROUP, name, root(costs[0]))
                .withError(error(costs[0]))
                .better(Better.LESS);
        if (comparison.standIns().isEmpty()) {
            return figure;
        }
        Points standIns = comparison.standIns().get();
        double floor = root(costs[1]);
        Figure withFloor = figure.withFloor(floor);
        double[][] few = Arrays.copyOf(directions, Math.min(count, INTERVAL_DIRECTIONS));
        int divisions = Resplits.affordable((double) few.length * (standIns.size() + reference.size()));
        if (divisions == 0) {
            return withFloor;
        }
        Resplits resplits = new Resplits(standIns.size(), reference.size(), divisions);
        double[] values = resplit(Resplits.pool(standIns, reference), resplits, few, parallel);
        return Resplits.interval(withFloor, values);
    }

    /** Random unit vectors, one a row. */
    static double[][] directions(int dim, int count) {
        CounterRandom random = new CounterRandom(SEED);
        double[][] directions = new double[count][dim];
        for (int k = 0; k < count; k++) {
            double square = 0;
            for (int i = 0; i < dim; i++) {
                directions[k][i] = random.normal(k, i);
                square += directions[k][i] * directions[k][i];
            }
            double scale = 1 / Math.sqrt(square);
            for (int i = 0; i < dim; i++) {
                directions[k][i] *= scale;
            }
        }
        return directions;
    }

    /** Squared W_2 along each direction between each set and the reference, whose projections are sorted once. */
    static double[][] costs(List<Points> sets, Points reference, double[][] directions, Parallel parallel) {
        double[][] costs = new double[sets.size()][directions.length];
        parallel.forEach(directions.length, k -> {
            double[] b = project(reference, directions[k]);
            Arrays.sort(b);
            for (int set = 0; set < sets.size(); set++) {
                double[] a = project(sets.get(set), directions[k]);
                Arrays.sort(a);
                costs[set][k] = Quantiles.transport(a, b, true);
            }
        });
        return costs;
    }

    /** The distance for each division of the pooled rows. Each projection is sorted once for all divisions. */
    static double[] resplit(Points pool, Resplits resplits, double[][] directions, Parallel parallel) {
        double[][] costs = new double[directions.length][resplits.count()];
        parallel.forEach(directions.length, k -> resplit(project(pool, directions[k]), resplits, costs[k]));
        double[] values = new double[resplits.count()];
        for (double[] along : costs) {
            for (int split = 0; split < values.length; split++) {
                values[split] += along[split];
            }
        }
        for (int split = 0; split < values.length; split++) {
            values[split] = Math.sqrt(values[split] / directions.length);
        }
        return values;
    }

    private static void resplit(double[] projected, Resplits resplits, double[] costs) {
        int[] order = order(projected);
        double[] sorted = new double[order.length];
        for (int k = 0; k < order.length; k++) {
            sorted[k] = projected[order[k]];
        }
        double[] a = new double[order.length + 1];
        double[] b = new double[order.length + 1];
        for (int split = 0; split < costs.length; split++) {
            double[] members = resplits.members(split);
            int first = 0;
            for (int k = 0; k < order.length; k++) {
                // Both are written, one is kept: cheaper than a branch that cannot be predicted.
                a[first] = sorted[k];
                b[k - first] = sorted[k];
                first += (int) members[order[k]];
            }
            costs[split] = Quantiles.transport(a, first, b, order.length - first, true);
        }
    }

    /**
     * Row numbers in the order of their values. Value and number are sorted as one long: the upper 40 bits of the
     * value, the number below. Values that agree in those bits, to 4e-9 of their size, may stand in any order, which
     * moves a cost by no more.
     */
    private static int[] order(double[] values) {
        long[] keys = new long[values.length];
        for (int n = 0; n < keys.length; n++) {
            long bits = Double.doubleToLongBits(values[n]);
            // Two's complement order for negative values too.
            bits ^= (bits >> 63) & Long.MAX_VALUE;
            keys[n] = bits & -(1L << INDEX_BITS) | n;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int k = 0; k < order.length; k++) {
            order[k] = (int) (keys[k] & (1L << INDEX_BITS) - 1);
        }
        return order;
    }

    static double root(double[] costs) {
        return Math.sqrt(Arrays.stream(costs).sum() / costs.length);
    }

    /** Delta method: the error of sqrt(m) is the error of m over 2 sqrt(m). */
    private static double error(double[] costs) {
        double value = root(costs);
        double squares = 0;
        for (double cost : costs) {
            squares += (cost - value * value) * (cost - value * value);
        }
        int n = costs.length;
        return n < 2 || value == 0 ? 0 : Math.sqrt(squares / (n - 1) / n) / (2 * value);
    }

    private static double[] project(Points x, double[] direction) {
        double[] out = new double[x.size()];
        double[] values = x.values();
        for (int i = 0; i < direction.length; i++) {
            double u = direction[i];
            int offset = x.offset(i);
            for (int n = 0; n < out.length; n++) {
                out[n] += u * values[offset + n];
            }
        }
        return out;
    }
}
