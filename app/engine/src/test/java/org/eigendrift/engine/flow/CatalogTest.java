package org.eigendrift.engine.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private static final RunContext RUN = RunContext.quiet(1);

    private final Catalog catalog = Catalog.discover(List.of());

    @Test
    void anExtensionIsCreatedByNameAndOptions() {
        Target target = catalog.create(TargetProvider.KIND, "two-moons", Map.of("rows", 123), RUN);
        assertEquals(123, target.train().rows().orElseThrow());
    }

    @Test
    void mistakesAreToldAsInAConfiguration() {
        String option = assertThrows(
                        InputException.class,
                        () -> catalog.create(TargetProvider.KIND, "two-moons", Map.of("row", 123), RUN))
                .getMessage();
        assertTrue(option.startsWith("target.row: unknown option") && option.contains("rows"), option);
        String name = assertThrows(
                        InputException.class, () -> catalog.create(TargetProvider.KIND, "two-moon", Map.of(), RUN))
                .getMessage();
        assertTrue(name.contains("unknown target 'two-moon'") && name.contains("two-moons"), name);
    }

    @Test
    void aKindThatIsMissingAltogetherNamesTheArtifact() {
        String missing = assertThrows(
                        InputException.class, () -> Catalog.of(List.of()).find(BasisFamily.class, "mean-field"))
                .getMessage();
        assertEquals(
                "unknown basis 'mean-field': there is none at all on the class path or the module path; the artifact"
                        + " eigendrift-runtime brings those of Eigendrift",
                missing);
    }
}
