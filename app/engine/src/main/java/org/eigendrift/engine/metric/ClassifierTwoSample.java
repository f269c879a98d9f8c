package org.eigendrift.engine.metric;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
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
 * Classifier two-sample test (Lopez-Paz and Oquab, "Revisiting classifier two-sample tests", 2017): a classifier
 * learns on half of the pooled rows to tell samples from data; its accuracy on the other half is 0.5 where it cannot.
 * As many rows of each set are used, in a fixed random order, standardised. Two classifiers: the vote of the nearest
 * neighbours ({@code c2st_neighbours}) and {@link KernelLogistic} regression ({@code c2st_logistic}). The error is that
 * of a share of the test half; {@code ..._floor_low} and {@code ..._floor_high} are the 5 % and 95 % quantiles of the accuracy of
 * guesses.
 */
public final class ClassifierTwoSample implements MetricProvider<ClassifierTwoSample.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);
    /** Fixed, so that figures of different runs compare. */
    private static final long SEED = 777;
    /**
     * The 95 % quantile of N(0, 1). Where both sets come from one law, whatever was learnt is right about each row of the test half
     * with probability 1/2: the floor's interval needs no resampling.
     */
    static final double TAIL_QUANTILE = 1.6449;

    /** Fewer rows of each leave nothing to learn from. */
    private static final int FEWEST = 10;

    /** Creates the provider. */
    public ClassifierTwoSample() {}

    /**
     * Options.
     *
     * @param rows most rows of each set
     */
    public record Options(
            @Option(
                    doc = "Most rows of each set; half of them teach, half test",
                    value = "2000",
                    min = 10,
                    max = 20_000)
            int rows) {}

    /** Says which set rows belong to, having seen others. */
    interface Classifier {

        /**
         * Learns and classifies.
         *
         * @param known rows whose set is known
         * @param second which of them are of the second set
         * @param unknown rows to classify
         * @return which of these it takes for rows of the second set
         */
        boolean[] classify(Points known, boolean[] second, Points unknown);
    }

    @Override
    public String name() {
        return "c2st";
    }

    @Override
    public String summary() {
        return "Classifier two-sample test: how often a classifier tells samples from held-out rows";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> SampleComparison.of(evaluation, options.rows())
                .filter(c -> Math.min(c.samples().size(), c.reference().size()) >= FEWEST)
                .map(c -> {
                    Parallel parallel = evaluation.run().parallel();
                    return List.of(
                            figure("c2st_neighbours", c, new NeighbourVote(parallel)),
                            figure("c2st_logistic", c, new KernelLogistic(parallel)));
                })
                .orElse(List.of());
    }

    private static Figure figure(String name, SampleComparison comparison, Classifier classifier) {
        ToDoubleBiFunction<Points, Points> accuracy = (x, y) -> accuracy(x, y, classifier);
        double value = accuracy.applyAsDouble(comparison.samples(), comparison.reference());
        int tested =
                Math.min(comparison.samples().size(), comparison.reference().size());
        Optional<Double> floor = comparison
                .standIns()
                .filter(s -> s.size() >= FEWEST)
                .map(s -> accuracy.applyAsDouble(s, comparison.reference()));
        Figure figure = SampleComparison.figure(name, value, floor, Better.CHANCE)
                .withError(Math.sqrt(value * (1 - value) / tested));
        double reach = TAIL_QUANTILE * 0.5 / Math.sqrt(tested);
        return floor.isEmpty() ? figure : figure.withFloorBetween(0.5 - reach, 0.5 + reach);
    }

    /** The accuracy on the half of the pooled rows that was not learnt from. */
    static double accuracy(Points x, Points y, Classifier classifier) {
        int n = Math.min(x.size(), y.size());
        CounterRandom random = new CounterRandom(SEED);
        Points pool = Resplits.pool(
                x.select(Arrays.copyOf(Shuffle.of(x.size(), random, 0), n)),
                y.select(Arrays.copyOf(Shuffle.of(y.size(), random, 1), n)));
        standardise(pool);
        int[] order = Shuffle.of(2 * n, random, 2);
        int[] known = Arrays.copyOf(order, n);
        int[] unknown = Arrays.copyOfRange(order, n, 2 * n);
        boolean[] second = new boolean[n];
        for (int k = 0; k < n; k++) {
            second[k] = known[k] >= n;
        }
        boolean[] answers = classifier.classify(pool.select(known), second, pool.select(unknown));
        int right = 0;
        for (int k = 0; k < n; k++) {
            right += answers[k] == unknown[k] >= n ? 1 : 0;
        }
        return (double) right / n;
    }

    private static void standardise(Points points) {
        double[] means = MomentMatrix.means(points);
        double[] scales = MomentMatrix.deviations(points, means);
        for (int i = 0; i < points.dim(); i++) {
            for (int n = 0; n < points.size(); n++) {
                points.set(i, n, (points.get(i, n) - means[i]) / scales[i]);
            }
        }
    }
}
