package org.eigendrift.engine.law.given;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.engine.file.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Laws of columns given others near one observation, beside exact ones. */
class NearLawTest {
    private static final RunContext RUN = RunContext.quiet(7);
    private static final Catalog CATALOG = Catalog.discover(List.of());

    private static final double[] OBSERVATION = {0.9, 0.15, 0.5};

    private static final List<Column> COLUMNS =
            List.of(Column.real("a"), Column.real("x1"), Column.real("x2"), Column.real("x3"));

    /** A bowl whose noise varies: given x, a is normal about this with the deviation below. */
    private static double mean(double[] x) {
        return x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
    }

    private static double deviation(double[] x) {
        return 0.3 + 0.1 * Math.tanh(x[0]);
    }

    private static Points simulations(long seed, int rows) {
        CounterRandom random = new CounterRandom(seed);
        Points out = Points.zeros(4, rows);
        for (int n = 0; n < rows; n++) {
            double[] x = {random.normal(n, 0), random.normal(n, 2), random.normal(n, 4)};
            out.set(0, n, mean(x) + deviation(x) * random.normal(n, 6));
            for (int i = 0; i < 3; i++) {
                out.set(i + 1, n, x[i]);
            }
        }
        return out;
    }

    private static final Points ROWS = simulations(3, 800);
    private static final List<String> NEAR = near(OBSERVATION);
    private static final Law NAMED = fit(ROWS, Map.of("near", NEAR, "rows", 60), RUN);

    private static List<String> near(double[] x) {
        return IntStream.range(0, x.length)
                .mapToObj(i -> String.format(Locale.ROOT, "x%d = %s", i + 1, x[i]))
                .toList();
    }

    private static Law fit(Points rows, Map<String, ?> options, RunContext run) {
        Map<String, Object> all = new HashMap<>(options);
        all.put("given", List.of("x1", "x2", "x3"));
        return CATALOG.create(
                LawProvider.KIND, "conditional", all, new LawContext(new InMemory(COLUMNS, rows), CATALOG, run));
    }

    private static Evidence at(double... x) {
        return Evidence.of(new Condition.Equal(1, x[0]), new Condition.Equal(2, x[1]), new Condition.Equal(3, x[2]));
    }

    private static String refusal(Runnable action) {
        return assertThrows(InputException.class, action::run).getMessage();
    }

    /** Kullback and Leibler's divergence of a law from the exact one, by midpoints over ten deviations. */
    private static double divergence(Law law, double[] x) {
        int cells = 2000;
        double mean = mean(x);
        double deviation = deviation(x);
        Points line = Points.zeros(4, cells);
        for (int n = 0; n < cells; n++) {
            line.set(0, n, mean + deviation * 20 * ((n + 0.5) / cells - 0.5));
            for (int i = 0; i < 3; i++) {
                line.set(i + 1, n, x[i]);
            }
        }
        double[] nats = law.logDensity(line, RUN).nats();
        double sum = 0;
        for (int n = 0; n < cells; n++) {
            double z = (line.get(0, n) - mean) / deviation;
            double exact = -0.5 * z * z - 0.5 * Math.log(2 * Math.PI) - Math.log(deviation);
            sum += Math.exp(exact) * (exact - nats[n]) * 20 * deviation / cells;
        }
        return sum;
    }

    private static Decision choice(Law law) {
        return law.provenance().decisions().get(0);
    }

    /** At an observation that was simulated, not picked. */
    @Test
    void theLawNearAnObservationIsCloserToTheExactOneThere() {
        Points many = simulations(3, 1000);
        double[] x = Arrays.copyOfRange(simulations(77, 1).row(0), 1, 4);
        double near = divergence(fit(many, Map.of("near", near(x)), RUN), x);
        double global = divergence(fit(many, Map.of(), RUN), x);
        // The exact law is at hand: 0.10 nats against 0.74. A regression of 500 rows costs 5 / 1000 nats, and the rest
        // is what lines
        // leave of the bowl, which must be less than half of it within half of the rows.
        assertTrue(near < global / 2, near + " against " + global);
    }

    /** The nearest rows by brute force, in units of a covariance inverted by hand. */
    @Test
    void nearIsMahalanobissDistanceAndTiesGoByNumber() {
        double[][] b = new double[60][];
        CounterRandom random = new CounterRandom(4);
        for (int n = 0; n < b.length; n++) {
            double x = 3 * random.normal(n / 2, 0);
            b[n] = new double[] {5 + x, 100 * (x + random.normal(n / 2, 2))};
        }
        double[] observation = {4, -50};
        double[] mean = new double[2];
        for (double[] row : b) {
            mean[0] += row[0] / b.length;
            mean[1] += row[1] / b.length;
        }
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (double[] row : b) {
            xx += (row[0] - mean[0]) * (row[0] - mean[0]) / b.length;
            xy += (row[0] - mean[0]) * (row[1] - mean[1]) / b.length;
            yy += (row[1] - mean[1]) * (row[1] - mean[1]) / b.length;
        }
        Vicinity near = Vicinity.of(observation, b);
        double[] distances = new double[b.length];
        for (int n = 0; n < b.length; n++) {
            double x = b[n][0] - observation[0];
            double y = b[n][1] - observation[1];
            distances[n] = Math.sqrt((yy * x * x - 2 * xy * x * y + xx * y * y) / (xx * yy - xy * xy));
            // A millionth of a deviation of each column's own, with a correlation of 0.95 that leaves a twentieth.
            assertEquals(distances[n], near.distance(b[n]), 1e-4 * distances[n]);
        }
        int[] expected = IntStream.range(0, b.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(n -> distances[n - n % 2])
                        .thenComparing(n -> n))
                .mapToInt(n -> n)
                .toArray();
        assertArrayEquals(expected, near.order(b));
        assertEquals(Arrays.stream(distances).max().orElseThrow(), near.radius(), 1e-4 * near.radius());
        assertTrue(near.of(b, expected, 10).holds(b[expected[9]]));
        assertTrue(!near.of(b, expected, 10).holds(b[expected[10]]));
    }

    @Test
    void whatIsFarIsRefusedAndWhatIsNearIsSaidToBe() {
        Law law = NAMED;
        Points drawn =
                law.given(at(OBSERVATION), RUN).draw(DrawRequest.of(10), RUN).rows();
        assertEquals(10, drawn.size());
        assertEquals(
                List.of(
                        "the model was fitted to the 60 rows nearest to x1 = 0.9, x2 = 0.15, x3 = 0.5, and is meant for "
                                + "what is near there"),
                law.given(at(OBSERVATION), RUN).draw(DrawRequest.of(10), RUN).remarks());
        String far = refusal(() -> law.given(at(-0.8, -0.9, -0.5), RUN));
        assertTrue(far.startsWith("what is given lies ") && far.contains("fit it near what is asked"), far);
        Points rows = Points.ofRows(new double[] {0, 0.9, 0.15, 0.5}, new double[] {0, -0.8, -0.9, -0.5});
        String second = refusal(() -> law.logDensity(rows, RUN));
        assertTrue(second.startsWith("row 2: what is given lies "), second);
    }

    @Test
    void rowsDrawnWithoutAConditionAreNear() {
        Points drawn = NAMED.draw(DrawRequest.of(200), RUN).rows();
        // Refuses rows that are not.
        assertEquals(200, NAMED.logDensity(drawn, RUN).nats().length);
        assertEquals(60, NAMED.provenance().rows());
    }

    /** Of all rows, however the observation was named, there is one law. */
    @Test
    void allRowsAreTheLawOfAnywhere() {
        Points few = simulations(3, 60);
        Law all = fit(few, Map.of("near", NEAR, "rows", 60), RUN);
        Law anywhere = fit(few, Map.of(), RUN);
        assertArrayEquals(
                anywhere.logDensity(few, RUN).nats(), all.logDensity(few, RUN).nats());
        assertEquals("all 60 rows", choice(all).chosen());
    }

    @Test
    void anObservationThatNoRowIsLikeIsSaidToBe() {
        Points few = simulations(3, 60);
        Law law = fit(few, Map.of("near", near(new double[] {30, 0.5, 0.5}), "rows", 30), RUN);
        assertTrue(
                choice(law).line().contains("no row is as far from the mean as this observation"),
                choice(law).line());
        assertTrue(
                !choice(NAMED).line().contains("no row is as far"),
                choice(NAMED).line());
    }

    @Test
    void theSameRowsAreChosenWhateverTheThreads(@TempDir Path directory) {
        Points few = simulations(5, 120);
        Law one = fit(few, Map.of("near", NEAR), RUN);
        Law three = fit(few, Map.of("near", NEAR), new RunContext(7, 3, Progress.NONE, () -> false));
        assertEquals(one.provenance(), three.provenance());
        Points near = NAMED.draw(DrawRequest.of(50), RUN).rows();
        Path file = directory.resolve("law.safetensors");
        ModelFile.write(NAMED, file);
        Law again = ModelFile.read(file, CATALOG);
        assertArrayEquals(
                NAMED.logDensity(near, RUN).nats(), again.logDensity(near, RUN).nats());
        assertEquals(
                refusal(() -> NAMED.given(at(-0.8, -0.9, -0.5), RUN)),
                refusal(() -> again.given(at(-0.8, -0.9, -0.5), RUN)));
    }

    @Test
    void whatIsNearMustBeAValueOfEachGivenColumn() {
        refused("no given column 'a'", "a = 1", "x1 = 0", "x2 = 0", "x3 = 0");
        refused("says no value of x2, x3; add 'x2 = VALUE'", "x1 = 0");
        refused("says two values of 'x1'", "x1 = 0", "x1 = 1");
        refused("found 'x1', expected COLUMN = VALUE", "x1");
        refused("found 'x1 = much', expected COLUMN = VALUE, a number", "x1 = much");
        refused("a finite number", "x1 = NaN");
        String alone = refusal(() -> fit(ROWS, Map.of("rows", 60), RUN));
        assertTrue(alone.contains("is read with 'near' alone"), alone);
        String many = refusal(() -> fit(ROWS, Map.of("near", NEAR, "rows", 100_000), RUN));
        assertTrue(many.contains("found 100000, expected 20 to " + ROWS.size()), many);
    }

    private static void refused(String expected, String... near) {
        String found = refusal(() -> fit(ROWS, Map.of("near", List.of(near)), RUN));
        assertTrue(found.contains(expected), found);
    }
}
