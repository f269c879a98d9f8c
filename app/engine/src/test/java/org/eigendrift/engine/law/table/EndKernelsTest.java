package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.DrawRequest;
import org.junit.jupiter.api.Test;

/** Every drawn table has the ends of its columns, and each of its rows is a draw from the law. */
class EndKernelsTest {
    private static final RunContext RUN = RunContext.quiet(5);
    private static final int ROWS = 2_000;
    private static final int SEEDS = 40;

    private static final Points TABLE = table();
    private static final List<Column> COLUMNS = List.of(
            Column.integer("first", (long) least(0), (long) most(0)),
            Column.integer("second", (long) least(1), (long) most(1)),
            Column.category("kind", List.of("a", "b")));
    private static final TableLaw LAW = law(RUN);
    private static final List<Points> DRAWN = IntStream.range(0, SEEDS)
            .mapToObj(seed ->
                    LAW.draw(DrawRequest.of(ROWS), RunContext.quiet(seed)).rows())
            .toList();

    /** Whole numbers with tails on both sides, others that lie near them, and a level that the first decides in part. */
    private static Points table() {
        CounterRandom random = new CounterRandom(8);
        Points out = Points.zeros(3, ROWS);
        for (int n = 0; n < ROWS; n++) {
            double size = Math.floor(-3 * Math.log(random.uniform(n, 0)));
            double first = random.uniform(n, 1) < 0.5 ? size : 0 - size;
            out.set(0, n, first);
            out.set(1, n, first + Math.floor(3 * random.uniform(n, 2)));
            out.set(2, n, random.uniform(n, 3) < 1 / (1 + Math.exp(-first / 3)) ? 1 : 0);
        }
        return out;
    }

    private static double most(int j) {
        return Arrays.stream(TABLE.column(j)).max().orElseThrow();
    }

    private static double least(int j) {
        return Arrays.stream(TABLE.column(j)).min().orElseThrow();
    }

    private static TableLaw law(RunContext run) {
        return new TableFit(
                        COLUMNS, COLUMNS.stream().map(TableLawProvider::spec).toList(), run)
                .fit(TABLE);
    }

    private static long count(Points rows, Predicate<double[]> which) {
        return IntStream.range(0, rows.size())
                .filter(n -> which.test(rows.row(n)))
                .count();
    }

    /** By summing over all rows that can be. */
    private static double probability(Predicate<double[]> which) {
        int width = (int) (most(0) - least(0)) + 1;
        int height = (int) (most(1) - least(1)) + 1;
        Points all = Points.zeros(3, width * height * 2);
        for (int n = 0; n < all.size(); n++) {
            all.set(0, n, least(0) + n % width);
            all.set(1, n, least(1) + n / width % height);
            all.set(2, n, n / (width * height));
        }
        double[] nats = LAW.logDensity(all, RUN).nats();
        return IntStream.range(0, all.size())
                .filter(n -> which.test(all.row(n)))
                .mapToDouble(n -> Math.exp(nats[n]))
                .sum();
    }

    private static List<Predicate<double[]>> ends() {
        return List.of(
                row -> row[0] == least(0),
                row -> row[0] == most(0),
                row -> row[1] == least(1),
                row -> row[1] == most(1));
    }

    /** Independent rows would lack an end of one row in a third of the tables. */
    @Test
    void everyTableHasTheEndsOfItsColumns() {
        for (Predicate<double[]> end : ends()) {
            long seen = count(TABLE, end);
            assertTrue(seen < 12, "an end of " + seen + " rows is drawn anyway");
            for (Points drawn : DRAWN) {
                assertTrue(count(drawn, end) > 0);
            }
        }
        String chosen = LAW.provenance().decisions().stream()
                .filter(decision -> decision.what().equals("ends of columns"))
                .findFirst()
                .orElseThrow()
                .chosen();
        assertEquals("one row in 2000 at each of 4", chosen);
    }

    /**
     * Rows at ends, and pairs of them, come as often as they are likely: counts of tables scatter by no more than those of independent rows,
     * so the mean of 40 is allowed four times the error that these had; leaves hold floats of 24 bits. One row of each end is there for
     * certain, so that counts of independent rows would have a variance larger by one; of 40 counts near a Poisson law's it errs by a quarter.
     */
    @Test
    void endsComeAsOftenAsTheyAreLikely() {
        for (Predicate<double[]> end : ends()) {
            double expected = ROWS * probability(end);
            double[] counts =
                    DRAWN.stream().mapToDouble(drawn -> count(drawn, end)).toArray();
            double mean = Arrays.stream(counts).average().orElseThrow();
            double variance = Arrays.stream(counts)
                    .map(c -> (c - mean) * (c - mean) / (SEEDS - 1))
                    .sum();
            assertEquals(expected, mean, 4 * Math.sqrt(expected / SEEDS) + 1e-3 * expected);
            assertTrue(variance < expected - 0.5, variance + " of " + expected);
        }
        Predicate<double[]> both = row -> row[0] == most(0) && row[1] >= most(1) - 2;
        double expected = ROWS * probability(both);
        double mean = DRAWN.stream()
                .mapToDouble(drawn -> count(drawn, both))
                .average()
                .orElseThrow();
        assertEquals(expected, mean, 4 * Math.sqrt(expected / SEEDS) + 1e-3 * expected);
        assertTrue(expected > 0.5, "at the end of one column the other is near its own: " + expected);
    }

    /** Shares away from the ends are the law's, too: within four errors of independent rows, which are larger. */
    @Test
    void everyRowIsADraw() {
        assertEquals(1, probability(row -> true), 1e-5);
        List<Predicate<double[]>> events = List.of(
                row -> row[2] == 1,
                row -> row[0] < -5,
                row -> row[0] == 0 && row[1] == 1,
                row -> row[1] > 3 && row[2] == 0);
        for (Predicate<double[]> event : events) {
            double p = probability(event);
            double share = DRAWN.stream()
                    .mapToDouble(drawn -> count(drawn, event) / (double) ROWS)
                    .average()
                    .orElseThrow();
            assertEquals(p, share, 4 * Math.sqrt(p * (1 - p) / ROWS / SEEDS) + 1e-5);
        }
    }

    @Test
    void rowsDependOnSeedAndNumberAlone() {
        RunContext three = new RunContext(0, 3, Progress.NONE, () -> false);
        Points part =
                LAW.draw(new DrawRequest(1_900, 40, Optional.empty()), three).rows();
        assertArrayEquals(DRAWN.get(0).slice(1_900, 1_940).values(), part.values());
        assertTrue(!Arrays.equals(DRAWN.get(0).values(), DRAWN.get(1).values()));
    }
}
