package org.eigendrift.engine.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.metric.Evaluation;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Figure.Better;

/**
 * Samples of a table beside its rows, all columns as they are: levels are names, gaps are gaps.
 *
 * @param columns one for each coordinate
 * @param samples the model's samples
 * @param train the rows that were fitted
 * @param heldout rows kept apart, if there are any
 */
record ComparedTable(List<Column> columns, Points samples, Points train, Optional<Points> heldout) {

    /** The group of figures of tables. */
    static final String GROUP = "table";

    /** Most rows of each set unless a metric says otherwise. */
    static final int MOST = 100_000;

    /** Fixed, so that a floor depends on its rows alone. */
    private static final long SEED = 0x7AB1EL;
    /** Elementary operations to spend on a floor: some seconds. */
    private static final double WORK = 1e10;

    private static final int MOST_HALVINGS = 40;
    private static final int FEWEST_HALVINGS = 4;
    /** With fewer halvings an interval's ends would be the extremes. */
    private static final int FEWEST_FOR_INTERVAL = 20;

    private static final double TAIL = 0.05;

    /** A half must have two rows. */
    private static final int FEWEST_ROWS = 4;

    /**
     * Reads the rows.
     *
     * @param evaluation what to look at
     * @param rows most rows of each set, the first ones
     * @return empty if there are fewer than four training rows or two samples
     * @throws NumericalException if a sample is not finite where its column has no gaps
     */
    static Optional<ComparedTable> of(Evaluation evaluation, int rows) {
        Dataset data = evaluation.target().train();
        Points train = InMemory.read(data, rows);
        Points samples = SampleComparison.first(evaluation.samples(), rows);
        if (train.size() < FEWEST_ROWS || samples.size() < 2) {
            return Optional.empty();
        }
        check(data.columns(), samples);
        Optional<Points> heldout =
                evaluation.target().heldout().map(d -> InMemory.read(d, rows)).filter(h -> h.size() > 1);
        return Optional.of(new ComparedTable(data.columns(), samples, train, heldout));
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

    /** The same of at most so many columns, evenly spaced ones of more. */
    ComparedTable spread(int most) {
        if (columns.size() <= most) {
            return this;
        }
        int[] chosen = IntStream.range(0, most)
                .map(k -> (int) ((long) k * columns.size() / most))
                .toArray();
        return new ComparedTable(
                IntStream.of(chosen).mapToObj(columns::get).toList(),
                pick(samples, chosen),
                pick(train, chosen),
                heldout.map(h -> pick(h, chosen)));
    }

    private static Points pick(Points points, int[] chosen) {
        Points out = Points.zeros(chosen.length, points.size());
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(points.values(), points.offset(chosen[i]), out.values(), out.offset(i), points.size());
        }
        return out;
    }

    /** Random rows of a set, the same ones whenever; all of them, in their order, if there are no more. */
    static Points some(Points points, int rows, long stream) {
        return points.size() <= rows
                ? points
                : points.select(
                        Arrays.copyOf(Shuffle.of(points.size(), new CounterRandom(SEED), 1 << 16 | stream), rows));
    }

    /**
     * An error of the samples against the training rows, in per cent, beside what a fresh sample of the truth would have: the
     * error of one random half of the training rows against the other, reduced by how much less two sets of the samples' and the
     * training rows' sizes scatter than two halves.
     *
     * @param name the figure's name
     * @param error a distance that falls with the square root of the sizes, from 0 to 1, NaN if there is none
     * @param work elementary operations of the distance for one row
     * @return the figure, or empty if there is no distance
     */
    Optional<Figure> error(String name, ToDoubleBiFunction<Points, Points> error, double work) {
        double value = error.applyAsDouble(train, samples);
        if (Double.isNaN(value)) {
            return Optional.empty();
        }
        Figure figure = Figure.of(GROUP, name, 100 * value).better(Better.LESS).in("%");
        int halvings = (int) Math.max(FEWEST_HALVINGS, Math.min(MOST_HALVINGS, WORK / (work * train.size())));
        double[] values = new double[halvings];
        double scale = 100 * Math.sqrt(train.size() / 4.0 * (1.0 / train.size() + 1.0 / samples.size()));
        for (int k = 0; k < halvings; k++) {
            int[] order = Shuffle.of(train.size(), new CounterRandom(SEED), k);
            int half = order.length / 2;
            values[k] = scale
                    * error.applyAsDouble(
                            train.select(Arrays.copyOf(order, half)),
                            train.select(Arrays.copyOfRange(order, half, 2 * half)));
        }
        return Optional.of(floor(figure, values));
    }

    private static Figure floor(Figure figure, double[] values) {
        double[] known =
                Arrays.stream(values).filter(x -> !Double.isNaN(x)).sorted().toArray();
        if (known.length == 0) {
            return figure;
        }
        Figure beside = figure.withFloor(Arrays.stream(known).average().orElseThrow());
        int tail = (int) (TAIL * known.length);
        return known.length < FEWEST_FOR_INTERVAL
                ? beside
                : beside.withFloorBetween(known[tail], known[known.length - 1 - tail]);
    }
}
