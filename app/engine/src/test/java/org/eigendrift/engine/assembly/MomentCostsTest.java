package org.eigendrift.engine.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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
        MomentCosts costs = MomentCosts.of(new MomentLayout(basis), 10);
        // Products of degrees up to 2 reach 4: tensors of 5, 5 and 5 x 5.
        assertEquals(35, costs.tableEntries());
        // Triangles 3 + 3 + 10, blocks of singles with the pair 2 * 4 each; singles are disjoint.
        assertEquals(10 * (16 + 16), costs.gridEntries());
        // The pair shares both coordinates with itself; 3 pairs of functions and 5 terms a coordinate.
        assertEquals(10 * (3 + 3 + 2 * 10 + 16 + 2 * 3 * 5), costs.gridOperations());
    }

    /** The case for which the grid is the smaller: few functions of a family whose products fill the whole table. */
    @Test
    void loneFunctionsOfLongExpansionsNeedLargeTables() {
        List<String> families = List.of("mean-field", "mean-field", "mean-field");
        List<CoordinateBasis> coordinates = Families.coordinates(families, 2);
        Cluster lone = new Cluster(new int[] {0, 1, 2}, new int[] {2, 2, 2}, new int[] {0});
        MomentLayout layout = new MomentLayout(new ProductBasis(coordinates, List.of(lone)));
        MomentCosts costs = MomentCosts.of(layout, 60);
        int m = coordinates.get(0).tableSize();
        assertEquals((long) m * m * m, costs.tableEntries());
        assertEquals(60, costs.gridEntries());
        assertTrue(costs.line().contains("60 sums"), costs.line());
    }
}
