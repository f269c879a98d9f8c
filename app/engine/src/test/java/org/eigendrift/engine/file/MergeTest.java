package org.eigendrift.engine.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.Fit;
import org.eigendrift.engine.FittedModel;
import org.eigendrift.engine.moment.MomentTable;
import org.junit.jupiter.api.Test;

/** Merging and unlearning against the fit of the rows themselves. */
class MergeTest {
    /** Rows of a chunk, of which sums are rounded apart: see MomentPass. */
    private static final int CHUNK = 2048;

    private static final Points ROWS = Models.rows(3, 2 * CHUNK + 700, 5);
    private static final FittedModel ALL = Models.fit(InMemory.of(ROWS), Models.hermite(4), Models.RUN);

    private static FittedModel like(int from, int to) {
        return Fit.like(InMemory.of(ROWS.slice(from, to)), ALL, Models.RUN);
    }

    private static void assertSame(FittedModel expected, FittedModel actual) {
        assertEquals(expected.table(), actual.table());
        for (int j = 0; j <= expected.path().grid().steps(); j++) {
            assertArrayEquals(expected.path().at(j), actual.path().at(j));
        }
    }

    /** Largest difference of moments, relative to those above 1. */
    private static double difference(FittedModel a, FittedModel b) {
        assertEquals(a.table().rows(), b.table().rows());
        double[] x = a.table().means();
        double[] y = b.table().means();
        double largest = 0;
        for (int i = 0; i < x.length; i++) {
            largest = Math.max(largest, Math.abs(x[i] - y[i]) / Math.max(1, Math.abs(x[i])));
        }
        return largest;
    }

    @Test
    void fitLikeItselfIsItself() {
        assertSame(ALL, like(0, ROWS.size()));
    }

    @Test
    void alongChunksTheMergeIsTheJointFitToTheLastBit() {
        FittedModel first = like(0, CHUNK);
        FittedModel second = like(CHUNK, 2 * CHUNK);
        FittedModel third = like(2 * CHUNK, ROWS.size());
        assertNotEquals(first.table(), second.table());
        FittedModel merged = Merge.merge(List.of(first, second, third), Models.RUN);
        assertSame(ALL, merged);
        assertEquals(ModelFileTest.ranges(ALL), ModelFileTest.ranges(merged));
        assertSame(ALL, Merge.merge(List.of(third, first, second), Models.RUN));
        assertSame(ALL, Merge.merge(List.of(Merge.merge(List.of(second, third), Models.RUN), first), Models.RUN));
    }

    @Test
    void acrossChunksTheMergeIsTheJointFitToRounding() {
        FittedModel merged = Merge.merge(List.of(like(0, 1777), like(1777, ROWS.size())), Models.RUN);
        assertNotEquals(ALL.table(), merged.table());
        assertEquals(0, difference(ALL, merged), 1e-12);
    }

    @Test
    void unlearningAlongChunksIsTheFitOfTheOthersToTheLastBit() {
        assertSame(like(0, CHUNK), Merge.unlearn(ALL, like(CHUNK, ROWS.size()), Models.RUN));
    }

    @Test
    void unlearningAnyRowsIsTheFitOfTheOthersToRounding() {
        InMemory rest = InMemory.of(ROWS.slice(3000, ROWS.size()));
        FittedModel expected = like(0, 3000);
        assertEquals(0, difference(expected, Merge.unlearn(ALL, rest, Models.RUN)), 1e-10);
        assertEquals(0, difference(expected, Merge.unlearn(ALL, Fit.like(rest, ALL, Models.RUN), Models.RUN)), 1e-10);
    }

    @Test
    void learningAndUnlearningOneRowLeavesNoTrace() {
        InMemory row = InMemory.of(ROWS.slice(17, 18));
        FittedModel without = Merge.unlearn(ALL, row, Models.RUN);
        assertEquals(ALL.table().rows() - 1, without.table().rows());
        MomentTable table = without.table().copy();
        table.add(ALL.moments(row, Models.RUN));
        assertEquals(ALL.table(), table);
    }

    /** Rows beyond those of the model they are fitted like widen the trusted range, of the merged model too. */
    @Test
    void functionsAreTrustedWhereAnyRowsWereSeen() {
        Points far = ROWS.slice(0, CHUNK).copy();
        far.set(1, 5, 40);
        FittedModel second = Fit.like(InMemory.of(far), ALL, Models.RUN);
        double[] shift = ALL.frames().frames().get(0).state().get("shift");
        double[] scale = ALL.frames().frames().get(0).state().get("scale");
        FittedModel merged = Merge.merge(List.of(ALL, second), Models.RUN);
        // Four roundings lie between 40 and its image.
        double image = (40 - shift[1]) / scale[1];
        assertEquals(image, merged.basis().coordinate(1).range().upper(), 4 * Math.ulp(image));
        assertEquals(
                ALL.basis().coordinate(1).range().lower(),
                merged.basis().coordinate(1).range().lower());
        assertEquals(
                ALL.basis().coordinate(0).range(), merged.basis().coordinate(0).range());
    }

    @Test
    void atLeastTwoRowsMustRemain() {
        InputException refusal =
                assertThrows(InputException.class, () -> Merge.unlearn(like(0, 10), like(0, 9), Models.RUN));
        assertEquals("cannot take 9 rows from a model of 10: at least 2 must remain", refusal.getMessage());
    }

    private static String refusal(FittedModel first, FittedModel second) {
        return assertThrows(InputException.class, () -> Merge.merge(List.of(first, second), Models.RUN))
                .getMessage();
    }

    @Test
    void framesOfOtherRowsAreRefused() {
        String message = refusal(ALL, Models.fit(3, 500, Models.hermite(4)));
        double[] a = ALL.frames().frames().get(0).state().get("shift");
        String expected = "models 1 and 2 cannot be merged: frame[0].scale[0]: ";
        assertEquals(expected, message.substring(0, expected.length()));
        assertTrue(message.contains("; frame[0].shift[0]: " + a[0] + " and "), message);
        assertTrue(
                message.endsWith("; fit one model like the other, so that they share frames, bases and" + " clusters"),
                message);
    }

    @Test
    void everyDifferingKeyIsNamedOnce() {
        Map<String, Object> other = Models.with(Map.of(
                "family",
                "hermite",
                "degree",
                5,
                "columns",
                Map.of("x2", Map.of("family", "cosine", "degree", 4)),
                "clusters",
                Map.of("select", "all", "order", 1)));
        String message = refusal(ALL, Models.fit(InMemory.of(ROWS), other, Models.RUN));
        assertEquals(
                "models 1 and 2 cannot be merged: frame: "
                        + ALL.settings().write().get("frame") + " and "
                        + Models.fit(InMemory.of(ROWS), other, Models.RUN)
                                .settings()
                                .write()
                                .get("frame")
                        + "; basis.degree: 4 and 5; basis.columns.x2.family: hermite and cosine;"
                        + " basis.clusters.order: auto and 1; clusters: 6 of 30 functions and 3 of 14 functions",
                message);
    }

    @Test
    void otherColumnsAreNamed() {
        InMemory renamed =
                new InMemory(List.of(Column.real("x1"), Column.positive("b"), Column.real("x3")), positive());
        String message =
                refusal(ALL, Models.fit(renamed, Models.with(Map.of("family", "cosine", "degree", 3)), Models.RUN));
        assertTrue(message.contains("columns[1].name: x2 and b; columns[1].kind: REAL and POSITIVE"), message);
        assertThrows(InputException.class, () -> Fit.like(renamed, ALL, Models.RUN));
    }

    private static Points positive() {
        Points rows = Models.rows(3, 400, 2);
        for (int n = 0; n < rows.size(); n++) {
            rows.set(1, n, Math.abs(rows.get(1, n)) + 0.1);
        }
        return rows;
    }

    @Test
    void timesAndRidgeOfTheFirstAreUsed() {
        Map<String, Object> other = Map.of(
                "frame", ALL.settings().write().get("frame"),
                "basis", ALL.settings().write().get("basis"),
                "process", Map.of("earliest", 0.1, "times", 5),
                "solver", Map.of("ridge", 1e-2));
        FittedModel second = Models.fit(InMemory.of(ROWS), other, Models.RUN);
        FittedModel merged = Merge.merge(List.of(ALL, second), Models.RUN);
        assertArrayEquals(ALL.path().grid().times(), merged.path().grid().times());
        assertEquals(2L * ROWS.size(), merged.table().rows());
        assertArrayEquals(ALL.table().means(), merged.table().means());
        for (int j = 0; j <= ALL.path().grid().steps(); j++) {
            assertArrayEquals(ALL.path().at(j), merged.path().at(j));
        }
    }
}
