package org.eigendrift.engine.law.given;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Additive;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.engine.file.ModelFile;
import org.eigendrift.engine.kernel.Normal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two normal parameters, the sum of whose squares is told: posteriors are rings. */
class PosteriorLawTest {
    private static final RunContext RUN = RunContext.quiet(7);
    private static final Catalog CATALOG = Catalog.discover(List.of());
    private static final double NOISE = 0.3;
    private static Law ring;

    private static Points rings(int rows, int seed) {
        CounterRandom random = new CounterRandom(seed);
        Points out = Points.zeros(3, rows);
        for (int n = 0; n < rows; n++) {
            double a = random.normal(n, 0);
            double b = random.normal(n, 1);
            out.set(0, n, a);
            out.set(1, n, b);
            out.set(2, n, a * a + b * b + NOISE * random.normal(n, 2));
        }
        return out;
    }

    private static Law fit(List<String> columns, Points rows, String prior, Map<String, Object> more) {
        Map<String, Object> options = new HashMap<>(more);
        options.put("given", List.of("x"));
        options.put("prior", List.of(prior));
        List<Column> all = columns.stream().map(Column::real).toList();
        return CATALOG.create(
                LawProvider.KIND, "conditional", options, new LawContext(new InMemory(all, rows), CATALOG, RUN));
    }

    @BeforeAll
    static void fitTheRing() {
        ring = fit(List.of("a", "b", "x"), rings(1500, 5), "a, b ~ normal(0, 1)", Map.of());
    }

    /** The log-posterior: the angle is even, and the radius squared s has the prior exp(-s / 2) / 2, which is integrated on a grid. */
    private static double exact(double a, double b, double x) {
        int cells = 4000;
        double step = 20.0 / cells;
        double evidence = IntStream.range(0, cells)
                .mapToDouble(k -> (k + 0.5) * step)
                .map(s -> step * 0.5 * Math.exp(-s / 2) * Normal.density((x - s) / NOISE) / NOISE)
                .sum();
        double likelihood = Normal.density((x - a * a - b * b) / NOISE) / NOISE;
        return Math.log(Normal.density(a) * Normal.density(b) * likelihood / evidence);
    }

    @Test
    void itsPosteriorIsTheExactOneAndIsReadAgain(@TempDir Path folder) {
        assertInstanceOf(PosteriorLaw.class, ring);
        Points fresh = rings(60, 6);
        double[] nats = ring.logDensity(fresh, RUN).nats();
        double gap = 0;
        double squares = 0;
        for (int n = 0; n < fresh.size(); n++) {
            double own = exact(fresh.get(0, n), fresh.get(1, n), fresh.get(2, n)) - nats[n];
            gap += own / fresh.size();
            squares += own * own / fresh.size();
        }
        // About 30 of the waves matter to a sum of two squares, each worth half of one over the rows; and five standard
        // errors of 60 rows.
        double error = 5 * Math.sqrt(squares / fresh.size());
        assertTrue(Math.abs(gap) < 30 / (2 * 1500.0) + error, "off by " + gap + ", " + error);
        assertTrue(error < 0.4, "rows are off each by its own: " + error);

        Path file = folder.resolve("m.safetensors");
        ModelFile.write(ring, file);
        Law read = assertInstanceOf(PosteriorLaw.class, ModelFile.read(file, CATALOG));
        Points few = fresh.select(new int[] {4, 7});
        // The same bits, whatever stands beside a row.
        assertArrayEquals(
                new double[] {nats[4], nats[7]}, read.logDensity(few, RUN).nats());
        assertEquals(Double.NEGATIVE_INFINITY, exact(40, 0, 1));
    }

    /** The ring, of which all columns are exponentials: parameters by their prior, what is given where its noise is even. */
    @Test
    void itFollowsLogarithmsOfBothSides() {
        int rows = 1000;
        Points all = rings(rows, 5);
        Points exponentials = exponentials(all);
        Law law = assertInstanceOf(
                PosteriorLaw.class, fit(List.of("a", "b", "x"), exponentials, "a, b ~ lognormal(0, 1)", Map.of()));
        Points fresh = rings(20, 6);
        double[] nats = law.logDensity(exponentials(fresh), RUN).nats();
        double[] gaps = IntStream.range(0, nats.length)
                .mapToDouble(n -> exact(fresh.get(0, n), fresh.get(1, n), fresh.get(2, n))
                        - fresh.get(0, n)
                        - fresh.get(1, n)
                        - nats[n])
                .toArray();
        double gap = Arrays.stream(gaps).average().orElseThrow();
        double error =
                Math.sqrt(Arrays.stream(gaps).map(g -> (g - gap) * (g - gap)).sum()) / nats.length;
        // As for the ring itself, and as much again for a bend that is no logarithm in the lowest rows.
        assertTrue(Math.abs(gap) < 2 * 30 / (2.0 * rows) + 5 * error, "off by " + gap + ", " + error);
        assertTrue(5 * error < 0.4, "rows are off each by its own: " + error);
    }

    private static Points exponentials(Points rows) {
        Points out = Points.zeros(rows.dim(), rows.size());
        for (int i = 0; i < rows.dim(); i++) {
            for (int n = 0; n < rows.size(); n++) {
                out.set(i, n, Math.exp(rows.get(i, n)));
            }
        }
        return out;
    }

    @Test
    void particlesLieOnTheRing() {
        Conditional given = ring.given(Evidence.of(new Condition.Equal(2, 1)), RUN);
        assertEquals(0, given.certainty().logProbability());
        double effective = given.certainty().effectiveSampleSize();
        assertTrue(effective > 100, "effective sample size " + effective);
        Points drawn = given.draw(DrawRequest.of(4000), RUN).rows();
        double mean = Arrays.stream(drawn.column(0)).average().orElseThrow();
        double square = IntStream.range(0, 4000)
                .mapToDouble(n -> Math.pow(drawn.get(0, n), 2) + Math.pow(drawn.get(1, n), 2))
                .average()
                .orElseThrow();
        // By symmetry: five errors of the effective draws, of deviation sqrt(0.5), and what the fit is off (a tenth of
        // it).
        assertEquals(0, mean, 5 * 0.71 / Math.sqrt(effective) + 0.07);
        // Nearly a normal law at 1, which the prior moves by half the variance.
        assertEquals(1 - NOISE * NOISE / 2, square, 5 * NOISE / Math.sqrt(effective) + 0.03);
    }

    @Test
    void conditionsOnParametersHaveTheirProbability() {
        Conditional right = ring.given(Evidence.of(new Condition.Equal(2, 1), new Condition.Within(0, 0, 9)), RUN);
        // A half; the error of two integrals, and as much asymmetry as the fit may have.
        assertEquals(
                Math.log(0.5),
                right.certainty().logProbability(),
                5 * right.certainty().error() + 0.1);
        assertTrue(Arrays.stream(right.draw(DrawRequest.of(50), RUN).rows().column(0))
                .allMatch(a -> a >= 0));
        Conditional known = ring.given(Evidence.of(new Condition.Equal(2, 1), new Condition.Equal(0, 0.6)), RUN);
        Points b = known.draw(DrawRequest.of(200), RUN).rows();
        double square = Arrays.stream(b.column(1)).map(v -> v * v).average().orElseThrow();
        // b^2 is 1 - 0.36, less what a smaller radius weighs more (a quarter of a deviation at most), and five errors
        // of 200 draws.
        assertEquals(0.64, square, NOISE / 4 + 5 * NOISE / Math.sqrt(200));
        InputException refused =
                assertThrows(InputException.class, () -> ring.given(Evidence.of(new Condition.Within(0, 0, 1)), RUN));
        assertTrue(refused.getMessage().contains("'x = VALUE'"), refused.getMessage());
    }

    @Test
    void drawsWithoutAConditionHaveWhatIsGivenFromRows() {
        Points drawn = ring.draw(DrawRequest.of(60), RUN).rows();
        int near = 0;
        for (int n = 0; n < 60; n++) {
            double left = drawn.get(2, n) - Math.pow(drawn.get(0, n), 2) - Math.pow(drawn.get(1, n), 2);
            near += Math.abs(left) < 2 * NOISE ? 1 : 0;
        }
        // 0.954 of normal noise, less five standard errors of 60 rows; where rows are few and far the fit is off, so
        // that squares are no measure.
        assertTrue(
                near > 60 * (0.954 - 5 * Math.sqrt(0.954 * 0.046 / 60)), near + " of 60 rows agree with what is given");
        Points first = ring.draw(DrawRequest.of(5), RUN).rows();
        assertArrayEquals(first.column(0), Arrays.copyOf(drawn.column(0), 5));
    }

    /** The product of two uniform parameters is told: at 0.65 and a = 0.7 nearly half of b's posterior would lie beyond its wall. */
    @Test
    void wallsOfThePriorHoldWhereOneColumnIsFree() {
        CounterRandom random = new CounterRandom(12);
        Points rows = Points.zeros(3, 600);
        for (int n = 0; n < 600; n++) {
            rows.set(0, n, 2 * random.uniform(n, 0) - 1);
            rows.set(1, n, 2 * random.uniform(n, 1) - 1);
            rows.set(2, n, rows.get(0, n) * rows.get(1, n) + 0.1 * random.normal(n, 2));
        }
        Law law = assertInstanceOf(
                PosteriorLaw.class, fit(List.of("a", "b", "x"), rows, "a, b ~ uniform(-1, 1)", Map.of()));
        Points drawn = law.given(Evidence.of(new Condition.Equal(2, 0.65), new Condition.Equal(0, 0.7)), RUN)
                .draw(DrawRequest.of(2000), RUN)
                .rows();
        assertTrue(Arrays.stream(drawn.column(1)).allMatch(b -> b >= -1 && b <= 1), "draws lie beyond the wall");
        InputException beyond = assertThrows(
                InputException.class,
                () -> law.given(Evidence.of(new Condition.Equal(2, 0.5), new Condition.Equal(0, 1.5)), RUN));
        assertTrue(beyond.getMessage().contains("1.5"), beyond.getMessage());
        InputException merged = assertThrows(InputException.class, ((Additive) law)::statistic);
        assertTrue(merged.getMessage().contains("likelihood: none"), merged.getMessage());
    }

    @Test
    void regressionsStayWhereTheyAreTheLawOrNothingElseIsWanted() {
        CounterRandom random = new CounterRandom(9);
        Points rows = Points.zeros(2, 600);
        for (int n = 0; n < 600; n++) {
            rows.set(0, n, random.normal(n, 0));
            rows.set(1, n, rows.get(0, n) + random.normal(n, 1));
        }
        Law straight = fit(List.of("theta", "x"), rows, "theta ~ normal(0, 1)", Map.of());
        assertInstanceOf(ConditionalLaw.class, straight);
        assertTrue(
                straight.provenance().decisions().stream()
                        .map(Decision::chosen)
                        .anyMatch("mixtures of regressions"::equals),
                "what was tried is told");
        Map<String, Object> none = Map.of("likelihood", "none");
        assertInstanceOf(ConditionalLaw.class, fit(List.of("a", "b", "x"), rings(400, 5), "a, b ~ normal(0, 1)", none));
    }
}
