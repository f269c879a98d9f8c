package org.eigendrift.api.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class PlanTest {
    /** Row n of column i is n + 1000000 i; counts how often it is opened. */
    private static final class Counted implements Dataset {
        private final int dim;
        private final int size;
        private int opened;

        Counted(int dim, int size) {
            this.dim = dim;
            this.size = size;
        }

        @Override
        public List<Column> columns() {
            return IntStream.range(0, dim).mapToObj(i -> Column.real("x" + i)).toList();
        }

        @Override
        public OptionalLong rows() {
            return OptionalLong.empty();
        }

        @Override
        public Reader open() {
            opened++;
            return new Reader() {
                private int next;

                @Override
                public int read(Points buffer) {
                    int count = Math.min(buffer.size(), size - next);
                    for (int i = 0; i < dim; i++) {
                        for (int n = 0; n < count; n++) {
                            buffer.set(i, n, next + n + 1e6 * i);
                        }
                    }
                    next += count;
                    return count;
                }

                @Override
                public void close() {}
            };
        }
    }

    /** The sum of the first column, and whether every block came with its place. */
    private static final class Sum implements Summary<double[]> {
        @Override
        public double[] zero() {
            return new double[1];
        }

        @Override
        public void add(double[] into, Points rows, long first) {
            Assertions.assertEquals(0, first % BLOCK);
            Assertions.assertEquals(first, rows.get(0, 0) % 1e6);
            for (int n = 0; n < rows.size(); n++) {
                into[0] += rows.get(0, n);
            }
        }

        @Override
        public void merge(double[] into, double[] other) {
            into[0] += other[0];
        }

        @Override
        public State write(double[] gathered) {
            return State.of(Map.of("sum", gathered));
        }

        @Override
        public double[] read(State state) {
            return state.get("sum", 1);
        }
    }

    /** A column's sum, read over again so many times. */
    private static Plan<Double> times(int readings) {
        Plan<double[]> plan = Plan.read(new Sum());
        for (int r = 1; r < readings; r++) {
            plan = plan.then(sum -> Plan.read(new Sum()));
        }
        return plan.map(sum -> sum[0]);
    }

    @Test
    void plansOfAllColumnsTakeAsManyReadingsAsTheLongest() {
        int rows = 2 * Summary.BLOCK + 17;
        double sum = 0.5 * rows * (rows - 1.0);
        for (int dim : new int[] {1, 3, 12}) {
            Counted data = new Counted(dim, rows);
            List<Plan<Double>> plans = new ArrayList<>();
            for (int i = 0; i < dim; i++) {
                plans.add(times(1 + i % 3).ofColumn(i));
            }
            List<Double> sums = Plan.all(plans).run(Passes.over(data, RunContext.quiet(1)));
            assertEquals(Math.min(dim, 3), data.opened);
            for (int i = 0; i < dim; i++) {
                assertEquals(sum + i * 1e6 * rows, sums.get(i));
            }
        }
    }

    @Test
    void plansThatNeedNothingReadNothing() {
        Counted data = new Counted(1, 5);
        Plan<List<Integer>> plan = Plan.all(List.of(Plan.of(1), Plan.of(2)));
        assertEquals(List.of(1, 2), plan.run(Passes.over(data, RunContext.quiet(1))));
        assertEquals(0, data.opened);
        assertEquals(List.of(), Plan.all(List.<Plan<Integer>>of()).run(Passes.over(data, RunContext.quiet(1))));
    }

    @Test
    void unlikePlansShareReadings() {
        Counted data = new Counted(2, 10);
        Plan<String> text = times(2).map(sum -> "sum " + sum).with(times(1).ofColumn(1), (a, b) -> a + ", " + b);
        assertEquals("sum 45.0, 1.0000045E7", text.run(Passes.over(data, RunContext.quiet(1))));
        assertEquals(2, data.opened);
    }

    @Test
    void stopsBetweenBlocks() {
        RunContext run = new RunContext(1, 1, Progress.NONE, () -> true);
        Assertions.assertThrows(CancellationException.class, () -> times(1).run(Passes.over(new Counted(1, 5), run)));
    }
}
