package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.law.Supported;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final RunContext RUN = RunContext.quiet(5);
    private static final int ROWS = 400;

    private static Column cents(String name) {
        return Column.nonNegative(name).withStep(0.01);
    }

    private static final List<Column> INVOICE = List.of(
            cents("net"),
            cents("vat"),
            cents("gross"),
            Column.bool("a", "0", "1"),
            Column.bool("b", "0", "1"),
            Column.bool("c", "0", "1"),
            Column.integer("first", 0, 100),
            Column.integer("last", 0, 200));

    /** Amounts to the cent, one of three flags, and two numbers in order. */
    private static Points invoice() {
        CounterRandom random = new CounterRandom(31);
        Points out = Points.zeros(8, ROWS);
        for (int n = 0; n < ROWS; n++) {
            long net = Math.round(100 * Math.exp(3 + random.normal(n, 0)));
            long vat = Math.round(net * (random.uniform(n, 2) < 0.8 ? 0.19 : 0.07));
            out.set(0, n, net / 100.0);
            out.set(1, n, vat / 100.0);
            out.set(2, n, (net + vat) / 100.0);
            out.set(3 + (int) (3 * random.uniform(n, 3)), n, 1);
            double first = Math.floor(100 * random.uniform(n, 4));
            out.set(6, n, first);
            out.set(7, n, first + Math.floor(20 * random.uniform(n, 5)));
        }
        return out;
    }

    private static Law fit(List<Column> columns, Points rows, String... rules) {
        LawContext context = new LawContext(
                new InMemory(columns, rows),
                (kind, name) -> {
                    throw new AssertionError("a table's law needs no " + name);
                },
                RUN);
        return new TableLawProvider().create(new TableLawProvider.Options(List.of(rules)), context);
    }

    @Test
    void sumsAndGroupsAreFoundAndSaid() {
        Law law = fit(INVOICE, invoice());
        List<String> said = law.provenance().decisions().stream()
                .filter(d -> d.what().equals("rule"))
                .map(d -> d.chosen())
                .toList();
        assertEquals(List.of("exactly one of a, b, c is 1", "gross = net + vat"), said);
        assertEquals(
                "gross = net + vat in all rows",
                new TableLawProvider()
                        .suits(new InMemory(INVOICE.subList(0, 3), first(invoice(), 3)))
                        .orElseThrow());
    }

    /** Equal columns, and a sum, that have gaps in the same rows: all draws keep them, and have as many gaps. */
    @Test
    void sumsThatHaveGapsWithTheirTermsAreKept() {
        List<Column> columns = List.of(
                cents("net").withGaps(true),
                cents("vat"),
                cents("gross").withGaps(true),
                cents("same").withGaps(true));
        Points rows = Points.zeros(4, ROWS);
        for (int n = 0; n < ROWS; n++) {
            double[] row = invoice().row(n);
            boolean gap = n % 5 == 2;
            rows.set(0, n, gap ? Double.NaN : row[0]);
            rows.set(1, n, row[1]);
            rows.set(2, n, gap ? Double.NaN : row[2]);
            rows.set(3, n, gap ? Double.NaN : row[0]);
        }
        Law law = fit(columns, rows);
        List<String> said = law.provenance().decisions().stream()
                .filter(d -> d.what().equals("rule"))
                .map(d -> d.chosen())
                .toList();
        assertEquals(List.of("gross = net + vat", "same = net"), said);
        Points drawn = law.draw(DrawRequest.of(2_000), RUN).rows();
        int gaps = 0;
        for (int n = 0; n < drawn.size(); n++) {
            double[] row = drawn.row(n);
            gaps += Double.isNaN(row[0]) ? 1 : 0;
            assertEquals(row[0], row[3], 0, "the same, also where it is missing");
            assertEquals(row[0] + row[1], row[2], 1e-6, "net and vat are gross");
        }
        // 400 of 2,000, to five deviations of independent draws.
        assertEquals(400, gaps, 5 * Math.sqrt(2_000 * 0.2 * 0.8));
        Points some = Points.zeros(4, 3);
        double[][] told = {{10, 1.9, 11.9, 10}, {Double.NaN, 1.9, Double.NaN, Double.NaN}, {10, 1.9, 11.9, 11}};
        for (int n = 0; n < told.length; n++) {
            for (int j = 0; j < 4; j++) {
                some.set(j, n, told[n][j]);
            }
        }
        double[] nats = law.logDensity(some, RUN).nats();
        assertTrue(Double.isFinite(nats[0]) && Double.isFinite(nats[1]), Arrays.toString(nats));
        assertEquals(Double.NEGATIVE_INFINITY, nats[2]);
        Points given = law.conditioner(RUN)
                .orElseThrow()
                .given(Evidence.of(new Evidence.Condition.Equal(3, 25)), 200)
                .draw(DrawRequest.of(20), RUN)
                .rows();
        for (int n = 0; n < given.size(); n++) {
            assertEquals(25, given.get(0, n), 1e-9);
        }
    }

    /** A sum is missing where any of its terms is: two terms with gaps are two cases, which sum to what complete rows say. */
    @Test
    void theGapOfASumOfSeveralTermsIsAsked() {
        List<Column> columns = List.of(
                cents("net").withGaps(true),
                cents("vat").withGaps(true),
                cents("gross").withGaps(true),
                cents("other"));
        Points rows = Points.zeros(4, ROWS);
        for (int n = 0; n < ROWS; n++) {
            double[] row = invoice().row(n);
            for (int j = 0; j < 3; j++) {
                rows.set(j, n, n % 5 == 2 ? Double.NaN : row[j]);
            }
            rows.set(3, n, row[(n + 1) % 2]);
        }
        Law law = fit(columns, rows);
        Conditioner asked = law.conditioner(RUN).orElseThrow();
        Evidence.Condition missing = new Evidence.Condition.Equal(2, Double.NaN);
        Evidence.Condition there = new Evidence.Condition.Within(2, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        double gap = asked.given(Evidence.of(missing), 200).certainty().logProbability();
        // What is missing and what is not are all rows; of the sum's rows a fifth is missing.
        double present = asked.given(Evidence.of(there), 200).certainty().logProbability();
        assertEquals(1, Math.exp(gap) + Math.exp(present), 1e-9);
        assertEquals(0.2, Math.exp(gap), 4 * Math.sqrt(0.2 * 0.8 / ROWS));
        Points drawn = asked.given(Evidence.of(missing), 200)
                .draw(DrawRequest.of(50), RUN)
                .rows();
        for (int n = 0; n < drawn.size(); n++) {
            assertTrue(Double.isNaN(drawn.get(2, n)));
            assertTrue(Double.isNaN(drawn.get(0, n)) || Double.isNaN(drawn.get(1, n)));
        }
        // A row of gaps alone: those of columns that have gaps are what is missing, the other's is open.
        Points alone = Points.ofRows(new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN});
        double both = asked.given(
                        Evidence.of(
                                new Evidence.Condition.Equal(0, Double.NaN),
                                new Evidence.Condition.Equal(1, Double.NaN)),
                        200)
                .certainty()
                .logProbability();
        assertEquals(both, law.logDensity(alone, RUN).nats()[0], 1e-9);
    }

    @Test
    void theRuleThatARowBreaksIsNamed() {
        Law law = fit(INVOICE, invoice(), "first <= last");
        Supported named = assertInstanceOf(Supported.class, law);
        double[] row = {10, 1.9, 11.9, 0, 1, 0, 5, 9};
        assertEquals(Optional.empty(), named.impossible(row));
        double[] sum = {10, 1.9, 12, 0, 1, 0, 5, 9};
        assertEquals(
                "values that break the rule gross = net + vat",
                named.impossible(sum).orElseThrow().found());
        assertEquals(List.of("gross"), named.impossible(sum).orElseThrow().columns());
        double[] flags = {10, 1.9, 11.9, 0, 1, 1, 5, 9};
        assertEquals(
                List.of("a", "b", "c"), named.impossible(flags).orElseThrow().columns());
        double[] order = {10, 1.9, 11.9, 0, 1, 0, 5, 4};
        assertEquals(List.of("last"), named.impossible(order).orElseThrow().columns());
        double[] bound = {10, 1.9, 11.9, 0, 1, 0, 101, 109};
        assertEquals(
                "first = 101, expected 0 to 100",
                named.impossible(bound).orElseThrow().found());
        for (double[] impossible : List.of(sum, flags, order, bound)) {
            assertEquals(
                    Double.NEGATIVE_INFINITY,
                    law.logDensity(Points.ofRows(impossible), RUN).nats()[0]);
        }
    }

    private static Points first(Points rows, int columns) {
        Points out = Points.zeros(columns, rows.size());
        for (int j = 0; j < columns; j++) {
            for (int n = 0; n < rows.size(); n++) {
                out.set(j, n, rows.get(j, n));
            }
        }
        return out;
    }

    @Test
    void drawsKeepWhatIsFoundAndWhatIsDeclared() {
        Law law = fit(INVOICE, invoice(), "first <= last");
        Points drawn = law.draw(DrawRequest.of(2_000), RUN).rows();
        for (int n = 0; n < drawn.size(); n++) {
            double[] row = drawn.row(n);
            // Cents are whole numbers of a hundredth, so their sums are exact once they are counted in cents.
            assertEquals(Math.round(100 * row[2]), Math.round(100 * row[0]) + Math.round(100 * row[1]));
            assertEquals(Math.rint(100 * row[2]) / 100, row[2], "written with two decimals");
            assertEquals(1, row[3] + row[4] + row[5]);
            assertTrue(row[6] <= row[7] && row[7] == Math.rint(row[7]), row[6] + " <= " + row[7]);
            assertTrue(row[0] >= 0 && row[1] >= 0);
        }
        for (double nats : law.logDensity(drawn, RUN).nats()) {
            assertTrue(nats > Double.NEGATIVE_INFINITY);
        }
    }

    @Test
    void rowsThatBreakARuleAreImpossibleAndGapsAreFilledBySums() {
        Law law = fit(INVOICE, invoice(), "first <= last");
        double[] row = {100, 19, 119, 0, 1, 0, 30, 40};
        double[] wrongSum = {100, 19, 119.01, 0, 1, 0, 30, 40};
        double[] two = {100, 19, 119, 0, 1, 1, 30, 40};
        double[] backwards = {100, 19, 119, 0, 1, 0, 40, 30};
        double[] nats = law.logDensity(Points.ofRows(row, wrongSum, two, backwards), RUN)
                .nats();
        assertTrue(nats[0] > Double.NEGATIVE_INFINITY);
        for (int n = 1; n < 4; n++) {
            assertEquals(Double.NEGATIVE_INFINITY, nats[n], "row " + n);
        }
        double[] noNet = row.clone();
        noNet[0] = Double.NaN;
        double[] noGross = row.clone();
        noGross[2] = Double.NaN;
        // What a rule tells is no information: the density of the row without it is that of the row.
        assertArrayEquals(
                new double[] {nats[0], nats[0]},
                law.logDensity(Points.ofRows(noNet, noGross), RUN).nats());
        double[] noAmounts = noNet.clone();
        noAmounts[1] = Double.NaN;
        // Both amounts are open, so all of them that make 119 count, of which that of the row is one.
        double open = law.logDensity(Points.ofRows(noAmounts), RUN).nats()[0];
        assertTrue(open > nats[0] && open < 0, open + " of " + nats[0]);
    }

    @Test
    void evidenceAboutAFlagIsEvidenceAboutItsGroup() {
        Law law = fit(INVOICE, invoice());
        Law given = law.given(new Evidence(List.of(new Evidence.Condition.Equal(4, 0))), RUN);
        Points drawn = given.draw(DrawRequest.of(200), RUN).rows();
        for (int n = 0; n < 200; n++) {
            assertEquals(0, drawn.get(4, n));
            assertEquals(1, drawn.get(3, n) + drawn.get(5, n));
        }
        Evidence sum = new Evidence(List.of(new Evidence.Condition.Within(2, 0, 50)));
        Points cheap = law.given(sum, RUN).draw(DrawRequest.of(200), RUN).rows();
        assertTrue(Arrays.stream(cheap.column(2)).allMatch(gross -> gross <= 50));
    }

    /** Of flags that are not neighbours a sum is found, which a draw of two of them would keep; declared, they are a group. */
    @Test
    void aDeclaredGroupMayStandApart() {
        int[] apart = {3, 0, 4, 6, 5, 7};
        List<Column> columns = Arrays.stream(apart).mapToObj(INVOICE::get).toList();
        Points rows = Points.zeros(apart.length, ROWS);
        for (int i = 0; i < apart.length; i++) {
            System.arraycopy(invoice().column(apart[i]), 0, rows.values(), rows.offset(i), ROWS);
        }
        assertTrue(RuleFinder.find(columns, rows, List.of()).stream().noneMatch(Rule.OneOf.class::isInstance));
        Law law = fit(columns, rows, "1 = a + b + c", "first <= last");
        Points drawn = law.draw(DrawRequest.of(500), RUN).rows();
        for (int n = 0; n < 500; n++) {
            assertEquals(1, drawn.get(0, n) + drawn.get(2, n) + drawn.get(4, n));
            assertTrue(drawn.get(3, n) <= drawn.get(5, n));
        }
        double[] broken = rows.row(0);
        broken[0] = 1;
        broken[2] = 1;
        assertEquals(
                Double.NEGATIVE_INFINITY,
                law.logDensity(Points.ofRows(broken), RUN).nats()[0]);
    }

    @Test
    void whatHoldsByChanceOrAlmostIsNoRule() {
        Points rows = invoice();
        rows.set(2, 7, rows.get(2, 7) + 0.01);
        rows.set(3, 9, 1);
        rows.set(4, 9, 1);
        assertEquals(List.of(), RuleFinder.find(INVOICE, rows, List.of()));
        // Twenty columns of noise in thirty rows: any column is a sum of the others, none with plain factors.
        CounterRandom random = new CounterRandom(2);
        Points noise = Points.zeros(32, 31);
        for (int j = 0; j < 32; j++) {
            for (int n = 0; n < 31; n++) {
                noise.set(j, n, Math.rint(100 * random.normal(n, 2 * j)) / 100);
            }
        }
        List<Column> columns = IntStream.range(0, 32)
                .mapToObj(j -> Column.real("x" + j).withStep(0.01))
                .toList();
        assertEquals(List.of(), RuleFinder.find(columns, noise, List.of()));
    }

    @Test
    void wrongRulesAreRefusedInOneLine() {
        refused("expected 'a <= b', 'total = a + b', '1 = a + b' or 'only a + b'", "first < last");
        refused("no column 'lst'; did you mean 'last'?", "first <= lst");
        refused("does not hold in row", "last <= first");
        refused("another rule makes column 'last'", "first <= last", "net <= last");
        refused("another rule makes column 'gross'", "gross = net + vat", "net <= gross");
        refused("'1 = a + b' does not hold in row", "1 = a + b");
        refused("column 'first' is neither 0 nor 1", "1 = a + b + first");
        refused("another rule makes column 'a'", "1 = a + b + c", "1 = c + b + a");
        refused("is about a column that another rule joins to others", "1 = a + b + c", "a <= last");
    }

    private static void refused(String expected, String... rules) {
        Points rows = invoice();
        rows.set(0, 0, 0);
        rows.set(2, 0, rows.get(1, 0));
        for (int n = 0; n < ROWS; n++) {
            rows.set(0, n, Math.min(rows.get(0, n), rows.get(7, n)));
            rows.set(2, n, Math.round(100 * rows.get(0, n) + 100 * rows.get(1, n)) / 100.0);
        }
        InputException wrong = assertThrows(InputException.class, () -> fit(INVOICE, rows, rules));
        assertTrue(wrong.getMessage().contains(expected), wrong.getMessage());
        assertEquals(1, wrong.getMessage().lines().count());
    }

    @Test
    void realNumbersWithoutARuleAreLeftToFlows() {
        List<Column> real = List.of(Column.real("x"), Column.real("y"));
        assertTrue(new TableLawProvider()
                .suits(new InMemory(real, first(invoice(), 2)))
                .isEmpty());
    }

    private static final List<Column> PLACES = List.of(
            Column.category("country", List.of("CH", "IT", "FR")),
            Column.category("city", List.of("Bern", "Rome", "Paris", "Basel", "Milan"))
                    .withGaps(true),
            Column.real("x"));

    /** Cities of their countries, in some rows none. */
    private static Points places() {
        CounterRandom random = new CounterRandom(32);
        int[][] cities = {{0, 3}, {1, 4}, {2, -1}};
        Points out = Points.zeros(3, ROWS);
        for (int n = 0; n < ROWS; n++) {
            int country = (int) (3 * random.uniform(n, 0));
            int city = cities[country][(int) (2 * random.uniform(n, 1))];
            out.set(0, n, country);
            out.set(1, n, city < 0 ? Double.NaN : city);
            out.set(2, n, random.normal(n, 2) + city);
        }
        return out;
    }

    @Test
    void noDrawHasAnotherCombination() {
        Points rows = places();
        Law law = fit(PLACES, rows, "only country + city");
        List<List<Double>> seen = pairs(rows).distinct().toList();
        assertEquals(6, seen.size());
        Points drawn = law.draw(DrawRequest.of(2_000), RUN).rows();
        assertTrue(pairs(drawn).allMatch(seen::contains));
        assertEquals(6, pairs(drawn).distinct().count());
        assertTrue(law.provenance().decisions().stream()
                .anyMatch(d -> d.chosen().equals("only the 6 combinations of country, city that are in the rows")));
        double[] nats = law.logDensity(
                        Points.ofRows(new double[][] {{0, 0, 0.3}, {0, 1, 0.3}, {1, Double.NaN, 0.3}}), RUN)
                .nats();
        assertTrue(nats[0] > -8);
        assertEquals(Double.NEGATIVE_INFINITY, nats[1]);
        assertEquals(Double.NEGATIVE_INFINITY, nats[2]);
        Evidence italy = new Evidence(List.of(new Evidence.Condition.Equal(0, 1)));
        Points given = law.given(italy, RUN).draw(DrawRequest.of(100), RUN).rows();
        assertTrue(pairs(given).allMatch(pair -> pair.get(0) == 1 && (pair.get(1) == 1 || pair.get(1) == 4)));
    }

    private static Stream<List<Double>> pairs(Points rows) {
        return IntStream.range(0, rows.size()).mapToObj(n -> List.of(rows.get(0, n), rows.get(1, n)));
    }

    @Test
    void combinationsThatCannotBeKnownAreRefused() {
        Points rows = places();
        assertTrue(assertThrows(InputException.class, () -> fit(PLACES, rows, "only country + x"))
                .getMessage()
                .contains("column 'x' has neither levels nor whole numbers"));
        assertThrows(InputException.class, () -> fit(PLACES, rows, "only country"));
        assertThrows(InputException.class, () -> fit(PLACES, rows, "only country + town"));
        List<Column> keys = List.of(Column.integer("a", 0, 1000), Column.integer("b", 0, 3));
        Points many = Points.zeros(2, 60);
        for (int n = 0; n < 60; n++) {
            many.set(0, n, n);
        }
        assertTrue(assertThrows(InputException.class, () -> fit(keys, many, "only a + b"))
                .getMessage()
                .contains("60 combinations in 60 rows"));
    }
}
