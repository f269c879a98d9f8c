package org.eigendrift.engine.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Law;
import org.eigendrift.engine.atlas.Atlases;
import org.eigendrift.engine.atlas.ChartMixture;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.flow.FlowLaw;
import org.eigendrift.engine.flow.GibbsFit;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.law.gibbs.GibbsLaw;
import org.eigendrift.engine.law.mixture.Mixture;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.moment.SumPass;
import org.eigendrift.engine.report.FitReport;
import org.eigendrift.engine.report.SolvedTime;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merging and unlearning against the fit of the rows themselves. */
class MergeTest {
    @TempDir
    Path directory;

    /** Rows of a chunk, of which sums are rounded apart: see MomentPass. */
    private static final int CHUNK = 2048;

    private static final Points ROWS = Models.rows(3, 2 * CHUNK + 700, 5);
    private static final FittedModel ALL = Models.fit(InMemory.of(ROWS), Models.hermite(4), Models.RUN);

    private static FittedModel merge(List<FittedModel> models) {
        return (FittedModel) Merge.merge(models, Models.RUN);
    }

    private static FittedModel unlearn(FittedModel model, FittedModel part) {
        return (FittedModel) Merge.unlearn(model, part, Models.RUN);
    }

    private static FittedModel unlearn(FittedModel model, InMemory rows) {
        return (FittedModel) Merge.unlearn(model, rows, Models.RUN);
    }

    private static FittedModel like(int from, int to) {
        return (FittedModel) Merge.like(ALL, InMemory.of(ROWS.slice(from, to)), Models.RUN);
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
        FittedModel merged = merge(List.of(first, second, third));
        assertSame(ALL, merged);
        assertEquals(ModelFileTest.ranges(ALL), ModelFileTest.ranges(merged));
        assertSame(ALL, merge(List.of(third, first, second)));
        assertSame(ALL, merge(List.of(merge(List.of(second, third)), first)));
    }

    @Test
    void acrossChunksTheMergeIsTheJointFitToRounding() {
        FittedModel merged = merge(List.of(like(0, 1777), like(1777, ROWS.size())));
        assertNotEquals(ALL.table(), merged.table());
        assertEquals(0, difference(ALL, merged), 1e-12);
    }

    @Test
    void unlearningAlongChunksIsTheFitOfTheOthersToTheLastBit() {
        assertSame(like(0, CHUNK), unlearn(ALL, like(CHUNK, ROWS.size())));
    }

    @Test
    void unlearningAnyRowsIsTheFitOfTheOthersToRounding() {
        InMemory rest = InMemory.of(ROWS.slice(3000, ROWS.size()));
        FittedModel expected = like(0, 3000);
        assertEquals(0, difference(expected, unlearn(ALL, rest)), 1e-10);
        assertEquals(
                0,
                difference(expected, (FittedModel) Merge.unlearn(ALL, Merge.like(ALL, rest, Models.RUN), Models.RUN)),
                1e-10);
    }

    @Test
    void learningAndUnlearningOneRowLeavesNoTrace() {
        InMemory row = InMemory.of(ROWS.slice(17, 18));
        FittedModel without = unlearn(ALL, row);
        assertEquals(ALL.table().rows() - 1, without.table().rows());
        MomentTable table = without.table().copy();
        table.add(ALL.moments(row, Models.RUN));
        assertEquals(ALL.table(), table);
    }

    /** Half as many rows again, three standard deviations apart from the model's, leave no law of rows; the rows are at fault, not a solver. */
    @Test
    void rowsThatWereNeverLearntAreNotUnlearnt() {
        Points others = ROWS.slice(0, ROWS.size() / 2).copy();
        for (int n = 0; n < others.size(); n++) {
            for (int i = 0; i < others.dim(); i++) {
                others.set(i, n, others.get(i, n) + 3);
            }
        }
        String message = assertThrows(InputException.class, () -> unlearn(ALL, InMemory.of(others)))
                .getMessage();
        assertTrue(message.startsWith("without these rows the model has no solution: they are not all among"), message);
    }

    /** Rows beyond those of the model they are fitted like widen the trusted range, of the merged model too. */
    @Test
    void functionsAreTrustedWhereAnyRowsWereSeen() {
        Points far = ROWS.slice(0, CHUNK).copy();
        far.set(1, 5, 40);
        FittedModel second = (FittedModel) Merge.like(ALL, InMemory.of(far), Models.RUN);
        double[] shift = ALL.frames().frames().get(0).state().get("shift");
        double[] scale = ALL.frames().frames().get(0).state().get("scale");
        FittedModel merged = merge(List.of(ALL, second));
        // Four roundings lie between 40 and its image.
        double image = (40 - shift[1]) / scale[1];
        assertEquals(image, merged.basis().coordinate(1).range().upper(), 4 * Math.ulp(image));
        assertEquals(
                ALL.basis().coordinate(1).range().lower(),
                merged.basis().coordinate(1).range().lower());
        assertEquals(
                ALL.basis().coordinate(0).range(), merged.basis().coordinate(0).range());
    }

    /** Draws stay where the rows of any of the models were seen; to take rows back tells nothing of where the others were. */
    @Test
    void drawsStayWhereAnyRowsWereSeen() {
        Points rows = ROWS.slice(0, 400);
        List<Column> columns = InMemory.of(rows).columns();
        Law first = Models.fit(seen(columns, rows, new Column.Span(-1, 2)), Models.hermite(4), Models.RUN);
        Law second = Merge.like(first, seen(columns, ROWS.slice(400, 800), new Column.Span(-2, 1)), Models.RUN);
        assertEquals(new Column.Span(-2, 1), second.columns().get(1).observed());
        Law merged = Merge.merge(List.of(first, second), Models.RUN);
        assertEquals(new Column.Span(-2, 2), merged.columns().get(1).observed());
        assertEquals(
                new Column.Span(-2, 2),
                Merge.unlearn(merged, second, Models.RUN).columns().get(1).observed());
        Points draws = merged.draw(DrawRequest.of(500), Models.RUN).rows();
        double[] drawn = draws.column(1);
        assertTrue(Arrays.stream(drawn).allMatch(x -> x >= -2 && x <= 2));
        assertTrue(Arrays.stream(drawn).anyMatch(x -> x < -1));
    }

    private static InMemory seen(List<Column> columns, Points rows, Column.Span span) {
        return new InMemory(columns.stream().map(c -> c.withObserved(span)).toList(), rows);
    }

    @Test
    void atLeastTwoRowsMustRemain() {
        InputException refusal = assertThrows(InputException.class, () -> unlearn(like(0, 10), like(0, 9)));
        assertEquals("cannot take 9 rows from a model of 10: at least 2 must remain", refusal.getMessage());
    }

    private static String refusal(FittedModel first, FittedModel second) {
        return assertThrows(InputException.class, () -> merge(List.of(first, second)))
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
        assertThrows(InputException.class, () -> Merge.like(ALL, renamed, Models.RUN));
    }

    private static Points positive() {
        Points rows = Models.rows(3, 400, 2);
        for (int n = 0; n < rows.size(); n++) {
            rows.set(1, n, Math.abs(rows.get(1, n)) + 0.1);
        }
        return rows;
    }

    /** The report is a view: what it says of ridges changes neither a merge nor what a file holds of them. */
    @Test
    void ridgesAreTheModelsNotTheReports() {
        FitReport report = ALL.report();
        List<SolvedTime> other = report.solves().stream()
                .map(s -> new SolvedTime(
                        s.time(), s.size(), 1, 0.5, s.solver(), s.iterations(), s.residual(), s.condition()))
                .toList();
        FittedModel told = ALL.withReport(new FitReport(
                report.rows(),
                report.dim(),
                report.basisSize(),
                report.matrixNonzeros(),
                report.tableSize(),
                report.seconds(),
                report.decisions(),
                other));
        assertSame(merge(List.of(ALL, ALL)), merge(List.of(told, told)));
        Path file = directory.resolve("told.safetensors");
        ModelFile.write((told), file);
        FittedModel read = (FittedModel) ModelFile.read(file, Models.CATALOG);
        assertArrayEquals(ALL.plan().ridges(), read.plan().ridges());
        assertSame(merge(List.of(ALL, ALL)), merge(List.of(read, read)));
    }

    @Test
    void timesAndRidgeOfTheFirstAreUsed() {
        Map<String, Object> other = Map.of(
                "frame", ALL.settings().write().get("frame"),
                "basis", ALL.settings().write().get("basis"),
                "process", Map.of("earliest", 0.1, "times", 5),
                "solver", Map.of("ridge", 1e-2));
        FittedModel second = Models.fit(InMemory.of(ROWS), other, Models.RUN);
        FittedModel merged = merge(List.of(ALL, second));
        assertArrayEquals(ALL.path().grid().times(), merged.path().grid().times());
        assertEquals(2L * ROWS.size(), merged.table().rows());
        assertArrayEquals(ALL.table().means(), merged.table().means());
        for (int j = 0; j <= ALL.path().grid().steps(); j++) {
            assertArrayEquals(ALL.path().at(j), merged.path().at(j));
        }
    }

    private static final Points TWO = Models.rows(2, CHUNK + 700, 6);
    private static final Mixture CHARTS = Models.atlas(InMemory.of(TWO), Models.hermite(3), Models.RUN);

    private static Law like(Law law, InMemory rows) {
        return Merge.like(law, rows, Models.RUN);
    }

    private static Mixture likeCharts(InMemory rows) {
        return (Mixture) like(CHARTS, rows);
    }

    private static InMemory part(int from, int to) {
        return InMemory.of(TWO.slice(from, to));
    }

    private static void assertSame(Mixture expected, Mixture actual) {
        assertEquals(expected.members().size(), actual.members().size());
        for (int k = 0; k < expected.members().size(); k++) {
            assertEquals(
                    expected.members().get(k).weight(), actual.members().get(k).weight());
            assertSame(
                    Atlases.flow(expected.members().get(k)),
                    Atlases.flow(actual.members().get(k)));
        }
    }

    /**
     * To rounding: sums are rounded apart for each chunk of a chart's rows, and where its chunks end depends on how many
     * rows of other charts came before, so that parts of a data set never share chunks with the whole.
     */
    private static void assertClose(Mixture expected, Mixture actual, double tolerance) {
        assertEquals(expected.provenance().rows(), actual.provenance().rows());
        for (int k = 0; k < expected.members().size(); k++) {
            assertEquals(
                    expected.members().get(k).weight(), actual.members().get(k).weight());
            assertEquals(
                    0,
                    difference(
                            Atlases.flow(expected.members().get(k)),
                            Atlases.flow(actual.members().get(k))),
                    tolerance);
        }
    }

    @Test
    void anAtlasFittedLikeItselfIsItself() {
        assertSame(CHARTS, likeCharts(part(0, TWO.size())));
    }

    @Test
    void anAtlasIsMergedChartByChart() {
        List<Mixture> parts =
                List.of(likeCharts(part(0, 1000)), likeCharts(part(1000, 1600)), likeCharts(part(1600, TWO.size())));
        assertClose(CHARTS, (Mixture) Merge.merge(parts, Models.RUN), 1e-12);
        assertSame((Mixture) Merge.merge(parts, Models.RUN), (Mixture) Merge.merge(
                List.of(parts.get(0), Merge.merge(parts.subList(1, 3), Models.RUN)), Models.RUN));
    }

    @Test
    void rowsAreTakenBackFromTheirCharts() {
        Mixture expected = likeCharts(part(0, 1700));
        InMemory rest = part(1700, TWO.size());
        assertClose(expected, (Mixture) Merge.unlearn(CHARTS, rest, Models.RUN), 1e-10);
        assertClose(expected, (Mixture) Merge.unlearn(CHARTS, likeCharts(rest), Models.RUN), 1e-10);
    }

    @Test
    void oneRowChangesOneChartAndTheWeights() {
        InMemory row = part(17, 18);
        Mixture without = (Mixture) Merge.unlearn(CHARTS, row, Models.RUN);
        assertEquals(CHARTS.provenance().rows() - 1, without.provenance().rows());
        int changed = 0;
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            MomentTable table = Atlases.flow(without.members().get(k)).table();
            changed += table.equals(Atlases.flow(CHARTS.members().get(k)).table()) ? 0 : 1;
            assertEquals(
                    table.rows() / (double) without.provenance().rows(),
                    without.members().get(k).weight());
            sum += without.members().get(k).weight();
        }
        assertEquals(1, changed);
        assertEquals(1, sum, 3 * Math.ulp(1.0));
    }

    /** The chart of all rows keeps its weight, and the others share the rest by their rows. */
    @Test
    void aChartOfAllRowsIsMergedBesideLocalOnes() {
        Mixture both = Atlases.with(Models.fit(part(0, TWO.size()), Models.hermite(3), Models.RUN), 0.25, CHARTS);
        Mixture merged = (Mixture) Merge.merge(
                List.of(like(both, part(0, 1000)), like(both, part(1000, TWO.size()))), Models.RUN);
        assertEquals(TWO.size(), merged.provenance().rows());
        assertEquals(0.25, merged.members().get(0).weight());
        for (int k = 0; k < 4; k++) {
            assertEquals(both.members().get(k).weight(), merged.members().get(k).weight(), Math.ulp(1.0));
            assertEquals(
                    0,
                    difference(
                            Atlases.flow(both.members().get(k)),
                            Atlases.flow(merged.members().get(k))),
                    1e-12);
        }
    }

    /** The sums of A(0) add like all others; constant and walk are found again beside the merged flow. */
    @Test
    void aGibbsDensityIsMergedAndTakenBack() {
        FittedModel all = Models.fit(part(0, TWO.size()), Models.hermite(3), Models.RUN);
        GibbsFit.Choice choice = new GibbsFit.Choice(false, List.of(List.of(0, 1)), 4, 1e-2, 0, new double[0]);
        GibbsModel density = new GibbsFit(
                        FitSettings.of(Map.of("basis", Map.of("degree", 4)), Models.CATALOG),
                        Models.CATALOG,
                        Models.RUN)
                .fit(part(0, TWO.size()), choice, all.proposal(FlowLaw.Accuracy.AVERAGED, Models.RUN));
        GibbsLaw both = new GibbsLaw(1, density, all);
        // Along chunks, so that the sums agree to the last bit.
        Law first = like(both, part(0, SumPass.CHUNK));
        Law second = like(both, part(SumPass.CHUNK, TWO.size()));
        GibbsModel merged = gibbs(Merge.merge(List.of(first, second), Models.RUN));
        assertEquals(density.table(), merged.table());
        assertArrayEquals(density.theta(), merged.theta());
        // Beside the same flow, and with the same draws: the same constant.
        assertEquals(density.normaliser().log(), merged.normaliser().log(), 1e-9);
        GibbsModel rest = gibbs(Merge.unlearn(both, second, Models.RUN));
        assertEquals(gibbs(first).table(), rest.table());
        assertEquals(
                gibbs(first).table(),
                gibbs(Merge.unlearn(both, part(SumPass.CHUNK, TWO.size()), Models.RUN))
                        .table());
        assertEquals("models 1 and 2 cannot be merged: law: gibbs and flow", refusal(both, all));
    }

    private static GibbsModel gibbs(Law law) {
        return ((GibbsLaw) law).model();
    }

    private static String refusal(Law first, Law second) {
        return assertThrows(InputException.class, () -> Merge.merge(List.of(first, second), Models.RUN))
                .getMessage();
    }

    @Test
    void otherChartsAreRefused() {
        FittedModel all = Models.fit(part(0, TWO.size()), Models.hermite(3), Models.RUN);
        assertEquals("models 1 and 2 cannot be merged: law: mixture and flow", refusal(CHARTS, all));
        State state = CHARTS.gate().orElseThrow().state();
        Map<String, double[]> moved = new TreeMap<>();
        state.names().forEach(name -> moved.put(name, state.get(name)));
        moved.get("means")[1] = -0.5;
        Mixture other = new Mixture(
                CHARTS.members(), Optional.of(ChartMixture.restore(CHARTS.columns(), State.of(moved), Models.CATALOG)));
        assertEquals(
                "models 1 and 2 cannot be merged: mixture.means[1]: -1.0 and -0.5; fit one model like the other, so"
                        + " that they share charts",
                refusal(CHARTS, other));
    }

    @Test
    void whatDiffersInAChartIsNamed() {
        Mixture other = Models.atlas(part(0, TWO.size()), Models.hermite(2), Models.RUN);
        String message = refusal(CHARTS, other);
        for (int k = 1; k <= 3; k++) {
            assertTrue(message.contains("chart " + k + ": basis.degree: 3 and 2"), message);
        }
        Mixture swapped = new Mixture(
                List.of(
                        CHARTS.members().get(1),
                        CHARTS.members().get(0),
                        CHARTS.members().get(2)),
                CHARTS.gate());
        assertTrue(refusal(CHARTS, swapped).contains("chart 1: component: 0 and 1"));
    }

    @Test
    void aChartWithTooFewRowsIsNamed() {
        InputException refusal = assertThrows(InputException.class, () -> likeCharts(part(0, 1)));
        assertTrue(
                refusal.getMessage().matches("chart [123] of 3: expected at least 2 rows to fit, found [01]"),
                refusal.getMessage());
    }
}
