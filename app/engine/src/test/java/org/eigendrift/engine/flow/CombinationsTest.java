package org.eigendrift.engine.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.OptionSpec;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.engine.assembly.Assembler;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.report.SolvedTime;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small fits with every basis family, solver and preconditioner: all combinations, not only all pairs. */
class CombinationsTest {
    private static final RunContext RUN = RunContext.quiet(3);

    static Stream<String> families() {
        return Families.names();
    }

    private static boolean takesPreconditioner(Provider<?, ?, ?> solver) {
        return solver.options().options().stream().map(OptionSpec::key).anyMatch("preconditioner"::equals);
    }

    private static InMemory rows(String family) {
        List<Column> columns = List.of(Families.column(family, "x0"), Families.column(family, "x1"));
        return new InMemory(columns, Families.rows(List.of(family, family), 400, 7));
    }

    private static FitSettings settings(String family, Map<String, ?> solver) {
        Map<String, Object> block = new LinkedHashMap<>(solver);
        block.put("ridge", 1e-2);
        return FitSettings.of(
                Map.of(
                        "basis", Map.of("family", family, "degree", 3),
                        "process", Map.of("earliest", 0.05, "times", 6),
                        "solver", block),
                Families.CATALOG);
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum = Math.hypot(sum, a[i] - b[i]);
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyLegalCombinationAgreesWithCholesky(String family) {
        InMemory rows = rows(family);
        FittedModel direct = Fit.of(rows, settings(family, Map.of("type", "cholesky")), Families.CATALOG, RUN);
        int combinations = 0;
        for (Provider<?, ?, ?> solver : Families.CATALOG.all(SolverProvider.KIND)) {
            for (Map<String, String> block : blocks(solver)) {
                FittedModel model = Fit.of(rows, settings(family, block), Families.CATALOG, RUN);
                assertAgrees(direct, model, family + " " + block);
                assertEquals(solver.name(), model.report().solves().get(0).solver());
                combinations++;
            }
        }
        assertEquals(12 + 8 * 6, combinations, "twelve solvers without, eight with one of six preconditioners");
    }

    /** A solver with each preconditioner, or alone if it takes none. */
    private static List<Map<String, String>> blocks(Provider<?, ?, ?> solver) {
        if (!takesPreconditioner(solver)) {
            return List.of(Map.of("type", solver.name()));
        }
        List<Map<String, String>> blocks = new ArrayList<>();
        for (Provider<?, ?, ?> preconditioner : Families.CATALOG.all(PreconditionerProvider.KIND)) {
            blocks.add(Map.of("type", solver.name(), "preconditioner", preconditioner.name()));
        }
        return blocks;
    }

    private static void assertAgrees(FittedModel direct, FittedModel model, String name) {
        Assembler assembler = new Assembler(direct.table().layout(), direct.basis());
        double[] zero = new double[direct.basis().size()];
        for (int j = 0; j <= direct.path().grid().steps(); j++) {
            SolvedTime exact = direct.report().solves().get(j);
            SolvedTime solve = model.report().solves().get(j);
            double[] y = assembler.scaled(model.path().at(j));
            double[] expected = assembler.scaled(direct.path().at(j));
            // Both are within condition * residual of the truth; 10 because the estimate is a lower bound.
            double bound = 10 * exact.condition() * (exact.residual() + solve.residual());
            assertTrue(
                    distance(y, expected) <= bound * distance(expected, zero),
                    () -> name + " at t = " + solve.time() + ": bound " + bound);
            assertTrue(solve.residual() <= 1e-6, () -> name + " residual " + solve.residual());
        }
    }

    @Test
    void everyIllegalCombinationIsRefusedWithItsReason() {
        int refused = 0;
        for (Provider<?, ?, ?> solver : Families.CATALOG.all(SolverProvider.KIND)) {
            for (Provider<?, ?, ?> preconditioner : Families.CATALOG.all(PreconditionerProvider.KIND)) {
                if (!takesPreconditioner(solver)) {
                    InputException refusal = assertThrows(
                            InputException.class,
                            () -> settings(
                                    "hermite", Map.of("type", solver.name(), "preconditioner", preconditioner.name())));
                    assertTrue(
                            refusal.getMessage().startsWith("solver.preconditioner: unknown option"),
                            refusal.getMessage());
                    refused++;
                }
            }
        }
        assertEquals(12 * 6, refused);
    }
}
