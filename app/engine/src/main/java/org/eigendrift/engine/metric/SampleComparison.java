package org.eigendrift.engine.metric;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.metric.Evaluation;
import org.eigendrift.api.metric.Evaluation.Split;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Figure.Better;

/**
 * Samples beside reference rows, and training rows that take the samples' place for the floor.
 *
 * <p>The reference is the held-out rows. Without held-out rows it is the training rows, and there is no floor. Angle
 * columns are embedded, see {@link AngleEmbedding}.
 *
 * @param samples the model's samples
 * @param reference rows the model has not seen, if there are any
 * @param standIns as many training rows as samples (fewer if there are fewer), empty without held-out rows
 */
record SampleComparison(Points samples, Points reference, Optional<Points> standIns) {

    /** The group of figures that compare samples with data. */
    static final String GROUP = "samples";

    /** The suffix of figures of {@link #standardised} sets. */
    static final String STANDARDISED = "_standardised";

    /**
     * Numbers of a set: of 2,000 columns 1,000 rows, whose second moments take seconds; 10,000 took two minutes of one that
     * was fitted in ten seconds.
     */
    private static final int MOST_NUMBERS = 2_000_000;

    private static final int FEWEST_ROWS = 1_000;

    /** Columns whose standard deviations differ by this factor have unlike scales. */
    private static final double UNLIKE = 3;
    /**
     * Prepares the comparison.
     *
     * @param evaluation what to look at
     * @param most most rows to use of each set, the first ones; fewer where columns are many
     * @return the comparison, or empty if samples or reference have fewer than two rows
     * @throws NumericalException if a sample is not finite
     */
    static Optional<SampleComparison> of(Evaluation evaluation, int most) {
        int rows = Math.min(
                most, Math.max(FEWEST_ROWS, MOST_NUMBERS / evaluation.samples().dim()));
        Optional<Points> train = evaluation.rows(Split.TRAIN);
        Optional<Points> heldout = evaluation.rows(Split.HELDOUT);
        Optional<Points> reference = heldout.isPresent() ? heldout : train;
        if (reference.isEmpty()
                || reference.get().size() < 2
                || evaluation.samples().size() < 2) {
            return Optional.empty();
        }
        List<Column> columns = evaluation.target().train().columns();
        AngleEmbedding embedding = new AngleEmbedding(columns);
        Points drawn = withoutGaps(first(evaluation.samples(), rows), columns);
        Points known = withoutGaps(first(reference.get(), rows), columns);
        if (drawn.size() < 2 || known.size() < 2) {
            return Optional.empty();
        }
        Points samples = embedding.apply(drawn);
        checkFinite(samples);
        Optional<Points> standIns = heldout.isPresent()
                ? train.map(t -> withoutGaps(t, columns))
                        .filter(t -> t.size() > 1)
                        .map(t -> embedding.apply(first(t, samples.size())))
                : Optional.empty();
        return Optional.of(new SampleComparison(samples, embedding.apply(known), standIns));
    }

    /** Rows that have a value wherever their column may have gaps: distances and moments know no others. */
    private static Points withoutGaps(Points points, List<Column> columns) {
        int[] gapped = IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).gaps())
                .toArray();
        if (gapped.length == 0) {
            return points;
        }
        return points.select(IntStream.range(0, points.size())
                .filter(n -> IntStream.of(gapped).noneMatch(i -> Double.isNaN(points.get(i, n))))
                .toArray());
    }

    /**
     * The same in units of the reference's standard deviations, if columns have unlike scales: distances in the data's
     * own units then see little but the widest column.
     *
     * @return the comparison, or empty if no column is {@value #UNLIKE} times as wide as another
     */
    Optional<SampleComparison> standardised() {
        double[] means = MomentMatrix.means(reference);
        double[] scales = MomentMatrix.deviations(reference, means);
        double narrowest = Double.POSITIVE_INFINITY;
        double widest = 0;
        for (double scale : scales) {
            narrowest = Math.min(narrowest, scale);
            widest = Math.max(widest, scale);
        }
        if (!(widest >= UNLIKE * narrowest)) {
            return Optional.empty();
        }
        return Optional.of(new SampleComparison(
                scaled(samples, means, scales),
                scaled(reference, means, scales),
                standIns.map(s -> scaled(s, means, scales))));
    }

    private static Points scaled(Points points, double[] means, double[] scales) {
        Points out = points.copy();
        for (int i = 0; i < out.dim(); i++) {
            int offset = out.offset(i);
            for (int n = 0; n < out.size(); n++) {
                out.values()[offset + n] = (out.values()[offset + n] - means[i]) / scales[i];
            }
        }
        return out;
    }

    /** A figure that compares samples with data, with the floor if there is one. */
    static Figure figure(String name, double value, Optional<Double> floor, Better better) {
        Figure figure = Figure.of(GROUP, name, value).better(better);
        return floor.map(figure::withFloor).orElse(figure);
    }

    /**
     * The statistic of the samples, a distance, beside its floor and the floor's interval.
     *
     * @param work multiplications of the statistic for one row, which limit the number of divisions
     */
    Figure distance(String name, ToDoubleBiFunction<Points, Points> statistic, double work) {
        Figure figure = figure(
                name,
                statistic.applyAsDouble(samples, reference),
                standIns.map(s -> statistic.applyAsDouble(s, reference)),
                Better.LESS);
        int count = standIns.map(s -> Resplits.affordable(work * (s.size() + reference.size())))
                .orElse(0);
        if (count == 0) {
            return figure;
        }
        Points s = standIns.get();
        Resplits resplits = new Resplits(s.size(), reference.size(), count);
        Points pool = Resplits.pool(s, reference);
        double[] values = new double[count];
        for (int split = 0; split < count; split++) {
            values[split] =
                    statistic.applyAsDouble(resplits.rows(pool, split, true), resplits.rows(pool, split, false));
        }
        return Resplits.interval(figure, values);
    }

    static Points first(Points points, int rows) {
        return points.size() <= rows ? points : points.slice(0, rows);
    }

    private static void checkFinite(Points points) {
        double[] values = points.values();
        for (int k = 0; k < values.length; k++) {
            if (!Double.isFinite(values[k])) {
                throw new NumericalException("samples: row " + (k % points.size() + 1) + ", coordinate "
                        + (k / points.size() + 1) + " is " + values[k] + ", so samples cannot be compared with data");
            }
        }
    }
}
