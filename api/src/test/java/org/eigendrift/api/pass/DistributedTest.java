package org.eigendrift.api.pass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.junit.jupiter.api.Test;

/** Rows on several machines, seen through a map: what is gathered is what the mapped rows would give in one place. */
class DistributedTest {
    private static final int ROWS = 3 * Summary.BLOCK + 100;

    /** Sum and number of the rows' first column, which travels as a state; of whole numbers, so that no order of sums matters. */
    private record Total(double power) implements Summary<double[]> {
        @Override
        public double[] zero() {
            return new double[2];
        }

        @Override
        public void add(double[] into, Points rows, long first) {
            for (int n = 0; n < rows.size(); n++) {
                into[0] += Math.pow(rows.get(0, n), power);
                into[1]++;
            }
        }

        @Override
        public void merge(double[] into, double[] other) {
            into[0] += other[0];
            into[1] += other[1];
        }

        @Override
        public State write(double[] gathered) {
            return State.of(Map.of("sum", new double[] {gathered[0]}, "rows", new double[] {gathered[1]}));
        }

        @Override
        public double[] read(State state) {
            return new double[] {state.get("sum")[0], state.get("rows")[0]};
        }
    }

    /** Each block on a machine of its own; what machines gathered travels as bytes would. */
    private record Cluster(InMemory held) implements Distributed {
        @Override
        public List<Column> columns() {
            return held.columns();
        }

        @Override
        public OptionalLong rows() {
            return held.rows();
        }

        @Override
        public Reader open() {
            return held.open();
        }

        @Override
        public List<Object> read(List<Summary<?>> summaries) {
            List<Object> gathered = new ArrayList<>();
            summaries.forEach(summary -> gathered.add(gather(summary)));
            return gathered;
        }

        private <S> S gather(Summary<S> summary) {
            S all = summary.zero();
            Passes.blocks(held, RunContext.quiet(1), (block, first) -> {
                S own = summary.zero();
                summary.add(own, block, first);
                summary.merge(all, summary.read(summary.write(own)));
            });
            return all;
        }

        @Override
        public Distributed chosen(Choice choice) {
            return new Cluster(new InMemory(columns(), held.points().select(choice.of(held.points()))));
        }
    }

    private static final Cluster CLUSTER = new Cluster(InMemory.of(
            Points.wrap(1, ROWS, IntStream.range(0, ROWS).mapToDouble(n -> n).toArray())));

    /** Row n becomes (2 n, 1). */
    private static final UnaryOperator<Points> DOUBLED = rows -> {
        Points out = Points.zeros(2, rows.size());
        for (int n = 0; n < rows.size(); n++) {
            out.set(0, n, 2 * rows.get(0, n));
            out.set(1, n, 1);
        }
        return out;
    };

    private static Distributed mapped() {
        return CLUSTER.mapped(List.of(Column.real("twice"), Column.real("one")), DOUBLED);
    }

    private static double sum(double most) {
        return most * (most + 1) / 2;
    }

    private static double squares(double most) {
        return most * (most + 1) * (2 * most + 1) / 6;
    }

    @Test
    void severalSummariesSeeTheMappedRowsWhereTheyAre() {
        List<Object> found = mapped().read(List.of(new Total(1), new Total(2)));
        assertArrayEquals(new double[] {2 * sum(ROWS - 1), ROWS}, (double[]) found.get(0));
        assertArrayEquals(new double[] {4 * squares(ROWS - 1), ROWS}, (double[]) found.get(1));
        assertEquals(OptionalLong.of(ROWS), mapped().rows());
        assertEquals(
                List.of("twice", "one"),
                mapped().columns().stream().map(Column::name).toList());
    }

    @Test
    void plansOfColumnsGoWhereTheRowsAre() {
        Distributed rows = mapped();
        assertSame(rows, Passes.over(rows, RunContext.quiet(1)), "they are not read here");
        Plan<double[]> plan = Plan.all(List.of(
                        Plan.read(new Total(1)).ofColumn(1),
                        Plan.read(new Total(1)).ofColumn(0)))
                .map(both -> new double[] {both.get(0)[0], both.get(1)[0]});
        assertEquals(2, plan.next().size());
        assertArrayEquals(new double[] {ROWS, 2 * sum(ROWS - 1)}, plan.run(rows));
    }

    @Test
    void rowsAreReadThroughTheMap() {
        Points buffer = Points.zeros(2, 10);
        List<Double> seen = new ArrayList<>();
        try (Dataset.Reader reader = CLUSTER.chosen(
                        all -> IntStream.range(0, 25).toArray())
                .mapped(mapped().columns(), DOUBLED)
                .open()) {
            for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                for (int n = 0; n < count; n++) {
                    seen.add(buffer.get(0, n) + buffer.get(1, n));
                }
            }
        }
        assertEquals(IntStream.range(0, 25).mapToObj(n -> 2.0 * n + 1).toList(), seen);
    }

    /** The choice is told of the mapped rows; what is chosen is mapped again. */
    @Test
    void rowsAreChosenByTheirImages() {
        Distributed chosen = mapped().chosen(rows -> IntStream.range(0, rows.size())
                .filter(n -> rows.get(0, n) <= 20)
                .toArray());
        assertArrayEquals(new double[] {2 * sum(10), 11}, (double[])
                chosen.read(List.of(new Total(1))).get(0));
    }

    /** A reader may give fewer rows than it is asked for; blocks stand where they belong all the same. */
    @Test
    void blocksAreFilledFromWhatASourceGives() {
        List<Long> firsts = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        Passes.blocks(new ByTheThousand(CLUSTER.held()), RunContext.quiet(1), (rows, first) -> {
            firsts.add(first);
            sizes.add(rows.size());
            for (int n = 0; n < rows.size(); n++) {
                assertEquals(first + n, rows.get(0, n));
            }
        });
        long block = Summary.BLOCK;
        assertEquals(List.of(0L, block, 2 * block, 3 * block), firsts);
        assertEquals(List.of(Summary.BLOCK, Summary.BLOCK, Summary.BLOCK, 100), sizes);
    }

    private record ByTheThousand(InMemory held) implements Dataset {
        @Override
        public List<Column> columns() {
            return held.columns();
        }

        @Override
        public OptionalLong rows() {
            return held.rows();
        }

        @Override
        public Reader open() {
            Reader reader = held.open();
            return new Reader() {
                @Override
                public int read(Points buffer) {
                    Points few = Points.zeros(1, Math.min(1000, buffer.size()));
                    int count = reader.read(few);
                    buffer.paste(0, few.slice(0, count));
                    return count;
                }

                @Override
                public void close() {
                    reader.close();
                }
            };
        }
    }
}
