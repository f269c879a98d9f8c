package org.eigendrift.bases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.pass.Passes;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.pass.Summary;
import org.eigendrift.bases.frame.BoxFrame;
import org.eigendrift.bases.frame.GaussianizeFrame;
import org.eigendrift.bases.frame.RosenblattFrame;
import org.eigendrift.bases.frame.StandardizeFrame;
import org.eigendrift.bases.frame.UnboundFrame;
import org.eigendrift.bases.frame.WhitenFrame;
import org.junit.jupiter.api.Test;

/** What is fitted has the same bits wherever the blocks of the rows were summed and in whichever order the sums were joined. */
class ScatteredBlocksTest {
    private static final int ROWS = 9 * Summary.BLOCK + 321;

    /** Gathers every block by itself, as if elsewhere: written, read and merged in an order of its own. */
    private record Scattered(InMemory data, long seed) implements Passes {
        @Override
        public List<Object> read(List<Summary<?>> summaries) {
            List<Object> results = new ArrayList<>();
            summaries.forEach(summary -> results.add(gather(summary)));
            return results;
        }

        private <S> S gather(Summary<S> summary) {
            CounterRandom random = new CounterRandom(seed);
            List<State> parts = new ArrayList<>();
            Passes.blocks(data, RunContext.quiet(1), (rows, first) -> {
                S part = summary.zero();
                summary.add(part, rows, first);
                parts.add((int) (random.uniform(0, first) * (parts.size() + 1)), summary.write(part));
            });
            S all = summary.zero();
            for (int p = 0; p < parts.size(); p += 2) {
                S pair = summary.read(parts.get(p));
                if (p + 1 < parts.size()) {
                    summary.merge(pair, summary.read(parts.get(p + 1)));
                }
                summary.merge(all, pair);
            }
            return all;
        }
    }

    private static InMemory rows(int dim, boolean positive, boolean heavy) {
        CounterRandom random = new CounterRandom(5);
        Points points = Points.zeros(dim, ROWS);
        for (int n = 0; n < ROWS; n++) {
            for (int i = 0; i < dim; i++) {
                double value = random.normal(n, i) + (i > 0 ? 0.5 * points.get(i - 1, n) : 0);
                points.set(i, n, heavy ? value / Math.abs(random.normal(n, 100 + i)) : value);
            }
        }
        List<Column> columns = IntStream.range(0, dim)
                .mapToObj(i -> positive ? Column.positive("x" + i) : Column.real("x" + i))
                .toList();
        if (positive) {
            for (int k = 0; k < points.values().length; k++) {
                points.values()[k] = Math.exp(0.3 * points.values()[k]);
            }
        }
        return new InMemory(columns, points);
    }

    private static void assertSame(State expected, State actual) {
        assertEquals(expected.names(), actual.names());
        assertTrue(expected.names().size() > 0);
        expected.names().forEach(name -> assertArrayEquals(expected.get(name), actual.get(name), name));
    }

    private static <O extends Record> void frame(
            FrameProvider<O> provider, Map<String, Object> options, InMemory data) {
        O bound = provider.options().of(options);
        State whole = provider.plan(bound, data.columns())
                .run(Passes.over(data, RunContext.quiet(1)))
                .state();
        for (long seed = 1; seed <= 3; seed++) {
            assertSame(
                    whole,
                    provider.plan(bound, data.columns())
                            .run(new Scattered(data, seed))
                            .state());
        }
    }

    private static <O extends Record> void family(BasisFamily<O> family, InMemory data) {
        Plan<Eigenbasis> plan =
                family.plan(family.options().defaults(), data.columns().get(0), 4);
        State whole = plan.run(Passes.over(data, RunContext.quiet(1))).state();
        for (long seed = 1; seed <= 3; seed++) {
            assertSame(whole, plan.run(new Scattered(data, seed)).state());
        }
    }

    @Test
    void frames() {
        InMemory real = rows(3, false, false);
        frame(new StandardizeFrame(), Map.of(), real);
        frame(new BoxFrame(), Map.of(), real);
        frame(new WhitenFrame(), Map.of("shrink", true, "scale", true), real);
        frame(new GaussianizeFrame(), Map.of(), real);
        frame(new GaussianizeFrame(), Map.of(), rows(2, true, false));
        frame(new RosenblattFrame(), Map.of(), real);
    }

    @Test
    void families() {
        family(new MeanFieldFamily(), rows(1, false, false));
        family(new MeanFieldFamily(), rows(1, false, true));
        family(new LaguerreFamily(), rows(1, true, false));
    }

    /** The first value on a bound is named, wherever its block was looked at. */
    @Test
    void refusals() {
        InMemory data = rows(2, true, false);
        data.points().set(1, 20_000, 0);
        data.points().set(1, 30_000, -1);
        UnboundFrame unbound = new UnboundFrame();
        Plan<?> plan = unbound.plan(unbound.options().defaults(), data.columns());
        for (Passes passes : List.of(Passes.over(data, RunContext.quiet(1)), new Scattered(data, 2))) {
            String message =
                    assertThrows(InputException.class, () -> plan.run(passes)).getMessage();
            assertTrue(message.startsWith("row 20001, column 'x1': 0.0 is not inside"), message);
        }
    }
}
