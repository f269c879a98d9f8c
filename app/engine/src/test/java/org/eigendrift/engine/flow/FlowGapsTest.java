package org.eigendrift.engine.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.settings.FitSettings;
import org.eigendrift.engine.transport.FlowLikelihood;
import org.junit.jupiter.api.Test;

/** Marginal densities of rows of a flow of which a cell is open. */
class FlowGapsTest {
    private static final double GAP = Double.NaN;
    private static final FittedModel MOONS = moons();

    private static FittedModel moons() {
        TargetProvider<?> provider = (TargetProvider<?>) Families.CATALOG.find(TargetProvider.class, "two-moons");
        RunContext run = RunContext.quiet(3);
        FitSettings settings = FitSettings.of(
                Map.of("basis", Map.of("family", "cosine", "degree", 9), "process", Map.of("earliest", 1e-3)),
                Families.CATALOG);
        return Fit.of(target(provider, run).train(), settings, Families.CATALOG, run);
    }

    private static <O extends Record> Target target(TargetProvider<O> provider, RunContext run) {
        return provider.create(provider.options().of(Map.of("rows", 2000, "heldout", 10)), run);
    }

    /** Counts the rows with gaps that are done. */
    private record Counted(AtomicLong units) implements Progress {
        @Override
        public Task begin(String name, long total) {
            return name.equals("rows with gaps")
                    ? new Task() {
                        @Override
                        public void advance(long count) {
                            units.addAndGet(count);
                        }

                        @Override
                        public void close() {}
                    }
                    : Progress.NONE.begin(name, total);
        }
    }

    private static Scores scores(Points rows, int threads, Progress progress) {
        return MOONS.logDensity(rows, new RunContext(3, threads, progress, () -> false));
    }

    /**
     * Beside a sum of exact densities on 2,000 even points, which is exact but for what is left of the density at the box's ends. The
     * flow's likelihood is known to a tolerance on either side; the integral to a tenth of it, several times over.
     */
    @Test
    void aGapIsIntegratedOut() {
        double[] known = {-0.9, 0.1, 0.8};
        for (double x : known) {
            Scores found = scores(Points.ofRows(new double[] {x, GAP}), 1, Progress.NONE);
            int count = 2000;
            double step = 6.0 / count;
            Points all = Points.zeros(2, count);
            for (int n = 0; n < count; n++) {
                all.set(0, n, x);
                all.set(1, n, -3 + (n + 0.5) * step);
            }
            double sum = Arrays.stream(
                            MOONS.logLikelihood(all, RunContext.quiet(3)).nats())
                    .map(Math::exp)
                    .sum();
            assertEquals(Math.log(sum * step), found.nats()[0], 3 * FlowLikelihood.TOLERANCE, "x1 = " + x);
            assertTrue(found.error() <= FlowLikelihood.OF_INTEGRALS, "error " + found.error());
        }
    }

    /** Off by less than a nat for most draws, whatever its constant. */
    @Test
    void theExpansionIsNearTheFlow() {
        RunContext run = RunContext.quiet(3);
        Points rows = MOONS.draw(FlowLaw.Starts.INDEPENDENT, 400, run);
        double[] exact = MOONS.logLikelihood(rows, run).nats();
        double[] sketch = MOONS.sketch(run).orElseThrow().of(rows, run);
        long near = IntStream.range(0, exact.length)
                .filter(n -> Math.abs(exact[n] - sketch[n]) < 1)
                .count();
        assertTrue(near > 0.9 * exact.length, near + " of " + exact.length);
    }

    @Test
    void whatARowGetsDependsOnNoOtherAndOnNoThread() {
        Points rows = Points.ofRows(
                new double[] {0.1, 0.4}, new double[] {0.5, GAP}, new double[] {GAP, 0.3}, new double[] {-0.7, GAP});
        AtomicLong told = new AtomicLong();
        double[] together = scores(rows, 3, new Counted(told)).nats();
        assertEquals(3, told.get(), "rows with gaps that were told to be done");
        assertArrayEquals(together, scores(rows, 1, Progress.NONE).nats());
        for (int n = 1; n < rows.size(); n++) {
            assertEquals(
                    together[n], scores(rows.slice(n, n + 1), 1, Progress.NONE).nats()[0], "row " + n);
        }
    }
}
