package org.eigendrift.engine.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.plugin.Problem;
import org.eigendrift.engine.basis.Families;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Binding of the blocks of a fit: what is refused and how it is said, and writing them back. */
class FitSettingsTest {

    private static List<String> problems(Map<String, ?> config) {
        List<Problem> problems = new ArrayList<>();
        Optional<FitSettings> bound = FitSettings.bind(config, Path.of(""), Families.CATALOG, problems::add);
        assertEquals(problems.isEmpty(), bound.isPresent(), "settings exactly if there was no mistake");
        return problems.stream().map(Problem::toString).toList();
    }

    /** The only mistake, one line that begins with the path of the key and holds the hint. */
    private static void assertProblem(Map<String, ?> config, String path, String hint) {
        List<String> problems = problems(config);
        assertEquals(1, problems.size(), problems::toString);
        String line = problems.get(0);
        assertTrue(line.startsWith(path + ": "), line);
        assertTrue(line.contains(hint), line);
        assertEquals(1, line.lines().count());
    }

    @Test
    void misspeltKeysGetTheNearest() {
        assertProblem(Map.of("basis", Map.of("famly", "cosine")), "basis.famly", "did you mean 'family'?");
        assertProblem(Map.of("basis", Map.of("cluster", Map.of())), "basis.cluster", "did you mean 'clusters'?");
        assertProblem(
                Map.of("basis", Map.of("clusters", Map.of("ordr", 2))), "basis.clusters.ordr", "did you mean 'order'?");
        assertProblem(Map.of("process", Map.of("horizn", 2)), "process.horizn", "did you mean 'horizon'?");
        assertProblem(Map.of("solver", Map.of("riddge", 2)), "solver.riddge", "did you mean 'ridge'?");
        assertProblem(
                Map.of("basis", Map.of("columns", Map.of("x", Map.of("degre", 2)))),
                "basis.columns.x.degre",
                "did you mean 'degree'?");
    }

    /** Where a plugin is named its options are known as well as the block's own keys. */
    @Test
    void misspeltKeysBesideAPluginGetTheNearestOfBoth() {
        assertProblem(Map.of("basis", Map.of("family", "cosine", "degre", 2)), "basis.degre", "did you mean 'degree'?");
        assertProblem(
                Map.of("basis", Map.of("columns", Map.of("x", Map.of("family", "hermite", "degres", 2)))),
                "basis.columns.x.degres",
                "did you mean 'degree'?");
        assertProblem(
                Map.of("solver", Map.of("type", "cg", "tolerence", 1e-9)),
                "solver.tolerence",
                "did you mean 'tolerance'?");
        assertProblem(Map.of("solver", Map.of("type", "cg", "rigde", 1e-9)), "solver.rigde", "did you mean 'ridge'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "513", "x", "2.5", "NaN"})
    void degreesOutOfRange(String text) {
        Object degree = text.equals("x") ? text : (Object) Double.valueOf(text);
        String expected = "expected a whole number in [1, 512] or auto, found " + degree;
        assertProblem(Map.of("basis", Map.of("degree", degree)), "basis.degree", expected);
        assertProblem(
                Map.of("basis", Map.of("columns", Map.of("x", Map.of("degree", degree)))),
                "basis.columns.x.degree",
                expected);
    }

    @Test
    void unknownPluginsGetTheNearest() {
        assertProblem(Map.of("basis", Map.of("family", "cosin")), "basis", "did you mean 'cosine'?");
        assertProblem(
                Map.of("basis", Map.of("columns", Map.of("x", "hermit"))),
                "basis.columns.x",
                "did you mean 'hermite'?");
        assertProblem(Map.of("solver", "choleski"), "solver", "did you mean 'cholesky'?");
        assertProblem(Map.of("frame", List.of(Map.of("type", "boxx"))), "frame[0]", "did you mean 'box'?");
    }

    @Test
    void densitiesAreWords() {
        for (Density density : Density.values()) {
            FitSettings settings =
                    FitSettings.of(Map.of("density", density.name().toLowerCase(Locale.ROOT)), Families.CATALOG);
            assertEquals(density, settings.density());
            // A file that asks for nothing stays as it was before there was anything to ask for.
            assertEquals(density != Density.AUTO, settings.write().containsKey("density"));
            assertTrue(settings.choosesModel());
        }
        assertEquals(Density.AUTO, FitSettings.of(Map.of(), Families.CATALOG).density());
        String expected = "expected auto, flow or gibbs, found ";
        assertProblem(Map.of("density", "gibs"), "density", expected + "'gibs'; did you mean 'gibbs'?");
        assertProblem(Map.of("density", "flwo"), "density", expected + "'flwo'; did you mean 'flow'?");
        assertProblem(Map.of("density", "GIBBS"), "density", expected + "'GIBBS'");
        assertProblem(Map.of("density", 3), "density", expected + "'3'");
        assertProblem(Map.of("density", List.of("flow")), "density", expected + "'[flow]'");
    }

    /** A chart and a candidate of a comparison are flows, whatever the whole is to be. */
    @Test
    void chartsAreFlows() {
        FitSettings settings = FitSettings.of(Map.of("density", "gibbs", "components", 3), Families.CATALOG);
        FitSettings chart = settings.ofChart(Optional.empty());
        assertEquals(Density.AUTO, chart.density());
        assertEquals(1, chart.components().orElseThrow());
        FitSettings flow = FitSettings.of(Map.of("density", "flow"), Families.CATALOG);
        assertEquals(Density.FLOW, flow.ofChart(Optional.empty()).density());
    }

    @Test
    void unknownBlocksGetTheNearest() {
        assertProblem(Map.of("sovler", "cg"), "sovler", "did you mean 'solver'?");
        assertProblem(
                Map.of("target", "two-moons"), "target", "known: components, density, frame, basis, process, solver");
        InputException thrown = Assertions.assertThrows(
                InputException.class, () -> FitSettings.of(Map.of("densty", "flow"), Families.CATALOG));
        assertTrue(thrown.getMessage().contains("did you mean 'density'?"), thrown.getMessage());
    }

    @Test
    void valuesOutOfRangeNameTheRange() {
        assertProblem(Map.of("basis", Map.of("clusters", Map.of("order", 4))), "basis.clusters.order", "1");
        assertProblem(Map.of("components", 0), "components", "[1, 1000] or auto, found 0");
        assertProblem(Map.of("components", 1001), "components", "found 1001");
        assertProblem(Map.of("components", 2.5), "components", "found 2.5");
        assertProblem(Map.of("components", "many"), "components", "found many");
        assertProblem(Map.of("solver", Map.of("ridge", -1)), "solver.ridge", "-1");
        assertProblem(Map.of("solver", Map.of("ridge", Double.NaN)), "solver.ridge", "NaN");
        assertProblem(Map.of("solver", Map.of("ridge", List.of(1))), "solver.ridge", "[1]");
        assertProblem(Map.of("solver", Map.of("ridge", "gvc")), "solver.ridge", "did you mean 'gcv'?");
        assertProblem(
                Map.of("solver", Map.of("ridge", Map.of("type", "gcv", "probes", 0))),
                "solver.ridge.probes",
                "found 0");
        assertProblem(Map.of("process", Map.of("horizon", 0)), "process.horizon", "0");
        assertProblem(
                Map.of("process", Map.of("horizon", 1, "earliest", 2)),
                "process",
                "earliest must lie before horizon, found 2.0 and 1.0");
        assertProblem(
                Map.of("basis", Map.of("clusters", Map.of("select", "graf"))),
                "basis.clusters.select",
                "did you mean 'graph'?");
    }

    @Test
    void everyMistakeIsReportedAtOnce() {
        List<String> problems = problems(Map.of(
                "basis", Map.of("degree", 0, "clusters", Map.of("ordr", 1)),
                "process", Map.of("times", 1),
                "solver", "choleski"));
        assertEquals(4, problems.size(), problems::toString);
        InputException thrown = Assertions.assertThrows(
                InputException.class, () -> FitSettings.of(Map.of("basis", Map.of("degree", 0)), Families.CATALOG));
        assertTrue(thrown.getMessage().startsWith("basis.degree: "), thrown.getMessage());
    }

    @Test
    void blocksMustBeBlocks() {
        assertProblem(Map.of("process", 3), "process", "expected {key: value, ...}, found '3'");
        assertProblem(Map.of("basis", Map.of("clusters", "all")), "basis.clusters", "found 'all'");
    }

    private static Map<String, Object> full() {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("b", Map.of("family", "hermite", "degree", 3));
        columns.put("a", "cosine");
        columns.put("default", Map.of("family", "hermite"));
        return Map.of(
                "frame",
                List.of(Map.of("type", "box", "columns", List.of("a")), Map.of("type", "standardize")),
                "basis",
                Map.of(
                        "degree",
                        7,
                        "columns",
                        columns,
                        "clusters",
                        Map.of(
                                "select",
                                "graph",
                                "edges",
                                List.of(List.of("a", "b"), List.of("b", "c")),
                                "cut",
                                "total-degree",
                                "max_size",
                                100)),
                "process",
                Map.of("horizon", 4.5, "times", 33),
                "solver",
                Map.of("type", "cg", "ridge", 1e-3, "fallback", List.of("cholesky")));
    }

    /** write() is what bind() reads: settings survive the way there and back, and the blocks do not change either. */
    @Test
    void writingAndBindingAreInverse() {
        for (Map<String, Object> config : List.of(
                full(),
                Map.<String, Object>of(),
                Map.<String, Object>of("components", 3),
                Map.<String, Object>of("process", Map.of("moments", "grid")),
                Map.<String, Object>of("density", "gibbs"),
                Map.<String, Object>of("density", "flow", "components", 2),
                Map.<String, Object>of("solver", Map.of("ridge", "gcv")),
                Map.<String, Object>of("solver", Map.of("ridge", Map.of("type", "gcv", "probes", 4))),
                Map.<String, Object>of("solver", Map.of("ridge", "discrepancy")))) {
            FitSettings settings = FitSettings.of(config, Families.CATALOG);
            Map<String, Object> written = settings.write();
            FitSettings again = FitSettings.of(written, Families.CATALOG);
            assertEquals(settings, again);
            assertEquals(written, again.write());
        }
    }

    /** A rule with its defaults is its name, in files too; {@code {type: gcv}} says the same. */
    @Test
    void aRuleWithoutChangesIsItsName() {
        FitSettings rule = FitSettings.of(
                Map.of("solver", Map.of("ridge", Map.of("type", "gcv", "probes", 16))), Families.CATALOG);
        assertEquals("gcv", ((Map<?, ?>) rule.write().get("solver")).get("ridge"));
    }

    /** Configurations and files read as before there was a choice, unless one was made. */
    @Test
    void whatIsSummedIsWrittenOnlyIfChosen() {
        assertFalse(((Map<?, ?>) FitSettings.auto().write().get("process")).containsKey("moments"));
        FitSettings table = FitSettings.of(Map.of("process", Map.of("moments", "table")), Families.CATALOG);
        assertEquals("table", ((Map<?, ?>) table.write().get("process")).get("moments"));
        assertProblem(Map.of("process", Map.of("moments", "grit")), "process.moments", "grid");
    }

    @Test
    void whatIsSaidIsBound() {
        FitSettings settings = FitSettings.of(full(), Families.CATALOG);
        assertEquals(2, settings.frames().orElseThrow().size());
        assertEquals(7, settings.basis().standard().degree().orElseThrow());
        assertEquals(
                "hermite", settings.basis().standard().family().orElseThrow().name());
        assertEquals(3, settings.basis().columns().get("b").degree().orElseThrow());
        assertTrue(settings.basis().columns().get("a").degree().isEmpty());
        assertEquals(ClusterOptions.Select.GRAPH, settings.basis().clusters().select());
        assertEquals(4.5, settings.process().horizon().orElseThrow());
        assertTrue(settings.process().earliest().isEmpty());
        assertEquals("cg", settings.solver().named().orElseThrow().name());
        assertEquals(1e-3, settings.solver().ridge().fixed().orElseThrow());
        assertEquals("cholesky", settings.solver().fallback().get(0).name());
    }

    @Test
    void aModelIsChosenUnlessChartsFramesOrBasisAre() {
        assertTrue(FitSettings.auto().choosesModel());
        assertTrue(choosesModel(Map.of("process", Map.of("times", 40), "solver", Map.of("ridge", 1e-3))));
        assertFalse(choosesModel(Map.of("basis", Map.of("degree", 4))));
        assertFalse(choosesModel(Map.of("basis", Map.of("clusters", Map.of("select", "lattice")))));
        assertFalse(choosesModel(Map.of("components", 1)));
        assertFalse(choosesModel(Map.of("frame", List.of())));
        assertFalse(choosesModel(Map.of("basis", Map.of("family", "hermite"))));
        assertFalse(choosesModel(Map.of("basis", Map.of("columns", Map.of("a", "hermite")))));
    }

    private static boolean choosesModel(Map<String, ?> config) {
        return FitSettings.of(config, Families.CATALOG).choosesModel();
    }

    @Test
    void nothingSaidIsAuto() {
        assertEquals(FitSettings.auto(), FitSettings.of(Map.of(), Families.CATALOG));
        assertEquals(
                FitSettings.auto(),
                FitSettings.of(
                        Map.of("frame", "auto", "basis", "auto", "process", "auto", "solver", "auto"),
                        Families.CATALOG));
    }
}
