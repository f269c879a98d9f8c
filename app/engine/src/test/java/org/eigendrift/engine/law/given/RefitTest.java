package org.eigendrift.engine.law.given;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.file.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Laws of columns given others are merged and unlearn rows, to the last bit. */
class RefitTest {
    private static final RunContext RUN = RunContext.quiet(7);
    private static final Catalog CATALOG = Catalog.discover(List.of());
    private static final List<Column> COLUMNS = List.of(Column.real("t"), Column.bounded("u", -1, 1), Column.real("x"));
    private static final Map<String, Object> PROPOSED = Map.of(
            "prior", List.of("t ~ normal(0.3, 0.8)", "u ~ uniform(-1, 1)"),
            "proposal", List.of("t ~ normal(0, 1)", "u ~ uniform(-1, 1)"));

    private static final Points ROWS = rows(500);
    private static final Law FIRST = fit(part(0, 300), Map.of());
    private static final Law WEIGHED = fit(part(0, 300), PROPOSED);

    private static Points rows(int count) {
        CounterRandom random = new CounterRandom(3);
        Points out = Points.zeros(3, count);
        for (int n = 0; n < count; n++) {
            double t = random.normal(n, 0);
            double u = 2 * random.uniform(n, 7) - 1;
            out.set(0, n, t);
            out.set(1, n, u);
            out.set(2, n, (random.uniform(n, 8) < 0.5 ? t : -t) + u + 0.2 * random.normal(n, 2));
        }
        return out;
    }

    private static InMemory part(int from, int to) {
        return new InMemory(COLUMNS, ROWS.select(IntStream.range(from, to).toArray()));
    }

    private static Law fit(InMemory rows, Map<String, Object> more) {
        Map<String, Object> options = new HashMap<>(more);
        options.put("given", List.of("x"));
        return CATALOG.create(LawProvider.KIND, "conditional", options, new LawContext(rows, CATALOG, RUN));
    }

    private static void assertSame(Law expected, Law law) {
        Points rows = ROWS.select(IntStream.range(0, 40).toArray());
        assertArrayEquals(
                expected.logDensity(rows, RUN).nats(), law.logDensity(rows, RUN).nats());
        assertArrayEquals(
                expected.draw(DrawRequest.of(60), RUN).rows().values(),
                law.draw(DrawRequest.of(60), RUN).rows().values());
        assertEquals(expected.provenance().rows(), law.provenance().rows());
    }

    private static void mergedAndUnlearned(Law first, Path directory) {
        Law second = Eigendrift.like(first, part(300, 500), RUN);
        Path file = directory.resolve("second.safetensors");
        ModelFile.write(second, file);
        Law merged = Eigendrift.merge(List.of(first, ModelFile.read(file, CATALOG)), RUN);
        assertSame(Eigendrift.like(first, part(0, 500), RUN), merged);
        assertSame(merged, Eigendrift.merge(List.of(second, first), RUN));
        assertSame(first, Eigendrift.like(first, part(0, 300), RUN));
        assertSame(first, Eigendrift.unlearn(merged, second, RUN));
        assertSame(first, Eigendrift.unlearn(merged, part(300, 500), RUN));
        Law rest = Eigendrift.unlearn(first, part(100, 200), RUN);
        int[] left = IntStream.concat(IntStream.range(0, 100), IntStream.range(200, 300))
                .toArray();
        assertSame(Eigendrift.like(first, new InMemory(COLUMNS, ROWS.select(left)), RUN), rest);
    }

    @Test
    void halvesAddUpToTheWhole(@TempDir Path directory) {
        mergedAndUnlearned(FIRST, directory);
    }

    @Test
    void soDoHalvesOfAProposal(@TempDir Path directory) {
        mergedAndUnlearned(WEIGHED, directory);
    }

    /** The pinned step is one of the fit's own: fitted again to all rows, the choice pinned, the density hardly changes. */
    @Test
    void aMergedLawIsAsGoodAsAFitToAllRows() {
        Law merged = Eigendrift.merge(List.of(FIRST, Eigendrift.like(FIRST, part(300, 500), RUN)), RUN);
        Points fresh = rows(900).select(IntStream.range(500, 900).toArray());
        double gain = mean(merged.logDensity(fresh, RUN).nats())
                - mean(FIRST.logDensity(fresh, RUN).nats());
        // Some thirty parameters cost 30 / (2 rows): 200 rows more are worth about 0.02 nats, and half of that to one
        // step.
        assertTrue(gain > 0, "gains " + gain);
    }

    private static double mean(double[] nats) {
        return Arrays.stream(nats).average().orElseThrow();
    }

    @Test
    void whatIsGivenInRowsTakenBackIsNoLongerKept() {
        Law rest = Eigendrift.unlearn(FIRST, part(0, 250), RUN);
        double[] drawn = rest.draw(DrawRequest.of(500), RUN).rows().column(2);
        for (int n = 0; n < 250; n++) {
            double x = ROWS.get(2, n);
            assertFalse(Arrays.stream(drawn).anyMatch(v -> v == x), "row " + n);
        }
    }

    /** The least of random numbers: what is kept of a part is what is kept of all and in it. */
    @Test
    void whatIsKeptOfManyRowsAddsUp() {
        double[][] rows = new double[5000][];
        Arrays.setAll(rows, n -> new double[] {n % 4000});
        Sample all = Sample.of(rows, rows);
        Kept first = Kept.of(all.select(IntStream.range(0, 2500).toArray()));
        Kept second = Kept.of(all.select(IntStream.range(2500, 5000).toArray()));
        Kept both = Kept.of(all);
        assertEquals(Kept.MOST, both.rows().length);
        assertArrayEquals(both.rows(), first.plus(second).rows());
        assertArrayEquals(both.rows(), second.plus(first).rows());
        Kept left = both.minus(second);
        // About half of what is kept, to five deviations of a binomial law.
        assertEquals(1000, left.rows().length, 5 * Math.sqrt(500));
        assertTrue(Arrays.stream(left.rows()).allMatch(row -> row[0] < 2500));
        double mean =
                Arrays.stream(both.rows()).mapToDouble(row -> row[0]).average().orElseThrow();
        double exact = Arrays.stream(rows).mapToDouble(row -> row[0]).average().orElseThrow();
        assertEquals(exact, mean, 5 * 1200 / Math.sqrt(Kept.MOST));
    }

    @Test
    void whatCannotBeAddedIsRefused() {
        refused(
                "each has regressions of its own; fit the second with '--like' the first",
                fit(part(300, 500), Map.of()));
        refused("prior and proposal: [[], []] and [[t ~ normal(0.3, 0.8)", WEIGHED);
        Law near = fit(part(0, 300), Map.of("near", List.of("x = 0"), "rows", 100));
        String local = assertThrows(InputException.class, () -> Eigendrift.like(near, part(300, 500), RUN))
                .getMessage();
        assertTrue(local.contains("cannot be merged, unlearn rows or be fitted alike; leave out 'near'"), local);
        String few = assertThrows(InputException.class, () -> Eigendrift.unlearn(FIRST, part(0, 290), RUN))
                .getMessage();
        assertEquals("cannot take 290 rows from a model of 300: at least 20 must remain", few);
        InMemory other = new InMemory(
                List.of(Column.real("t"), Column.real("u"), Column.real("y")), ROWS.select(new int[] {0, 1, 2}));
        String columns = assertThrows(InputException.class, () -> Eigendrift.unlearn(FIRST, other, RUN))
                .getMessage();
        assertTrue(columns.startsWith("the rows have the columns "), columns);
    }

    private static void refused(String expected, Law second) {
        String message = assertThrows(InputException.class, () -> Eigendrift.merge(List.of(FIRST, second), RUN))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }
}
