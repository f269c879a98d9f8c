package org.eigendrift.engine.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.plugin.Problem;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.settings.FitSettings;
import org.eigendrift.engine.transport.FlowLikelihood;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fits from rows to likelihood: determinism, agreement with exact laws, and what is refused. */
class FitTest {
    private static final RunContext RUN = RunContext.quiet(3);

    private static Target target(String name, int rows, int heldout) {
        return create((TargetProvider<?>) Families.CATALOG.find(TargetProvider.class, name), rows, heldout, RUN);
    }

    private static <O extends Record> Target create(
            Provider<O, RunContext, Target> provider, int rows, int heldout, RunContext run) {
        return provider.create(provider.options().of(Map.of("rows", rows, "heldout", heldout)), run);
    }

    private static FitSettings settings(int degree, double ridge, double earliest) {
        return FitSettings.of(
                Map.of(
                        "basis", Map.of("family", "cosine", "degree", degree),
                        "process", Map.of("earliest", earliest),
                        "solver", Map.of("ridge", ridge)),
                Families.CATALOG);
    }

    private static FittedModel fit(Dataset train, FitSettings settings, int threads) {
        RunContext run = new RunContext(3, threads, Progress.NONE, () -> false);
        return Fit.of(train, settings, Families.CATALOG, run);
    }

    /** Rows that are read again and again from a source which claims to be too long for memory. */
    private record Stream(InMemory held) implements Dataset {
        @Override
        public List<Column> columns() {
            return held.columns();
        }

        @Override
        public OptionalLong rows() {
            return OptionalLong.of(1L << 50);
        }

        @Override
        public Reader open() {
            return held.open();
        }
    }

    private static void assertSameBits(FittedModel expected, FittedModel actual) {
        assertEquals(expected.table(), actual.table());
        assertArrayEquals(expected.table().limbs(), actual.table().limbs());
        assertArrayEquals(expected.path().grid().times(), actual.path().grid().times());
        for (int j = 0; j <= expected.path().grid().steps(); j++) {
            assertTrue(Arrays.equals(expected.path().at(j), actual.path().at(j)), "theta at time " + j);
        }
    }

    @Test
    void theSameBitsOnAnyNumberOfThreadsAndFromStreams() {
        Dataset train = target("two-moons", 5000, 0).train();
        InMemory memory = new InMemory(train.columns(), InMemory.read(train, 5000));
        FitSettings settings = settings(7, 1e-3, 2e-3);
        FittedModel one = fit(memory, settings, 1);
        assertEquals(5000, one.report().rows());
        for (int threads = 2; threads <= 3; threads++) {
            assertSameBits(one, fit(memory, settings, threads));
        }
        assertSameBits(one, fit(train, settings, 2));
        assertSameBits(one, fit(new Stream(memory), settings, 2));
        Points x = memory.points().slice(0, 1200);
        double[] nats = one.logLikelihood(x, RUN).nats();
        RunContext three = new RunContext(3, 3, Progress.NONE, () -> false);
        assertArrayEquals(nats, one.logLikelihood(x, three).nats());
    }

    /** Also where ridge, size and times are chosen from held-out rows. */
    @Test
    void choicesDoNotDependOnThreads() {
        Dataset train = target("two-moons", 1500, 0).train();
        FitSettings settings =
                FitSettings.of(Map.of("basis", Map.of("family", "cosine", "degree", 5)), Families.CATALOG);
        assertSameBits(fit(train, settings, 1), fit(train, settings, 3));
    }

    /**
     * Few rows and many functions: at small times held-out rows praise ridges next to none nearly as much as the right ones.
     * With the seeds of these samples a search that went from a ridge to its neighbours alone ended 0.68, 0.07 and 0.10 nats
     * from the truth.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 3, 7})
    void fewRowsDoNotTalkTheFitOutOfItsRidge(long seed) {
        RunContext run = RunContext.quiet(seed);
        Target target = create(
                (TargetProvider<?>) Families.CATALOG.find(TargetProvider.class, "eight-gaussians"), 1500, 2000, run);
        FitSettings settings = FitSettings.of(
                Map.of("basis", Map.of("family", "cosine", "degree", 20, "clusters", Map.of("select", "all"))),
                Families.CATALOG);
        FittedModel model = Fit.of(target.train(), settings, Families.CATALOG, run);
        Points x = InMemory.read(target.heldout().orElseThrow(), 2000);
        double[] nats = model.logLikelihood(x, run).nats();
        double mean = Arrays.stream(nats).filter(Double::isFinite).average().orElseThrow();
        assertTrue(meanExact(target, x) - mean < 0.15, meanExact(target, x) - mean + " nats");
    }

    private static double meanExact(Target target, Points x) {
        double[] exact = new double[x.size()];
        target.density().orElseThrow().logDensity(x, exact);
        return Arrays.stream(exact).average().orElseThrow();
    }

    private static double standardError(double[] differences) {
        double mean = Arrays.stream(differences).average().orElseThrow();
        double squares =
                Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum();
        return Math.sqrt(squares) / differences.length;
    }

    /** The bound (docs/method.md, 8) lies below the true mean log-density but for held-out rows' sampling error. */
    @ParameterizedTest
    @ValueSource(strings = {"two-moons", "eight-gaussians"})
    void theBoundLiesBelowTheTruthAndFallsWithTheRidge(String name) {
        Target target = target(name, 8000, 4000);
        Dataset heldout = target.heldout().orElseThrow();
        Points x = InMemory.read(heldout, 4000);
        double[] exact = new double[x.size()];
        target.density().orElseThrow().logDensity(x, exact);
        double truth = meanExact(target, x);
        FittedModel model = fit(target.train(), settings(11, 1e-3, 1e-3), 1);
        double bound = model.evidenceBound(heldout, RUN);
        double overRidged = fit(target.train(), settings(11, 0.3, 1e-3), 1).evidenceBound(heldout, RUN);
        assertTrue(bound <= truth + 4 * standardError(exact), bound + " above " + truth);
        assertTrue(bound > truth - 0.5, "a bound of " + bound + " says nothing about " + truth);
        assertTrue(overRidged < bound - 0.02, overRidged + " not below " + bound);
        Scores likelihood = model.logLikelihood(x.slice(0, 500), RUN);
        Scores over = fit(target.train(), settings(11, 0.3, 1e-3), 1).logLikelihood(x.slice(0, 500), RUN);
        double exactLikelihood = Arrays.stream(likelihood.nats()).average().orElseThrow();
        double overLikelihood = Arrays.stream(over.nats()).average().orElseThrow();
        assertTrue(overLikelihood < exactLikelihood, "the likelihood ranks the ridges as the bound does");
    }

    /** Squares with sharp edges: where the functions' resolution ends, rows still gain by what there is. */
    @Test
    void thetaIsHeldWhereHeldOutRowsGainByIt() {
        Target target = target("checkerboard", 8000, 4000);
        FitSettings chosen = FitSettings.of(Map.of("basis", Map.of("family", "cosine", "degree", 9)), Families.CATALOG);
        FittedModel held = fit(target.train(), chosen, 1);
        assertTrue(
                held.path().end() < held.path().grid().last(),
                "held to " + held.path().end());
        FittedModel cut = HeldTheta.none(held);
        Dataset heldout = target.heldout().orElseThrow();
        double gain = held.evidenceBound(heldout, RUN) - cut.evidenceBound(heldout, RUN);
        String line = held.report().choices().stream()
                .filter(choice -> choice.startsWith("t_min"))
                .findFirst()
                .orElseThrow();
        double promised = Double.parseDouble(line.replaceAll(".*they gain (\\S+) nats.*", "$1"));
        // Other rows than those it was chosen by, and four steps with their last value each in place of an integral.
        assertEquals(promised, gain, 0.25 * promised);
        // The midpoint rule on 128 cells a side; the box ends within cells, half of one on each of four sides.
        assertEquals(mass(cut), mass(held), 2e-3);
        assertEquals(1, mass(held), 4 * 0.5 / 128);
        FittedModel given = fit(target.train(), settings(9, 1e-3, 1e-3), 1);
        assertEquals(1e-3, given.path().end(), "a time that was given is where sampling ends");
    }

    /** The integral of a density over its box, which is a little larger than the checkerboard. */
    private static double mass(FittedModel model) {
        int side = 128;
        double half = 2.5;
        Points x = Points.zeros(2, side * side);
        for (int n = 0; n < x.size(); n++) {
            x.set(0, n, half * ((n % side + 0.5) * 2 / side - 1));
            x.set(1, n, half * ((n / side + 0.5) * 2 / side - 1));
        }
        double sum = 0;
        for (double nats : model.logLikelihood(x, RUN).nats()) {
            sum += Math.exp(nats);
        }
        return sum * 4 * half * half / x.size();
    }

    /** 50,000 rows: the prototype's gap at this degree is 0.010 nats; 0.02 is what is promised. */
    @Test
    @Tag("slow")
    void twoMoonsWithinTwoHundredthsOfTheTruth() {
        Target target = target("two-moons", 50_000, 10_000);
        Points x = InMemory.read(target.heldout().orElseThrow(), 10_000);
        FittedModel model = fit(target.train(), settings(27, 1e-4, 3e-4), 2);
        Scores likelihood = model.logLikelihood(x, new RunContext(3, 2, Progress.NONE, () -> false));
        double gap = meanExact(target, x)
                - Arrays.stream(likelihood.nats()).average().orElseThrow();
        assertTrue(gap < 0.02, "gap " + gap);
        assertTrue(gap > -0.01, "better than the truth by " + -gap);
        assertTrue(likelihood.error() <= FlowLikelihood.TOLERANCE);
    }

    private static InMemory table(double[]... rows) {
        return InMemory.of(Points.ofRows(rows));
    }

    private static InMemory scattered(int dim) {
        List<String> families = new ArrayList<>();
        for (int i = 0; i < dim; i++) {
            families.add("hermite");
        }
        return InMemory.of(Families.rows(families, 300, 81));
    }

    private static String refusal(Dataset data, Map<String, ?> config) {
        List<Problem> problems = new ArrayList<>();
        FitSettings settings = FitSettings.bind(config, java.nio.file.Path.of(""), Families.CATALOG, problems::add)
                .orElseThrow(() -> new AssertionError(problems));
        String message =
                assertThrows(InputException.class, () -> fit(data, settings, 1)).getMessage();
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    private static void assertHolds(String message, String... parts) {
        for (String part : parts) {
            assertTrue(message.contains(part), "'" + part + "' is not in: " + message);
        }
    }

    @Test
    void unknownColumnsGetTheNearest() {
        assertHolds(
                refusal(scattered(3), Map.of("basis", Map.of("columns", Map.of("x22", "hermite")))),
                "basis.columns.x22",
                "did you mean 'x2'?");
        Map<String, Object> graph = Map.of("select", "graph", "edges", List.of(List.of("x1", "xx3")));
        assertHolds(
                refusal(scattered(3), Map.of("basis", Map.of("clusters", graph))),
                "basis.clusters.edges",
                "'xx3'",
                "did you mean 'x3'?");
    }

    @Test
    void latticesOfAnotherSizeAreRefused() {
        Map<String, Object> lattice = Map.of("select", "lattice", "shape", List.of(2, 2));
        assertHolds(
                refusal(scattered(3), Map.of("basis", Map.of("clusters", lattice))),
                "basis.clusters.shape",
                "[2, 2] has 4 sites, but there are 3 columns");
    }

    @Test
    void constantColumnsAreRefused() {
        double[][] rows = new double[50][];
        for (int n = 0; n < rows.length; n++) {
            rows[n] = new double[] {0.1 * n, 4.5};
        }
        for (String family : List.of("cosine", "hermite", "mean-field")) {
            if (Families.names().anyMatch(family::equals)) {
                assertHolds(refusal(table(rows), Map.of("basis", Map.of("family", family, "degree", 3))), "x2");
            }
        }
    }

    /** A value below 0 in a positive column, with the row counted from 1. */
    @Test
    void valuesOutsideTheDomainAreNamed() {
        double[] values = new double[40];
        Arrays.setAll(values, n -> 0.5 + 0.1 * n);
        values[16] = -0.25;
        List<Column> columns = List.of(Column.positive("amount"));
        InMemory data = new InMemory(columns, Points.wrap(1, values.length, values));
        assertHolds(
                refusal(data, Map.of("frame", List.of(), "basis", Map.of("family", "laguerre", "degree", 3))),
                "amount",
                "17",
                "-0.25");
        List<Column> bounded = List.of(Column.bounded("share", 0, 5));
        InMemory shares = new InMemory(bounded, Points.wrap(1, values.length, values));
        assertHolds(
                refusal(shares, Map.of("frame", List.of(), "basis", Map.of("family", "cosine", "degree", 3))),
                "share",
                "17",
                "-0.25");
    }

    /** What a fit resolved is what another fit with the resolved settings does. */
    @Test
    void resolvedSettingsFitTheSame() {
        Dataset train = target("two-moons", 1500, 0).train();
        FittedModel first = fit(train, settings(5, 1e-2, 5e-3), 1);
        FitSettings again = FitSettings.of(first.settings().write(), Families.CATALOG);
        assertEquals(first.settings(), again);
        assertSameBits(first, fit(train, again, 1));
        Map<String, Object> asked = new HashMap<>(first.settings().write());
        asked.put("density", "flow");
        FittedModel flow = fit(train, FitSettings.of(asked, Families.CATALOG), 1);
        assertEquals("flow", flow.settings().write().get("density"));
        assertSameBits(first, flow);
    }

    /** Rows whose first component has two modes, and whose others are normal: functions of the first alone will do. */
    @Test
    void componentsBeyondTheRankAreLeftToTheNormalLaw() {
        CounterRandom random = new CounterRandom(11);
        int count = 8000;
        Points rows = Points.zeros(3, count);
        double[] exact = new double[count];
        for (int n = 0; n < count; n++) {
            double side = random.uniform(n, 9) < 0.5 ? -2 : 2;
            double mode = side + 0.5 * random.normal(n, 0);
            double second = 0.5 * random.normal(n, 1);
            double third = 0.25 * random.normal(n, 2);
            // An orthogonal matrix, so the Jacobian is 1.
            rows.set(0, n, (2 * mode - 2 * second + third) / 3);
            rows.set(1, n, (2 * mode + second - 2 * third) / 3);
            rows.set(2, n, (mode + 2 * second + 2 * third) / 3);
            double two = Math.exp(-2 * (mode - 2) * (mode - 2)) + Math.exp(-2 * (mode + 2) * (mode + 2));
            exact[n] = Math.log(two)
                    - 2 * second * second
                    - 8 * third * third
                    - Math.log(2 * 0.5 * 0.5 * 0.25)
                    - 1.5 * Math.log(2 * Math.PI);
        }
        FitSettings settings = FitSettings.of(
                Map.of("components", 1, "frame", List.of(Map.of("type", "whiten", "rank", 1))), Families.CATALOG);
        FittedModel model = fit(InMemory.of(rows.slice(0, 6000)), settings, 1);
        assertEquals(1, model.basis().clusters().size());
        assertArrayEquals(new int[] {0}, model.basis().clusters().get(0).coordinates());
        double[] nats = model.logLikelihood(rows.slice(6000, count), RUN).nats();
        double gap = 0;
        for (int n = 0; n < nats.length; n++) {
            gap += (exact[6000 + n] - nats[n]) / nats.length;
        }
        // Nine parameters of mean and covariance cost 9 / 12,000 nats; the smoothed marginal some 0.005 (its
        // bandwidth's bias and variance at 6,000 rows); three standard errors of the gap over 2,000 rows are 0.01.
        assertEquals(0, gap, 0.02);
    }
}
