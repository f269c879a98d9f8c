package org.eigendrift.engine.selection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.MomentLayout;
import org.eigendrift.engine.moment.MomentTable;
import org.junit.jupiter.api.Test;

/** Training tables against sums over the rows themselves. */
class FoldsTest {
    private static final List<String> FAMILIES = List.of("cosine", "hermite");
    private static final ProductBasis BASIS = Families.complete(Families.coordinates(FAMILIES, 3), 2);
    private static final MomentLayout LAYOUT = new MomentLayout(BASIS);

    private static MomentTable table(int... seeds) {
        MomentTable table = new MomentTable(LAYOUT);
        Parallel parallel = new Parallel(1);
        for (int seed : seeds) {
            Points rows = Families.rows(FAMILIES, 20 + seed, seed);
            LAYOUT.pass().add(rows, table, parallel);
        }
        return table;
    }

    @Test
    void aTrainingTableHoldsAllRowsButThoseOfItsFold() {
        Folds folds = new Folds(List.of(table(1), table(2)), table(3));
        assertEquals(2, folds.count());
        assertEquals(table(1, 2, 3), folds.all());
        assertEquals(table(2, 3), folds.training(0));
        assertEquals(table(1, 3), folds.training(1));
        // 22 and 23 rows.
        assertEquals(45, folds.training(0).rows());
        assertEquals(table(1), folds.heldout(0));
        assertArrayEquals(table(2, 3).means(), folds.training(0).means());
    }

    @Test
    void foldsOfNoneOrOfAllRowsTellNothing() {
        MomentTable none = new MomentTable(LAYOUT);
        assertEquals(0, new Folds(List.of(table(1)), none).count());
        assertEquals(1, new Folds(List.of(none, table(1)), table(2)).count());
        assertEquals(0, new Folds(Collections.emptyList(), table(2)).count());
    }
}
