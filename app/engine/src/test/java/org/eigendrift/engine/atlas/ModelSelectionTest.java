package org.eigendrift.engine.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.flow.FlowLaw;
import org.eigendrift.engine.flow.KnownFlow;
import org.eigendrift.engine.judge.HeldoutShares;
import org.eigendrift.engine.law.mixture.Member;
import org.eigendrift.engine.law.mixture.Mixture;
import org.junit.jupiter.api.Test;

/**
 * Which models are compared and which is chosen, where every model's likelihoods and bounds are given. Mixtures of normal laws, by which
 * charts and hopeless models are told, are fitted: of three columns of standard normal numbers one normal law is best, at -4.3 nats a row.
 */
class ModelSelectionTest {
    private static final RunContext RUN = RunContext.quiet(2);
    private static final int ROWS = 200;
    private static final String TABLE = "one model in the columns' coordinates";
    private static final String SCORES = "one model of normal scores";
    private static final String NORMAL = "one normal law";
    private static final String WHITENED = "one model in uncorrelated coordinates";

    /** Fits that are given, and what they were asked for. */
    private static final class Given implements ModelFits {
        private final Map<String, KnownFlow> laws = new HashMap<>();
        private final Map<String, List<Integer>> asked = new HashMap<>();
        private final List<ChartMixture> cuts = new ArrayList<>();
        private final List<Points> trained = new ArrayList<>();
        /** Fails where it is fitted to so many rows or more. */
        private final Map<String, Integer> fails = new HashMap<>();

        Given with(String name, ToDoubleFunction<double[]> nats, double bound) {
            laws.put(name, KnownFlow.of(name, 3, nats).withBound(bound));
            return this;
        }

        Given with(String name, double nats) {
            return with(name, x -> nats, 0);
        }

        Given failing(String name, int rows) {
            fails.put(name, rows);
            return this;
        }

        private KnownFlow fit(String name, Dataset train) {
            Points rows = InMemory.read(train, 1_000_000);
            asked.computeIfAbsent(name, k -> new ArrayList<>()).add(rows.size());
            trained.add(rows);
            if (rows.size() >= fails.getOrDefault(name, Integer.MAX_VALUE) || !laws.containsKey(name)) {
                throw new InputException("no fit of " + name);
            }
            return laws.get(name).withColumns(train.columns()).withRows(rows.size());
        }

        @Override
        public FlowLaw table(Dataset train) {
            return fit(TABLE, train);
        }

        @Override
        public FlowLaw normalScores(Dataset train) {
            return fit(SCORES, train);
        }

        @Override
        public FlowLaw whitened(Dataset train) {
            return fit(WHITENED, train);
        }

        @Override
        public FlowLaw charts(Dataset train, ChartMixture start) {
            cuts.add(start);
            KnownFlow one = fit(start.size() + " charts", train);
            List<Member> charts = IntStream.range(0, start.size())
                    .mapToObj(k -> new Member(1.0 / start.size(), OptionalInt.of(k), one))
                    .toList();
            return new Mixture(charts, Optional.of(start));
        }

        @Override
        public FlowLaw normal(Dataset train) {
            return fit(NORMAL, train);
        }

        @Override
        public ChartMixture mixture(
                Points rows, List<Column> columns, int components, int steps, Optional<ChartMixture> before) {
            ChartCoordinates coordinates =
                    ChartCoordinates.of(columns, rows, before, new ChartFrames(Families.CATALOG));
            Parallel parallel = new Parallel(1);
            return new ExpectationMaximisation(coordinates, coordinates.of(rows), 1, RUN, parallel)
                    .fit(components, steps, new CounterRandom(1));
        }

        @Override
        public GibbsSelection gibbs() {
            return new GibbsSelection(null, false, RUN);
        }

        @Override
        public boolean mayBeGibbs(Dataset data, int folds) {
            return false;
        }
    }

    /** Of as many columns as rows, held-out rows say nothing; of one column fewer, models are compared. */
    @Test
    void moreColumnsThanRowsAreNotCompared() {
        Given wide = new Given().with(WHITENED, 0).with(TABLE, 5);
        ModelSelection selection = new ModelSelection(wide, RUN);
        assertEquals(WHITENED, ((KnownFlow) selection.choose(new InMemory(reals(20), normal(20, 20)))).name());
        assertEquals(Map.of(WHITENED, List.of(20)), wide.asked);
        assertEquals(
                "20 columns of 20 rows: rows are too few to compare models by; the frame shrinks what they say of pairs",
                selection.decisions().get(0).reason());
        Given tall = new Given().with(WHITENED, 0).with(TABLE, 5);
        new ModelSelection(tall, RUN).choose(new InMemory(reals(20), normal(20, 21)));
        assertTrue(tall.asked.get(WHITENED).size() > 1, "whitened in every fold");
    }

    private static List<Column> reals(int dim) {
        return IntStream.range(0, dim).mapToObj(i -> Column.real("x" + i)).toList();
    }

    private static Points normal(int dim, int rows) {
        CounterRandom random = new CounterRandom(7);
        Points points = Points.zeros(dim, rows);
        for (int n = 0; n < rows; n++) {
            for (int i = 0; i < dim; i++) {
                points.set(i, n, random.normal(n, i));
            }
        }
        return points;
    }

    /** Half of the rows lie ten deviations away. */
    private static Points twoClouds() {
        Points points = normal(3, ROWS);
        for (int n = 0; n < ROWS; n += 2) {
            points.set(0, n, points.get(0, n) + 10);
        }
        return points;
    }

    private static List<String> lines(ModelSelection selection) {
        return selection.decisions().stream().map(Decision::line).toList();
    }

    private static Decision model(ModelSelection selection) {
        return selection.decisions().stream()
                .filter(d -> d.what().equals("model"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> compared(ModelSelection selection) {
        return model(selection).alternatives().stream()
                .map(Decision.Alternative::name)
                .toList();
    }

    @Test
    void theModelOfTheLikeliestHeldOutRowsIsFittedToAllRows() {
        Given fits = new Given().with(TABLE, -3).with(SCORES, -2).with(WHITENED, -4);
        ModelSelection selection = new ModelSelection(fits, RUN);
        FlowLaw chosen = selection.choose(InMemory.of(normal(3, ROWS)));
        assertEquals(SCORES, chosen.provenance().kind());
        assertEquals(ROWS, chosen.provenance().rows());
        assertEquals(SCORES, model(selection).chosen());
        assertEquals(List.of(SCORES), compared(selection));
        assertEquals(-2, model(selection).alternatives().get(0).score().orElseThrow(), 1e-14);
        assertTrue(selection.density().isEmpty());
        // One fold tells them apart; once more what was chosen.
        assertEquals(1, fits.asked.get(TABLE).size());
        assertEquals(1, fits.asked.get(WHITENED).size());
        assertEquals(2, fits.asked.get(SCORES).size());
        assertEquals(
                List.of(TABLE, SCORES, WHITENED),
                List.copyOf(selection.seconds().keySet()));
        // Of this process, so that no clock runs for longer.
        assertTrue(selection.seconds().values().stream().allMatch(t -> t >= 0 && t < 3600));
        assertTrue(
                lines(selection).toString().contains("left out: " + TABLE)
                        && lines(selection).toString().contains("left out: " + WHITENED),
                lines(selection).toString());
        assertEquals("charts", selection.decisions().get(0).what());
        assertEquals("up to 1", selection.decisions().get(0).chosen());
    }

    /** Rows are likelier now under one, now under the other: all folds are needed, in which every row is held out once. */
    @Test
    void modelsThatAreAsGoodAreComparedByAllRows() {
        Given fits = new Given()
                .with(TABLE, x -> Math.sin(9 * x[0]), 0)
                .with(WHITENED, x -> Math.cos(9 * x[1]), 0)
                .with(SCORES, -20);
        ModelSelection selection = new ModelSelection(fits, RUN);
        selection.choose(InMemory.of(normal(3, ROWS)));
        assertEquals(List.of(TABLE, WHITENED), compared(selection));
        List<Integer> folds = fits.asked.get(TABLE).subList(0, 5);
        assertEquals(4 * ROWS, folds.stream().mapToInt(r -> r).sum());
        assertEquals(ROWS, fits.laws.get(TABLE).asked().size());
        assertEquals(
                ROWS,
                fits.laws.get(TABLE).asked().stream()
                        .map(row -> row[0])
                        .distinct()
                        .count());
        assertEquals(1, fits.asked.get(SCORES).size());
    }

    /** As good in the first fold, 50 nats behind in every other: after the second it is left behind, and what it competed with is alone. */
    @Test
    void whatFallsBehindInTheSecondFoldIsFittedToNoThird() {
        Points rows = normal(3, ROWS);
        Set<Double> first = new HashSet<>();
        for (int n = 0; n < ROWS; n++) {
            if (HeldoutShares.of(ROWS, 3).heldOut(0, n)) {
                first.add(rows.get(0, n));
            }
        }
        Given fits = new Given()
                .with(TABLE, -1)
                .with(SCORES, x -> first.contains(x[0]) ? -1 : -51, 0)
                .with(WHITENED, -40);
        ModelSelection selection = new ModelSelection(fits, RUN);
        assertEquals(TABLE, selection.choose(InMemory.of(rows)).provenance().kind());
        assertEquals(2, fits.asked.get(SCORES).size());
        // Two folds, and all rows.
        assertEquals(3, fits.asked.get(TABLE).size());
        assertEquals(List.of(TABLE), compared(selection));
    }

    /** Each is likely on one side. */
    @Test
    void modelsThatComplementOneAnotherAreMixed() {
        Given fits = new Given()
                .with(TABLE, x -> x[0] < 0 ? -1 : -9, 0)
                .with(WHITENED, x -> x[0] < 0 ? -9 : -1, 0)
                .with(SCORES, -20);
        Points rows = normal(3, ROWS);
        Mixture law = (Mixture) new ModelSelection(fits, RUN).choose(InMemory.of(rows));
        double below = Arrays.stream(rows.column(0)).filter(x -> x < 0).count() / (double) ROWS;
        assertEquals(
                List.of(TABLE, WHITENED),
                law.members().stream().map(m -> m.law().provenance().kind()).toList());
        assertEquals(below, law.members().get(0).weight(), 1e-3);
        assertEquals(1, law.members().get(0).weight() + law.members().get(1).weight(), 1e-12);
        assertEquals(ROWS, law.members().get(1).law().provenance().rows());
        assertTrue(law.gate().isEmpty());
        assertEquals(1, fits.asked.get(SCORES).size());
    }

    @Test
    void whatCannotBeFittedIsLeftOut() {
        Given fits = new Given().with(SCORES, -3).with(WHITENED, -4);
        ModelSelection selection = new ModelSelection(fits, RUN);
        assertEquals(
                SCORES,
                selection.choose(InMemory.of(normal(3, ROWS))).provenance().kind());
        assertTrue(
                lines(selection).contains("left out: " + TABLE + " (it cannot be fitted: no fit of " + TABLE + ")"),
                lines(selection).toString());
        assertEquals(
                "no fit of " + TABLE,
                assertThrows(
                                InputException.class,
                                () -> new ModelSelection(new Given(), RUN).choose(InMemory.of(normal(3, ROWS))))
                        .getMessage());
    }

    @Test
    void whatCannotBeFittedToAllRowsIsNoChoice() {
        Given fits =
                new Given().with(TABLE, -3).with(SCORES, -2).with(WHITENED, -4).failing(SCORES, ROWS);
        ModelSelection selection = new ModelSelection(fits, RUN);
        assertEquals(
                TABLE,
                selection.choose(InMemory.of(normal(3, ROWS))).provenance().kind());
        assertEquals(List.of(TABLE), compared(selection));
        assertTrue(lines(selection).toString().contains("left out: " + SCORES + " (it cannot be fitted"));
        assertTrue(lines(selection).contains("compared all the same: " + TABLE + " (for no other model is left)"));
    }

    /** A bound 0.25 nats a column below the mixture's -4.3. */
    @Test
    void hopelessModelsAreNotCompared() {
        Given fits = new Given()
                .with(TABLE, x -> -1, -5.4)
                .with(SCORES, x -> -3, -4.6)
                .with(WHITENED, -4);
        ModelSelection selection = new ModelSelection(fits, RUN);
        assertEquals(
                SCORES,
                selection.choose(InMemory.of(normal(3, ROWS))).provenance().kind());
        assertEquals(List.of(SCORES), compared(selection));
        assertEquals(1, fits.asked.get(TABLE).size());
        assertTrue(lines(selection).toString().contains("left out: " + TABLE + " (its evidence bound of -5.4000 nats"));
        // Of two columns nothing is hopeless.
        Given two = new Given().with(TABLE, x -> -1, -99).with(WHITENED, -4);
        assertEquals(
                TABLE,
                new ModelSelection(two, RUN)
                        .choose(InMemory.of(normal(2, ROWS)))
                        .provenance()
                        .kind());
    }

    /** Where no other is left the least hopeless is compared, and it alone. */
    @Test
    void theLeastHopelessIsBetterThanNone() {
        Given fits =
                new Given().with(TABLE, x -> -1, -90).with(SCORES, x -> -3, -50).with(WHITENED, x -> -2, -70);
        ModelSelection selection = new ModelSelection(fits, RUN);
        assertEquals(
                SCORES,
                selection.choose(InMemory.of(normal(3, ROWS))).provenance().kind());
        assertEquals(List.of(SCORES), compared(selection));
        assertTrue(
                lines(selection).contains("compared all the same: " + SCORES + " (for no other model is left)"),
                lines(selection).toString());
        // If that cannot be fitted to all rows the next one is.
        Given failing = new Given()
                .with(TABLE, x -> -1, -90)
                .with(SCORES, x -> -3, -50)
                .with(WHITENED, x -> -2, -70)
                .failing(SCORES, ROWS);
        assertEquals(
                WHITENED,
                new ModelSelection(failing, RUN)
                        .choose(InMemory.of(normal(3, ROWS)))
                        .provenance()
                        .kind());
    }

    @Test
    void normalScoresAreForThreeNumbersOrMore() {
        Given two = new Given().with(TABLE, -3).with(SCORES, -2).with(WHITENED, -4);
        new ModelSelection(two, RUN).choose(InMemory.of(normal(2, ROWS)));
        assertFalse(two.asked.containsKey(SCORES));
        Points points = normal(3, ROWS);
        for (int n = 0; n < ROWS; n++) {
            points.set(2, n, Math.abs(points.get(2, n)) + 0.01);
        }
        List<Column> positive = List.of(Column.real("a"), Column.real("b"), Column.positive("c"));
        Given three = new Given().with(TABLE, -3).with(SCORES, -2).with(WHITENED, -4);
        new ModelSelection(three, RUN).choose(new InMemory(positive, points));
        assertTrue(three.asked.containsKey(SCORES));
        List<Column> bounded = List.of(Column.real("a"), Column.real("b"), Column.bounded("c", 0, 9));
        Given none = new Given().with(TABLE, -3).with(SCORES, -2).with(WHITENED, -4);
        new ModelSelection(none, RUN).choose(new InMemory(bounded, points));
        assertFalse(none.asked.containsKey(SCORES));
    }

    /** Of 17 columns the model in their own coordinates is tried on a quarter of the rows of the first fold. */
    @Test
    void ofManyColumnsTheTableMustPromise() {
        Given hopeless = new Given().with(TABLE, x -> -1, -99).with(WHITENED, -4);
        ModelSelection selection = new ModelSelection(hopeless, RUN);
        selection.choose(InMemory.of(normal(17, ROWS)));
        assertEquals(1, hopeless.asked.get(TABLE).size());
        int first = hopeless.asked.get(WHITENED).get(0);
        assertEquals(first / 4, hopeless.asked.get(TABLE).get(0));
        assertEquals(List.of(WHITENED), compared(selection));
        assertFalse(hopeless.asked.containsKey(SCORES));
        Given hopeful = new Given().with(TABLE, -1).with(WHITENED, -4);
        new ModelSelection(hopeful, RUN).choose(InMemory.of(normal(17, ROWS)));
        // A quarter, the first fold, and all rows.
        assertEquals(3, hopeful.asked.get(TABLE).size());
        assertEquals(first, hopeful.asked.get(TABLE).get(1));
        // What cannot be fitted to a quarter of the rows may be fitted to all of them.
        Given refused = new Given().with(WHITENED, -4);
        new ModelSelection(refused, RUN).choose(InMemory.of(normal(17, ROWS)));
        assertEquals(2, refused.asked.get(TABLE).size());
    }

    /** Of two columns and one fold the model in their own coordinates is first fitted to a quarter of the rows, and so is its rival. */
    @Test
    void ofTwoColumnsAndManyRowsTheTableMustKeepUp() {
        InMemory rows = new InMemory(reals(2), normal(2, 10_000));
        Given behind = new Given().with(TABLE, -5).with(WHITENED, -4);
        ModelSelection selection = new ModelSelection(behind, RUN);
        assertEquals(WHITENED, selection.choose(rows).provenance().kind());
        int first = behind.asked.get(WHITENED).get(0);
        assertEquals(List.of(first / 4), behind.asked.get(TABLE));
        assertEquals(List.of(first, first / 4, 10_000), behind.asked.get(WHITENED));
        assertTrue(
                lines(selection).toString().contains("left out: " + TABLE + " (fitted to a quarter of the rows, "),
                lines(selection).toString());
        Given ahead = new Given().with(TABLE, -3).with(WHITENED, -4);
        assertEquals(
                TABLE, new ModelSelection(ahead, RUN).choose(rows).provenance().kind());
        assertEquals(List.of(first / 4, first, 10_000), ahead.asked.get(TABLE));
        // Where its rival cannot be fitted to all rows it is compared all the same.
        Given alone = new Given().with(TABLE, -5).with(WHITENED, -4).failing(WHITENED, 10_000);
        assertEquals(
                TABLE, new ModelSelection(alone, RUN).choose(rows).provenance().kind());
        // What cannot be fitted is left out as elsewhere.
        Given none = new Given().with(WHITENED, -4);
        assertEquals(
                WHITENED,
                new ModelSelection(none, RUN).choose(rows).provenance().kind());
        assertEquals(List.of(first / 4, first), none.asked.get(TABLE));
    }

    /** Also where the evidence bounds of all other models call these hopeless; of twenty rows for each column not at all. */
    @Test
    void ofFewRowsOneNormalLawIsCompared() {
        ToDoubleFunction<double[]> low = x -> -9;
        Given few = new Given()
                .with(TABLE, low, -9)
                .with(SCORES, low, -9)
                .with(WHITENED, low, -9)
                .with(NORMAL, -4.5);
        ModelSelection selection = new ModelSelection(few, RUN);
        FlowLaw chosen = selection.choose(InMemory.of(normal(3, 59)));
        assertEquals(NORMAL, chosen.provenance().kind());
        assertEquals(List.of(NORMAL), compared(selection));
        assertEquals(-4.5, model(selection).alternatives().get(0).score().orElseThrow(), 1e-14);
        // With no rival one fold is enough.
        assertEquals(2, few.asked.get(NORMAL).size());
        Given better =
                new Given().with(TABLE, -3).with(SCORES, -4).with(WHITENED, -4).with(NORMAL, -4.5);
        ModelSelection behind = new ModelSelection(better, RUN);
        assertEquals(
                TABLE, behind.choose(InMemory.of(normal(3, 59))).provenance().kind());
        // Twenty rows, by which a model may be left behind, are those of two folds.
        assertEquals(2, better.asked.get(NORMAL).size());
        Given many =
                new Given().with(TABLE, -5).with(SCORES, -5).with(WHITENED, -5).with(NORMAL, -4.3);
        new ModelSelection(many, RUN).choose(InMemory.of(normal(3, 60)));
        assertEquals(null, many.asked.get(NORMAL));
    }

    @Test
    void chartsAreComparedUpToTheBestMixture() {
        Given fits =
                new Given().with(TABLE, -6).with(SCORES, -7).with(WHITENED, -8).with("2 charts", -5);
        ModelSelection selection = new ModelSelection(fits, RUN);
        Mixture law = (Mixture) selection.choose(InMemory.of(twoClouds()));
        assertEquals("up to 2", selection.decisions().get(0).chosen());
        assertEquals(List.of("2 charts"), compared(selection));
        assertEquals(
                List.of(TABLE, SCORES, "2 charts", WHITENED),
                List.copyOf(selection.seconds().keySet()));
        assertEquals("2 charts", model(selection).chosen());
        // Those of all rows are those of the first fold, improved.
        assertEquals(2, fits.cuts.size());
        assertSame(fits.cuts.get(0), fits.cuts.get(1));
        assertSame(fits.cuts.get(1), law.gate().orElseThrow());
        assertEquals(2, law.members().size());
        assertEquals(0.5, law.members().get(0).weight(), 1e-15);
        assertEquals(ROWS, law.members().get(0).law().provenance().rows());
    }

    /** A model of all rows that is 0.05 nats a column better than the mixture leaves charts nothing to gain. */
    @Test
    void chartsAreNotFittedWhereTheirMixtureIsFarBehind() {
        Given fits =
                new Given().with(TABLE, -2).with(SCORES, -7).with(WHITENED, -8).with("2 charts", -1);
        ModelSelection selection = new ModelSelection(fits, RUN);
        selection.choose(InMemory.of(twoClouds()));
        assertEquals(
                List.of(TABLE, SCORES, WHITENED),
                List.copyOf(selection.seconds().keySet()));
        assertTrue(fits.cuts.isEmpty());
    }

    /** In one row of all the third column differs, the first that is held out in some fold: in every fold the rows to fit hold it. */
    @Test
    void noColumnIsConstantInTheRowsToFit() {
        Points points = normal(3, ROWS);
        int alone = IntStream.range(0, ROWS)
                .filter(n -> HeldoutShares.of(ROWS, 3).heldOut(0, n))
                .findFirst()
                .orElseThrow();
        for (int n = 0; n < ROWS; n++) {
            points.set(2, n, n == alone ? 1 : 2);
        }
        Given fits = new Given()
                .with(TABLE, x -> Math.sin(9 * x[0]), 0)
                .with(SCORES, -20)
                .with(WHITENED, x -> Math.cos(9 * x[1]), 0);
        new ModelSelection(fits, RUN).choose(InMemory.of(points));
        for (Points trained : fits.trained) {
            assertEquals(2, Arrays.stream(trained.column(2)).distinct().count());
        }
        // It is held out nowhere, the others once.
        assertEquals(ROWS - 1, fits.laws.get(TABLE).asked().size());
        assertTrue(fits.laws.get(TABLE).asked().stream().allMatch(row -> row[2] == 2));
    }

    @Test
    void aModelThatWasAskedForIsComparedWithNoOther() {
        Given fits = new Given().with("asked", -3);
        ModelSelection selection = new ModelSelection(fits, RUN);
        FlowLaw law = selection.withGibbs(InMemory.of(normal(3, ROWS)), d -> fits.fit("asked", d));
        assertEquals("asked", law.provenance().kind());
        assertEquals(ROWS, law.provenance().rows());
        assertEquals(List.of("the model that was asked for"), compared(selection));
    }

    /** Of 16 columns it is not asked first what the table promises, and normal scores are compared. */
    @Test
    void sixteenColumnsAreFew() {
        Given fits = new Given().with(TABLE, -3).with(SCORES, -2).with(WHITENED, -4);
        new ModelSelection(fits, RUN).choose(InMemory.of(normal(16, ROWS)));
        assertEquals(1, fits.asked.get(TABLE).size());
        assertEquals(2, fits.asked.get(SCORES).size());
    }

    /** Two rows for each of three columns and two more numbers: 16 rows to fit are enough for one chart, 20 for two. */
    @Test
    void fewRowsAreNotCutIntoMany() {
        for (int rows : new int[] {20, 26}) {
            Given fits = new Given().with(TABLE, -3).with(SCORES, -2).with(WHITENED, -4);
            ModelSelection selection = new ModelSelection(fits, RUN);
            selection.choose(InMemory.of(normal(3, rows)));
            int train = fits.asked.get(TABLE).get(0);
            assertEquals(
                    Math.max(1, train / 10),
                    selection.decisions().get(0).alternatives().size(),
                    train + " rows");
        }
    }
}
