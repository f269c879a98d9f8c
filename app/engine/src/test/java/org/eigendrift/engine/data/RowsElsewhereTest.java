package org.eigendrift.engine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.pass.Distributed;
import org.eigendrift.api.pass.Passes;
import org.eigendrift.api.pass.Summary;
import org.junit.jupiter.api.Test;

/** Rows and their views, read here or where they are. */
class RowsElsewhereTest {
    private static final List<Column> COLUMNS = List.of(Column.real("a"), Column.real("b"));
    private static final Points ROWS = Points.ofRows(new double[] {1, 5}, new double[] {3, 4}, new double[] {-2, 4.5});

    /** What it was asked is remembered, and answered by rows that nobody else can read. */
    private static final class Elsewhere implements Distributed {
        private final List<Summary<?>> asked = new ArrayList<>();

        @Override
        public List<Column> columns() {
            return COLUMNS;
        }

        @Override
        public OptionalLong rows() {
            return OptionalLong.of(3);
        }

        @Override
        public Reader open() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Object> read(List<Summary<?>> summaries) {
            asked.addAll(summaries);
            return summaries.stream().<Object>map(Elsewhere::gathered).toList();
        }

        private static <S> S gathered(Summary<S> summary) {
            S gathered = summary.zero();
            summary.add(gathered, ROWS, 0);
            return gathered;
        }

        @Override
        public Distributed chosen(Choice choice) {
            throw new UnsupportedOperationException();
        }
    }

    /** Halves the first coordinate and names the others anew. */
    private record Half() implements Frame {
        @Override
        public List<Column> columns() {
            return List.of(Column.real("u"), Column.real("v"));
        }

        @Override
        public void forward(Points x, Points z, double[] logJacobian) {
            for (int n = 0; n < x.size(); n++) {
                z.set(0, n, x.get(0, n) / 2);
                z.set(1, n, x.get(1, n));
                logJacobian[n] -= Math.log(2);
            }
        }

        @Override
        public void inverse(Points z, Points x) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int[] leftNormal() {
            return new int[] {1};
        }

        @Override
        public boolean affine() {
            return true;
        }

        @Override
        public State state() {
            return State.EMPTY;
        }
    }

    private static FrameChain half() {
        return new FrameChain(COLUMNS, List.of(new Half()));
    }

    private static void runsAllTasks(Passes passes) {
        AtomicIntegerArray done = new AtomicIntegerArray(7);
        passes.each(7, done::incrementAndGet);
        for (int task = 0; task < 7; task++) {
            assertEquals(1, done.get(task));
        }
    }

    @Test
    void rowsHereAreReadHere() {
        Ranges ranges = new Ranges(COLUMNS);
        Passes passes = LocalPasses.over(new InMemory(COLUMNS, ROWS), RunContext.quiet(1), new Parallel(2));
        List<Object> gathered = passes.read(List.of(ranges, new Ranges(List.of(Column.real("a")))));
        assertEquals(2, gathered.size());
        assertArrayEquals(new double[] {-2, 4}, ((Ranges.Ends) gathered.get(0)).lower());
        assertArrayEquals(new double[] {3, 5}, ((Ranges.Ends) gathered.get(0)).upper());
        assertArrayEquals(new double[] {-2}, ((Ranges.Ends) gathered.get(1)).lower());
        runsAllTasks(passes);
    }

    @Test
    void aReadingThatIsCancelledEnds() {
        RunContext run = new RunContext(1, 1, Progress.NONE, () -> true);
        Passes passes = LocalPasses.over(new InMemory(COLUMNS, ROWS), run, new Parallel(1));
        assertThrows(CancellationException.class, () -> passes.read(List.of(new Ranges(COLUMNS))));
    }

    @Test
    void rowsElsewhereAreReadThere() {
        Elsewhere elsewhere = new Elsewhere();
        Ranges ranges = new Ranges(COLUMNS);
        Passes passes = LocalPasses.over(elsewhere, RunContext.quiet(1), new Parallel(2));
        Ranges.Ends ends = (Ranges.Ends) passes.read(List.of(ranges)).get(0);
        assertArrayEquals(new double[] {-2, 4}, ends.lower());
        assertEquals(List.of(ranges), elsewhere.asked);
        runsAllTasks(passes);
        assertSame(elsewhere, RowCache.of(elsewhere));
    }

    /** Two rows of three fill the reader's batch, one is left. */
    @Test
    void aViewIsMadeWhileItIsRead() {
        Dataset view = FramedDataset.of(new InMemory(COLUMNS, ROWS), half());
        assertEquals("u", view.columns().get(0).name());
        assertEquals(3, view.rows().orElseThrow());
        Points buffer = Points.zeros(2, 2);
        try (Dataset.Reader reader = view.open()) {
            assertEquals(2, reader.read(buffer));
            assertArrayEquals(new double[] {0.5, 1.5}, buffer.column(0));
            assertArrayEquals(new double[] {5, 4}, buffer.column(1));
            assertEquals(1, reader.read(buffer));
            assertEquals(-1, buffer.get(0, 0));
            assertEquals(4.5, buffer.get(1, 0));
            assertEquals(0, reader.read(buffer));
        }
    }

    @Test
    void aViewClosesWhatItReads() {
        boolean[] closed = {false};
        InMemory rows = new InMemory(COLUMNS, ROWS);
        Dataset source = new Dataset() {
            @Override
            public List<Column> columns() {
                return COLUMNS;
            }

            @Override
            public OptionalLong rows() {
                return OptionalLong.empty();
            }

            @Override
            public Reader open() {
                Reader reader = rows.open();
                return new Reader() {
                    @Override
                    public int read(Points buffer) {
                        return reader.read(buffer);
                    }

                    @Override
                    public void close() {
                        closed[0] = true;
                    }
                };
            }
        };
        FramedDataset.of(source, half()).open().close();
        assertTrue(closed[0]);
    }

    /** No frame leaves rows elsewhere what they are; others map the rows that a summary there is shown. */
    @Test
    void aViewOfRowsElsewhereIsMadeThere() {
        Elsewhere elsewhere = new Elsewhere();
        assertSame(elsewhere, FramedDataset.of(elsewhere, new FrameChain(COLUMNS, List.of())));
        Dataset view = FramedDataset.of(elsewhere, half());
        assertEquals("v", view.columns().get(1).name());
        Ranges.Ends ends = (Ranges.Ends) LocalPasses.over(view, RunContext.quiet(1), new Parallel(1))
                .read(List.of(new Ranges(view.columns())))
                .get(0);
        assertArrayEquals(new double[] {-1, 4}, ends.lower());
        assertArrayEquals(new double[] {1.5, 5}, ends.upper());
    }

    /** What a chain tells is what its last frame tells. */
    @Test
    void aChainIsAffineIfItsFramesAre() {
        assertTrue(half().affine());
        assertArrayEquals(new int[] {1}, half().leftNormal());
    }
}
