package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawContext;
import org.junit.jupiter.api.Test;

/** Evidence about columns that rules make, against sums over all rows that a small table can have, and against quadrature. */
class RuledEvidenceTest {
    private static final RunContext RUN = RunContext.quiet(11);
    private static final int DRAWS = 4_000;

    private static Law fit(List<Column> columns, Points rows, String... rules) {
        LawContext context = new LawContext(
                new InMemory(columns, rows),
                (kind, name) -> {
                    throw new AssertionError("a table's law needs no " + name);
                },
                RUN);
        return new TableLawProvider().create(new TableLawProvider.Options(List.of(rules)), context);
    }

    /** Counts a and b, what they cost, 250 of a, another count and how many there are of the latter and b. */
    private static final List<Column> COUNTS = List.of(
            Column.integer("a", 0, 3),
            Column.integer("b", 0, 3),
            Column.integer("cost", 0, 9),
            Column.integer("money", 0, 750),
            Column.integer("c", 0, 2),
            Column.integer("both", 0, 5),
            Column.category("kind", List.of("x", "y")));

    private static double[] counted(int a, int b, int c, int kind) {
        return new double[] {a, b, a + 2 * b, 250 * a, c, b + c, kind};
    }

    private static Law counts() {
        CounterRandom random = new CounterRandom(5);
        Points rows = Points.zeros(COUNTS.size(), 600);
        for (int n = 0; n < rows.size(); n++) {
            int kind = (int) (2 * random.uniform(n, 0));
            int a = (int) (4 * random.uniform(n, 1));
            int b = random.uniform(n, 2) < 0.6 ? a : (int) (4 * random.uniform(n, 3));
            int c = (int) ((kind + 2) * random.uniform(n, 4));
            double[] row = counted(a, b, c, kind);
            for (int j = 0; j < row.length; j++) {
                rows.set(j, n, row[j]);
            }
        }
        Law law = fit(COUNTS, rows);
        assertEquals(
                List.of("cost = a + 2 b", "money = 250 a", "both = b + c"),
                law.provenance().decisions().stream()
                        .filter(d -> d.what().equals("rule"))
                        .map(d -> d.chosen())
                        .toList());
        return law;
    }

    /** All rows that there can be. */
    private static Points everyCount() {
        List<double[]> rows = new ArrayList<>();
        for (int code = 0; code < 4 * 4 * 3 * 2; code++) {
            rows.add(counted(code % 4, code / 4 % 4, code / 16 % 3, code / 48));
        }
        return Points.ofRows(rows.toArray(double[][]::new));
    }

    private static void agrees(Law law, Condition... conditions) {
        Evidence evidence = Evidence.of(conditions);
        Points all = everyCount();
        double[] nats = law.logDensity(all, RUN).nats();
        double[] share = IntStream.range(0, nats.length)
                .mapToDouble(n -> evidence.holds(all.row(n)) ? Math.exp(nats[n]) : 0)
                .toArray();
        double sum = Arrays.stream(share).sum();
        Conditional given = law.given(evidence, RUN);
        // Shares of cells are kept in single precision, six digits and more.
        double error = given.certainty().error();
        assertEquals(Math.log(sum), given.certainty().logProbability(), 5 * error + 1e-6, evidence.toString());
        assertTrue(error < 0.15, "error " + error);
        double effective = Math.min(DRAWS, given.certainty().effectiveSampleSize());
        assertTrue(effective > 50, "effective " + effective);
        Points drawn = given.draw(DrawRequest.of(DRAWS), RUN).rows();
        double[] seen = new double[nats.length];
        for (int n = 0; n < DRAWS; n++) {
            double[] row = drawn.row(n);
            assertTrue(evidence.holds(row), Arrays.toString(row));
            int place = IntStream.range(0, nats.length)
                    .filter(m -> Arrays.equals(all.row(m), row))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(Arrays.toString(row) + " breaks a rule"));
            seen[place] += 1.0 / DRAWS;
        }
        for (int n = 0; n < seen.length; n++) {
            double p = share[n] / sum;
            // Draws scatter as binomial ones, those of a pool of weighed rows also as that.
            double scatter = Math.sqrt(p * (1 - p) * (1.0 / effective + 1.0 / DRAWS));
            assertEquals(p, seen[n], 5 * scatter + 2.0 / effective, Arrays.toString(all.row(n)));
        }
        Points some = all.select(IntStream.range(0, nats.length)
                .filter(n -> share[n] > 0)
                .limit(5)
                .toArray());
        double[] own = given.logDensity(some, RUN).nats();
        double[] joint = law.logDensity(some, RUN).nats();
        for (int n = 0; n < own.length; n++) {
            assertEquals(joint[n] - given.certainty().logProbability(), own[n], 1e-9);
        }
    }

    @Test
    void sumsOfCountsAreTheSumsOverAllRows() {
        Law law = counts();
        agrees(law, new Condition.Equal(3, 500));
        agrees(law, new Condition.Equal(2, 5), new Condition.Equal(1, 1));
        agrees(law, new Condition.Equal(2, 5), new Condition.Equal(3, 250), new Condition.Equal(5, 3));
        agrees(law, new Condition.Equal(2, 5));
        agrees(law, new Condition.Equal(2, 5), new Condition.Equal(6, 1));
        agrees(law, new Condition.Equal(2, 5), new Condition.Within(0, 0, 1));
        agrees(law, new Condition.Equal(2, 5), new Condition.Equal(5, 3));
        agrees(law, new Condition.Within(2, 4, 6));
        agrees(law, new Condition.Within(3, 250, 500), new Condition.Equal(6, 0));
        agrees(law, new Condition.OneOf(2, new double[] {3, 5}));
        agrees(law, new Condition.OneOf(3, new double[] {0, 500}));
        agrees(law, new Condition.Linear(new double[] {1, 1, 0, 0, 1, 0, 0}, 4, 4));
        agrees(law, new Condition.Linear(new double[] {0, 0, 1, 0, 0, -1, 0}, 1, 3));
    }

    /** What is known of sums fixes their terms: two sums of two terms fix both. */
    @Test
    void whatFollowsIsExact() {
        Law law = counts();
        Conditional given = law.given(
                Evidence.of(new Condition.Equal(2, 7), new Condition.Linear(new double[] {1, -1, 0, 0, 0, 0, 0}, 1, 1)),
                RUN);
        assertEquals(0, given.certainty().error());
        Points drawn = given.draw(DrawRequest.of(50), RUN).rows();
        for (int n = 0; n < 50; n++) {
            assertEquals(3, drawn.get(0, n));
            assertEquals(2, drawn.get(1, n));
        }
    }

    @Test
    void whatNoRowKeepsIsRefusedWithTheSum() {
        Law law = counts();
        String rules = " and keeps cost = a + 2 b; money = 250 a; both = b + c; expected values that keep the rules";
        refused(law, "has money = 251" + rules, new Condition.Equal(3, 251));
        refused(law, "has cost = 5 and a = 2" + rules, new Condition.Equal(2, 5), new Condition.Equal(0, 2));
        double[] sum = {-1, -2, 1, 0, 0, 0, 0};
        refused(law, "has -a - 2 b + cost = 100" + rules, new Condition.Linear(sum, 100, 100));
        String rule = " break cost = a + 2 b, which holds in all rows";
        Condition one = new Condition.Equal(0, 1);
        refused(law, "a = 1 and b = 1 and cost = 5" + rule, new Condition.Equal(2, 5), one, new Condition.Equal(1, 1));
        refused(
                law,
                "a from 0 to 2 and b from 0 to 3 and cost = 9" + rule,
                new Condition.Equal(2, 9),
                new Condition.Within(0, 0, 2));
    }

    private static void refused(Law law, String expected, Condition... conditions) {
        InputException refused =
                assertThrows(InputException.class, () -> law.given(Evidence.of(conditions), RUN), expected);
        assertTrue(refused.getMessage().contains(expected), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }

    @Test
    void rowsWithOpenTermsHaveTheirMarginalDensity() {
        Law law = counts();
        double gap = Double.NaN;
        Points all = everyCount();
        double[] nats = law.logDensity(all, RUN).nats();
        double[] row = {gap, gap, 5, gap, 1, gap, 0};
        double sum = IntStream.range(0, nats.length)
                .filter(n -> all.get(2, n) == 5 && all.get(4, n) == 1 && all.get(6, n) == 0)
                .mapToDouble(n -> Math.exp(nats[n]))
                .sum();
        double[] money = {gap, 1, gap, 251, 1, gap, 0};
        var scores = law.logDensity(Points.ofRows(row, money), RUN);
        assertEquals(Math.log(sum), scores.nats()[0], 10 * scores.error() + 1e-9);
        assertEquals(Double.NEGATIVE_INFINITY, scores.nats()[1], "251 is no multiple of 250");
    }

    private static final List<Column> SIZES = List.of(Column.real("x"), Column.real("y"), Column.real("total"));

    /** Correlated normal numbers and x + 2 y: of each sum the law of x is known. */
    @Test
    void termsOfASumOfNormalNumbersAreNormal() {
        CounterRandom random = new CounterRandom(8);
        Points rows = Points.zeros(3, 300);
        for (int n = 0; n < rows.size(); n++) {
            double x = random.normal(n, 0);
            double y = 0.6 * x + 0.8 * random.normal(n, 2);
            rows.set(0, n, x);
            rows.set(1, n, y);
            rows.set(2, n, x + 2 * y);
        }
        Law law = fit(SIZES, rows);
        double total = 2;
        Conditional given = law.given(Evidence.of(new Condition.Equal(2, total)), RUN);
        // The fitted law itself along the line, by the trapezoid rule in steps of a thousandth; dy = d(total) / 2.
        int steps = 12_001;
        Points line = Points.zeros(3, steps);
        for (int i = 0; i < steps; i++) {
            double x = -6 + i / 1000.0;
            line.set(0, i, x);
            line.set(1, i, (total - x) / 2);
            line.set(2, i, total);
        }
        double[] density = Arrays.stream(law.logDensity(line, RUN).nats())
                .map(nats -> Math.exp(nats) / 2 / 1000)
                .toArray();
        double mass = Arrays.stream(density).sum();
        double mean = IntStream.range(0, steps)
                        .mapToDouble(i -> line.get(0, i) * density[i])
                        .sum()
                / mass;
        double square = IntStream.range(0, steps)
                        .mapToDouble(i -> Math.pow(line.get(0, i) - mean, 2) * density[i])
                        .sum()
                / mass;
        // Cells end between the steps, some hundred of them: half a step of each, a thousandth of the mass, is left.
        assertEquals(
                Math.log(mass),
                given.certainty().logProbability(),
                5 * given.certainty().error() + 0.01);
        double[] x = given.draw(DrawRequest.of(DRAWS), RUN).rows().column(0);
        double effective = given.certainty().effectiveSampleSize();
        assertTrue(effective > 50, "effective " + effective);
        double drawn = Arrays.stream(x).average().orElseThrow();
        double spread =
                Arrays.stream(x).map(v -> (v - drawn) * (v - drawn)).average().orElseThrow();
        double scatter = Math.sqrt(square * (1 / effective + 1.0 / DRAWS));
        assertEquals(mean, drawn, 5 * scatter);
        assertEquals(square, spread, 5 * Math.sqrt(2) * scatter * Math.sqrt(square));
        // cov(x, total) = 1 + 2 * 0.6, var(total) = 1 + 4 + 4 * 0.6; 300 rows leave a fit of them off by some
        // hundredths.
        double variance = 1 + 4 + 4 * 0.6;
        double slope = 2.2 / variance;
        assertEquals(slope * total, drawn, 0.2 + 4 * scatter);
        assertEquals(1 - slope * 2.2, spread, 0.12 + 4 * scatter);
        assertEquals(
                -0.5 * Math.log(2 * Math.PI * variance) - total * total / variance / 2,
                given.certainty().logProbability(),
                0.15);
    }

    /** Forty narrow heaps: few rows drawn without regard to the sum can be completed to one that is likely. */
    @Test
    void sumsHaveTheirDensityWhereTheLawHasNarrowPeaks() {
        CounterRandom random = new CounterRandom(8);
        Points rows = Points.zeros(2, 400);
        for (int n = 0; n < rows.size(); n++) {
            for (int k = 0; k < 2; k++) {
                rows.set(k, n, 10 * random.uniform(n % 40, k) + 0.005 * random.normal(n, 10 + 2 * k));
            }
        }
        Law law = fit(List.of(Column.real("x"), Column.real("y")), rows);
        for (double sum : new double[] {6, 9}) {
            // The fitted law itself along the line, in steps of a thousandth of a column that is ten wide.
            Points line = Points.zeros(2, 16_001);
            for (int i = 0; i < line.size(); i++) {
                line.set(0, i, -3 + i / 1000.0);
                line.set(1, i, sum + 3 - i / 1000.0);
            }
            double density = Arrays.stream(law.logDensity(line, RUN).nats())
                    .map(nats -> Math.exp(nats) / 1000)
                    .sum();
            double squares = 0;
            for (int seed = 1; seed <= 4; seed++) {
                var certainty = law.given(
                                Evidence.of(new Condition.Linear(new double[] {1, 1}, sum, sum)),
                                RunContext.quiet(seed))
                        .certainty();
                // Cells end between the steps: a thousandth of the mass is left.
                assertEquals(Math.log(density), certainty.logProbability(), 5 * certainty.error() + 0.01);
                squares += Math.pow(certainty.logProbability() - Math.log(density), 2) / 4;
            }
            // Weighed without regard to the sum 256 draws are right to 0.5, as three to six draws would be.
            assertTrue(squares < 0.25 * 0.25, "root mean square error " + Math.sqrt(squares));
        }
    }

    @Test
    void ofTwoNumbersInOrderTheLargerSaysOfTheSmaller() {
        List<Column> columns = List.of(Column.integer("first", 0, 9), Column.integer("last", 0, 14));
        CounterRandom random = new CounterRandom(9);
        Points rows = Points.zeros(2, 500);
        for (int n = 0; n < rows.size(); n++) {
            rows.set(0, n, (int) (10 * random.uniform(n, 0)));
            rows.set(1, n, rows.get(0, n) + (int) (5 * random.uniform(n, 1)));
        }
        Law law = fit(columns, rows, "first <= last");
        Points pairs = Points.zeros(2, 10);
        for (int first = 0; first < 10; first++) {
            pairs.set(0, first, first);
            pairs.set(1, first, 7);
        }
        double[] nats = law.logDensity(pairs, RUN).nats();
        double sum = Arrays.stream(nats).map(Math::exp).sum();
        Conditional given = law.given(Evidence.of(new Condition.Equal(1, 7)), RUN);
        assertEquals(
                Math.log(sum),
                given.certainty().logProbability(),
                5 * given.certainty().error());
        Points drawn = given.draw(DrawRequest.of(200), RUN).rows();
        assertTrue(IntStream.range(0, 200).allMatch(n -> drawn.get(0, n) <= 7 && drawn.get(1, n) == 7));
    }
}
