package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.metric.Evaluation;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.target.Potential;
import org.junit.jupiter.api.Test;

/** What every metric promises. Extend it with {@link #provider()}. */
public abstract class MetricContract {

    /** Creates the contract. */
    protected MetricContract() {}

    /**
     * The metric under test.
     *
     * @return its provider
     */
    protected abstract MetricProvider<?> provider();

    /**
     * Something that the metric has figures for: samples and rows of a standard normal law in two coordinates, its
     * density, its potential, and a model that is slightly too wide.
     *
     * @return the evaluation
     */
    protected GivenEvaluation evaluation() {
        return GivenEvaluation.of(normal(300, 1), normal(320, 2), normal(280, 3))
                .withModel((x, out) -> gaussian(x, 1.1, out))
                .withExact((x, out) -> gaussian(x, 1, out))
                .withEnergy(new Bowl())
                .withBound(-2.9);
    }

    /**
     * Whether the metric takes its floors from held-out rows, as most do.
     *
     * @return false if training rows alone give a floor
     */
    protected boolean floorNeedsHeldoutRows() {
        return true;
    }

    private static Points normal(int size, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(2, size);
        for (int n = 0; n < size; n++) {
            points.set(0, n, random.normal(n, 0));
            points.set(1, n, random.normal(n, 1));
        }
        return points;
    }

    private static void gaussian(Points x, double scale, double[] out) {
        for (int n = 0; n < x.size(); n++) {
            double square = x.get(0, n) * x.get(0, n) + x.get(1, n) * x.get(1, n);
            out[n] = -Math.log(2 * Math.PI * scale * scale) - square / (2 * scale * scale);
        }
    }

    private List<Figure> figures(Evaluation evaluation) {
        return metric(evaluation.run()).evaluate(evaluation);
    }

    /**
     * A metric of the provider.
     *
     * @param run the run that it is for
     * @return what the provider creates with its defaults unless overridden
     */
    protected Metric metric(RunContext run) {
        return create(provider(), run);
    }

    private static <O extends Record> Metric create(MetricProvider<O> provider, RunContext run) {
        return provider.create(provider.options().defaults(), run);
    }

    /** Name and summary are fit for users. */
    @Test
    public void isNamed() {
        Named.check(provider());
    }

    /** There are figures, and no two have the same place in {@code metrics.json}. */
    @Test
    public void figuresHaveDistinctNames() {
        Set<String> keys = new HashSet<>();
        for (Figure figure : figures(evaluation())) {
            for (String word : List.of(figure.group(), figure.name())) {
                assertTrue(
                        word.matches("[a-z][a-z0-9_]*"),
                        "a figure has '" + word + "' in its name; expected lower-case words joined by underscores");
            }
            assertTrue(keys.add(figure.key()), "two figures are " + figure.key());
        }
        assertFalse(keys.isEmpty(), "there is no figure");
    }

    /** The samples are good, so every figure, floor and error is a finite number. */
    @Test
    public void figuresAreFinite() {
        for (Figure figure : figures(evaluation())) {
            double floor = figure.floor().orElse(0);
            double error = figure.error().orElse(0);
            assertTrue(Double.isFinite(figure.value()), figure.key() + " is " + figure.value() + "; expected a number");
            assertTrue(Double.isFinite(floor), "the floor of " + figure.key() + " is " + floor + "; expected a number");
            assertTrue(error >= 0, "the error of " + figure.key() + " is " + error + "; expected 0 or more");
        }
    }

    /** The same evaluation gives the same bits, whatever the number of threads. */
    @Test
    public void isDeterministic() {
        GivenEvaluation given = evaluation();
        GivenEvaluation threaded = given.withRun(new RunContext(1, 3, Progress.NONE, () -> false));
        assertEquals(figures(given), figures(given));
        assertEquals(figures(given), figures(threaded));
    }

    /** Batches are shared: a metric must not write to them. */
    @Test
    public void leavesItsInputAlone() {
        GivenEvaluation given = evaluation();
        Points samples = given.samples().copy();
        Points train = given.train().copy();
        Points heldout = given.heldoutRows().orElseThrow().copy();
        figures(given);
        assertArrayEquals(samples.values(), given.samples().values());
        assertArrayEquals(train.values(), given.train().values());
        assertArrayEquals(heldout.values(), given.heldoutRows().orElseThrow().values());
    }

    /** Without held-out rows there is nothing to take a floor from, and nothing breaks. */
    @Test
    public void hasNoFloorWithoutHeldoutRows() {
        for (Figure figure : figures(evaluation().withoutHeldout())) {
            assertTrue(
                    figure.floor().isEmpty() || !floorNeedsHeldoutRows(),
                    figure.key() + " has a floor, which it takes from no row");
        }
    }

    /** Fewer rows than any statistic needs: no figure may be made up, and nothing may break. */
    @Test
    public void survivesTinySets() {
        GivenEvaluation given = evaluation();
        for (int size = 0; size <= 6; size++) {
            GivenEvaluation tiny = given.withRows(
                    given.samples().slice(0, size),
                    given.train().slice(0, size),
                    given.heldoutRows().orElseThrow().slice(0, size));
            for (Figure figure : figures(tiny)) {
                assertFalse(Double.isNaN(figure.value()), figure.key() + " is NaN" + ofFew(size));
                assertFalse(
                        Double.isNaN(figure.floor().orElse(0)),
                        "the floor of " + figure.key() + " is NaN" + ofFew(size));
            }
        }
    }

    private static String ofFew(int size) {
        return " for sets of " + size + " rows; expected no figure where there is no number";
    }

    private static final class Bowl implements Potential {
        @Override
        public void energy(Points x, double[] out) {
            for (int n = 0; n < x.size(); n++) {
                out[n] = (x.get(0, n) * x.get(0, n) + x.get(1, n) * x.get(1, n)) / 2;
            }
        }

        @Override
        public void gradient(Points x, Points out) {
            out.copyFrom(x);
        }
    }
}
