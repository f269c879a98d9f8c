package org.eigendrift.engine.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eigendrift.api.Points;
import org.eigendrift.api.column.Finding;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.api.target.LogDensity;
import org.eigendrift.api.target.Potential;
import org.eigendrift.api.target.Target;
import org.eigendrift.engine.model.Models;
import org.junit.jupiter.api.Test;

/** Targets that are what they should be, and targets that are not. */
class CheckedTargetTest {
    /** Gives what it is told to give. */
    private record Told(
            Dataset train,
            Optional<Dataset> heldout,
            Optional<LogDensity> density,
            Optional<Potential> potential,
            Optional<ScoreModel> score,
            List<Finding> findings,
            List<String> remarks)
            implements Target {
        @Override
        public Optional<ScoreModel> exact(AffineProcess process) {
            return score;
        }
    }

    private static Dataset rows(String column, double... values) {
        Dataset rows = new InMemory(List.of(Column.real(column)), Points.wrap(1, values.length, values));
        // Rows in memory are known before they are read.
        return new Dataset() {
            @Override
            public List<Column> columns() {
                return rows.columns();
            }

            @Override
            public OptionalLong rows() {
                return rows.rows();
            }

            @Override
            public Reader open() {
                return rows.open();
            }
        };
    }

    private static Target target(Dataset train, Dataset heldout, List<String> remarks) {
        return new CheckedTarget(
                "a plugin",
                new Told(
                        train,
                        Optional.of(heldout),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        remarks));
    }

    private static void read(Dataset data) {
        try (Dataset.Reader reader = data.open()) {
            Points buffer = Points.zeros(1, 2);
            while (reader.read(buffer) > 0) {
                assertEquals(1, buffer.dim());
            }
        }
    }

    private static String fault(Runnable asked) {
        return assertThrows(PluginException.class, asked::run).getMessage();
    }

    @Test
    void whatATargetKnowsIsToldOn() {
        LogDensity density = (x, out) -> {};
        Potential potential = new Potential() {
            @Override
            public void energy(Points x, double[] out) {}

            @Override
            public void gradient(Points x, Points out) {}
        };
        ScoreModel score = Models.arbitrary(List.of("hermite"), 2, 1);
        Finding finding =
                new Finding("a", "real", Optional.empty(), false, 3, 0, 3, true, List.of("1", "2"), "numbers");
        Target checked = new CheckedTarget(
                "a plugin",
                new Told(
                        rows("a", 1, 2, 3),
                        Optional.of(rows("a", 4, 5)),
                        Optional.of(density),
                        Optional.of(potential),
                        Optional.of(score),
                        List.of(finding),
                        List.of("a remark")));
        assertArrayEquals(
                new double[] {1, 2, 3}, InMemory.read(checked.train(), 9).values());
        assertArrayEquals(
                new double[] {4, 5},
                InMemory.read(checked.heldout().orElseThrow(), 9).values());
        assertSame(density, checked.density().orElseThrow());
        assertSame(potential, checked.potential().orElseThrow());
        assertSame(score, checked.exact(null).orElseThrow());
        assertEquals(List.of(finding), checked.findings());
        assertEquals(List.of("a remark"), checked.remarks());
    }

    @Test
    void nothingIsNull() {
        Target none = new CheckedTarget(
                "a plugin", new Told(rows("a", 1, 2), Optional.empty(), null, null, null, null, null));
        assertTrue(none.heldout().isEmpty());
        assertTrue(fault(none::density).contains("returned null from density"));
        assertTrue(fault(none::potential).contains("returned null from potential"));
        assertTrue(fault(() -> none.exact(null)).contains("returned null from exact"));
        assertTrue(fault(none::findings).contains("returned null from findings"));
        assertTrue(fault(none::remarks).contains("returned null from remarks"));
        assertTrue(fault(() ->
                        new CheckedTarget("a plugin", new Told(rows("a", 1, 2), null, null, null, null, null, null)))
                .contains("returned null from heldout"));
    }

    @Test
    void heldOutRowsHaveTheColumnsOfTheOthers() {
        String found = fault(() -> target(rows("a", 1, 2), rows("b", 1, 2), List.of()));
        assertTrue(
                found.contains("has held-out rows of the columns [b]; expected those of the training rows, [a]"),
                found);
    }

    /** That held-out rows are the training rows is known when both were read. */
    @Test
    void rowsThatWereFittedSayNothingOfNewOnes() {
        Target same = target(rows("a", 1, 2, 3), rows("a", 1, 2, 3), Arrays.asList("a remark", null));
        assertEquals(List.of("a remark"), same.remarks());
        read(same.train());
        read(same.heldout().orElseThrow());
        assertEquals(
                List.of(
                        "a remark",
                        "the held-out rows are the training rows: figures of held-out rows say nothing about new rows"),
                same.remarks());
        Target other = target(rows("a", 1, 2, 3), rows("a", 1, 2, 4), List.of());
        read(other.train());
        read(other.heldout().orElseThrow());
        assertEquals(List.of(), other.remarks());
    }
}
