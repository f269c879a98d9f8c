package org.eigendrift.engine.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.MomentLayout;
import org.junit.jupiter.api.Test;

class MomentCostsTest {
    /** Cosines of degree 2 in two coordinates: blocks of 2, 2 and 4 functions. */
    @Test
    void smallTensorBasesCountedByHand() {
        ProductBasis basis = Families.complete(Families.coordinates(List.of("cosine", "cosine"), 2), 2);
        double[] times = TimeGrid.geometric(0.01, 0.001, 9).times();
        MomentCosts costs = MomentCosts.of(new MomentLayout(basis), times);
        // Products of degrees up to 2 reach 4: tensors of 5, 5 and 5 x 5.
        assertEquals(35, costs.tableEntries());
        // Eight functions; triangles 3 + 3 + 10, blocks of singles with the pair 2 * 4 each; singles are disjoint.
        assertEquals(8 + 10 * (16 + 16), costs.gridEntries());
        // Of singles 3 pairs of functions; with the pair 3 times 2 sums of 2 combinations; of the pair itself 3 times 3
        // sums of 3 combinations, of gradients and of products. Factors: 3 pairs' products and gradients in 5 terms.
        assertEquals(10 * (2 * 3 + 2 * (6 + 2) + 2 * (9 + 3) + 2 * 2 * 3 * 5), costs.gridOperations());
        assertFalse(costs.gridIsCheaper());
        Decision decision = costs.decision(false);
        assertEquals("table of moments", decision.chosen());
        assertEquals(-35, decision.alternatives().get(0).score().orElseThrow());
        assertEquals(
                -costs.gridEntries(), decision.alternatives().get(1).score().orElseThrow());
    }

    /** The case for which the grid is the smaller: few functions of a family whose products fill the whole table. */
    @Test
    void loneFunctionsOfLongExpansionsNeedLargeTables() {
        List<String> families = List.of("mean-field", "mean-field", "mean-field");
        List<CoordinateBasis> coordinates = Families.coordinates(families, 2);
        Cluster lone = new Cluster(new int[] {0, 1, 2}, new int[] {2, 2, 2}, new int[] {0});
        MomentLayout layout = new MomentLayout(new ProductBasis(coordinates, List.of(lone)));
        MomentCosts costs =
                MomentCosts.of(layout, TimeGrid.geometric(5, 0.005, 59).times());
        int m = coordinates.get(0).tableSize();
        assertEquals((long) m * m * m, costs.tableEntries());
        assertEquals(1 + 60, costs.gridEntries());
        assertTrue(costs.gridIsCheaper());
        assertEquals("A(t) on a grid", costs.decision(true).chosen());
        assertTrue(
                costs.decision(true).reason().endsWith("a grid of 60 times 61"),
                costs.decision(true).reason());
    }
}
