package org.eigendrift.engine.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Test;

/** Families, degrees and frames of columns of which nothing is known but kind and number; no row is read. */
class FamilySelectionTest {
    private static final List<Column> MIXED =
            List.of(Column.real("a"), Column.angle("w", 0, 360), Column.positive("p"), Column.bounded("b", 0, 1));

    private static FamilySelection.Selected choose(List<Column> columns, long rows, Map<String, ?> config) {
        FitSettings settings = FitSettings.of(config, Families.CATALOG);
        return new FamilySelection(settings, Families.CATALOG, columns, rows).choose(columns, new int[0]);
    }

    private static List<String> told(FamilySelection.Selected selected) {
        return selected.decisions().stream().map(Decision::line).toList();
    }

    @Test
    void columnsOfOneFamilyAndDegreeAreDecidedTogether() {
        FamilySelection.Selected selected = choose(MIXED, 2000, Map.of());
        assertEquals(
                List.of("family: mean-field (of degree 5, for a, p, b)", "family: fourier (of degree 5, for w)"),
                told(selected));
        Decision first = selected.decisions().get(0);
        assertEquals("mean-field", first.alternatives().get(0).name());
        assertEquals(1, first.alternatives().get(0).score().orElseThrow());
    }

    /** Two columns and 5,000 rows: cosines are offered more readily, and of 4,999 not at all. */
    @Test
    void theOffersAreTheAlternatives() {
        List<Column> two = List.of(Column.real("a"), Column.real("b"));
        Decision many = choose(two, 5000, Map.of()).decisions().get(0);
        assertEquals("cosine", many.chosen());
        assertEquals(
                List.of("cosine", "mean-field"),
                many.alternatives().stream().map(Decision.Alternative::name).toList());
        // sqrt(5000 / 30) = 12.9.
        assertEquals("of degree 12, for a, b", many.reason());
        Decision few = choose(two, 4999, Map.of()).decisions().get(0);
        assertEquals("mean-field", few.chosen());
        assertEquals(1, few.alternatives().size());
    }

    /** What is named stands among the offers, whether it offers itself or not. */
    @Test
    void aNamedFamilyIsAnAlternativeWithoutAPreference() {
        Decision named = choose(List.of(Column.real("a")), 100, Map.of("basis", Map.of("family", "hermite")))
                .decisions()
                .get(0);
        assertEquals("hermite", named.chosen());
        assertEquals(
                List.of("mean-field", "hermite"),
                named.alternatives().stream().map(Decision.Alternative::name).toList());
        assertTrue(named.alternatives().get(1).score().isEmpty());
    }

    /** The normal law's coordinates take a family for it, whatever is named. */
    @Test
    void whatAFrameLeavesToTheNormalLawIsItsOwn() {
        List<Column> two = List.of(Column.real("a"), Column.real("b"));
        FitSettings settings = FitSettings.of(Map.of("basis", Map.of("degree", 7)), Families.CATALOG);
        FamilySelection.Selected selected =
                new FamilySelection(settings, Families.CATALOG, two, 100).choose(two, new int[] {1});
        assertEquals(7, selected.families().get(0).degree().orElseThrow());
        assertEquals(
                "hermite", selected.families().get(1).family().orElseThrow().name());
        assertEquals(1, selected.families().get(1).degree().orElseThrow());
    }

    @Test
    void framesFollowTheFamilies() {
        FamilySelection.Selected selected =
                choose(MIXED, 2000, Map.of("basis", Map.of("columns", Map.of("a", Map.of("family", "hermite")))));
        var frames = FrameSelection.of(MIXED, selected.families(), Families.CATALOG);
        assertEquals(
                "frames: standardize {columns=[a]}, angle {columns=[w]} (where the families live)",
                FrameSelection.decision(frames, frames).line());
        assertEquals(
                "frames: no frame (named, or those of the kind of model)",
                FrameSelection.decision(List.of(), frames).line());
    }
}
