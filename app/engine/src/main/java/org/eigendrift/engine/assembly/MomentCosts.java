package org.eigendrift.engine.assembly;

import java.util.List;
import java.util.Locale;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.BlockMoments;
import org.eigendrift.engine.moment.MomentLayout;

/**
 * What the two ways to A(t) from one pass over rows cost: the moment table, which serves every t, and sums of A(t_j)
 * itself on a grid of times (METHOD 3), which would serve those times alone. Multiply-adds are those of a row: of the
 * table one an entry; of the grid, for each time, one for each stored entry of A and coordinate that its clusters share,
 * and one for each pair of functions of a coordinate and term of their product, the semigroup's part.
 *
 * @param tableEntries sums in the table
 * @param gridEntries sums on the grid, those of the upper triangle
 * @param gridOperations multiply-adds a row on the grid
 */
public record MomentCosts(long tableEntries, long gridEntries, long gridOperations) {
    private static final int BYTES = 16;

    /**
     * Counts.
     *
     * @param layout the table's layout
     * @param times grid times
     * @return what both ways cost
     */
    public static MomentCosts of(MomentLayout layout, int times) {
        ProductBasis basis = layout.basis();
        List<Cluster> clusters = basis.clusters();
        long entries = 0;
        long operations = 0;
        for (int u = 0; u < clusters.size(); u++) {
            long size = clusters.get(u).size();
            long triangle = size * (size + 1) / 2;
            entries += triangle;
            operations += triangle * clusters.get(u).order();
            for (int v : basis.neighbours(u)) {
                long block = size * clusters.get(v).size();
                entries += block;
                operations += block * new BlockMoments(layout, basis, clusters.get(u), clusters.get(v)).shared();
            }
        }
        for (int i = 0; i < basis.dim(); i++) {
            long used = basis.usedDegree(i);
            operations += used * (used + 1) / 2 * basis.coordinate(i).tableSize();
        }
        return new MomentCosts(layout.size(), times * entries, times * operations);
    }

    /**
     * One line for a report.
     *
     * @return entries, bytes and multiply-adds of both
     */
    public String line() {
        return String.format(
                Locale.ROOT,
                "moment table of %,d sums (%.1f MB a fold, as many multiply-adds a row); A(t) on the grid of times would"
                        + " be %,d sums (%.1f MB) and %,d multiply-adds",
                tableEntries,
                tableEntries * (BYTES * 1e-6),
                gridEntries,
                gridEntries * (BYTES * 1e-6),
                gridOperations);
    }
}
