package org.eigendrift.targets.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.junit.jupiter.api.Test;

class TableTargetTest {
    private static final double GAP = Double.NaN;

    private static TableTarget target(Table table, ColumnKinds kinds, Missing missing, Fill fill, double holdout) {
        Handling handling =
                new Handling(kinds, List.of(), Detection.PROPOSE, missing, fill, holdout, OptionalLong.empty());
        return TableTarget.of(table, Optional.empty(), handling, RunContext.quiet(5));
    }

    private static TableTarget filled(Fill fill, double[]... rows) {
        return target(Given.of(rows), ColumnKinds.REAL, Missing.IMPUTE, fill, 0);
    }

    private static double[][] rows(Dataset data) {
        Points points = InMemory.read(data, 100_000);
        return IntStream.range(0, points.size()).mapToObj(points::row).toArray(double[][]::new);
    }

    private static double[][] column(double... values) {
        return Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    }

    @Test
    void gapsAreRefusedDroppedOrFilledAndCounted() {
        double[][] rows = {{1, 2}, {GAP, 3}, {5, GAP}, {GAP, GAP}, {6, 7}};
        InputException e = assertThrows(
                InputException.class,
                () -> rows(target(Given.of(rows), ColumnKinds.REAL, Missing.REFUSE, Fill.MEAN, 0)
                        .train()));
        assertTrue(e.getMessage().startsWith("given row 2, column 'a': found no value"), e.getMessage());
        TableTarget dropped = target(Given.of(rows), ColumnKinds.REAL, Missing.DROP, Fill.MEAN, 0);
        assertEquals(List.of(), dropped.remarks());
        assertArrayEquals(new double[][] {{1, 2}, {6, 7}}, rows(dropped.train()));
        assertEquals(List.of("3 rows of given were left out for a missing value"), dropped.remarks());
        TableTarget filled = filled(Fill.MEAN, rows);
        assertArrayEquals(new double[][] {{1, 2}, {4, 3}, {5, 4}, {4, 4}, {6, 7}}, rows(filled.train()));
        assertEquals(
                List.of("4 missing values in 3 training rows were filled with the column's mean: a 2, b 2"),
                filled.remarks());
    }

    @Test
    void rowsThatAreReadDoNotDependOnTheChunk() {
        CounterRandom random = new CounterRandom(3);
        double[][] rows = IntStream.range(0, 500)
                .mapToObj(n -> new double[] {random.uniform(n, 0) < 0.3 ? GAP : n, n})
                .toArray(double[][]::new);
        for (Missing missing : List.of(Missing.DROP, Missing.IMPUTE)) {
            for (Fill fill : Fill.values()) {
                Dataset train = target(Given.of(rows), ColumnKinds.REAL, missing, fill, 0.2)
                        .train();
                Points whole = InMemory.read(train, 1000);
                for (int chunk : new int[] {1, 7, 100}) {
                    Points buffer = Points.zeros(2, chunk);
                    int at = 0;
                    try (Dataset.Reader reader = train.open()) {
                        for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                            for (int n = 0; n < count; n++) {
                                assertArrayEquals(whole.row(at++), buffer.row(n));
                            }
                        }
                    }
                    assertEquals(whole.size(), at);
                }
            }
        }
    }

    @Property(tries = 200, seed = "20240")
    void medianIsTheLowerMiddleValue(@ForAll double[] values, @ForAll @IntRange(max = 3) int gaps) {
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        if (finite.length == 0) {
            return;
        }
        double[] all = Arrays.copyOf(finite, finite.length + gaps + 1);
        Arrays.fill(all, finite.length, all.length, GAP);
        double[][] rows = rows(filled(Fill.MEDIAN, column(all)).train());
        double[] sorted = finite.clone();
        Arrays.sort(sorted);
        assertEquals(sorted[(sorted.length - 1) / 2], rows[all.length - 1][0]);
    }

    @Test
    void onlyTrainingRowsSayWhatAGapIsFilledWith() {
        CounterRandom random = new CounterRandom(9);
        double[][] rows = IntStream.range(0, 400)
                .mapToObj(n -> new double[] {n % 10 == 0 ? GAP : random.normal(n, 0)})
                .toArray(double[][]::new);
        TableTarget target = target(Given.of(rows), ColumnKinds.REAL, Missing.IMPUTE, Fill.MEAN, 0.4);
        TableTarget same = target(Given.of(rows), ColumnKinds.REAL, Missing.DROP, Fill.MEAN, 0);
        double[] observed =
                Arrays.stream(rows(same.train())).mapToDouble(r -> r[0]).toArray();
        double[] train =
                Arrays.stream(rows(target.train())).mapToDouble(r -> r[0]).toArray();
        double[] heldout = Arrays.stream(rows(target.heldout().orElseThrow()))
                .mapToDouble(r -> r[0])
                .toArray();
        double fill = Arrays.stream(train)
                .filter(v -> Arrays.stream(observed).noneMatch(o -> o == v))
                .findFirst()
                .orElseThrow();
        double mean = Arrays.stream(train).filter(v -> v != fill).average().orElseThrow();
        assertEquals(mean, fill, 1e-14, "two orders of summation of 200 numbers of size 1");
        assertTrue(Arrays.stream(heldout).anyMatch(v -> v == fill), "the same value fills held-out rows");
    }

    /** Kolmogorov-Smirnov: filled values follow the column's law, so the distance exceeds 1.95 / sqrt(n) once in 1000. */
    @Test
    void drawsFollowTheColumnsLaw() {
        CounterRandom random = new CounterRandom(11);
        double[][] rows = IntStream.range(0, 8000)
                .mapToObj(n -> new double[] {n % 2 == 0 ? GAP : Math.exp(random.normal(n, 0))})
                .toArray(double[][]::new);
        double[][] full = rows(filled(Fill.DRAW, rows).train());
        double[] drawn = IntStream.range(0, 4000)
                .mapToDouble(n -> full[2 * n][0])
                .sorted()
                .toArray();
        double[] seen = IntStream.range(0, 4000)
                .mapToDouble(n -> full[2 * n + 1][0])
                .sorted()
                .toArray();
        double distance = 0;
        for (int j = 0; j < 4000; j++) {
            int below = Arrays.binarySearch(drawn, seen[j]);
            distance = Math.max(distance, Math.abs((below < 0 ? -below - 1 : below) - j) / 4000.0);
        }
        assertTrue(distance < 1.95 * Math.sqrt(2.0 / 4000), "distance " + distance);
        assertTrue(Arrays.stream(drawn).distinct().count() > 1000, "not one value for all");
    }

    @Test
    void anglesAreFilledWithTheirMeanDirection() {
        ColumnKinds kinds = new ColumnKinds(List.of("a"), AngleUnit.DEGREES, -180, List.of(), List.of());
        double[][] rows = column(170, -170, GAP, 175, -175);
        for (Fill fill : List.of(Fill.MEAN, Fill.MEDIAN)) {
            double mean =
                    rows(target(Given.of(rows), kinds, Missing.IMPUTE, fill, 0).train())[2][0];
            assertEquals(180, Math.abs(mean), 1e-12, "of two neighbours of 180 on either side");
        }
    }

    @Test
    void aColumnWithoutValuesCannotBeFilled() {
        for (Fill fill : Fill.values()) {
            InputException e = assertThrows(
                    InputException.class,
                    () -> rows(filled(fill, new double[][] {{1, GAP}, {2, GAP}}).train()));
            assertEquals(
                    "given: column 'b' has no value in any training row, so nothing can be filled in; leave it out with "
                            + "columns",
                    e.getMessage());
        }
    }

    @Test
    void aColumnWithoutValuesLeavesNoRow() {
        double[][] rows = {{1, Double.NaN}, {2, Double.NaN}, {3, Double.NaN}};
        Dataset train = target(Given.of(rows), ColumnKinds.REAL, Missing.DROP, Fill.MEAN, 0.2)
                .train();
        String message = assertThrows(InputException.class, () -> rows(train)).getMessage();
        assertTrue(message.contains("column 'b' has no value (3 rows)"), message);
        double[][] others = {{1, Double.NaN}, {Double.NaN, 2}};
        Dataset none = target(Given.of(others), ColumnKinds.REAL, Missing.DROP, Fill.MEAN, 0)
                .train();
        String each = assertThrows(InputException.class, () -> rows(none)).getMessage();
        assertTrue(each.contains("every row lacks a value in some column (2 rows)"), each);
    }

    @Test
    void kindsAreProposedOrTaken() {
        CounterRandom random = new CounterRandom(2);
        double[][] rows = IntStream.range(0, 500)
                .mapToObj(n -> new double[] {
                    random.uniform(n, 0),
                    -Math.log(random.uniform(n, 1)),
                    50 + random.normal(n, 2),
                    n % 2 + 0.1 * random.normal(n, 3)
                })
                .toArray(double[][]::new);
        TableTarget proposed = target(Given.of(rows), ColumnKinds.REAL, Missing.REFUSE, Fill.MEAN, 0.2);
        assertEquals(List.of(), proposed.remarks());
        assertTrue(proposed.train().columns().stream().allMatch(c -> c.kind() == Column.Kind.REAL));
        rows(proposed.train());
        assertEquals(
                List.of(
                        "columns that look of a kind that is not declared: b (positive, with values near 0); a (bounded by "
                                + "0 and 1); declare it, or set detect: apply"),
                proposed.remarks());
        ColumnKinds declared =
                new ColumnKinds(List.of(), AngleUnit.RADIANS, 0, List.of(), List.of(List.of("a", "-1", "2")));
        Handling apply = new Handling(
                declared, List.of(), Detection.APPLY, Missing.REFUSE, Fill.MEAN, 0.2, OptionalLong.empty());
        TableTarget taken = TableTarget.of(Given.of(rows), Optional.empty(), apply, RunContext.quiet(5));
        assertTrue(
                Column.agree(
                        List.of(Column.bounded("a", -1, 2), Column.positive("b"), Column.real("c"), Column.real("d")),
                        taken.train().columns()),
                taken.train().columns().toString());
        assertEquals(
                List.of("kinds of columns taken from their values (detect: apply): b (positive, with values near 0)"),
                taken.remarks());
    }

    @Test
    void kindsThatAreNotSafeAreNotProposed() {
        CounterRandom random = new CounterRandom(2);
        double[][] rows = IntStream.range(0, 500)
                .mapToObj(n -> new double[] {
                    0.3 + 0.3 * random.uniform(n, 0), // within [0, 1], ends not reached
                    -Math.log(random.uniform(n, 1)) - 0.02, // some below 0
                    Math.exp(3 + 0.1 * random.normal(n, 2)), // positive, far from 0
                    n == 0 ? 0 : random.uniform(n, 5) * 3 // 0 itself occurs
                })
                .toArray(double[][]::new);
        TableTarget target = target(Given.of(rows), ColumnKinds.REAL, Missing.REFUSE, Fill.MEAN, 0);
        rows(target.train());
        assertEquals(List.of(), target.remarks());
    }

    @Test
    void heldOutTableMustAgreeOnAProposal() {
        double[][] rows =
                column(IntStream.range(0, 200).mapToDouble(n -> n / 199.0).toArray());
        double[][] wider =
                column(IntStream.range(0, 200).mapToDouble(n -> n / 150.0).toArray());
        Handling handling = new Handling(
                ColumnKinds.REAL, List.of(), Detection.PROPOSE, Missing.REFUSE, Fill.MEAN, 0, OptionalLong.empty());
        TableTarget target =
                TableTarget.of(Given.of(rows), Optional.of(Given.of(wider)), handling, RunContext.quiet(1));
        rows(target.train());
        assertFalse(target.remarks().isEmpty());
        rows(target.heldout().orElseThrow());
        assertEquals(List.of(), target.remarks());
    }

    @Test
    void tablesOfOtherWidthAreRefused() {
        Handling handling = new Handling(
                ColumnKinds.REAL, List.of(), Detection.OFF, Missing.REFUSE, Fill.MEAN, 0, OptionalLong.empty());
        InputException e = assertThrows(
                InputException.class,
                () -> TableTarget.of(
                        Given.of(new double[] {1, 2}),
                        Optional.of(Given.of(new double[] {1})),
                        handling,
                        RunContext.quiet(1)));
        assertEquals("given: 1 columns, expected 2 as in given", e.getMessage());
    }
}
