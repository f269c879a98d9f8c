package org.eigendrift.engine.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Law;
import org.eigendrift.engine.atlas.Atlases;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.law.mixture.Mixture;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.moment.SumPass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that hold A(t) on their grid of times: files, merging and unlearning are those of models with tables. */
class GridModelTest {
    private static final int CHUNK = SumPass.CHUNK;
    private static final Points ROWS = Models.rows(3, 2 * CHUNK + 700, 5);
    private static final Map<String, Object> HERMITE = Models.hermite(3);
    private static final FittedModel TABLE = Models.fit(InMemory.of(ROWS), HERMITE, Models.RUN);
    private static final FittedModel ALL = Models.fit(InMemory.of(ROWS), Models.onGrid(HERMITE), Models.RUN);

    @TempDir
    Path directory;

    private byte[] written(Law model, String name) throws IOException {
        Path file = directory.resolve(name);
        ModelFile.write(model, file);
        return Files.readAllBytes(file);
    }

    private static FittedModel like(int from, int to) {
        return (FittedModel) Merge.like(ALL, InMemory.of(ROWS.slice(from, to)), Models.RUN);
    }

    private static FittedModel merge(FittedModel... models) {
        return (FittedModel) Merge.merge(List.of(models), Models.RUN);
    }

    private static void assertSame(FittedModel expected, FittedModel actual) {
        assertEquals(expected.table(), actual.table());
        assertArrayEquals(
                expected.table().layout().onlyTimes().orElseThrow(),
                actual.table().layout().onlyTimes().orElseThrow());
        for (int j = 0; j <= expected.path().grid().steps(); j++) {
            assertArrayEquals(expected.path().at(j), actual.path().at(j));
        }
    }

    @Test
    void theModelReadBackIsTheModelWritten() throws IOException {
        byte[] bytes = written((ALL), "grid.safetensors");
        FittedModel again = (FittedModel) ModelFile.read(directory.resolve("grid.safetensors"), Models.CATALOG);
        assertSame(ALL, again.heaviest());
        assertEquals(ALL.settings().write(), again.heaviest().settings().write());
        assertArrayEquals(bytes, written(again, "again.safetensors"));
        Points some = Models.rows(3, 20, 9);
        assertArrayEquals(
                ALL.logLikelihood(some, Models.RUN).nats(),
                again.heaviest().logLikelihood(some, Models.RUN).nats());
        InMemory heldout = InMemory.of(Models.rows(3, 500, 8));
        assertEquals(ALL.evidenceBound(heldout, Models.RUN), again.heaviest().evidenceBound(heldout, Models.RUN));
    }

    /** Names and order as the documentation has them. */
    @Test
    void theFileIsWhatTheDocumentationSays() throws IOException {
        Mutable file = Mutable.of(written((ALL), "grid.safetensors"));
        assertEquals("3", file.metadata().get("format_version"));
        assertTrue(file.metadata().get("config").contains("\"moments\":\"grid\""));
        assertEquals(
                List.of("grid.times", "theta", "grid.sums", "ranges"),
                List.copyOf(file.data.keySet()).subList(0, 4));
        ByteBuffer sums = ByteBuffer.wrap(file.data.get("grid.sums")).order(ByteOrder.LITTLE_ENDIAN);
        // Three columns of three functions, three pairs of five or so: functions, then triangles and blocks each time.
        int functions = ALL.basis().size();
        long entries = (ALL.basis().matrixNonzeros() + functions) / 2;
        assertEquals(functions + ALL.path().grid().times().length * entries, sums.limit() / 16);
        // The third entry of the first time is that of the first column's first and third function.
        int at = 16 * (functions + 2);
        double mean = (sums.getLong(at) + Math.scalb((sums.getLong(at + 8) >>> 1) * 2.0, -64)) / ROWS.size();
        // Ten digits of A's entry, E P_t[phi_1' phi_3'] = sqrt(3) E P_t[phi_2] with P_t phi_2 = exp(-2t) phi_2.
        double second = ALL.table().functionMeans(ALL.basis())[1];
        double expected = Math.sqrt(3) * Math.exp(-2 * ALL.path().grid().first()) * second;
        assertEquals(expected, mean, 1e-10 * Math.max(1, Math.abs(second)));
    }

    @Test
    void severalChartsOnGridsAreReadBack() throws IOException {
        Mixture atlas = Models.atlas(InMemory.of(Models.rows(2, 900, 4)), Models.onGrid(Models.hermite(2)), Models.RUN);
        byte[] bytes = written(atlas, "charts.safetensors");
        assertEquals("3", Mutable.of(bytes).metadata().get("format_version"));
        Mixture again = (Mixture) ModelFile.read(directory.resolve("charts.safetensors"), Models.CATALOG);
        assertArrayEquals(bytes, written(again, "again.safetensors"));
        for (int k = 0; k < 3; k++) {
            assertSame(
                    Atlases.flow(atlas.members().get(k)),
                    Atlases.flow(again.members().get(k)));
        }
    }

    @Test
    void alongChunksTheMergeIsTheJointFitToTheLastBit() {
        FittedModel first = like(0, CHUNK);
        FittedModel second = like(CHUNK, 2 * CHUNK);
        FittedModel third = like(2 * CHUNK, ROWS.size());
        assertNotEquals(first.table(), second.table());
        assertSame(ALL, merge(first, second, third).heaviest());
        assertSame(ALL, merge(third, first, second).heaviest());
    }

    @Test
    void unlearningIsTheFitOfTheOthers() {
        FittedModel rest = (FittedModel) Merge.unlearn((ALL), (like(CHUNK, ROWS.size())), Models.RUN);
        assertSame(like(0, CHUNK), rest.heaviest());
        InMemory row = InMemory.of(ROWS.slice(17, 18));
        FittedModel without = (FittedModel) Merge.unlearn(ALL, row, Models.RUN);
        MomentTable table = without.table().copy();
        table.add(ALL.moments(row, Models.RUN));
        assertEquals(ALL.table(), table);
        assertSame(ALL, without.with(row, Models.RUN));
    }

    private static String refusal(FittedModel first, FittedModel second) {
        return assertThrows(InputException.class, () -> merge(first, second)).getMessage();
    }

    @Test
    void tablesAndGridsOfOtherTimesAreRefused() {
        String hint = "; fit one model like the other, so that they share frames, bases and clusters";
        assertEquals("models 1 and 2 cannot be merged: process.moments: table and grid" + hint, refusal(TABLE, ALL));
        Map<String, Object> later = Map.of(
                "frame", ALL.settings().write().get("frame"),
                "basis", ALL.settings().write().get("basis"),
                "process", Map.of("horizon", ALL.path().grid().first(), "earliest", 0.1, "times", 8, "moments", "grid"),
                "solver", Map.of("ridge", 1e-4));
        FittedModel other = Models.fit(InMemory.of(ROWS), later, Models.RUN);
        assertEquals(
                "models 1 and 2 cannot be merged: grid.times[1]: "
                        + ALL.path().grid().time(1) + " and "
                        + other.path().grid().time(1) + hint,
                refusal(ALL, other));
    }
}
