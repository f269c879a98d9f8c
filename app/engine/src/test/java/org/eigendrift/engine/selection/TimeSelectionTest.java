package org.eigendrift.engine.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.engine.assembly.Assembler;
import org.eigendrift.engine.assembly.TimePlan;
import org.eigendrift.engine.assembly.TimeSolver;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.MomentLayout;
import org.eigendrift.engine.moment.MomentTable;
import org.junit.jupiter.api.Test;

/**
 * What is chosen against the definition: for every time, level, ridge and fold the coefficients of the training rows by
 * dense algebra and what they gain on the rows held out, t (2 b y - y A y). Searches over gains have tests of their own; here
 * the gains that they see, and what is made of their choices, are looked at.
 */
class TimeSelectionTest {
    private static final List<String> FAMILIES = List.of("cosine", "cosine");
    private static final int FOLDS = 3;
    private static final int ROWS = 400;
    private static final ProductBasis BASIS = Families.complete(Families.coordinates(FAMILIES, 9), 2);
    private static final MomentLayout LAYOUT = new MomentLayout(BASIS);
    private static final Parallel PARALLEL = new Parallel(1);
    /** Ten to the half from step to step, from 1e-8 to 1. */
    private static final double[] RIDGES = IntStream.rangeClosed(0, 16)
            .mapToDouble(r -> Math.pow(10, 0.5 * r - 8))
            .toArray();

    private static final Assembler ASSEMBLER = new Assembler(LAYOUT, BASIS);

    /** A narrow band across the domain, from -0.5 to 2 either way, which functions of high rate resolve. */
    private static Points band(int seed) {
        CounterRandom random = new CounterRandom(seed);
        Points rows = Points.zeros(2, ROWS);
        for (int n = 0; n < ROWS; n++) {
            double u = random.uniform(n, 0);
            double beside = Math.min(1, Math.max(0, u + 0.08 * random.normal(n, 1)));
            rows.set(0, n, 2.5 * u * u - 0.5);
            rows.set(1, n, 2.5 * beside - 0.5);
        }
        return rows;
    }

    /** Folds of a narrow band, whose rows gain by more and more functions, or of few rows of a broad cloud, which soon tell no more. */
    private static Folds folds(boolean narrow) {
        List<MomentTable> tables = new ArrayList<>();
        for (int f = 0; f < FOLDS; f++) {
            tables.add(new MomentTable(LAYOUT));
            LAYOUT.pass().add(narrow ? band(f) : Families.rows(FAMILIES, 200, 30 + f), tables.get(f), PARALLEL);
        }
        return new Folds(tables, new MomentTable(LAYOUT));
    }

    private static TimeSolver solver(double smallestRidge) {
        return new TimeSolver(LAYOUT, BASIS, List.of(PlainSolver.chosen(smallestRidge)), RunContext.quiet(1));
    }

    /** Coefficients of a fold's training rows, all functions long, and their gain on its own rows. */
    private record Fit(double[] y, double gain, double unresolved) {}

    /** Whether a function is of the outermost of a level: the next one ends at 0.6 times its rate, and has 64 or more. */
    private static double shell(double rate, int function) {
        long inner = IntStream.range(0, BASIS.size())
                .filter(a -> BASIS.rate(a) <= 0.6 * rate)
                .count();
        return inner < 64 || BASIS.rate(function) > 0.6 * rate ? 1 : 0;
    }

    /** The definition for some folds. */
    private static final class Definition {
        private final Folds folds;
        private final Map<String, Fit> fits = new HashMap<>();
        private final Map<String, LinearSystem> systems = new HashMap<>();

        Definition(Folds folds) {
            this.folds = folds;
        }

        private Fit fit(int fold, double t, double rate, double ridge) {
            return fits.computeIfAbsent(fold + " " + t + " " + rate + " " + ridge, k -> fitted(fold, t, rate, ridge));
        }

        private Fit fitted(int fold, double t, double rate, double ridge) {
            LinearSystem training = system(fold, t, true);
            int[] kept = IntStream.range(0, BASIS.size())
                    .filter(a -> BASIS.rate(a) <= rate * (1 + 1e-12))
                    .toArray();
            double[] rhs = training.rhs();
            double[] solution = PlainSolver.solve((SymmetricMatrix) training.matrix(), kept, ridge, rhs);
            double[] y = new double[BASIS.size()];
            for (int i = 0; i < kept.length; i++) {
                y[kept[i]] = solution[i];
            }
            double largest =
                    IntStream.range(0, y.length).mapToDouble(BASIS::rate).max().orElseThrow();
            double unresolved = 0;
            for (int a = 0; a < y.length && rate < largest; a++) {
                unresolved +=
                        BASIS.rate(a) > rate * (1 + 1e-12) ? t * rhs[a] * rhs[a] : shell(rate, a) * t * y[a] * y[a];
            }
            return new Fit(y, gain(fold, t, y), unresolved);
        }

        /** That of all rows but a fold's, from sums over those rows, or that of the fold. */
        private LinearSystem system(int fold, double t, boolean training) {
            return systems.computeIfAbsent(fold + " " + t + " " + training, k -> {
                MomentTable table = new MomentTable(LAYOUT);
                IntStream.range(0, FOLDS).filter(f -> f != fold == training).forEach(f -> table.add(folds.heldout(f)));
                return ASSEMBLER.system(table.means(), table.functionMeans(BASIS), t, 0);
            });
        }

        private double gain(int fold, double t, double[] y) {
            LinearSystem heldout = system(fold, t, false);
            double[] product = new double[y.length];
            heldout.apply(y, product);
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                sum += 2 * heldout.rhs()[i] * y[i] - y[i] * product[i];
            }
            return t * sum;
        }

        private FoldGains gains(double t, double rate, double ridge) {
            return new FoldGains(IntStream.range(0, FOLDS)
                    .mapToDouble(f -> fit(f, t, rate, ridge).gain)
                    .toArray());
        }

        /** What a search finds that starts from the choice of the time before. */
        private GainSearch.Best search(
                double t, double[] ladder, double[] ridges, double smallest, GainSearch.Choice from) {
            GainSearch.Trial trial = new GainSearch.Trial() {
                private int level;

                @Override
                public FoldGains[] gains(int atLevel, int[] places) {
                    level = atLevel;
                    return Arrays.stream(places)
                            .mapToObj(r -> ridges[r] < smallest
                                    ? new FoldGains(new double[] {Double.NEGATIVE_INFINITY, 0, 0})
                                    : Definition.this.gains(t, ladder[level], ridges[r]))
                            .toArray(FoldGains[]::new);
                }

                @Override
                public double unresolved(int ridge) {
                    return IntStream.range(0, FOLDS)
                            .mapToDouble(f -> fit(f, t, ladder[level], ridges[ridge]).unresolved)
                            .average()
                            .orElseThrow();
                }
            };
            return new GainSearch(trial, ridges.length).from(from);
        }

        private List<GainSearch.Best> searches(TimeGrid coarse, double[] ladder, double[] ridges, double smallest) {
            List<GainSearch.Best> all = new ArrayList<>();
            // The search begins at the horizon with the fewest functions and the ridge 1e-3.
            GainSearch.Choice here = new GainSearch.Choice(ladder.length - 1, ridges.length == 1 ? 0 : 10);
            for (double t : coarse.times()) {
                all.add(search(t, ladder, ridges, smallest, here));
                here = all.get(all.size() - 1).choice();
            }
            return all;
        }
    }

    private static double score(Decision decision, int alternative) {
        return decision.alternatives().get(alternative).score().orElseThrow();
    }

    /** Solutions of the solver are good to 1e-10 or so of themselves, as are those here; gains are below some nats. */
    private static final double ROUNDING = 1e-8;

    @Test
    void timesOfAGridTakeTheRidgeAndTheFunctionsThatGainMost() {
        Folds folds = folds(true);
        Definition definition = new Definition(folds);
        TimeGrid grid = TimeScale.grid(2, 1e-4, OptionalInt.of(48));
        TimeScale scale = TimeScale.of(grid);
        TimeGrid coarse = scale.coarse();
        TimeSolver solver = solver(0);
        double[] ladder = solver.ladder();
        List<GainSearch.Best> expected = definition.searches(coarse, ladder, RIDGES, 0);
        TimeSelection selection = new TimeSelection(folds, BASIS, solver, PARALLEL);
        TimePlan plan = selection.choose(scale, OptionalDouble.empty(), true);

        List<Double> times = Arrays.stream(grid.times()).boxed().toList();
        assertEquals(grid.steps(), plan.grid().steps());
        assertEquals(grid.last(), plan.end());
        Decision earliest = selection.decisions().get(0);
        for (int k = 0; k <= coarse.steps(); k++) {
            int j = times.indexOf(coarse.time(k));
            GainSearch.Choice choice = expected.get(k).choice();
            assertEquals(RIDGES[choice.ridge()], plan.ridge(j), 1e-12 * plan.ridge(j), "ridge at " + grid.time(j));
            assertEquals(ladder[choice.level()], plan.largestRate(j), "rate at " + grid.time(j));
            assertEquals(expected.get(k).gains().mean(), score(earliest, k), ROUNDING);
        }
        // Between: the ridge is a power of time, the functions are those of the richer of the two.
        for (int k = 1; k <= coarse.steps(); k++) {
            int from = times.indexOf(coarse.time(k - 1));
            int to = times.indexOf(coarse.time(k));
            for (int j = from + 1; j < to; j++) {
                double w = Math.log(grid.time(from) / grid.time(j)) / Math.log(grid.time(from) / grid.time(to));
                double ridge = Math.pow(plan.ridge(from), 1 - w) * Math.pow(plan.ridge(to), w);
                assertEquals(ridge, plan.ridge(j), 1e-9 * ridge);
                assertEquals(Math.max(plan.largestRate(from), plan.largestRate(to)), plan.largestRate(j));
            }
        }
        GainSearch.Choice last = expected.get(coarse.steps()).choice();
        assertTrue(last.level() < ladder.length - 1 && last.ridge() != 10, "something was chosen: " + last);
        assertEquals("0.000100", earliest.chosen());
        assertTrue(earliest.reason().startsWith("given; 3 held-out folds"), earliest.reason());
        long functions = IntStream.range(0, BASIS.size())
                .filter(a -> BASIS.rate(a) <= ladder[last.level()])
                .count();
        assertEquals(Long.toString(functions), selection.decisions().get(1).chosen());
        assertEquals(
                String.format(Locale.ROOT, "%.2g", RIDGES[last.ridge()]),
                selection.decisions().get(2).chosen());
        assertTrue(selection.decisions().get(2).reason().startsWith("of those that gain as much"));
    }

    /** Free times end where held-out rows gain no more; what they still gain by the last coefficients is integrated below it. */
    @Test
    void theEarliestTimeIsWhereGainsEnd() {
        Folds folds = folds(false);
        Definition definition = new Definition(folds);
        TimeScale scale = TimeScale.any(12, 1e-6, OptionalInt.empty());
        TimeGrid coarse = scale.coarse();
        TimeSolver solver = solver(0);
        double[] ladder = solver.ladder();
        List<GainSearch.Best> expected = definition.searches(coarse, ladder, RIDGES, 0);
        int last = IntStream.rangeClosed(1, coarse.steps())
                .filter(k -> expected.get(k).gains().counts(GainSearch.INDIFFERENT))
                .max()
                .orElseThrow();
        assertTrue(last < coarse.steps() - 1, "the rows resolve less than the earliest time");
        TimeSelection selection = new TimeSelection(folds, BASIS, solver, PARALLEL);
        TimePlan plan = selection.choose(scale, OptionalDouble.empty(), false);
        assertEquals(coarse.time(last), plan.grid().last());
        GainSearch.Choice choice = expected.get(last).choice();
        assertEquals(RIDGES[choice.ridge()], plan.ridge(plan.grid().steps()), 1e-12);
        Decision earliest = selection.decisions().get(0);
        // At the horizon nothing is gained either, for all is forgotten; once the fastest function is not, that is the
        // end.
        assertFalse(expected.get(0).gains().counts(GainSearch.INDIFFERENT));
        int stop = IntStream.range(0, expected.size())
                .filter(k -> coarse.time(k) * ladder[0] < 1)
                .filter(k -> !expected.get(k).gains().counts(GainSearch.INDIFFERENT))
                .findFirst()
                .orElseThrow();
        assertEquals(stop + 1, earliest.alternatives().size());
        assertTrue(stop < coarse.steps());

        double t = coarse.time(last);
        double end = t;
        double held = 0;
        for (int k = 1; k <= 4; k++) {
            double below = t * Math.exp(-k);
            FoldGains gains = new FoldGains(IntStream.range(0, FOLDS)
                    .mapToDouble(f -> definition.gain(
                            f, below, definition.fit(f, t, ladder[choice.level()], RIDGES[choice.ridge()]).y))
                    .toArray());
            if (!gains.counts(GainSearch.INDIFFERENT)) {
                break;
            }
            // The gain a unit of time there, over the time from the step before.
            held += gains.mean() / below * (end - below);
            end = below;
        }
        assertTrue(end < t, "something is held");
        assertEquals(end, plan.end(), 1e-12 * end);
        String words = String.format(
                Locale.ROOT,
                "below it they gain %.1e nats by its coefficients, held to t = %.2g, by others nothing",
                held,
                end);
        assertTrue(earliest.reason().startsWith(words), earliest.reason() + ", not " + words);
    }

    @Test
    void aGivenRidgeIsKeptThroughout() {
        Folds folds = folds(true);
        Definition definition = new Definition(folds);
        TimeScale scale = TimeScale.any(2, 0.05, OptionalInt.of(9));
        TimeSelection selection = new TimeSelection(folds, BASIS, solver(0), PARALLEL);
        TimePlan plan = selection.choose(scale, OptionalDouble.of(0.02), true);
        for (double ridge : plan.ridges()) {
            assertEquals(0.02, ridge);
        }
        assertEquals(9, plan.ridges().length);
        assertEquals("given", selection.decisions().get(2).reason());
        double last = plan.largestRate(8);
        long functions = IntStream.range(0, BASIS.size())
                .filter(a -> BASIS.rate(a) <= last)
                .count();
        assertTrue(functions < BASIS.size());
        assertEquals(Long.toString(functions), selection.decisions().get(1).chosen());
        double[] ladder = solver(0).ladder();
        List<GainSearch.Best> expected = definition.searches(scale.coarse(), ladder, new double[] {0.02}, 0);
        for (int k = 0; k < expected.size(); k++) {
            assertEquals(
                    expected.get(k).gains().mean(), score(selection.decisions().get(0), k), ROUNDING);
        }
    }

    /** Ridges with which the solver fails are no choice, and a search that begins among them climbs out of them. */
    @Test
    void ridgesWithWhichNothingIsSolvedAreNotChosen() {
        Folds folds = folds(true);
        Definition definition = new Definition(folds);
        TimeScale scale = TimeScale.any(2, 0.2, OptionalInt.empty());
        TimeSolver solver = solver(0.02);
        TimeSelection selection = new TimeSelection(folds, BASIS, solver, PARALLEL);
        TimePlan plan = selection.choose(scale, OptionalDouble.empty(), true);
        for (double ridge : plan.ridges()) {
            assertTrue(ridge > 0.02, "ridge " + ridge);
        }
        List<GainSearch.Best> expected = definition.searches(scale.coarse(), solver.ladder(), RIDGES, 0.02);
        GainSearch.Choice last = expected.get(expected.size() - 1).choice();
        assertEquals(RIDGES[last.ridge()], plan.ridge(plan.grid().steps()), 1e-12);

        // Where none is solved, nothing is gained, and nothing is held: the fit itself will say so.
        TimeSelection hopeless = new TimeSelection(folds, BASIS, solver(10), PARALLEL);
        TimePlan none = hopeless.choose(TimeScale.any(2, 1e-3, OptionalInt.empty()), OptionalDouble.empty(), false);
        assertEquals(none.grid().last(), none.end());
        assertTrue(hopeless.decisions().get(0).reason().startsWith("below it held-out rows gain nothing"));
        assertFalse(hopeless.decisions().get(0).alternatives().get(0).score().isPresent());
    }

    /** A time that was given is the last, though nothing is gained so early. */
    @Test
    void aGivenTimeIsTheLast() {
        TimeScale scale = TimeScale.any(2, 1e-5, OptionalInt.of(12));
        TimeSelection selection = new TimeSelection(folds(false), BASIS, solver(0), PARALLEL);
        TimePlan plan = selection.choose(scale, OptionalDouble.empty(), true);
        assertEquals(1e-5, plan.grid().last());
        assertEquals(1e-5, plan.end());
        assertEquals(
                scale.coarse().steps() + 1,
                selection.decisions().get(0).alternatives().size());
        assertEquals(
                0,
                selection
                        .decisions()
                        .get(0)
                        .alternatives()
                        .get(scale.coarse().steps())
                        .score()
                        .orElseThrow(),
                1e-4);
    }

    /** Where the functions become more from the first time to the second the first has its own, and those between have the more. */
    @Test
    void theFirstTimeHasItsOwnFunctions() {
        TimeGrid grid = TimeScale.grid(2e-3, 1e-4, OptionalInt.of(16));
        TimeSolver solver = solver(0);
        double[] ladder = solver.ladder();
        TimePlan plan = new TimeSelection(folds(true), BASIS, solver, PARALLEL)
                .choose(TimeScale.of(grid), OptionalDouble.empty(), true);
        assertEquals(ladder[1], plan.largestRate(0));
        assertEquals(ladder[0], plan.largestRate(1));
    }
}
