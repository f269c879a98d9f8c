package org.eigendrift.engine.law.constant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Supported;
import org.eigendrift.engine.atlas.AtlasFit;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.file.Merge;
import org.eigendrift.engine.file.ModelFile;
import org.eigendrift.engine.flow.Flows;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A column of one value is no ground to refuse the others: it comes back as it was. */
class ConstantColumnsTest {
    private static final RunContext RUN = RunContext.quiet(1);

    private static final List<Column> COLUMNS = List.of(Column.real("x"), Column.real("unit"), Column.real("y"));

    private static final FitSettings SETTINGS = FitSettings.of(
            Map.of(
                    "components",
                    1,
                    "basis",
                    Map.of("degree", 3, "columns", Map.of("unit", Map.of("degree", 2))),
                    "process",
                    Map.of("times", 4, "earliest", 0.01),
                    "solver",
                    Map.of("ridge", 0.3)),
            Families.CATALOG);

    private static Points rows(int count, double unit, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(3, count);
        for (int n = 0; n < count; n++) {
            points.set(0, n, random.normal(n, 0));
            points.set(1, n, unit);
            points.set(2, n, points.get(0, n) + random.normal(n, 1));
        }
        return points;
    }

    private static Points others(Points rows) {
        Points others = Points.zeros(2, rows.size());
        for (int n = 0; n < rows.size(); n++) {
            others.set(0, n, rows.get(0, n));
            others.set(1, n, rows.get(2, n));
        }
        return others;
    }

    private static Flows fit(Dataset rows) {
        return AtlasFit.of(rows, SETTINGS, Families.CATALOG, RUN);
    }

    private static Flows fit(Points rows) {
        return fit(new InMemory(COLUMNS, rows));
    }

    @Test
    void theLawIsThatOfTheOtherColumns() {
        Points rows = rows(300, 7, 1);
        Flows law = fit(rows);
        Flows alone = AtlasFit.of(
                new InMemory(List.of(COLUMNS.get(0), COLUMNS.get(2)), others(rows)),
                SETTINGS.ofColumns(List.of(COLUMNS.get(0), COLUMNS.get(2))),
                Families.CATALOG,
                RUN);
        assertEquals(COLUMNS, law.columns());
        Points drawn = law.draw(DrawRequest.of(50), RUN).rows();
        assertArrayEquals(
                alone.draw(DrawRequest.of(50), RUN).rows().values(),
                others(drawn).values());
        for (double unit : drawn.column(1)) {
            assertEquals(7, unit);
        }
        assertArrayEquals(
                alone.logDensity(others(rows), RUN).nats(),
                law.logDensity(rows, RUN).nats());
    }

    @Test
    void aRowWithAnotherValueIsImpossibleAndSaidToBe() {
        Flows law = fit(rows(300, 7, 1));
        Points rows = rows(3, 7, 2);
        rows.set(1, 1, 8);
        double[] nats = law.logDensity(rows, RUN).nats();
        assertEquals(Double.NEGATIVE_INFINITY, nats[1]);
        assertTrue(Double.isFinite(nats[0]) && Double.isFinite(nats[2]));
        Supported.Impossible reason = law.impossible(rows.row(1)).orElseThrow();
        assertEquals(List.of("unit"), reason.columns());
        assertTrue(reason.found().startsWith("unit = 8.0, which was 7.0"), reason.found());
        assertEquals(Double.NEGATIVE_INFINITY, law.evidenceBound(new InMemory(COLUMNS, rows), RUN));
        Points same = rows.select(new int[] {0, 2});
        assertTrue(law.impossible(same.row(0)).isEmpty());
        assertTrue(Double.isFinite(law.evidenceBound(new InMemory(COLUMNS, same), RUN)));
    }

    @Test
    void aFileHoldsIt(@TempDir Path directory) {
        Flows law = fit(rows(300, 7, 1));
        Path file = directory.resolve("model.safetensors");
        ModelFile.write(law, file);
        Law read = ModelFile.read(file, Families.CATALOG);
        assertInstanceOf(ConstantColumns.class, read);
        assertEquals(law.provenance(), read.provenance());
        Points rows = rows(20, 7, 3);
        assertArrayEquals(
                law.logDensity(rows, RUN).nats(), read.logDensity(rows, RUN).nats());
    }

    @Test
    void lawsOfTheSameConstantsMergeAndOthersDoNot() {
        Points rows = rows(300, 7, 1);
        Flows law = fit(rows);
        Law more = Merge.like(law, new InMemory(COLUMNS, rows(200, 7, 5).slice(0, 50)), RUN);
        Law both = Merge.merge(List.of(law, more), RUN);
        assertEquals(350, both.provenance().rows());
        assertEquals(300, Merge.unlearn(both, more, RUN).provenance().rows());
        assertThrows(InputException.class, () -> Merge.like(law, new InMemory(COLUMNS, rows(50, 8, 5)), RUN));
    }

    /** Where rows were seen is kept by a file, and widened by a merge, though the constant columns are the same. */
    @Test
    void drawsStayWhereRowsWereSeen(@TempDir Path directory) {
        Flows law = fit(new InMemory(seen(-1, 1), rows(300, 7, 1)));
        Law more = Merge.like(law, new InMemory(seen(-2, 0.5), rows(200, 7, 5)), RUN);
        Law both = Merge.merge(List.of(law, more), RUN);
        Path file = directory.resolve("model.safetensors");
        ModelFile.write(both, file);
        Law read = ModelFile.read(file, Families.CATALOG);
        assertEquals(both.columns(), read.columns());
        assertEquals(new Column.Span(-2, 1), read.columns().get(2).observed());
        Points drawn = read.draw(DrawRequest.of(300), RUN).rows();
        assertTrue(Arrays.stream(drawn.column(0)).allMatch(x -> x >= -2 && x <= 1));
        assertTrue(Arrays.stream(drawn.column(0)).anyMatch(x -> x < -1));
        assertTrue(Arrays.stream(drawn.column(1)).allMatch(unit -> unit == 7));
    }

    private static List<Column> seen(double lower, double upper) {
        Column.Span span = new Column.Span(lower, upper);
        return List.of(
                COLUMNS.get(0).withObserved(span),
                COLUMNS.get(1).withObserved(new Column.Span(7, 7)),
                COLUMNS.get(2).withObserved(span));
    }

    /** Rows that are not held in memory, of which the first many are alike in a column that varies later. */
    private record Streamed(InMemory held) implements Dataset {
        @Override
        public List<Column> columns() {
            return held.columns();
        }

        @Override
        public OptionalLong rows() {
            return OptionalLong.of(Long.MAX_VALUE / 2);
        }

        @Override
        public Reader open() {
            return held.open();
        }
    }

    @Test
    void allRowsDecideAndNotTheFirst() {
        Points rows = rows(300, 7, 1);
        rows.set(1, 299, 8);
        assertTrue(Constants.in(new Streamed(new InMemory(COLUMNS, rows)), RUN).isEmpty());
        rows.set(1, 299, 7);
        Constants constants = Constants.in(new Streamed(new InMemory(COLUMNS, rows)), RUN);
        assertEquals("constant column: unit = 7.0", constants.line());
        assertArrayEquals(
                others(rows).values(),
                InMemory.read(constants.without(new Streamed(new InMemory(COLUMNS, rows))), 1000)
                        .values());
    }

    @Test
    void rowsThatAreAllAlikeAreRefusedInOneLine() {
        Points rows = Points.ofRows(
                new double[] {1, 7, 2}, new double[] {1, 7, 2}, new double[] {1, 7, 2}, new double[] {1, 7, 2});
        assertEquals(
                "all rows are alike: constant columns: x = 1.0, unit = 7.0, y = 2.0; there is nothing to fit",
                assertThrows(InputException.class, () -> fit(rows)).getMessage());
    }
}
