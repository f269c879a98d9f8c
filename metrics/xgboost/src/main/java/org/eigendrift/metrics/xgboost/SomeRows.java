package org.eigendrift.metrics.xgboost;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.metric.Evaluation;

/**
 * Random rows of each set, the same ones whenever.
 *
 * @param columns one for each coordinate
 * @param samples samples
 * @param train training rows
 * @param heldout held-out rows
 */
record SomeRows(List<Column> columns, Points samples, Points train, Points heldout) {

    /** Rows of a set among which some are chosen. */
    private static final int MOST_READ = 100_000;

    private static final int FEWEST = 20;

    /** Fixed, so that figures depend on their rows alone. */
    private static final long SEED = 0xB0057L;

    /**
     * Reads rows.
     *
     * @param evaluation what to look at
     * @param rows most samples and training rows
     * @param heldoutRows most held-out rows
     * @return empty if some set has fewer than twenty rows
     * @throws NumericalException if a sample is not finite where its column has no gaps
     */
    static Optional<SomeRows> of(Evaluation evaluation, int rows, int heldoutRows) {
        List<Column> columns = evaluation.target().train().columns();
        Points samples = evaluation.samples();
        Points train = InMemory.read(evaluation.target().train(), MOST_READ);
        Points heldout = evaluation
                .target()
                .heldout()
                .map(data -> InMemory.read(data, MOST_READ))
                .orElseGet(() -> Points.zeros(columns.size(), 0));
        if (Math.min(samples.size(), Math.min(train.size(), heldout.size())) < FEWEST) {
            return Optional.empty();
        }
        check(columns, samples);
        return Optional.of(
                new SomeRows(columns, some(samples, rows, 0), some(train, rows, 1), some(heldout, heldoutRows, 2)));
    }

    private static void check(List<Column> columns, Points samples) {
        for (int i = 0; i < columns.size(); i++) {
            for (int n = 0; n < samples.size(); n++) {
                double x = samples.get(i, n);
                if (!Double.isFinite(x) && !(Double.isNaN(x) && columns.get(i).gaps())) {
                    throw new NumericalException("samples: row " + (n + 1) + ", column '"
                            + columns.get(i).name() + "' is " + x + ", so samples cannot be compared with data");
                }
            }
        }
    }

    /** Random rows in random order. */
    static Points some(Points points, int rows, long stream) {
        CounterRandom random = new CounterRandom(SEED);
        int[] order = IntStream.range(0, points.size())
                .boxed()
                .sorted(Comparator.comparingDouble(n -> random.uniform(stream, n)))
                .mapToInt(n -> n)
                .toArray();
        return points.select(Arrays.copyOf(order, Math.min(rows, order.length)));
    }
}
