package org.eigendrift.engine.assembly;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.BlockMoments;
import org.eigendrift.engine.moment.GridLayout;
import org.eigendrift.engine.moment.GridPass;
import org.eigendrift.engine.moment.MomentLayout;

/**
 * What the two ways to A(t) from one pass over rows cost: the moment table, which serves every t, and sums of A(t_j)
 * itself on a grid of times (docs/method.md, 4), which serve those times alone. Multiply-adds are those of a row: of
 * the table one a sum; of the grid those of {@link GridPass}, where blocks combine factors of their coordinates and
 * each coordinate expands products of its functions in those that have not decayed.
 *
 * @param tableEntries sums in the table
 * @param gridTimes times of the grid
 * @param gridEntries sums on the grid, those of the upper triangle
 * @param gridOperations multiply-adds a row on the grid
 */
public record MomentCosts(long tableEntries, int gridTimes, long gridEntries, long gridOperations) {
    private static final double MEGABYTES = 16e-6;

    private static final String TABLE = "table of moments";
    private static final String GRID = "A(t) on a grid";

    /** How long a multiply-add of the grid, of many small matrices, takes in units of one of the table: measured. */
    private static final double SMALL_MATRICES = 2;

    /**
     * Counts.
     *
     * @param layout the table's layout
     * @param times grid times; not modified
     * @return what both ways cost
     */
    public static MomentCosts of(MomentLayout layout, double[] times) {
        ProductBasis basis = layout.basis();
        List<Cluster> clusters = basis.clusters();
        long blocks = 0;
        for (int u = 0; u < clusters.size(); u++) {
            long size = clusters.get(u).size();
            blocks += block(new BlockMoments(layout, basis, clusters.get(u), clusters.get(u)), size * (size + 1) / 2);
            for (int v : basis.neighbours(u)) {
                blocks += block(
                        new BlockMoments(layout, basis, clusters.get(u), clusters.get(v)),
                        size * clusters.get(v).size());
            }
        }
        long factors = 0;
        for (int i = 0; i < basis.dim(); i++) {
            long used = basis.usedDegree(i);
            for (double t : times) {
                factors += used * (used + 1) * basis.coordinate(i).termsAt(t);
            }
        }
        return new MomentCosts(
                layout.entries(),
                times.length,
                basis.size() + times.length * GridLayout.entries(basis),
                times.length * blocks + factors);
    }

    /**
     * The multiply-adds of a block at one time, if all combinations of its functions occur: those that combine the
     * factors of all axes but the first, and those that sum them with the factors of the first.
     */
    private static long block(BlockMoments moments, long entries) {
        long columns = 1;
        for (int axis = 1; axis < moments.axes(); axis++) {
            columns *= axis < moments.shared() ? pairs(moments, axis) : moments.functions(axis).length;
        }
        columns = Math.min(columns, entries);
        long sums = Math.min(pairs(moments, 0) * columns, GridPass.ALONE * entries);
        long parts = moments.shared() > 1 ? 2 : 1;
        return parts * (sums + columns * (moments.axes() - 1));
    }

    /** Unordered pairs of a function of u and one of v. */
    private static long pairs(BlockMoments moments, int axis) {
        int[] ofV = moments.functionsOfV(axis);
        int[] ofU = moments.functionsOfU(axis);
        long common =
                Arrays.stream(ofU).filter(a -> Arrays.binarySearch(ofV, a) >= 0).count();
        return (long) ofU.length * ofV.length - common * (common - 1) / 2;
    }

    /**
     * Whether the grid is to be preferred to the table, which serves more: it holds fewer sums, and the time to fill them
     * has not grown by as large a factor as their number has fallen.
     *
     * @return whether to sum A(t) on the grid
     */
    public boolean gridIsCheaper() {
        double fewer = tableEntries / (double) gridEntries;
        double longer = SMALL_MATRICES * gridOperations / tableEntries;
        return fewer > 1 && fewer > longer;
    }

    /**
     * What is summed.
     *
     * @param grid whether A(t) on the grid
     * @return the decision; scores are minus the numbers of sums
     */
    public Decision decision(boolean grid) {
        String table = String.format(
                Locale.ROOT, "%.1f MB a fold and as many multiply-adds a row as sums", tableEntries * MEGABYTES);
        String onGrid = String.format(
                Locale.ROOT, "%.1f MB a fold and %,d multiply-adds a row", gridEntries * MEGABYTES, gridOperations);
        return new Decision(
                "sums over rows",
                grid ? GRID : TABLE,
                List.of(
                        new Decision.Alternative(
                                TABLE, OptionalDouble.of(-tableEntries), OptionalDouble.empty(), table),
                        new Decision.Alternative(
                                GRID, OptionalDouble.of(-gridEntries), OptionalDouble.empty(), onGrid)),
                String.format(
                        Locale.ROOT,
                        "a table is %,d sums, a grid of %d times %,d",
                        tableEntries,
                        gridTimes,
                        gridEntries));
    }
}
