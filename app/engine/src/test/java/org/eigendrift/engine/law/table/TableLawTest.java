package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Law;
import org.eigendrift.engine.report.ImpossibleRows;
import org.junit.jupiter.api.Test;

class TableLawTest {
    private static final RunContext RUN = RunContext.quiet(11);

    /** Leaves hold floats of 24 bits: the parts of one row are off by 1e-7 at most, and cells are about ten to a column. */
    private static final double FLOATS = 1e-5;

    private static final List<Column> DISCRETE = List.of(
            Column.category("a", List.of("x", "y", "z")),
            Column.ordered("b", List.of("low", "middle", "high", "top")),
            Column.integer("c", 0, 6),
            Column.integer("double", 0, 12),
            Column.bool("e", "no", "yes"));

    private static Points discrete(int rows) {
        CounterRandom random = new CounterRandom(4);
        Points out = Points.zeros(5, rows);
        for (int n = 0; n < rows; n++) {
            int a = (int) (3 * Math.pow(random.uniform(n, 0), 1.5));
            int b = (int) Math.min(3, a + 2 * random.uniform(n, 1));
            int c = (int) Math.min(6, 3 * random.uniform(n, 2) + b);
            out.set(0, n, a);
            out.set(1, n, b);
            out.set(2, n, c);
            out.set(3, n, 2 * c);
            out.set(4, n, random.uniform(n, 4) < (a + c) / 10.0 ? 1 : 0);
        }
        return out;
    }

    private static TableLaw fit(List<Column> columns, Points rows, RunContext run) {
        return new TableFit(
                        columns, columns.stream().map(TableLawProvider::spec).toList(), run)
                .fit(rows);
    }

    /** All 3 x 4 x 7 x 13 x 2 rows. */
    private static Points cells() {
        int[] sizes = {3, 4, 7, 13, 2};
        int count = Arrays.stream(sizes).reduce(1, (x, y) -> x * y);
        Points out = Points.zeros(5, count);
        for (int n = 0; n < count; n++) {
            int rest = n;
            for (int j = 0; j < 5; j++) {
                out.set(j, n, rest % sizes[j]);
                rest /= sizes[j];
            }
        }
        return out;
    }

    private static double sum(double[] nats) {
        return Arrays.stream(nats).map(Math::exp).sum();
    }

    @Test
    void probabilitiesOfADiscreteTableSumToOne() {
        TableLaw law = fit(DISCRETE, discrete(600), RUN);
        assertEquals(1, sum(law.logDensity(cells(), RUN).nats()), FLOATS);
    }

    /** Whole numbers beyond those seen are possible where no range was declared, but none below 0 where all are counts; draws stay within. */
    @Test
    void aRangeThatWasOnlySeenIsNoBound() {
        List<Column> columns = List.of(Column.integer("count", 30, 90).withEnds(Column.Ends.OPEN));
        Points rows = Points.zeros(1, 300);
        for (int n = 0; n < rows.size(); n++) {
            rows.set(0, n, 30 + n * 7 % 61);
        }
        TableLaw law = fit(columns, rows, RUN);
        // Tails fall by a factor e in a few steps: 2,000 hold all but what doubles leave.
        Points all = Points.zeros(1, 2_001);
        for (int n = 0; n < all.size(); n++) {
            all.set(0, n, n - 1.0);
        }
        double[] nats = law.logDensity(all, RUN).nats();
        assertEquals(Double.NEGATIVE_INFINITY, nats[0], "-1 is no count");
        assertTrue(nats[1 + 27] > Double.NEGATIVE_INFINITY && nats[1 + 27] < nats[1 + 30] - 1, "27: " + nats[1 + 27]);
        assertEquals(1, sum(nats), FLOATS);
        Points drawn = law.draw(DrawRequest.of(2_000), RUN).rows();
        for (int n = 0; n < drawn.size(); n++) {
            assertTrue(drawn.get(0, n) >= 30 && drawn.get(0, n) <= 90, "drawn " + drawn.get(0, n));
        }
    }

    /** The gap of the number that tells gaps is not a number below all others. */
    @Test
    void numbersBelowAllThatToldNoGapTellNone() {
        List<Column> columns = List.of(
                Column.integer("teller", 30, 90).withEnds(Column.Ends.OPEN).withGaps(true),
                Column.integer("told", 0, 9).withGaps(true));
        Points rows = Points.zeros(2, 400);
        for (int n = 0; n < rows.size(); n++) {
            boolean gap = n % 4 == 0;
            rows.set(0, n, gap ? Double.NaN : 30 + n * 7 % 61);
            rows.set(1, n, gap ? Double.NaN : n * 3 % 10);
        }
        TableLaw law = fit(columns, rows, RUN);
        TableParts parts = law.parts();
        Relation relation = Arrays.stream(parts.relations())
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        CellScale teller = parts.coded().scales()[relation.column()];
        assertEquals(0, relation.cells()[teller.cell(Double.NaN)]);
        for (double value : new double[] {28, 30, 60, 90, 95}) {
            assertEquals(Relation.VALUE, relation.cells()[teller.cell(value)], "at " + value);
        }
    }

    /** Of rows in parts the number counts from the first, and rows without a log-density are none. */
    @Test
    void columnsWhoseValuesNoRowCanHaveAreNamed() {
        TableLaw law = fit(DISCRETE, discrete(600), RUN);
        Points rows = Points.ofRows(
                new double[] {0, 1, 2, 4, 0}, new double[] {3, 1, 9, 4, 0}, new double[] {0, 1, 7, 14, 0});
        double[] nats = law.logDensity(rows, RUN).nats();
        assertEquals(Optional.empty(), law.impossible(rows.row(0)));
        assertEquals(
                List.of("a", "c"), law.impossible(rows.row(1)).orElseThrow().columns());
        ImpossibleRows impossible = new ImpossibleRows(law);
        impossible.add(rows.slice(0, 1), new double[] {nats[0]});
        impossible.add(rows.slice(0, 1), new double[] {Double.NaN});
        assertEquals(Optional.empty(), impossible.sentence(""));
        impossible.add(rows.slice(2, 3), new double[] {nats[2]});
        impossible.add(rows.slice(1, 2), new double[] {nats[1]});
        assertEquals(2, impossible.count());
        assertEquals(
                "2 of 3 rows have a log-likelihood of negative infinity: outside the model's support in 'c' (2), 'double' (1),"
                        + " 'a' (1); row 3 has c = 7, expected 0 to 6; declare the column with wider bounds",
                impossible.sentence("").orElseThrow());
        assertEquals(
                "a level of 'a' that the model does not know",
                law.impossible(rows.row(1)).orElseThrow().found());
    }

    @Test
    void evidenceHasTheProbabilityOfItsRowsAndDrawsKeepIt() {
        TableLaw law = fit(DISCRETE, discrete(600), RUN);
        Evidence evidence = new Evidence(
                List.of(new Evidence.Condition.Within(2, 2, 4), new Evidence.Condition.OneOf(1, new double[] {1, 3})));
        Points cells = cells();
        double[] nats = law.logDensity(cells, RUN).nats();
        double exact = 0;
        for (int n = 0; n < cells.size(); n++) {
            boolean holds = cells.get(2, n) >= 2 && cells.get(2, n) <= 4 && cells.get(1, n) % 2 == 1;
            exact += holds ? Math.exp(nats[n]) : 0;
        }
        Law given = law.given(evidence, RUN);
        double sum = sum(given.logDensity(cells, RUN).nats());
        // The given law divides by the estimated probability; 256 draws are off by less than 5 of their errors.
        double error = given.logDensity(cells, RUN).error();
        assertEquals(0, Math.log(sum), 5 * error + FLOATS);
        assertTrue(exact > 0.01 && exact < 0.9, "the evidence is neither rare nor certain: " + exact);
        Points drawn = given.draw(DrawRequest.of(2_000), RUN).rows();
        double[] shares = new double[3];
        for (int n = 0; n < drawn.size(); n++) {
            assertTrue(drawn.get(2, n) >= 2 && drawn.get(2, n) <= 4 && drawn.get(1, n) % 2 == 1);
            assertEquals(2 * drawn.get(2, n), drawn.get(3, n));
            shares[(int) drawn.get(0, n)] += 1.0 / drawn.size();
        }
        for (int a = 0; a < 3; a++) {
            double p = 0;
            for (int n = 0; n < cells.size(); n++) {
                boolean holds = cells.get(2, n) >= 2 && cells.get(2, n) <= 4 && cells.get(1, n) % 2 == 1;
                p += holds && cells.get(0, n) == a ? Math.exp(nats[n]) / exact : 0;
            }
            // Five standard errors of 2,000 draws, and the bias of 64 candidates, about 1/64 of the spread of their
            // weights.
            assertEquals(p, shares[a], 5 * Math.sqrt(p * (1 - p) / 2_000) + 0.02);
        }
    }

    /** One open column is summed over whatever its place in the chain. */
    @Test
    void oneOpenColumnIsExact() {
        TableLaw law = fit(DISCRETE, discrete(600), RUN);
        Points cells = cells();
        double[] nats = law.logDensity(cells, RUN).nats();
        double[] known = {1, 2, 3, 6, 1};
        for (int open = 0; open < 5; open++) {
            double exact = 0;
            List<Evidence.Condition> conditions = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                if (i != open) {
                    conditions.add(new Evidence.Condition.Equal(i, known[i]));
                }
            }
            Evidence evidence = new Evidence(conditions);
            double[] shares = new double[13];
            for (int n = 0; n < cells.size(); n++) {
                double probability = evidence.holds(cells.row(n)) ? Math.exp(nats[n]) : 0;
                exact += probability;
                shares[(int) cells.get(open, n)] += probability;
            }
            Conditional given = law.given(evidence, RUN);
            assertEquals(Math.log(exact), given.certainty().logProbability(), FLOATS);
            assertEquals(0, given.certainty().error());
            double[] drawn = given.draw(DrawRequest.of(2_000), RUN).rows().column(open);
            for (int value = 0; value < 13; value++) {
                int found = value;
                double share = Arrays.stream(drawn).filter(v -> v == found).count() / 2_000.0;
                double p = shares[value] / exact;
                assertEquals(p, share, 5 * Math.sqrt(p * (1 - p) / 2_000) + FLOATS);
            }
        }
    }

    private static final List<Column> FOLLOWING = List.of(
            Column.integer("first", 0, 19),
            Column.integer("second", 0, 19),
            Column.integer("third", 0, 19),
            Column.integer("last", 0, 19));

    /** Each number is the one before it, or a neighbour. */
    private static Points following(int rows) {
        CounterRandom random = new CounterRandom(8);
        Points out = Points.zeros(4, rows);
        for (int n = 0; n < rows; n++) {
            double value = Math.floor(20 * random.uniform(n, 0));
            for (int i = 0; i < 4; i++) {
                out.set(i, n, value);
                value = Math.max(0, Math.min(19, value + Math.floor(3 * random.uniform(n, i + 1)) - 1));
            }
        }
        return out;
    }

    /** What stands last says what the first are: hardly one of a hundred draws along the chain leads there. */
    @Test
    void lateEvidenceMovesWhatWasDrawnBefore() {
        TableLaw law = fit(FOLLOWING, following(4_000), RUN);
        double[] open = {Double.NaN, Double.NaN, Double.NaN, 3};
        int count = 8_000;
        Points all = Points.zeros(4, count);
        for (int n = 0; n < count; n++) {
            all.set(0, n, n % 20);
            all.set(1, n, n / 20 % 20);
            all.set(2, n, n / 400);
            all.set(3, n, open[3]);
        }
        double[] nats = law.logDensity(all, RUN).nats();
        double exact = sum(nats);
        Conditional given = law.conditioner(RUN)
                .orElseThrow()
                .given(Evidence.of(new Evidence.Condition.Equal(3, open[3])), Conditioner.FEW);
        double error = given.certainty().error();
        assertEquals(Math.log(exact), given.certainty().logProbability(), 5 * error + FLOATS);
        assertTrue(error < 0.15, () -> "error " + error);
        assertTrue(given.certainty().effectiveSampleSize() > Certainty.FEW, () -> "" + given.certainty());
        double[] means = new double[3];
        double[] squares = new double[3];
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < 3; i++) {
                means[i] += all.get(i, n) * Math.exp(nats[n]) / exact;
                squares[i] += all.get(i, n) * all.get(i, n) * Math.exp(nats[n]) / exact;
            }
        }
        Points drawn = given.draw(DrawRequest.of(4_000), RUN).rows();
        for (int i = 0; i < 3; i++) {
            double mean = Arrays.stream(drawn.column(i)).average().orElseThrow();
            double deviation = Math.sqrt(squares[i] - means[i] * means[i]);
            // Five standard errors of as many draws as are effective.
            double within = 5 * deviation / Math.sqrt(given.certainty().effectiveSampleSize());
            assertEquals(means[i], mean, within);
        }
    }

    @Test
    void sumsOfColumnsHaveTheirProbability() {
        TableLaw law = fit(DISCRETE, discrete(600), RUN);
        Evidence evidence = Evidence.of(
                new Evidence.Condition.Linear(new double[] {0, 0, 1, 1, 0}, 9, 9), new Evidence.Condition.Equal(4, 1));
        Points cells = cells();
        double[] nats = law.logDensity(cells, RUN).nats();
        double exact = 0;
        for (int n = 0; n < cells.size(); n++) {
            exact += evidence.holds(cells.row(n)) ? Math.exp(nats[n]) : 0;
        }
        Conditional given = law.given(evidence, RUN);
        assertEquals(
                Math.log(exact),
                given.certainty().logProbability(),
                5 * given.certainty().error() + FLOATS);
        Points drawn = given.draw(DrawRequest.of(300), RUN).rows();
        for (int n = 0; n < drawn.size(); n++) {
            assertTrue(evidence.holds(drawn.row(n)));
        }
        Evidence ten = Evidence.of(new Evidence.Condition.Linear(new double[] {0, 0, 1, 1, 0}, 10, 10));
        // One row in ten thousand, none of which draws met; weighed ones find it.
        double rare = 0;
        for (int n = 0; n < cells.size(); n++) {
            rare += ten.holds(cells.row(n)) ? Math.exp(nats[n]) : 0;
        }
        Conditional seldom = law.given(ten, RUN);
        assertEquals(
                Math.log(rare),
                seldom.certainty().logProbability(),
                5 * seldom.certainty().error() + FLOATS);
        Evidence none = Evidence.of(new Evidence.Condition.Linear(new double[] {0, 0, 1, 1, 0}, 10.5, 10.5));
        assertThrows(InputException.class, () -> law.given(none, RUN));
    }

    @Test
    void gapsAreSummedOver() {
        TableLaw law = fit(DISCRETE, discrete(600), RUN);
        Points cells = cells();
        double[] nats = law.logDensity(cells, RUN).nats();
        double exact = 0;
        for (int n = 0; n < cells.size(); n++) {
            exact += cells.get(2, n) == 3 && cells.get(4, n) == 1 ? Math.exp(nats[n]) : 0;
        }
        Points row = Points.ofRows(new double[] {Double.NaN, Double.NaN, 3, Double.NaN, 1});
        var scores = law.logDensity(row, RUN);
        assertEquals(Math.log(exact), scores.nats()[0], 5 * scores.error() + FLOATS);
    }

    @Test
    void relationsAreKeptAndWhatCannotBeIsImpossible() {
        TableLaw law = fit(DISCRETE, discrete(600), RUN);
        Points drawn = law.draw(DrawRequest.of(5_000), RUN).rows();
        for (int n = 0; n < drawn.size(); n++) {
            assertEquals(2 * drawn.get(2, n), drawn.get(3, n));
        }
        Points impossible = Points.ofRows(new double[] {0, 1, 2.5, 5, 0}, new double[] {3, 1, 2, 4, 0});
        for (double nats : law.logDensity(impossible, RUN).nats()) {
            assertEquals(Double.NEGATIVE_INFINITY, nats);
        }
        Evidence none = new Evidence(List.of(new Evidence.Condition.Equal(2, 7)));
        assertThrows(InputException.class, () -> law.given(none, RUN));
    }

    private static final List<Column> MIXED = List.of(
            Column.category("group", List.of("p", "q")),
            Column.real("x"),
            Column.integer("amount", 0, Double.POSITIVE_INFINITY).withGaps(true));

    /** Two groups of numbers; amounts that are 0 in 40 % of rows and missing in 10 %, else grow with the number. */
    private static Points mixed(int rows) {
        CounterRandom random = new CounterRandom(8);
        Points out = Points.zeros(3, rows);
        for (int n = 0; n < rows; n++) {
            int group = random.uniform(n, 0) < 0.3 ? 1 : 0;
            double x = 4 * group + random.normal(n, 2);
            double u = random.uniform(n, 5);
            out.set(0, n, group);
            out.set(1, n, x);
            double amount = Math.rint(20 + 5 * x + 3 * random.normal(n, 8));
            out.set(2, n, u < 0.4 ? 0 : u < 0.5 ? Double.NaN : Math.max(0, amount));
        }
        return out;
    }

    @Test
    void aDensityIntegratesToOne() {
        TableLaw law = fit(MIXED, mixed(250), RUN);
        double step = 0.04;
        double total = 0;
        for (int group = 0; group < 2; group++) {
            for (int amount = -1; amount < 120; amount++) {
                Points line = Points.zeros(3, 600);
                for (int n = 0; n < line.size(); n++) {
                    line.set(0, n, group);
                    line.set(1, n, -10 + step * (n + 0.5));
                    line.set(2, n, amount < 0 ? Double.NaN : amount);
                }
                total += step * sum(law.logDensity(line, RUN).nats());
            }
        }
        // A density with some 250 jumps, each missed by up to half a step of its height, either way: of a density below
        // 0.5 the
        // heights' squares sum to less than 0.25, so the error scatters by step / sqrt(12) * 0.5; tails beyond the
        // grid.
        assertEquals(1, total, 5 * step * 0.5 / Math.sqrt(12));
    }

    /**
     * A number that three rows of 300 happen to share, where others stand alone, is no reason for a density a hundred times that
     * of its neighbours, or for a probability among densities: the density there is that of four rows for one at most, and it sums to one.
     */
    @Test
    void numbersThatMeetAFewTimesHaveTheDensityOfTheirNeighbourhood() {
        CounterRandom random = new CounterRandom(10);
        Points rows = Points.zeros(1, 300);
        for (int n = 0; n < rows.size(); n++) {
            rows.set(0, n, n % 100 == 0 ? 0.25 : random.normal(n, 1));
        }
        TableLaw law = fit(List.of(Column.real("x")), rows, RUN);
        double[] nats = law.logDensity(Points.ofRows(new double[][] {{0.25}, {0.24}, {0.26}, {-0.25}}), RUN)
                .nats();
        assertEquals(nats[3], nats[0], Math.log(4));
        assertTrue(Math.max(nats[1], nats[2]) >= nats[0] - Math.log(4), () -> Arrays.toString(nats));
        Points line = Points.zeros(1, 20_000);
        for (int k = 0; k < line.size(); k++) {
            line.set(0, k, (k - 10_000 + 0.5) / 1000.0);
        }
        // Tails hold half a row each; steps of a thousandth across some 250 jumps of less than 1 (see above).
        assertEquals(1, 0.001 * sum(law.logDensity(line, RUN).nats()), 2.0 / 300 + 0.001);
    }

    /**
     * How rare rows are does not depend on a column's unit, as log-densities do where some numbers have probabilities and others
     * densities. The law of one column says of a row what a window about it holds: about 0 a quarter of the rows and 0.75 times a
     * normal law's probability, elsewhere the latter. Far out it stays finite and goes on rising.
     */
    @Test
    void raritiesDoNotDependOnUnits() {
        CounterRandom random = new CounterRandom(12);
        Points metres = Points.zeros(1, 2_000);
        Points kilometres = Points.zeros(1, 2_000);
        for (int n = 0; n < metres.size(); n++) {
            double x = random.uniform(n, 2) < 0.25 ? 0 : random.normal(n, 1);
            metres.set(0, n, 1000 * x);
            kilometres.set(0, n, x);
        }
        Points asked = Points.ofRows(new double[][] {{0}, {0.5}, {1}, {-2}, {40}, {4_000}});
        double[] near = rarity(fit(List.of(Column.real("x").withAtoms(0)), kilometres, RUN), asked);
        Points scaled = Points.zeros(1, asked.size());
        for (int n = 0; n < asked.size(); n++) {
            scaled.set(0, n, 1000 * asked.get(0, n));
        }
        double[] far = rarity(fit(List.of(Column.real("x").withAtoms(0)), metres, RUN), scaled);
        // Sums of some 300 probabilities.
        assertArrayEquals(near, far, 1e-9);
        // Nine tenths of the mixture, in which a quarter is at 0, lie within 1.501; a window is a fortieth of that on
        // each side. The rows
        // tell a density at a point to some 10 %.
        double reach = 0.025 * 2 * 1.501;
        assertEquals(-Math.log(0.25 + 0.75 * within(0, reach)), near[0], 0.1);
        assertEquals(-Math.log(0.75 * within(0.5, reach)), near[1], 0.3);
        assertEquals(-Math.log(0.75 * within(1, reach)), near[2], 0.3);
        assertTrue(near[3] > near[2] && near[4] > near[3] && near[5] > near[4], () -> Arrays.toString(near));
        assertTrue(Double.isFinite(near[5]));
    }

    private static double[] rarity(TableLaw law, Points rows) {
        double[] nats = law.logDensity(rows, RUN).nats();
        double[] common = law.commensurate(rows);
        return IntStream.range(0, nats.length)
                .mapToDouble(n -> -nats[n] - common[n])
                .toArray();
    }

    /** What a window holds of a normal law, to the third power of its width. */
    private static double within(double at, double reach) {
        return 2 * reach * Math.exp(-at * at / 2) / Math.sqrt(2 * Math.PI);
    }

    /**
     * Rounding a column does not change its unit: 1,000 normal numbers of three decimals have the density of those with all
     * digits, -1.42 nats a row, not the probability of their thousandths, ln 1000 = 6.9 less; a row with more digits counts for the
     * nearest; a declared atom has a probability.
     */
    @Test
    void roundedNumbersHaveDensities() {
        CounterRandom random = new CounterRandom(9);
        Points rows = Points.zeros(1, 2_000);
        for (int n = 0; n < rows.size(); n++) {
            double x = random.normal(n, 1);
            rows.set(0, n, random.uniform(n, 2) < 0.25 ? 9 : Math.rint(1000 * x) / 1000);
        }
        List<Column> columns = List.of(Column.real("x").withStep(0.001).withAtoms(9));
        TableLaw law = fit(columns, rows, RUN);
        double[] nats = law.logDensity(Points.ofRows(new double[][] {{9}, {0.1}, {0.1004}, {0.1}}), RUN)
                .nats();
        assertEquals(Math.log(0.25), nats[0], 0.1);
        // 1,500 rows tell a density at a point to some 10 %.
        assertEquals(Math.log(0.75) - 0.5 * Math.log(2 * Math.PI) - 0.005, nats[1], 0.3);
        assertEquals(nats[1], nats[2]);
        Points line = Points.zeros(1, 16_000);
        for (int k = 0; k < line.size(); k++) {
            line.set(0, k, (k - 8_000) / 1000.0);
        }
        double total = 0.001 * sum(law.logDensity(line, RUN).nats());
        // All that is not the atom, but for tails beyond, which hold about two of the rows each.
        assertEquals(1 - Math.exp(nats[0]), total, 4.0 / 2_000);
    }

    @Test
    void samplesLookLikeTheTable() {
        Points rows = mixed(3_000);
        Points drawn = fit(MIXED, rows, RUN).draw(DrawRequest.of(3_000), RUN).rows();
        double[][] shares = new double[2][3];
        for (int k = 0; k < 2; k++) {
            Points table = k == 0 ? rows : drawn;
            for (int n = 0; n < 3_000; n++) {
                double amount = table.get(2, n);
                shares[k][0] += amount == 0 ? 1.0 / 3_000 : 0;
                shares[k][1] += Double.isNaN(amount) ? 1.0 / 3_000 : 0;
                shares[k][2] += table.get(0, n) / 3_000;
                assertTrue(
                        Double.isNaN(amount) || amount >= 0 && amount == Math.rint(amount), "an amount of " + amount);
            }
        }
        for (int s = 0; s < 3; s++) {
            // Two samples of 3,000 shares below a half: five standard errors of their difference.
            assertEquals(shares[0][s], shares[1][s], 5 * Math.sqrt(2 * 0.25 / 3_000));
        }
    }

    /** Incomes that grow with age, a quarter of them unknown: the correlation of those that are known is kept. */
    @Test
    void gapsDoNotWeakenWhatIsKnown() {
        List<Column> columns = List.of(
                Column.integer("age", 18, 90),
                Column.integer("income", 0, 200_000).withGaps(true));
        CounterRandom random = new CounterRandom(6);
        Points rows = Points.zeros(2, 500);
        for (int n = 0; n < 500; n++) {
            double z = random.normal(n, 0);
            rows.set(0, n, Math.rint(50 + 12 * z));
            double income = Math.rint(50_000 + 12_000 * (0.7 * z + 0.71 * random.normal(n, 2)));
            rows.set(1, n, random.uniform(n, 9) < 0.25 ? Double.NaN : income);
        }
        Points drawn = fit(columns, rows, RUN).draw(DrawRequest.of(4_000), RUN).rows();
        // The shrinkage of a law of 500 rows, and two standard errors of a correlation of 375 pairs, 0.5 / sqrt(375).
        assertEquals(correlation(rows), correlation(drawn), 0.1);
    }

    private static double correlation(Points rows) {
        double[] sums = new double[6];
        for (int n = 0; n < rows.size(); n++) {
            double x = rows.get(0, n);
            double y = rows.get(1, n);
            if (!Double.isNaN(y)) {
                double[] terms = {1, x, y, x * x, y * y, x * y};
                for (int s = 0; s < 6; s++) {
                    sums[s] += terms[s];
                }
            }
        }
        double xy = sums[5] / sums[0] - sums[1] * sums[2] / sums[0] / sums[0];
        double xx = sums[3] / sums[0] - Math.pow(sums[1] / sums[0], 2);
        return xy / Math.sqrt(xx * (sums[4] / sums[0] - Math.pow(sums[2] / sums[0], 2)));
    }

    /** A value that is missing for those above 60 and below 30, in a column before or behind the one that tells it. */
    @Test
    void gapsThatAnotherColumnTellsAreWhereTheyWere() {
        CounterRandom random = new CounterRandom(12);
        Points rows = Points.zeros(3, 500);
        for (int n = 0; n < 500; n++) {
            double age = Math.rint(100 * (50 + 12 * random.normal(n, 0))) / 100;
            double spouse = Math.rint(100 * (age + 5 * random.normal(n, 2))) / 100;
            rows.set(0, n, age > 60 || age < 30 ? Double.NaN : spouse);
            rows.set(1, n, age);
            rows.set(2, n, age > 60 ? Double.NaN : Math.rint(100 * random.normal(n, 4)) / 100);
        }
        List<Column> columns = List.of(
                Column.real("spouse").withStep(0.01),
                Column.real("age").withStep(0.01),
                Column.real("other").withStep(0.01));
        TableLaw law = fit(columns, rows, RUN);
        Points drawn = law.draw(DrawRequest.of(4_000), RUN).rows();
        int kept = 0;
        for (int n = 0; n < 4_000; n++) {
            double age = drawn.get(1, n);
            boolean spouse = Double.isNaN(drawn.get(0, n)) == (age > 60 || age < 30);
            kept += spouse && Double.isNaN(drawn.get(2, n)) == age > 60 ? 1 : 0;
        }
        // Between the last row with a value and the first without lie some hundredths of a year of forty, at either
        // end.
        assertEquals(1, kept / 4_000.0, 0.005);
        // Of a row that breaks it little is left: one of 502, times what it had.
        Points broken = Points.zeros(3, 2);
        broken.set(0, 0, 48);
        broken.set(1, 0, 70);
        broken.set(2, 0, Double.NaN);
        broken.set(0, 1, Double.NaN);
        broken.set(1, 1, 70);
        broken.set(2, 1, Double.NaN);
        double[] nats = law.logDensity(broken, RUN).nats();
        assertTrue(nats[0] < nats[1] - 6, nats[0] + " beside " + nats[1]);
    }

    @Test
    void probabilitiesWithGapsThatAnotherColumnTellsSumToOne() {
        CounterRandom random = new CounterRandom(13);
        Points rows = Points.zeros(3, 300);
        for (int n = 0; n < 300; n++) {
            double a = Math.floor(5 * random.uniform(n, 0));
            rows.set(0, n, a);
            rows.set(1, n, a >= 3 ? Double.NaN : Math.floor(4 * random.uniform(n, 1)));
            rows.set(2, n, Math.floor(2 * random.uniform(n, 2)));
        }
        List<Column> columns = List.of(Column.integer("a", 0, 4), Column.integer("b", 0, 3), Column.integer("c", 0, 1));
        TableLaw law = fit(columns, rows, RUN);
        Points all = Points.zeros(3, 50);
        for (int n = 0; n < 50; n++) {
            all.set(0, n, n % 5);
            all.set(1, n, n / 5 % 5 == 4 ? Double.NaN : n / 5 % 5);
            all.set(2, n, n / 25);
        }
        assertEquals(1, sum(law.logDensity(all, RUN).nats()), FLOATS);
        Evidence high = new Evidence(List.of(new Evidence.Condition.OneOf(0, new double[] {3, 4})));
        Conditional given = law.given(high, RUN);
        Points drawn = given.draw(DrawRequest.of(200), RUN).rows();
        for (int n = 0; n < 200; n++) {
            assertTrue(Double.isNaN(drawn.get(1, n)));
        }
    }

    /** Answers on a scale, of a common opinion and own ones. */
    private static Points answers(int rows, int levels, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points out = Points.zeros(6, rows);
        for (int n = 0; n < rows; n++) {
            double common = random.normal(n, 0);
            for (int j = 0; j < 6; j++) {
                double answer = (levels + 1) / 2.0 + levels / 5.0 * (0.9 * common + 0.8 * random.normal(n, 2 + 2 * j));
                out.set(j, n, Math.max(1, Math.min(levels, Math.rint(answer))));
            }
        }
        return out;
    }

    private static double meanCorrelation(Points rows) {
        double sum = 0;
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < i; j++) {
                Points pair = Points.zeros(2, rows.size());
                for (int n = 0; n < rows.size(); n++) {
                    pair.set(0, n, rows.get(i, n));
                    pair.set(1, n, rows.get(j, n));
                }
                sum += correlation(pair);
            }
        }
        return sum / 15;
    }

    @Test
    void answersOnAScaleKeepTheirCorrelation() {
        for (int levels : new int[] {4, 5, 7}) {
            List<Column> columns = new ArrayList<>();
            for (int j = 0; j < 6; j++) {
                columns.add(Column.integer("q" + j, 1, levels));
            }
            Points rows = answers(300, levels, levels);
            Points drawn =
                    fit(columns, rows, RUN).draw(DrawRequest.of(10_000), RUN).rows();
            // The standard error of the mean correlation of 300 rows, as repeated samples of this law show it.
            assertEquals(meanCorrelation(rows), meanCorrelation(drawn), 0.03, levels + " levels");
        }
    }

    /** Pairs of correlated normal numbers, with gaps in a share of each column. */
    private static Points pairs(int rows, double gaps, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points out = Points.zeros(2, rows);
        for (int n = 0; n < rows; n++) {
            double x = random.normal(n, 0);
            double y = 0.7 * x + Math.sqrt(0.51) * random.normal(n, 2);
            out.set(0, n, random.uniform(n, 8) < gaps ? Double.NaN : Math.rint(100 * x) / 100);
            out.set(1, n, random.uniform(n, 9) < gaps ? Double.NaN : Math.rint(100 * y) / 100);
        }
        return out;
    }

    /**
     * A law that is rough mixes with what knows nothing, and loses dependence. Regressions whose errors are held out lose about
     * (1 - r^2) / (r n) of a correlation of n rows, 0.002; what 500 rows say of the ends of a normal law costs a few times that. The mean of
     * three tables scatters by as much.
     */
    @Test
    void numbersOfFewRowsKeepTheirCorrelation() {
        double lost = 0;
        for (int seed = 1; seed <= 3; seed++) {
            Points rows = pairs(500, 0, seed);
            Points drawn = fit(List.of(rounded("x"), rounded("y")), rows, RUN)
                    .draw(DrawRequest.of(10_000), RUN)
                    .rows();
            lost += (correlation(rows) - correlation(drawn)) / 3;
        }
        assertEquals(0, lost, 0.02);
    }

    private static Column rounded(String name) {
        return Column.real(name).withStep(0.01);
    }

    /** Rows differ in how far they lie from a common mean: two normal laws gain 0.3 nats a row, whatever the means say. */
    @Test
    void whatDiffersInSpreadAloneIsToldApart() {
        CounterRandom random = new CounterRandom(12);
        byte[][] predictors = new byte[1][200];
        double[] scores = new double[200];
        int[] cells = new int[200];
        for (int n = 0; n < 200; n++) {
            predictors[0][n] = (byte) (n % 2);
            scores[n] = (n % 2 == 0 ? 1 : 0.3) * random.normal(n, 0);
            cells[n] = scores[n] < 0 ? 0 : 1;
        }
        GateGrowth.Options options = new GateGrowth.Options(8, 8, 1, 30, true);
        Gate gate = new GateGrowth(predictors, new boolean[1], options, random)
                .grow(
                        new GateGrowth.Target(cells, 2, scores, true),
                        IntStream.range(0, 200).toArray());
        assertEquals(3, gate.size());
    }

    @Test
    void whatIsLeftOverIsNotToldApartByTheRowItself() {
        Points rows = answers(300, 5, 5);
        CellScale[] scales = new CellScale[6];
        int[][] cells = new int[6][];
        for (int j = 0; j < 6; j++) {
            CellScale scale = CellScale.of(TableLawProvider.spec(Column.integer("q" + j, 1, 5)), rows.column(j), 256);
            scales[j] = scale;
            cells[j] = Arrays.stream(rows.column(j)).mapToInt(scale::cell).toArray();
        }
        ColumnFit fit =
                new ColumnFit(new Coded(scales), new Relation[6], cells, new CounterRandom(9), ColumnFit.Averaged.FEW);
        // Answers are normal around what one answer says: there is nothing to tell apart, and eight nats are more than
        // chance.
        assertEquals(1, fit.grow(1).residuals().gate().size());
    }

    @Test
    void rowsAndDrawsDependOnThemselvesAlone() {
        Points rows = mixed(400);
        TableLaw law = fit(MIXED, rows, RUN);
        RunContext three = new RunContext(11, 3, Progress.NONE, () -> false);
        TableLaw other = fit(MIXED, rows, three);
        double[] nats = law.logDensity(rows, RUN).nats();
        assertArrayEquals(nats, other.logDensity(rows, three).nats());
        assertArrayEquals(
                Arrays.copyOfRange(nats, 100, 107),
                law.logDensity(rows.slice(100, 107), RUN).nats());
        Points drawn = law.draw(DrawRequest.of(40), RUN).rows();
        Points part = law.draw(new DrawRequest(30, 10, Optional.empty()), three).rows();
        assertArrayEquals(drawn.slice(30, 40).values(), part.values());
    }

    private static double entropy(double[] column) {
        return Arrays.stream(column)
                .distinct()
                .map(level -> Arrays.stream(column).filter(v -> v == level).count() / (double) column.length)
                .map(share -> -share * Math.log(share))
                .sum();
    }

    /**
     * What independent columns and a mixture of products reach is told beside the parts. Of levels one by one that is the sum of their
     * entropies, and two parameters a column of 900 rows move it by 0.01, what rows differ by themselves by 1 / 30 of their deviation.
     */
    @Test
    void simplerLawsAreToldBesideTheParts() {
        Points all = discrete(900);
        Points rows = Points.zeros(3, all.size());
        for (int n = 0; n < all.size(); n++) {
            for (int j = 0; j < 3; j++) {
                rows.set(j, n, all.get(j, n));
            }
        }
        Decision parts = fit(DISCRETE.subList(0, 3), rows, RUN).provenance().decisions().stream()
                .filter(decision -> decision.what().equals("parts"))
                .findFirst()
                .orElseThrow();
        double entropies = entropy(rows.column(0)) + entropy(rows.column(1)) + entropy(rows.column(2));
        assertEquals(-entropies, score(parts, "independent columns"), 0.05);
        double shares = score(parts, "all, by their shares");
        assertTrue(shares > score(parts, "independent columns") + 0.3);
        assertTrue(shares > score(parts, "mixture of products") - 0.01);
        assertTrue(score(parts, "mixture of products") >= score(parts, "independent columns"));
    }

    private static double score(Decision decision, String name) {
        return decision.alternatives().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow()
                .score()
                .orElseThrow();
    }

    @Test
    void aFileGivesTheSameLaw() {
        Points rows = mixed(300);
        TableLaw law = fit(MIXED, rows, RUN);
        TableTape tape = new TableTape();
        new TableText(tape).write(law.parts());
        TableTape back = new TableTape(tape.ints(), tape.doubles());
        Optional<double[]> weights = Optional.ofNullable(law.parts().kernels()).map(Kernels::logWeights);
        TableLaw again = new TableLaw(MIXED, new TableText(back).read(3, weights), law.provenance());
        back.end();
        assertArrayEquals(
                law.logDensity(rows, RUN).nats(), again.logDensity(rows, RUN).nats());
        int[] damaged = tape.ints();
        damaged[0] = 7;
        assertThrows(
                InputException.class, () -> new TableText(new TableTape(damaged, tape.doubles())).read(3, weights));
        assertThrows(
                InputException.class,
                () -> new TableText(new TableTape(Arrays.copyOf(tape.ints(), 50), tape.doubles())).read(3, weights));
    }
}
