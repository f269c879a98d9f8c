package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Provenance;
import org.junit.jupiter.api.Test;

/** Laws that are moved by a regression of ranks. */
class ShiftTest {
    private static final RunContext RUN = RunContext.quiet(5);
    private static final double CORRELATION = 0.6;
    private static final int ROWS = 4_000;

    /** Two normal numbers, the second with gaps in a share of the rows. */
    private static Points pairs(int rows, double gaps, double correlation) {
        CounterRandom random = new CounterRandom(7);
        Points out = Points.zeros(2, rows);
        double rest = Math.sqrt(1 - correlation * correlation);
        for (int n = 0; n < rows; n++) {
            double x = random.normal(n, 0);
            out.set(0, n, x);
            double y = correlation * x + rest * random.normal(n, 2);
            out.set(1, n, random.uniform(n, 9) < gaps ? Double.NaN : y);
        }
        return out;
    }

    private static Coded coded(Points rows) {
        CellScale[] scales = new CellScale[2];
        Arrays.setAll(scales, j -> CellScale.of(TableLawProvider.spec(Column.real("x" + j)), rows.column(j), 256));
        return new Coded(scales);
    }

    private static int[][] cells(Coded coded, Points rows) {
        int[][] out = new int[2][];
        Arrays.setAll(
                out,
                j -> Arrays.stream(rows.column(j))
                        .mapToInt(coded.scales()[j]::cell)
                        .toArray());
        return out;
    }

    /** Ranks of numbers under a logistic law that knows of nothing before, in cells so narrow that probabilities are densities. */
    private static ShiftFit.Ranks ranks(double[] numbers) {
        double half = 1e-4;
        return new ShiftFit.Ranks(
                IntStream.range(0, numbers.length).toArray(),
                Arrays.stream(numbers).map(y -> logistic(y - half)).toArray(),
                Arrays.stream(numbers).map(y -> logistic(y + half)).toArray(),
                new double[numbers.length]);
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double logDensity(double x) {
        return Math.log(logistic(x)) + Math.log(logistic(-x));
    }

    /** Logistic numbers about a multiple of the first column, so many times narrower than the standard ones. */
    private static double[] logistic(Points rows, double slope, double narrow) {
        CounterRandom random = new CounterRandom(11);
        double[] out = new double[rows.size()];
        for (int n = 0; n < out.length; n++) {
            double u = random.uniform(n, 0);
            out[n] = slope * rows.get(0, n) + Math.log(u / (1 - u)) / narrow;
        }
        return out;
    }

    @Test
    void movedSharesAreThoseOfALogisticLawAndBackAgain() {
        Shift shift = new Shift(new LinearPart.Fit(new int[0], new double[0][], 0), 1.3);
        for (double x : new double[] {-30, -2, 0, 0.7, 15}) {
            // Relative to the smaller of a share and what is left, which is 3e-7 at 15; doubles near 1 are 1e-16 apart.
            double expected = logistic(1.3 * x - 1.5);
            assertEquals(expected, shift.below(logistic(x), 1.5), 1e-6 * Math.min(expected, 1 - expected));
            assertEquals(logistic(x), shift.share(shift.below(logistic(x), 1.5), 1.5), 1e-15);
        }
        assertEquals(0, shift.below(0, 3));
        assertEquals(1, shift.below(1, 3));
    }

    /** Ranks of narrow logistic numbers about the first column, under a wide law that does not look at it, tell both and what rows gain. */
    @Test
    void whatALawLostOfADependenceIsFound() {
        double slope = 1.2;
        double narrow = 1.25;
        Points rows = pairs(ROWS, 0, CORRELATION);
        double[] numbers = logistic(rows, slope, narrow);
        Coded coded = coded(rows);
        ShiftFit.Fitted fitted =
                new ShiftFit(coded, cells(coded, rows)).fit(1, ranks(numbers)).orElseThrow();
        int middle = coded.scales()[0].cell(0);
        int above = coded.scales()[0].cell(1);
        double found =
                (fitted.shift().move(new int[] {above, 0}) - fitted.shift().move(new int[] {middle, 0}))
                        / (coded.scores(0)[above] - coded.scores(0)[middle]);
        // The Fisher information of a logistic location is 1/3, of the logarithm of its scale (3 + pi^2) / 9: four
        // standard errors.
        double scale = 4 / Math.sqrt(ROWS * (3 + Math.PI * Math.PI) / 9);
        assertEquals(narrow, fitted.shift().slope(), narrow * scale);
        assertEquals(narrow * slope, found, 4 * Math.sqrt(3.0 / ROWS) + narrow * slope * scale);
        double gain = 0;
        double truth = 0;
        for (int n = 0; n < ROWS; n++) {
            gain += Math.log(fitted.factors()[n]) / ROWS;
            double apart = narrow * (numbers[n] - slope * rows.get(0, n));
            truth += (Math.log(narrow) + logDensity(apart) - logDensity(numbers[n])) / ROWS;
        }
        // Parameters of each half cost half a nat each, what cells hide of the first column is less: far from a
        // hundredth a row.
        assertEquals(truth, gain, 0.01);
    }

    @Test
    void whereNothingIsLostNothingMoves() {
        Points rows = pairs(ROWS, 0, CORRELATION);
        Coded coded = coded(rows);
        double[] numbers = logistic(rows, 0, 1);
        assertTrue(
                new ShiftFit(coded, cells(coded, rows)).fit(1, ranks(numbers)).isEmpty());
    }

    @Test
    void fewRowsMoveNothing() {
        Points rows = pairs(30, 0, CORRELATION);
        Coded coded = coded(rows);
        double[] numbers = logistic(rows, 1.2, 1.25);
        assertTrue(
                new ShiftFit(coded, cells(coded, rows)).fit(1, ranks(numbers)).isEmpty());
    }

    /** Factors exp(mean +- scatter), as many of each. */
    private static double[] factors(int rows, double mean, double scatter) {
        return IntStream.range(0, rows)
                .mapToDouble(n -> Math.exp(mean + (n % 2 == 0 ? scatter : -scatter)))
                .toArray();
    }

    @Test
    void gainsCountBeyondTwoNatsAndTwoDeviations() {
        assertTrue(ShiftFit.counts(factors(100, 0.021, 0)));
        assertFalse(ShiftFit.counts(factors(100, 0.019, 0)));
        // A sum of 10 nats with a deviation of 10 times the scatter of one.
        assertTrue(ShiftFit.counts(factors(100, 0.1, 0.49)));
        assertFalse(ShiftFit.counts(factors(100, 0.1, 0.51)));
        assertFalse(ShiftFit.counts(factors(100, -0.1, 0)));
    }

    /** Of the gain of a law without dependence only what is not fixed takes part: nothing where all is. */
    @Test
    void whatIsFixedDoesNotMove() {
        Points rows = pairs(ROWS, 0, CORRELATION);
        Coded coded = coded(rows);
        ShiftFit.Ranks free = ranks(logistic(rows, 1.2, 1.25));
        double[] fixed = new double[ROWS];
        Arrays.fill(fixed, 1);
        ShiftFit fit = new ShiftFit(coded, cells(coded, rows));
        assertTrue(fit.fit(1, new ShiftFit.Ranks(free.rows(), free.low(), free.high(), fixed))
                .isEmpty());
        Arrays.fill(fixed, 0.3);
        double[] factors = fit.fit(1, new ShiftFit.Ranks(free.rows(), free.low(), free.high(), fixed))
                .orElseThrow()
                .factors();
        double least = Arrays.stream(factors).min().orElseThrow();
        // The least likely row keeps what is fixed, and hardly more.
        assertEquals(0.3, least, 0.05);
        assertTrue(least >= 0.3);
    }

    @Test
    void noRowIsInBothHalves() {
        ShiftFit.Ranks all = new ShiftFit.Ranks(
                new int[] {4, 5, 7}, new double[] {0.1, 0.2, 0.3}, new double[] {0.4, 0.5, 0.6}, new double[] {0, 1, 0
                });
        ShiftFit.Ranks even = all.half(0);
        assertArrayEquals(new int[] {4, 7}, even.rows());
        assertArrayEquals(new double[] {0.1, 0.3}, even.low());
        assertArrayEquals(new double[] {0.4, 0.6}, even.high());
        assertArrayEquals(new double[] {0, 0}, even.fixed());
        ShiftFit.Ranks odd = all.half(1);
        assertArrayEquals(new int[] {5}, odd.rows());
        assertArrayEquals(new double[] {1}, odd.fixed());
    }

    /** What a row before has is that of its own place: of every second row of a table as of these rows alone. */
    @Test
    void rowsAreFoundByTheirPlaces() {
        Points rows = pairs(ROWS, 0, CORRELATION);
        Coded coded = coded(rows);
        int[][] cells = cells(coded, rows);
        ShiftFit.Ranks all = ranks(logistic(rows, 1.2, 1.25));
        int[] places = IntStream.range(0, ROWS / 2).map(n -> 2 * n + 1).toArray();
        ShiftFit.Ranks some = new ShiftFit.Ranks(
                places,
                Arrays.stream(places).mapToDouble(n -> all.low()[n]).toArray(),
                Arrays.stream(places).mapToDouble(n -> all.high()[n]).toArray(),
                new double[places.length]);
        int[][] own = Coded.select(cells, places);
        ShiftFit.Ranks alone =
                new ShiftFit.Ranks(IntStream.range(0, places.length).toArray(), some.low(), some.high(), some.fixed());
        assertArrayEquals(
                new ShiftFit(coded, own).fit(1, alone).orElseThrow().factors(),
                new ShiftFit(coded, cells).fit(1, some).orElseThrow().factors());
    }

    /** Twenty rows of each half tell a dependence that is all but exact; of cells at the ends of a law log-odds are infinite. */
    @Test
    void fortyRowsAreEnoughAndEndsAreNoObstacle() {
        Points rows = pairs(40, 0, CORRELATION);
        Coded coded = coded(rows);
        double[] numbers = logistic(rows, 3, 3);
        ShiftFit fit = new ShiftFit(coded, cells(coded, rows));
        ShiftFit.Ranks ranks = ranks(numbers);
        int least = IntStream.range(0, 40)
                .reduce((a, b) -> numbers[a] < numbers[b] ? a : b)
                .orElseThrow();
        int largest = IntStream.range(0, 40)
                .reduce((a, b) -> numbers[a] > numbers[b] ? a : b)
                .orElseThrow();
        ranks.low()[least] = 0;
        ranks.high()[largest] = 1;
        ShiftFit.Fitted fitted = fit.fit(1, ranks).orElseThrow();
        assertTrue(Arrays.stream(fitted.factors()).allMatch(f -> f > 0 && Double.isFinite(f)));
        Points fewer = rows.slice(0, 39);
        double[] left = Arrays.copyOf(numbers, 39);
        assertTrue(new ShiftFit(coded, cells(coded, fewer)).fit(1, ranks(left)).isEmpty());
    }

    /** A law of gates and residuals of the second number, moved against its own direction. */
    private static ColumnLaw moved(Coded coded, int[][] cells, Relation relation) {
        ColumnFit fit = new ColumnFit(
                coded, new Relation[] {null, relation}, cells, new CounterRandom(3), ColumnFit.Averaged.FEW);
        ColumnFit.Grown grown = fit.others(fit.grow(1), false);
        Sharing sharing = new Sharing(1, 1.4);
        LinearPart.Fit linear = new LinearPart.Fit(new int[] {0}, new double[][] {coded.scores(0)}, 0.2);
        return fit.law(grown, sharing, sharing, new double[] {0.05, 0.3, 0.4, 0.25}, new Shift(linear, 0.8));
    }

    private static void agree(Coded coded, ColumnLaw law, int[] row, byte[] bins) {
        double[] all = new double[coded.scales()[1].size()];
        law.probabilities(row, bins, all);
        // Gates hold shares as floats of 24 bits.
        assertEquals(1, Arrays.stream(all).sum(), 1e-6);
        double[] counts = new double[all.length];
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            // A lattice of the plane, by the golden ratio.
            counts[law.draw(row, bins, (i + 0.5) / draws, i * 0.618033988749895 % 1)]++;
        }
        double below = 0;
        double drawn = 0;
        for (int c = 0; c < all.length; c++) {
            assertTrue(all[c] > 0 || coded.scales()[1].hasGap());
            assertEquals(all[c], law.probability(c, row, bins), 1e-12);
            below += all[c];
            drawn += counts[c] / draws;
            // The discrepancy of such points is of the order of ln(draws) / draws = 5e-4.
            assertEquals(below, drawn, 2e-3);
        }
    }

    @Test
    void probabilitiesAreThoseOfDrawsAlsoWithGaps() {
        for (double gaps : new double[] {0, 0.3}) {
            Points rows = pairs(900, gaps, CORRELATION);
            Coded coded = coded(rows);
            int[][] cells = cells(coded, rows);
            ColumnLaw law = moved(coded, cells, null);
            for (int n = 0; n < 5; n++) {
                int[] row = {cells[0][n], 0};
                agree(coded, law, row, new byte[] {coded.bin(0, row[0]), 0});
            }
        }
    }

    /** Of a law that is moved a gap is as likely as before, and where another column tells that there is a value there is none. */
    @Test
    void gapsDoNotMove() {
        Points rows = pairs(900, 0.3, CORRELATION);
        Coded coded = coded(rows);
        int[][] cells = cells(coded, rows);
        ColumnLaw moved = moved(coded, cells, null);
        int[] row = {cells[0][3], 0};
        byte[] bins = {coded.bin(0, row[0]), 0};
        assertEquals(moved.shifted(null).probability(0, row, bins), moved.probability(0, row, bins), 1e-9);
        int[] values = new int[coded.scales()[0].size()];
        Arrays.fill(values, Relation.VALUE);
        ColumnLaw valued = moved(coded, cells, new Relation(0, values, 0));
        assertEquals(0, valued.probability(0, row, bins));
        agree(coded, valued, row, bins);
    }

    /** Residuals reach no farther than half the range of those that were seen: a cell beyond has the rank of nothing. */
    @Test
    void cellsThatOnlyTheOwnLawReachesHaveNoRank() {
        Points rows = pairs(900, 0, 0.999);
        Coded coded = coded(rows);
        int[][] cells = cells(coded, rows);
        ColumnFit fit = new ColumnFit(coded, new Relation[2], cells, new CounterRandom(3), ColumnFit.Averaged.FEW);
        Sharing sharing = new Sharing(1, 1.4);
        ColumnLaw law = fit.law(fit.grow(1), sharing, sharing, new double[] {0.05, 0, 0, 0.95});
        int last = coded.scales()[1].size() - 1;
        int[] row = {0, 0};
        byte[] bins = {coded.bin(0, 0), 0};
        assertEquals(0.05 * law.base()[last], law.probability(last, row, bins), 1e-15);
        assertNull(law.ranks(last, row, bins));
        double[] first = law.ranks(0, row, bins);
        assertEquals(law.probability(0, row, bins), 0.05 * first[2] + 0.95 * (first[1] - first[0]), 1e-12);
    }

    @Test
    void aFileGivesTheSameLawAndADamagedOneIsRefused() {
        Points rows = pairs(900, 0, CORRELATION);
        Coded coded = coded(rows);
        int[][] cells = cells(coded, rows);
        ColumnFit fit = new ColumnFit(coded, new Relation[2], cells, new CounterRandom(3), ColumnFit.Averaged.FEW);
        Sharing sharing = new Sharing(1, 1.4);
        ColumnLaw first = fit.law(fit.grow(0), sharing, sharing, new double[] {1, 0, 0, 0});
        ColumnLaw[] chain = {first, moved(coded, cells, null)};
        Groups groups = Groups.of(coded, new Relation[2]);
        TreeMixture mixture = new MixtureFit(groups.codes(cells), RUN).rounds(new MixtureFit.Plan(1, 1, false, 0), 1);
        TableParts parts =
                new TableParts(new int[] {0, 1}, coded, chain, groups, mixture, null, new double[] {1, 0, 0});
        List<Column> columns = List.of(Column.real("x0"), Column.real("x1"));
        TableLaw law = new TableLaw(columns, parts, new Provenance(TableFit.KIND, 900, List.of()));
        TableTape tape = new TableTape();
        new TableText(tape).write(parts);
        TableTape shifts = new TableTape();
        new TableText(shifts).writeShifts(chain);
        TableParts read = new TableText(new TableTape(tape.ints(), tape.doubles())).read(2, Optional.empty());
        TableTape back = new TableTape(shifts.ints(), shifts.doubles());
        new TableText(back).readShifts(read);
        back.end();
        TableLaw again = new TableLaw(columns, read, law.provenance());
        assertArrayEquals(
                law.logDensity(rows, RUN).nats(), again.logDensity(rows, RUN).nats());
        // The first column of the chain has none before it, and log-odds multiplied by nothing tell nothing.
        TableTape before = new TableTape(new int[] {1, 0}, new double[0]);
        assertThrows(InputException.class, () -> new TableText(before).readShifts(read));
        double[] numbers = shifts.doubles();
        numbers[numbers.length - 1] = 0;
        TableTape flat = new TableTape(shifts.ints(), numbers);
        assertThrows(InputException.class, () -> new TableText(flat).readShifts(read));
    }
}
