package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Law;
import org.eigendrift.engine.kernel.LogSum;
import org.junit.jupiter.api.Test;

class KernelsTest {
    private static final RunContext RUN = RunContext.quiet(3);
    private static final int[] SIZES = {2, 14, 15};
    private static final KernelFit.Shape SHAPE = new KernelFit.Shape(0.8, 0.05, 0.1);

    /** Two kinds, a whole number that depends on them, and one that follows it. */
    private static int[][] cells(int rows) {
        CounterRandom random = new CounterRandom(21);
        int[][] cells = new int[3][rows];
        for (int n = 0; n < rows; n++) {
            cells[0][n] = random.uniform(n, 0) < 0.4 ? 1 : 0;
            cells[1][n] = (int) Math.max(0, Math.min(13, Math.rint(4 + 4 * cells[0][n] + 2.4 * random.normal(n, 2))));
            cells[2][n] = (int) Math.max(0, Math.min(14, Math.rint(cells[1][n] + 1 + 1.6 * random.normal(n, 4))));
            if (n < 15) {
                cells[1][n] = n % 14;
                cells[2][n] = n;
            }
        }
        return cells;
    }

    private static Coded coded(int[][] cells) {
        CellScale[] scales = new CellScale[3];
        for (int j = 0; j < 3; j++) {
            double[] values = Arrays.stream(cells[j]).asDoubleStream().toArray();
            scales[j] = CellScale.of(
                    new CellScale.Spec(j == 0, j == 0 ? 2 : 0, 1, 0, SIZES[j] - 1, false, List.of()), values, 256);
            assertEquals(SIZES[j], scales[j].size());
        }
        return new Coded(scales);
    }

    private static Kernels kernels(int[][] cells) {
        return new KernelFit(coded(cells), new Relation[3], cells).fit(SHAPE, 0.3);
    }

    /** Numbers that depend on each other strongly: a factor of their covariance is far from its transpose. */
    private static Points correlated(int rows) {
        CounterRandom random = new CounterRandom(31);
        Points out = Points.zeros(4, rows);
        for (int n = 0; n < rows; n++) {
            double x = random.normal(n, 0);
            for (int j = 0; j < 4; j++) {
                out.set(j, n, (j - 1.5) * x + 0.3 * random.normal(n, 2 * j + 2));
            }
        }
        return out;
    }

    private static Coded numbers(Points rows, int[][] cells) {
        CellScale[] scales = new CellScale[rows.dim()];
        for (int j = 0; j < scales.length; j++) {
            CellScale.Spec real = new CellScale.Spec(
                    false, 0, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, true, List.of());
            scales[j] = CellScale.of(real, rows.column(j), 64);
            CellScale scale = scales[j];
            cells[j] = Arrays.stream(rows.column(j)).mapToInt(scale::cell).toArray();
        }
        return new Coded(scales);
    }

    /** As kernels become narrow, what is drawn around a row becomes the row. */
    @Test
    void narrowKernelsStandAtTheirRows() {
        Points rows = correlated(120);
        int[][] cells = new int[4][];
        Coded coded = numbers(rows, cells);
        Kernels kernels = new KernelFit(coded, new Relation[4], cells).fit(new KernelFit.Shape(1e-3, 0.1, 0.1));
        int[] drawn = new int[4];
        for (int n = 0; n < 120; n++) {
            CounterRandom random = new CounterRandom(n);
            kernels.follow(n, new int[] {0, 1, 2, 3}, CellFactors.none(4), j -> random.uniform(j, 0), drawn);
            for (int j = 0; j < 4; j++) {
                // A deviation is a thousandth of a distance between near rows; cells are wider, and their middle is the
                // row's score.
                assertEquals(cells[j][n], drawn[j], "row " + n + ", column " + j);
            }
        }
    }

    /** Kernels too far away to count are passed over by a bound: the sum is that over all. */
    @Test
    void kernelsFarAwayCountNothing() {
        Points rows = correlated(120);
        int[][] cells = new int[4][];
        Coded coded = numbers(rows, cells);
        Kernels kernels = new KernelFit(coded, new Relation[4], cells).fit(new KernelFit.Shape(0.8, 0.1, 0.1), 0.5);
        for (int n = 0; n < 120; n++) {
            int row = n;
            // Also rows far from all others: the first column of one beside the rest of another.
            int[] at = {cells[0][n % 60], cells[1][row], cells[2][row], cells[3][row]};
            double[] logs = IntStream.range(0, kernels.size())
                    .mapToDouble(i -> kernels.logWeights()[i] + kernels.logProbability(i, at))
                    .toArray();
            // Rounding of sums of 960 terms; what is passed over is below exp(-40) of the largest each.
            assertEquals(LogSum.of(logs), kernels.logProbability(at), 1e-11);
        }
    }

    /** A column of which each cell is asked for: what does not depend on it is evaluated once, and the sum is the same. */
    @Test
    void cellsOfAnOpenColumnHaveTheProbabilityOfTheirRows() {
        Points rows = correlated(120);
        int[][] numbers = new int[4][];
        Coded coded = numbers(rows, numbers);
        Kernels wide = new KernelFit(coded, new Relation[4], numbers).fit(new KernelFit.Shape(0.8, 0.1, 0.1), 0.5);
        int[][] mixed = cells(60);
        Coded levels = coded(mixed);
        Relation fixes = new Relation(0, new int[] {3, -1}, 0.01);
        Relation[] relations = {null, null, fixes};
        for (int n = 0; n < 12; n++) {
            everyCell(wide, numbers, n);
            everyCell(kernels(mixed), mixed, n);
            everyCell(new KernelFit(levels, relations, mixed).fit(SHAPE, 0.3), mixed, n);
        }
    }

    private static void everyCell(Kernels kernels, int[][] cells, int n) {
        int[] row = Arrays.stream(cells).mapToInt(column -> column[n]).toArray();
        for (int open = 0; open < row.length; open++) {
            double[] alone = new double[kernels.coded().scales()[open].size()];
            Arrays.fill(alone, Double.NEGATIVE_INFINITY);
            double[] logs = kernels.logProbabilities(row, open, alone);
            double[] beside = new double[logs.length];
            Arrays.setAll(beside, c -> c % 3 == 0 ? Double.POSITIVE_INFINITY : -5 - 10 * c);
            double[] pruned = kernels.logProbabilities(row, open, beside);
            int[] other = row.clone();
            for (int c = 0; c < logs.length; c++) {
                other[open] = c;
                double log = kernels.logProbability(other);
                if (c % 3 == 0) {
                    assertEquals(Double.POSITIVE_INFINITY, pruned[c], "not asked for");
                } else {
                    // What is left out beside another law is nothing with it: 240 kernels of exp(-40) each.
                    double both = LogSum.of(new double[] {log, beside[c]});
                    assertEquals(both, LogSum.of(new double[] {pruned[c], beside[c]}), 1e-11 * (1 + Math.abs(log)));
                }
                // Sums of 240 kernels in another order; deviations of up to a hundred have squares of 1e4 times the
                // rounding.
                assertEquals(log, logs[c], 1e-11 * (1 + Math.abs(log)), "row " + n + " column " + open + " cell " + c);
            }
        }
    }

    /** What is not known of a number says nothing against its dependence on others. */
    @Test
    void gapsDoNotWeakenTheDependenceOfKernels() {
        // Two standard errors of a correlation of 280 pairs, 2 (1 - 0.81) / sqrt(280), and of as many draws. Filled
        // with the mean
        // it falls by 0.1.
        assertEquals(correlationOfDraws(0), correlationOfDraws(0.3), 0.035);
    }

    private static double correlationOfDraws(double gaps) {
        CounterRandom random = new CounterRandom(17);
        Points rows = Points.zeros(2, 400);
        for (int n = 0; n < 400; n++) {
            double x = random.normal(n, 0);
            rows.set(0, n, x);
            rows.set(1, n, random.uniform(n, 9) < gaps ? Double.NaN : 0.9 * x + 0.44 * random.normal(n, 2));
        }
        int[][] cells = new int[2][];
        Coded coded = numbers(rows, cells);
        Kernels kernels = new KernelFit(coded, new Relation[2], cells).fit(new KernelFit.Shape(2, 0.01, 0.02));
        double[] sums = new double[3];
        int[] drawn = new int[2];
        for (int i = 0; i < 4 * kernels.size(); i++) {
            CounterRandom own = new CounterRandom(i);
            kernels.follow(i % kernels.size(), new int[] {0, 1}, CellFactors.none(2), j -> own.uniform(j, 0), drawn);
            if (drawn[1] > 0 || gaps == 0) {
                double x = coded.scores(0)[drawn[0]];
                double y = coded.scores(1)[drawn[1]];
                sums[0] += x * y;
                sums[1] += x * x;
                sums[2] += y * y;
            }
        }
        return sums[0] / Math.sqrt(sums[1] * sums[2]);
    }

    /** Where kernels are few there is one half way to each of three near rows, between both in every score. */
    @Test
    void kernelsStandHalfWayToNearRows() {
        Points rows = correlated(120);
        int[][] cells = new int[4][];
        Coded coded = numbers(rows, cells);
        Kernels kernels = new KernelFit(coded, new Relation[4], cells).fit(new KernelFit.Shape(1e-3, 0.1, 0.1));
        assertEquals(4 * 120, kernels.size());
        assertEquals(0, LogSum.of(kernels.logWeights()), 1e-12);
        for (int n = 0; n < 120; n++) {
            double least = Double.POSITIVE_INFINITY;
            for (int m = 0; m < 120; m++) {
                double away = 0;
                for (int j = 0; j < 4; j++) {
                    double middle = (coded.scores(j)[cells[j][n]] + coded.scores(j)[cells[j][m]]) / 2;
                    away = Math.max(away, Math.abs(middle - score(kernels, 120 + n, j)));
                }
                least = m == n ? least : Math.min(least, away);
            }
            // Centres are drawn together by a millionth.
            assertEquals(0, least, 1e-4);
        }
    }

    /** The centre of a kernel in a column's scores: centres are kept times the inverse of a factor. */
    private static double score(Kernels kernels, int i, int j) {
        double[] score = new double[kernels.numbers().length];
        for (int k = 0; k <= j; k++) {
            double sum = kernels.centres()[i][k];
            for (int q = 0; q < k; q++) {
                sum -= kernels.lower()[k * score.length + q] * score[q];
            }
            score[k] = sum / kernels.lower()[k * score.length + k];
        }
        return score[j];
    }

    /** All 2 x 14 x 15 rows. */
    private static int[][] all() {
        int count = Arrays.stream(SIZES).reduce(1, (a, b) -> a * b);
        int[][] out = new int[3][count];
        for (int n = 0; n < count; n++) {
            int rest = n;
            for (int j = 0; j < 3; j++) {
                out[j][n] = rest % SIZES[j];
                rest /= SIZES[j];
            }
        }
        return out;
    }

    @Test
    void probabilitiesSumToOneAndDrawsHaveThem() {
        Kernels kernels = kernels(cells(60));
        double[] logs = kernels.logProbabilities(all());
        assertEquals(1, Arrays.stream(logs).map(Math::exp).sum(), 1e-12);
        int draws = 40_000;
        double[] seen = new double[logs.length];
        CounterRandom random = new CounterRandom(4);
        int[] row = new int[3];
        for (int n = 0; n < draws; n++) {
            int stream = n;
            int kernel = kernels.choose(random.uniform(n, 0));
            assertEquals(
                    0,
                    kernels.follow(
                            kernel, new int[] {0, 1, 2}, CellFactors.none(3), j -> random.uniform(stream, j + 1), row));
            seen[row[0] + 2 * (row[1] + 14 * row[2])] += 1.0 / draws;
        }
        for (int n = 0; n < logs.length; n++) {
            double p = Math.exp(logs[n]);
            // Five standard errors of a share; 420 of them stray farther with a probability below 3e-4.
            assertEquals(p, seen[n], 5 * Math.sqrt(p * (1 - p) / draws) + 1e-9);
        }
    }

    @Test
    void evidenceHasTheProbabilityOfItsRows() {
        int[][] cells = cells(60);
        Kernels kernels = kernels(cells);
        int[][] all = all();
        double[] logs = kernels.logProbabilities(all);
        double[] low = {1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        double[] odd = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0};
        double prefix = 0;
        double scattered = 0;
        for (int n = 0; n < logs.length; n++) {
            prefix += all[0][n] == 1 && low[all[1][n]] > 0 ? Math.exp(logs[n]) : 0;
            scattered += odd[all[2][n]] > 0 ? Math.exp(logs[n]) : 0;
        }
        CounterRandom random = new CounterRandom(9);
        // Levels first, and the number drawn from its range: each kernel's probability is exact.
        double exact =
                given(kernels, new double[][] {{0, 1}, low, null}, random).log();
        assertEquals(Math.log(prefix), exact, 1e-12);
        GivenKernels given = given(kernels, new double[][] {null, null, odd}, random);
        assertEquals(Math.log(scattered), given.log(), 5 * given.error());
        for (int n = 0; n < 200; n++) {
            assertEquals(1, given.draw(random.derive(n))[2] % 2);
        }
    }

    private static GivenKernels given(Kernels kernels, double[][] factors, CounterRandom random) {
        return new GivenKernels(kernels, factors, factors, random);
    }

    /** What is known stands last in the law's order: the sum over all rows says how likely the others are. */
    @Test
    void rowsGivenTheLastColumnHaveTheirProbabilities() {
        int[][] cells = cells(60);
        Kernels kernels = kernels(cells);
        int[][] all = all();
        double[] logs = kernels.logProbabilities(all);
        double[] six = {0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        double total = 0;
        for (int n = 0; n < logs.length; n++) {
            total += all[2][n] == 6 ? Math.exp(logs[n]) : 0;
        }
        CounterRandom random = new CounterRandom(12);
        GivenKernels given = given(kernels, new double[][] {null, null, six}, random);
        assertEquals(Math.log(total), given.log(), 5 * given.error());
        // Cells of a whole deviation make the orders differ; still a hundred draws say as much as eighty independent
        // ones.
        assertTrue(given.error() < 0.05, () -> "error " + given.error());
        int draws = 20_000;
        double[] seen = new double[28];
        for (int n = 0; n < draws; n++) {
            int[] row = given.draw(random.derive(n));
            assertEquals(6, row[2]);
            seen[row[0] + 2 * row[1]] += 1.0 / draws;
        }
        for (int n = 0; n < 28; n++) {
            double p = Math.exp(logs[n + 28 * 6]) / total;
            // Five standard errors, and what one of some candidates is off: a hundredth of its probability for each of
            // both ends.
            assertEquals(p, seen[n], 5 * Math.sqrt(p * (1 - p) / draws) + 0.02 * p);
        }
    }

    /** Kernels widen the cloud of rows and draw it together again: of many rows, which have none half way, covariances stay. */
    @Test
    void theCovarianceIsThatOfTheRows() {
        int rows = 1_600;
        int[][] cells = new int[4][];
        Coded coded = numbers(correlated(rows), cells);
        for (double narrow : new double[] {0, 0.5}) {
            Kernels kernels =
                    new KernelFit(coded, new Relation[4], cells).fit(new KernelFit.Shape(1.5, 1e-3, 0.1), narrow);
            CounterRandom random = new CounterRandom(6);
            int draws = 20_000;
            int[][] drawn = new int[4][draws];
            int[] row = new int[4];
            for (int n = 0; n < draws; n++) {
                int stream = n;
                int kernel = kernels.choose(random.uniform(n, 0));
                kernels.follow(
                        kernel, new int[] {0, 1, 2, 3}, CellFactors.none(4), j -> random.uniform(stream, j + 1), row);
                for (int j = 0; j < 4; j++) {
                    drawn[j][n] = row[j];
                }
            }
            for (int j = 0; j < 4; j++) {
                for (int k = 0; k <= j; k++) {
                    // Five standard errors of a product of standard normal scores, and a hundredth for the width of
                    // cells.
                    assertEquals(
                            product(coded, cells, j, k),
                            product(coded, drawn, j, k),
                            5 * Math.sqrt(2.0 / draws) + 0.01);
                }
            }
        }
    }

    private static double product(Coded coded, int[][] cells, int j, int k) {
        double sum = 0;
        for (int n = 0; n < cells[0].length; n++) {
            sum += coded.scores(j)[cells[j][n]] * coded.scores(k)[cells[k][n]] / cells[0].length;
        }
        return sum;
    }

    private static final List<Column> MOONS =
            List.of(Column.category("moon", List.of("a", "b")), Column.real("x"), Column.real("y"));

    /** Two half circles, which neither trees of few rows nor products follow. */
    private static Points moons(int rows) {
        CounterRandom random = new CounterRandom(17);
        Points out = Points.zeros(3, rows);
        for (int n = 0; n < rows; n++) {
            int moon = n % 2;
            double angle = Math.PI * random.uniform(n, 0);
            out.set(0, n, moon);
            out.set(1, n, moon + (1 - 2 * moon) * Math.cos(angle) + 0.08 * random.normal(n, 2));
            out.set(2, n, moon * 0.5 + (1 - 2 * moon) * Math.sin(angle) + 0.08 * random.normal(n, 4));
        }
        return out;
    }

    /** Files without weights were written when all kernels weighed alike; weights that do not sum to one are damage. */
    @Test
    void filesWithoutWeightsHaveKernelsThatWeighAlike() {
        TableLaw law =
                new TableFit(MOONS, MOONS.stream().map(TableLawProvider::spec).toList(), RUN).fit(moons(200));
        TableTape tape = new TableTape();
        new TableText(tape).write(law.parts());
        Kernels alike = new TableText(new TableTape(tape.ints(), tape.doubles()))
                .read(3, Optional.empty())
                .kernels();
        int count = law.parts().kernels().size();
        double[] expected = new double[count];
        Arrays.fill(expected, -Math.log(count));
        assertArrayEquals(expected, alike.logWeights());
        assertArrayEquals(law.parts().kernels().widths(), alike.widths());
        TableText damaged = new TableText(new TableTape(tape.ints(), tape.doubles()));
        assertThrows(InputException.class, () -> damaged.read(3, Optional.of(new double[count])));
    }

    /** Held-out rows choose kernels where they are better, and the law with them is asked and kept like any other. */
    @Test
    void curvesOfFewRowsAreFollowedByKernels() {
        Points rows = moons(200);
        TableLaw law =
                new TableFit(MOONS, MOONS.stream().map(TableLawProvider::spec).toList(), RUN).fit(rows);
        double share = law.parts().shares()[TableParts.KERNELS];
        assertTrue(share > 0.1, "kernels have " + share);
        TableTape tape = new TableTape();
        new TableText(tape).write(law.parts());
        TableTape back = new TableTape(tape.ints(), tape.doubles());
        TableLaw again = new TableLaw(
                MOONS,
                new TableText(back).read(3, Optional.of(law.parts().kernels().logWeights())),
                law.provenance());
        back.end();
        double[] nats = law.logDensity(rows, RUN).nats();
        assertArrayEquals(nats, again.logDensity(rows, RUN).nats());
        Points drawn = law.draw(DrawRequest.of(50), RUN).rows();
        RunContext three = new RunContext(3, 3, Progress.NONE, () -> false);
        assertArrayEquals(
                drawn.values(), again.draw(DrawRequest.of(50), three).rows().values());
        Law given = law.given(new Evidence(List.of(new Evidence.Condition.Equal(0, 1))), RUN);
        // log p(x, y | moon) = log p(moon, x, y) - log p(moon): half of the rows, to what the laws' 200 rows shrink it
        // by.
        Points one = moons(200).slice(1, 2);
        assertEquals(
                law.logDensity(one, RUN).nats()[0] + Math.log(2),
                given.logDensity(one, RUN).nats()[0],
                0.02);
    }
}
