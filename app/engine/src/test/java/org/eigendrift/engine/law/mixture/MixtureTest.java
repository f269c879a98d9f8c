package org.eigendrift.engine.law.mixture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Additive;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Gate;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.engine.flow.FlowLaw.Accuracy;
import org.eigendrift.engine.flow.FlowLaw.Starts;
import org.eigendrift.engine.flow.KnownFlow;
import org.eigendrift.engine.flow.MixedBound;
import org.eigendrift.engine.report.FitReport;
import org.junit.jupiter.api.Test;

/** A mixture of laws of which everything is told, against what follows of that. */
class MixtureTest {
    private static final RunContext RUN = RunContext.quiet(3);
    private static final double HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);

    private static double logNormal(double x, double mean, double deviation) {
        double z = (x - mean) / deviation;
        return -HALF_LOG_2_PI - Math.log(deviation) - 0.5 * z * z;
    }

    private static KnownFlow normal(String name, double mean, double deviation) {
        return KnownFlow.of(name, 1, x -> logNormal(x[0], mean, deviation));
    }

    private static Member shared(double weight, Law law) {
        return new Member(weight, OptionalInt.empty(), law);
    }

    private static Member local(double weight, int cell, Law law) {
        return new Member(weight, OptionalInt.of(cell), law);
    }

    private static Mixture mixture(Member... members) {
        return new Mixture(List.of(members), Optional.empty());
    }

    private static Mixture gated(Gate gate, Member... members) {
        return new Mixture(List.of(members), Optional.of(gate));
    }

    /** Negative rows are of cell 0, others of cell 1, each by a probability of 1/4. */
    private record Sides(double split) implements Gate {
        @Override
        public String kind() {
            return "sides";
        }

        @Override
        public int cells() {
            return 2;
        }

        @Override
        public Given give(Points rows) {
            int[] cells = new int[rows.size()];
            double[] logs = new double[rows.size()];
            Arrays.setAll(cells, n -> rows.get(0, n) < split ? 0 : 1);
            Arrays.fill(logs, Math.log(0.25));
            return new Given(cells, logs);
        }

        @Override
        public State state() {
            return State.EMPTY;
        }
    }

    /** A law that is no flow. */
    private record Plain(double value) implements Law {
        @Override
        public List<Column> columns() {
            return List.of(Column.real("x1"));
        }

        @Override
        public Scores logDensity(Points x, RunContext run) {
            double[] nats = new double[x.size()];
            Arrays.fill(nats, value);
            return new Scores(nats, 0);
        }

        @Override
        public Draws draw(DrawRequest request, RunContext run) {
            return new Draws(Points.zeros(1, request.count()), new Outcome(0, 0, 0));
        }

        @Override
        public Provenance provenance() {
            return new Provenance("plain", 7, List.of());
        }
    }

    private static Points column(double... values) {
        return Points.wrap(1, values.length, values);
    }

    @Test
    void theDensityIsTheSumOfTheMembers() {
        Mixture law = mixture(
                shared(0.3, normal("a", 0, 1).withError(0.01)),
                shared(0.7, normal("b", 3, 0.5).withError(0.03)));
        double[] x = {-1, 0, 1.5, 3, 4};
        Scores scores = law.logDensity(column(x), Accuracy.FULL, RUN);
        for (int n = 0; n < x.length; n++) {
            double expected = Math.log(0.3 * Math.exp(logNormal(x[n], 0, 1)) + 0.7 * Math.exp(logNormal(x[n], 3, 0.5)));
            // What is left out is exp(-25) of what is there.
            assertEquals(expected, scores.nats()[n], Math.exp(-25));
            assertEquals(expected, law.logReference(column(x))[n], 1e-14);
        }
        // b is not asked about -1, where its stationary law is 30 nats below: four rows of five.
        assertEquals(0.01 + 0.8 * 0.03, scores.error(), 1e-15);
    }

    /** A member whose stationary law is 25 nats below another's has no part in a row, and is not integrated for it. */
    @Test
    void farMembersAreNotAsked() {
        KnownFlow near = normal("near", 0, 1).withReference(x -> 0);
        KnownFlow far = normal("far", 0, 1).withReference(x -> -x[0]);
        mixture(shared(0.5, near), shared(0.5, far)).logDensity(column(0, 24, 26, 24.5, -26), Accuracy.FULL, RUN);
        assertEquals(
                List.of(0.0, 24.0, 26.0, 24.5),
                near.asked().stream().map(row -> row[0]).toList());
        assertEquals(
                List.of(0.0, 24.0, 24.5, -26.0),
                far.asked().stream().map(row -> row[0]).toList());
        // A weight counts as the law does.
        KnownFlow light = normal("light", 0, 1).withReference(x -> 0);
        mixture(shared(1, near), shared(Math.exp(-26), light)).logDensity(column(0), Accuracy.FULL, RUN);
        assertEquals(0, light.asked().size());
    }

    /** Others have no stationary law to be near by, and always take part. */
    @Test
    void membersWithoutAFlowAreAlwaysAsked() {
        Mixture law = mixture(shared(0.5, normal("a", 0, 1)), shared(0.5, new Plain(-2)));
        double[] nats = law.logDensity(column(0, 90), Accuracy.FULL, RUN).nats();
        assertEquals(Math.log(0.5 * Math.exp(logNormal(0, 0, 1)) + 0.5 * Math.exp(-2)), nats[0], 1e-14);
        assertEquals(-2 + Math.log(0.5), nats[1], 1e-14);
        assertEquals(
                "this one has 2 members, of them 1 without a flow (plain)",
                law.otherFlows().orElseThrow());
        assertEquals(" beside plain", law.besideFlows());
        assertEquals(Optional.empty(), law.reference(RUN));
        assertThrows(InputException.class, () -> law.logReference(column(0)));
        assertEquals("", mixture(shared(1, normal("a", 0, 1))).besideFlows());
    }

    @Test
    void drawsAreTheMembersInTheirShares() {
        Mixture law = mixture(
                shared(0.25, KnownFlow.of("a", 2, x -> 0).withMark(1)),
                shared(0.5, KnownFlow.of("b", 2, x -> 0).withMark(2)),
                shared(0.25, KnownFlow.of("c", 2, x -> 0).withMark(3)));
        Draws draws = law.draw(DrawRequest.of(400), RUN);
        int[] of = new int[4];
        for (int n = 0; n < 400; n++) {
            // A member's draws are in order, from its first.
            assertEquals(of[(int) draws.rows().get(0, n)]++, draws.rows().get(1, n));
        }
        // Of any run of draws every part has its share to within a few.
        assertArrayEquals(
                new double[] {0, 100, 200, 100},
                Arrays.stream(of).asDoubleStream().toArray(),
                3);
        assertEquals(2, draws.outcome().evaluations());
        assertEquals(List.of("drawn by a", "drawn by b", "drawn by c"), draws.remarks());
        Points some = law.draw(new DrawRequest(100, 30, Optional.empty()), RUN).rows();
        for (int n = 0; n < 30; n++) {
            assertArrayEquals(draws.rows().row(100 + n), some.row(n));
        }
        assertArrayEquals(
                draws.rows().values(), law.draw(Starts.INDEPENDENT, 400, RUN).values());
    }

    @Test
    void oneMemberIsTheLaw() {
        KnownFlow only = normal("a", 1, 2).withMark(5).withError(0.2).withBound(-3);
        Mixture law = mixture(shared(1, only));
        Scores scores = law.logDensity(column(4, 9000), Accuracy.FULL, RUN);
        assertEquals(logNormal(4, 1, 2), scores.nats()[0]);
        assertEquals(0.2, scores.error());
        assertEquals(List.of("drawn by a"), law.draw(DrawRequest.of(2), RUN).remarks());
        assertEquals(List.of(new MixedBound(1, -3)), law.bounds(InMemory.of(column(0)), RUN));
        assertSame(only.report(), law.report());
        assertEquals(
                List.of("a"),
                law.provenance().decisions().stream().map(Decision::line).toList());
    }

    @Test
    void rowsAreThoseOfTheirCells() {
        Points rows = column(-1, 2, -3, 4, 5, -6, 7, 8, 9, -10);
        InMemory data = InMemory.of(rows);
        Mixture law = gated(
                new Sides(0),
                local(0.4, 0, normal("a", 0, 1)),
                local(0.4, 1, normal("b", 0, 1)),
                shared(0.2, normal("c", 0, 1)));
        for (int size : new int[] {1, 2, 3, 4, 10, 64}) {
            assertEquals(List.of(-1.0, -3.0, -6.0, -10.0), read(law.rowsOf(0, data), size));
            assertEquals(List.of(2.0, 4.0, 5.0, 7.0, 8.0, 9.0), read(law.rowsOf(1, data), size));
        }
        assertSame(data, law.rowsOf(2, data));
        assertTrue(law.rowsOf(0, data).rows().isEmpty());
        InMemory others = new InMemory(List.of(Column.real("y")), rows);
        assertThrows(InputException.class, () -> law.rowsOf(0, others));
    }

    private static List<Double> read(Dataset data, int size) {
        List<Double> all = new ArrayList<>();
        try (Dataset.Reader reader = data.open()) {
            Points buffer = Points.zeros(1, size);
            for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                IntStream.range(0, count).forEach(n -> all.add(buffer.get(0, n)));
            }
        }
        return all;
    }

    /** What is shared keeps its weight, 0.4; local laws of 30 and 10 rows share the rest. */
    @Test
    void weightsFollowTheRows() {
        Mixture law = gated(
                new Sides(0),
                shared(0.4, normal("s", 0, 1).withRows(40)),
                local(0.3, 0, normal("a", 0, 1).withRows(20)),
                local(0.3, 1, normal("b", 0, 1).withRows(20)));
        assertEquals(40, law.provenance().rows());
        Mixture changed = law.withLaws(List.of(
                normal("s", 0, 1),
                normal("a", 0, 1).withRows(30),
                normal("b", 0, 1).withRows(10)));
        assertEquals(0.4, changed.members().get(0).weight());
        assertEquals(0.45, changed.members().get(1).weight(), 1e-15);
        assertEquals(0.15, changed.members().get(2).weight(), 1e-15);
        // Local ones alone have the rows that they have together.
        assertEquals(
                50,
                gated(
                                new Sides(0),
                                local(0.5, 0, normal("a", 0, 1).withRows(20)),
                                local(0.5, 1, normal("b", 0, 1).withRows(30)))
                        .provenance()
                        .rows());
    }

    @Test
    void statisticsAreThoseOfTheMembers() {
        Mixture law = gated(
                new Sides(0),
                local(0.5, 0, normal("a", 0, 1).withRows(20)),
                local(0.5, 1, normal("b", 0, 1).withRows(30)));
        InMemory rows = InMemory.of(column(-1, 2, -3, 4, 5));
        Additive.Statistic more = law.statistic(rows, RUN);
        assertEquals(new MixtureStatistic(List.of(new KnownFlow.Count(2), new KnownFlow.Count(3))), more);
        Additive.Statistic sum = law.statistic().plus(List.of(more, more));
        assertEquals(new MixtureStatistic(List.of(new KnownFlow.Count(24), new KnownFlow.Count(36))), sum);
        assertEquals(law.statistic(), sum.minus(more).minus(more));
        Mixture with = law.with(sum, RUN);
        assertEquals(60, with.provenance().rows());
        assertEquals(0.4, with.members().get(0).weight(), 1e-15);
        String missing = assertThrows(InputException.class, () -> more.minus(law.statistic()))
                .getMessage();
        assertEquals("chart 1 of 2: more rows than there are", missing);
        Additive.Statistic none = new MixtureStatistic(List.of(new KnownFlow.Count(1), new KnownFlow.Count(0)));
        assertEquals(
                "chart 2 of 2: no rows are left",
                assertThrows(InputException.class, () -> law.with(none, RUN)).getMessage());
        Additive.Statistic nothing = new MixtureStatistic(List.of(new KnownFlow.Count(0)));
        assertEquals(
                "no rows are left",
                assertThrows(
                                InputException.class,
                                () -> mixture(shared(1, normal("a", 0, 1))).with(nothing, RUN))
                        .getMessage());
        assertEquals(
                "chart 2 of 2: a law of kind 'plain' cannot be merged or unlearn rows",
                assertThrows(
                                InputException.class,
                                () -> mixture(shared(0.5, normal("a", 0, 1)), shared(0.5, new Plain(0)))
                                        .statistic())
                        .getMessage());
    }

    @Test
    void decisionsSayWhoseTheyAre() {
        KnownFlow a = (KnownFlow) normal("a", 0, 1)
                .withReport(new FitReport(
                        10,
                        1,
                        5,
                        50,
                        7,
                        Map.of("solve", 2.0),
                        List.of(new Decision("T", "3", List.of(), "why"), new Decision("model", "m", List.of(), "why")),
                        List.of()));
        Mixture law = mixture(shared(0.5, a), shared(0.25, normal("b", 0, 1)), shared(0.25, new Plain(0)));
        List<String> lines =
                law.provenance().decisions().stream().map(Decision::line).toList();
        assertEquals(List.of("chart 1: T: 3 (why)", "model: m (why)"), lines.subList(0, 2));
        FitReport report = law.report();
        assertEquals(lines, report.choices());
        assertEquals(15, report.basisSize());
        assertEquals(150, report.matrixNonzeros());
        assertEquals(27, report.tableSize());
        assertEquals(Map.of("solve", 3.0), report.seconds());
        assertEquals(1, report.dim());
        assertEquals(100, report.rows());
    }

    @Test
    void theHeaviestHasTheReport() {
        Mixture law =
                mixture(shared(0.3, normal("a", 0, 1)), shared(0.4, normal("b", 0, 1)), shared(0.3, normal("c", 0, 1)));
        FitReport report = KnownFlow.report("other");
        Mixture changed = law.withReport(report);
        assertSame(report, ((KnownFlow) changed.members().get(1).law()).report());
        assertEquals(
                "a",
                ((KnownFlow) changed.members().get(0).law()).report().choices().get(0));
        assertEquals(0.4, changed.members().get(1).weight());
    }

    @Test
    void differencesAreOfKindSizeCellsAndMembers() {
        Mixture law = mixture(shared(0.5, normal("a", 0, 1)), shared(0.5, normal("b", 0, 1)));
        assertEquals(List.of(), law.differences(law));
        assertEquals(List.of("law: mixture and a"), law.differences(normal("a", 0, 1)));
        assertEquals(List.of("components: 2 and 1"), law.differences(mixture(shared(1, normal("a", 0, 1)))));
        assertEquals(
                List.of("chart 1: component: all rows and 1", "chart 2: name"),
                law.differences(mixture(local(0.5, 1, normal("a", 0, 1)), shared(0.5, normal("c", 0, 1)))));
    }

    /**
     * Two local laws of weight 0.3 and 0.5 with bounds -1 and -2, of three and two held-out rows, each given to its cell by a probability of
     * 1/4: (3 (log(3/8) - 1) + 2 (log(5/8) - 2)) / 5 - log(1/4), with the weight 0.8; and one shared.
     */
    @Test
    void boundsOfLocalLawsAreOneForAllOfThem() {
        Mixture law = gated(
                new Sides(0),
                local(0.3, 0, normal("a", 0, 1).withBound(-1)),
                shared(0.2, normal("s", 0, 1).withBound(-5)),
                local(0.5, 1, normal("b", 0, 1).withBound(-2)));
        InMemory heldout = InMemory.of(column(-1, -2, -3, 4, 5));
        List<MixedBound> parts = law.bounds(heldout, RUN);
        assertEquals(new MixedBound(0.2, -5), parts.get(0));
        double expected = (3 * (Math.log(0.375) - 1) + 2 * (Math.log(0.625) - 2)) / 5 - Math.log(0.25);
        assertEquals(0.8, parts.get(1).weight(), 1e-15);
        assertEquals(expected, parts.get(1).bound(), 1e-14);
        assertEquals(2, parts.size());
        // The better of the local ones alone and of all.
        double all = Math.log(1) + 0.8 * expected + 0.2 * -5;
        assertEquals(Math.max(Math.log(0.8) + expected, all), law.evidenceBound(heldout, RUN), 1e-14);
        // Rows of a cell that no member has are impossible; those of one that has none are not missed.
        Mixture one = gated(new Sides(0), local(0.5, 0, normal("a", 0, 1)), shared(0.5, normal("s", 0, 1)));
        assertEquals(Double.NEGATIVE_INFINITY, one.bounds(heldout, RUN).get(1).bound());
        assertEquals(
                -Math.log(0.25),
                one.bounds(InMemory.of(column(-1, -2)), RUN).get(1).bound(),
                1e-14);
        // A law without a bound of its own has its log-density.
        assertEquals(
                new MixedBound(0.5, -2),
                mixture(shared(0.5, normal("a", 0, 1)), shared(0.5, new Plain(-2)))
                        .bounds(heldout, RUN)
                        .get(1));
    }
}
