package org.eigendrift.engine.law.given;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.engine.file.ModelFile;
import org.eigendrift.engine.kernel.Normal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConditionalLawTest {
    private static final RunContext RUN = RunContext.quiet(7);
    private static final Catalog CATALOG = Catalog.discover(List.of());

    /** a1 = 1 + 2 b + e1, a2 = -b + e1 / 2 + e2: given b of mean (1 + 2 b, -b) and covariance ((.25, .125), (.125, .1025)). */
    private static Points gaussian(int rows) {
        CounterRandom random = new CounterRandom(5);
        Points out = Points.zeros(3, rows);
        for (int n = 0; n < rows; n++) {
            double b = 3 + 2 * random.normal(n, 0);
            double e = 0.5 * random.normal(n, 2);
            out.set(0, n, 1 + 2 * b + e);
            out.set(1, n, b);
            out.set(2, n, -b + e / 2 + 0.2 * random.normal(n, 4));
        }
        return out;
    }

    private static final List<Column> GAUSSIAN = List.of(Column.real("a1"), Column.real("b"), Column.real("a2"));

    /** Two far modes between walls: a = +-(1 - s), of deviation 0.1, given s in (0, 0.8). */
    private static final List<Column> WALLED = List.of(Column.bounded("a", -1, 1), Column.real("s"));

    private static Points walled(int rows) {
        CounterRandom random = new CounterRandom(6);
        Points out = Points.zeros(2, rows);
        for (int n = 0; n < rows; n++) {
            double s = 0.8 * random.uniform(n, 0);
            double a;
            int tries = 0;
            do {
                a = (1 - s) + 0.1 * random.normal(n, 10 + tries++);
            } while (Math.abs(a) > 1);
            out.set(0, n, random.uniform(n, 1) < 0.5 ? a : -a);
            out.set(1, n, s);
        }
        return out;
    }

    private static final Law GAUSSIAN_LAW = fit(GAUSSIAN, gaussian(500), RUN, "b");
    private static final Law WALLED_LAW = fit(WALLED, walled(400), RUN, "s");

    private static Law fit(List<Column> columns, Points rows, RunContext run, String... given) {
        return CATALOG.create(
                LawProvider.KIND,
                "conditional",
                Map.of("given", List.of(given)),
                new LawContext(new InMemory(columns, rows), CATALOG, run));
    }

    private static String refusal(Runnable action) {
        return assertThrows(InputException.class, action::run).getMessage();
    }

    @Test
    void ofAGaussianMeansAndCovariancesAreTheExactOnes() {
        int rows = 4000;
        Law law = fit(GAUSSIAN, gaussian(rows), RUN, "b");
        double b = 5;
        Conditional given = law.given(Evidence.of(new Condition.Equal(1, b)), RUN);
        int count = 1 << 14;
        Points drawn = given.draw(DrawRequest.of(count), RUN).rows();
        // Five standard errors of a regression at one deviation of b, sqrt(2 / rows) of a deviation of the noise, and
        // of as many draws.
        double error = 5 * Math.sqrt(2.0 / rows + 1.0 / count);
        assertEquals(1 + 2 * b, mean(drawn, 0), 0.5 * error);
        assertEquals(-b, mean(drawn, 2), Math.sqrt(0.1025) * error);
        // Five standard errors of a variance, sqrt(2 / rows) of it; the ridge of 3 rows adds its slope's 3 / rows of 16
        // variances.
        double relative = 5 * Math.sqrt(2.0 / rows + 2.0 / count);
        assertEquals(0.25, covariance(drawn, 0, 0), 0.25 * relative);
        assertEquals(0.125, covariance(drawn, 0, 2), Math.sqrt(0.25 * 0.1025) * relative);
        assertEquals(0.1025, covariance(drawn, 2, 2), 0.1025 * relative);
        assertEquals(b, mean(drawn, 1), 1e-12);
        // An exact log-density is off by the score of as many parameters: 7 / (2 rows) on average, and 10 times that at
        // worst.
        Points row = Points.ofRows(new double[] {11.3, b, -5.1});
        double exact = Gaussians.logNormal(
                new double[] {11.3, -5.1}, new double[] {11, -5}, new double[] {0.5, 0, 0.25, Math.sqrt(0.04)});
        assertEquals(exact, law.logDensity(row, RUN).nats()[0], 10 * Math.sqrt(7.0 / rows));
    }

    /** Both columns are exponentials: log a is normal about log(b) / 2, of deviation 0.3, and log b of deviation 2. */
    private static Points skewed(int rows, int seed) {
        CounterRandom random = new CounterRandom(seed);
        Points out = Points.zeros(2, rows);
        for (int n = 0; n < rows; n++) {
            double z = random.normal(n, 0);
            out.set(0, n, Math.exp(z + 0.3 * random.normal(n, 2)));
            out.set(1, n, Math.exp(2 * z));
        }
        return out;
    }

    @Test
    void skewedColumnsAreModelledByTheirBends(@TempDir Path folder) {
        int rows = 1500;
        List<Column> columns = List.of(Column.real("a"), Column.real("b"));
        ConditionalLaw law = (ConditionalLaw) fit(columns, skewed(rows, 3), RUN, "b");
        Points fresh = skewed(1000, 4);
        double[] nats = law.logDensity(fresh, RUN).nats();
        double[] gaps = IntStream.range(0, 1000)
                .mapToDouble(n -> Gaussians.logNormal(
                                new double[] {Math.log(fresh.get(0, n))},
                                new double[] {Math.log(fresh.get(1, n)) / 2},
                                new double[] {0.3})
                        - Math.log(fresh.get(0, n))
                        - nats[n])
                .toArray();
        double gap = Arrays.stream(gaps).average().orElseThrow();
        double squares =
                Arrays.stream(gaps).map(g -> (g - gap) * (g - gap)).average().orElseThrow();
        // Some parts of three numbers, each worth half of one over the rows, and five standard errors of fresh rows. A
        // fifth of the rows lies below the knees, where a bend is no logarithm. Columns as they are lose a nat.
        assertEquals(0, gap, 24 / (2.0 * rows) + 5 * Math.sqrt(squares / 1000) + 0.05);

        Path file = folder.resolve("m.safetensors");
        ModelFile.write(law, file);
        Law read = ModelFile.read(file, CATALOG);
        assertArrayEquals(nats, read.logDensity(fresh, RUN).nats());
        // Other rows come by the same bends: its own give the same law again.
        Law again = law.with(law.statistic(new InMemory(columns, skewed(rows, 3)), RUN), RUN);
        assertArrayEquals(nats, again.logDensity(fresh, RUN).nats());
        assertEquals(List.of(), law.differences(again));
        Points drawn = law.given(Evidence.of(new Condition.Equal(1, 9)), RUN)
                .draw(DrawRequest.of(4000), RUN)
                .rows();
        double middle = Arrays.stream(drawn.column(0)).map(Math::log).average().orElseThrow();
        // Five errors of as many draws and of the regression there, and what the bend is off.
        assertEquals(Math.log(3), middle, 5 * 0.3 * Math.sqrt(1 / 4000.0 + 4.0 / rows) + 0.03);
    }

    /** b of the rows is 3 + 2 z; of 500 the largest z is about 3. */
    @Test
    void whatIsAskedBeyondAllRowsIsToldToBeExtrapolated() {
        assertEquals(List.of(), remarks(5));
        assertEquals(List.of(), remarks(9.5));
        List<String> far = remarks(1000);
        assertEquals(1, far.size());
        assertTrue(
                far.get(0)
                        .matches(
                                "column 'b' lies between -?[0-9.]+ and [0-9.]+ in all rows of the fit, and 1000 is 4[89]\\d deviations beyond: "
                                        + "the law is extrapolated"),
                far.get(0));
        assertEquals(1, remarks(-1000).size());
    }

    private static List<String> remarks(double b) {
        return GAUSSIAN_LAW
                .given(Evidence.of(new Condition.Equal(1, b)), RUN)
                .draw(DrawRequest.of(1), RUN)
                .remarks();
    }

    private static double mean(Points rows, int i) {
        return Arrays.stream(rows.column(i)).average().orElseThrow();
    }

    private static double covariance(Points rows, int i, int j) {
        double[] x = rows.column(i);
        double[] y = rows.column(j);
        double mx = mean(rows, i);
        double my = mean(rows, j);
        return IntStream.range(0, x.length)
                        .mapToDouble(n -> (x[n] - mx) * (y[n] - my))
                        .sum()
                / x.length;
    }

    @Test
    void valuesOfModelledColumnsFollowTheChainRule() {
        Law law = GAUSSIAN_LAW;
        double[] row = {10.2, 4.5, -4.4};
        Evidence both = Evidence.of(new Condition.Equal(1, row[1]), new Condition.Equal(0, row[0]));
        Conditional given = law.given(both, RUN);
        double joint = law.logDensity(Points.ofRows(row), RUN).nats()[0];
        double rest = given.logDensity(Points.ofRows(row), RUN).nats()[0];
        // Rounding of triangles of order 2.
        assertEquals(joint, given.certainty().logProbability() + rest, 1e-10);
        double[] gap = row.clone();
        gap[2] = Double.NaN;
        assertEquals(
                given.certainty().logProbability(),
                law.logDensity(Points.ofRows(gap), RUN).nats()[0],
                1e-10);
        // The mean of a2 given a1 and b is -b + e1 / 2, of deviation 0.2.
        Points drawn = given.draw(DrawRequest.of(4096), RUN).rows();
        assertEquals(-4.5 + 0.1, mean(drawn, 2), 0.2 * 5 * Math.sqrt(3.0 / 500 + 1.0 / 4096));
        assertEquals(10.2, mean(drawn, 0), 1e-12);
    }

    @Test
    void rangesOfModelledColumnsAreMet() {
        Law law = GAUSSIAN_LAW;
        Evidence evidence =
                Evidence.of(new Condition.Equal(1, 3), new Condition.Within(0, 7, Double.POSITIVE_INFINITY));
        Conditional given = law.given(evidence, RUN);
        Points drawn = given.draw(DrawRequest.of(100), RUN).rows();
        assertTrue(Arrays.stream(drawn.column(0)).allMatch(a -> a >= 7));
        // Half the mass lies above the mean of 7, which is known to 0.5 / sqrt(500), that is 0.018 of the mass.
        assertEquals(
                Math.log(0.5),
                given.certainty().logProbability(),
                5 * (0.036 + given.certainty().error()));
    }

    @Test
    void densitiesBetweenWallsIntegrateToOne() {
        Law law = WALLED_LAW;
        for (double s : new double[] {0.02, 0.3, 0.6}) {
            int cells = 4000;
            Points grid = Points.zeros(2, cells);
            for (int n = 0; n < cells; n++) {
                grid.set(0, n, -1 + (n + 0.5) * 2 / cells);
                grid.set(1, n, s);
            }
            double sum = Arrays.stream(law.logDensity(grid, RUN).nats())
                            .map(Math::exp)
                            .sum()
                    * 2
                    / cells;
            // The share between walls is counted by 1,024 even points: half of them, about, to four standard errors of
            // independent ones.
            assertEquals(1, sum, 4 * Math.sqrt(1.0 / 1024));
        }
        Points beyond = Points.ofRows(new double[] {1.01, 0.1});
        assertEquals(Double.NEGATIVE_INFINITY, law.logDensity(beyond, RUN).nats()[0]);
    }

    @Test
    void drawsStayBetweenWallsAndFindBothModes() {
        Law law = WALLED_LAW;
        Points drawn = law.given(Evidence.of(new Condition.Equal(1, 0.02)), RUN)
                .draw(DrawRequest.of(2000), RUN)
                .rows();
        assertTrue(Arrays.stream(drawn.column(0)).allMatch(a -> a >= -1 && a <= 1));
        double share = Arrays.stream(drawn.column(0)).filter(a -> a > 0).count() / 2000.0;
        // Some 100 rows of the fit tell the shares near there.
        assertEquals(0.5, share, 5 * Math.sqrt(0.25 / 100));
    }

    /** Kolmogorov's distance of n independent rows from their normal law is about 0.6 / sqrt(n), that of a lattice 1 / n. */
    @Test
    void rowsAreIndependentAndNoLattice() {
        int count = 1000;
        double[] drawn = GAUSSIAN_LAW
                .given(Evidence.of(new Condition.Equal(1, 3)), RUN)
                .draw(DrawRequest.of(count), RUN)
                .rows()
                .column(0);
        double mean = Arrays.stream(drawn).average().orElseThrow();
        double deviation = Math.sqrt(
                Arrays.stream(drawn).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
        double distance = 0;
        for (int k = 1; k < 200; k++) {
            double place = mean + deviation * Normal.quantile(k / 200.0);
            double below = Arrays.stream(drawn).filter(v -> v < place).count() / (double) count;
            distance = Math.max(distance, Math.abs(below - k / 200.0));
        }
        // Below 0.3 / sqrt(n) once in some thousand seeds, above 1.1 as seldom.
        assertTrue(distance > 0.3 / Math.sqrt(count), "as even as a lattice: " + distance);
        assertTrue(distance < 1.1 / Math.sqrt(count), "not the normal law: " + distance);
    }

    @Test
    void rowsDependOnSeedAndNumberAlone() {
        Law law = WALLED_LAW;
        Law again = fit(WALLED, walled(400), new RunContext(7, 3, Progress.NONE, () -> false), "s");
        Points all = law.draw(DrawRequest.of(600), RUN).rows();
        Points part = again.draw(
                        new DrawRequest(250, 300, Optional.empty()), new RunContext(7, 2, Progress.NONE, () -> false))
                .rows();
        for (int i = 0; i < 2; i++) {
            assertArrayEquals(Arrays.copyOfRange(all.column(i), 250, 550), part.column(i));
        }
        Points rows = walled(40);
        double[] nats = law.logDensity(rows, RUN).nats();
        for (int n = 0; n < 40; n++) {
            assertEquals(
                    nats[n], law.logDensity(rows.select(new int[] {n}), RUN).nats()[0]);
        }
    }

    /** The posterior of a simulator: x = (r cos t + 0.25 - |u|, r sin t + v), u and v the turned parameters; exact up to walls. */
    @Test
    void theTwoMoonsPosteriorIsFoundFromAThousandSimulations() {
        Law law = fit(MOONS, simulations(1, 1000), RUN, "x1", "x2");
        Points fresh = simulations(2, 500);
        double[] nats = law.logDensity(fresh, RUN).nats();
        double gap = 0;
        for (int n = 0; n < fresh.size(); n++) {
            gap += (exact(fresh.row(n)) - nats[n]) / fresh.size();
        }
        // A hundred parameters of two lines with some ten parts each cost 100 / (2 . 1000) nats; as much is left to
        // shapes of ten arcs, and twice
        // the scatter of 500 rows.
        assertTrue(gap > -0.1 && gap < 0.3, "off by " + gap);
    }

    private static final List<Column> MOONS =
            List.of(Column.bounded("t1", -1, 1), Column.bounded("t2", -1, 1), Column.real("x1"), Column.real("x2"));

    private static Points simulations(long seed, int rows) {
        CounterRandom random = new CounterRandom(seed);
        Points out = Points.zeros(4, rows);
        for (int n = 0; n < rows; n++) {
            double t1 = 2 * random.uniform(n, 0) - 1;
            double t2 = 2 * random.uniform(n, 1) - 1;
            double angle = Math.PI * (random.uniform(n, 2) - 0.5);
            double radius = 0.1 + 0.01 * random.normal(n, 4);
            out.set(0, n, t1);
            out.set(1, n, t2);
            out.set(2, n, radius * Math.cos(angle) + 0.25 - Math.abs(t1 + t2) / Math.sqrt(2));
            out.set(3, n, radius * Math.sin(angle) + (t2 - t1) / Math.sqrt(2));
        }
        return out;
    }

    /** The log-density of the parameters: half on either side, of the arc's law, by what lies within the walls of a fine grid. */
    private static double exact(double[] row) {
        int cells = 400;
        double inside = 0;
        for (int i = 0; i < cells; i++) {
            double angle = Math.PI * ((i + 0.5) / cells - 0.5);
            for (double sign : new double[] {-1, 1}) {
                double u = sign * (0.1 * Math.cos(angle) + 0.25 - row[2]);
                double v = row[3] - 0.1 * Math.sin(angle);
                boolean holds =
                        sign * u >= 0 && Math.abs((u - v) / Math.sqrt(2)) <= 1 && Math.abs((u + v) / Math.sqrt(2)) <= 1;
                inside += holds ? 1.0 / (2 * cells) : 0;
            }
        }
        double p1 = row[2] - 0.25 + Math.abs(row[0] + row[1]) / Math.sqrt(2);
        double p2 = row[3] - (row[1] - row[0]) / Math.sqrt(2);
        double r = Math.hypot(p1, p2);
        double z = (r - 0.1) / 0.01;
        return -0.5 * z * z
                - 0.5 * Math.log(2 * Math.PI)
                - Math.log(0.01 * Math.PI * r)
                - Math.log(2 * Math.max(inside, 1e-9));
    }

    /** x2 given x1 of the bundled moons, whose joint density is known, by quadrature over x2. */
    @Test
    void theConditionalOfTwoMoonsIsCloseToItsQuadrature() {
        Target target = CATALOG.create(TargetProvider.KIND, "two-moons", Map.of("rows", 1000), RUN);
        Points rows = InMemory.read(target.train(), 1000);
        List<Column> columns = target.train().columns();
        Law law = fit(columns, rows, RUN, columns.get(0).name());
        Points fresh = InMemory.read(target.heldout().orElseThrow(), 400);
        double[] nats = law.logDensity(fresh, RUN).nats();
        double gap = 0;
        for (int n = 0; n < fresh.size(); n++) {
            int cells = 600;
            Points line = Points.zeros(2, cells + 1);
            for (int k = 0; k < cells; k++) {
                line.set(0, k, fresh.get(0, n));
                line.set(1, k, -2 + 4 * (k + 0.5) / cells);
            }
            line.set(0, cells, fresh.get(0, n));
            line.set(1, cells, fresh.get(1, n));
            double[] joint = new double[cells + 1];
            target.density().orElseThrow().logDensity(line, joint);
            double marginal = 0;
            for (int k = 0; k < cells; k++) {
                marginal += Math.exp(joint[k]) * 4 / cells;
            }
            gap += (joint[cells] - Math.log(marginal) - nats[n]) / fresh.size();
        }
        // Some hundred parameters cost 100 / (2 . 2000) nats, and lines in the place of arcs about as much.
        assertTrue(gap > -0.05 && gap < 0.12, "off by " + gap);
    }

    @Test
    void aModelFileGivesTheSameLaw(@TempDir Path directory) {
        Law law = WALLED_LAW;
        Path file = directory.resolve("law.safetensors");
        ModelFile.write(law, file);
        Law again = ModelFile.read(file, CATALOG);
        Points rows = walled(50);
        assertArrayEquals(
                law.logDensity(rows, RUN).nats(), again.logDensity(rows, RUN).nats());
        Points drawn = law.draw(DrawRequest.of(100), RUN).rows();
        assertArrayEquals(
                drawn.values(), again.draw(DrawRequest.of(100), RUN).rows().values());
        assertEquals(law.provenance(), again.provenance());
    }

    @Test
    void whatIsGivenMustBeAColumnAndLeaveOne() {
        Points rows = gaussian(100);
        String unknown = refusal(() -> fit(GAUSSIAN, rows, RUN, "bb"));
        assertTrue(unknown.contains("no column 'bb'; did you mean 'b'? known: a1, b, a2"), unknown);
        String all = refusal(() -> fit(GAUSSIAN, rows, RUN, "a1", "a2", "b"));
        assertTrue(all.contains("names all columns, and none is left to model"), all);
        String none = refusal(() -> fit(GAUSSIAN, rows, RUN));
        assertTrue(none.contains("names no column"), none);
        String few = refusal(() -> fit(GAUSSIAN, gaussian(10), RUN, "b"));
        assertTrue(few.contains("10 rows, expected at least 20"), few);
    }

    @Test
    void evidenceMustFixAllThatIsGiven() {
        Law law = fit(MOONS, simulations(1, 100), RUN, "x1", "x2");
        String missing = refusal(() -> law.given(Evidence.of(new Condition.Equal(2, 0.1)), RUN));
        assertEquals(
                "the model is of t1, t2 given x1, x2, and the condition does not fix x2; add 'x2 = VALUE'", missing);
        String range = refusal(() -> law.given(
                Evidence.of(new Condition.Within(2, 0, 1), new Condition.Equal(3, 0), new Condition.Equal(0, 0.5)),
                RUN));
        assertTrue(range.contains("does not fix x1"), range);
        String gap = refusal(() -> law.logDensity(Points.ofRows(new double[] {0, 0, Double.NaN, 1}), RUN));
        assertTrue(gap.startsWith("row 1, column 'x1': a gap"), gap);
    }

    /** Of a column that never varied nothing is known but what goes with its one value. */
    @Test
    void anotherValueOfWhatNeverVariedIsAnsweredWithAWord() {
        Points rows = gaussian(300);
        Points with = Points.zeros(4, rows.size());
        for (int n = 0; n < rows.size(); n++) {
            for (int i = 0; i < 3; i++) {
                with.set(i, n, rows.get(i, n));
            }
            with.set(3, n, 7);
        }
        List<Column> columns = List.of(GAUSSIAN.get(0), GAUSSIAN.get(1), GAUSSIAN.get(2), Column.real("site"));
        Law law = fit(columns, with, RUN, "b", "site");
        assertEquals(List.of(), remarks(law, 7));
        List<String> told = remarks(law, 8);
        assertEquals(1, told.size());
        assertTrue(
                told.get(0).startsWith("column 'site' is 7 in all rows of the fit: what another value"), told.get(0));
    }

    private static List<String> remarks(Law law, double site) {
        Evidence evidence = Evidence.of(new Condition.Equal(1, 2), new Condition.Equal(3, site));
        return law.conditioner(RUN)
                .orElseThrow()
                .given(evidence)
                .draw(DrawRequest.of(5), RUN)
                .remarks();
    }
}
