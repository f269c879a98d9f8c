package org.eigendrift.engine.moment;

import java.util.List;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.ProductBasis;

/**
 * The sufficient statistic of a fit: sums over rows from which A(t) and b(t) follow, and the number of rows. The layout
 * says which sums: of products of eigenfunctions, for every t, or of A(t) itself, for the times of a grid. Tables of
 * disjoint data sets add, and rows can be taken back (docs/method.md, 4.2). Mutable; not thread-safe.
 */
public final class MomentTable {
    private final SumLayout layout;
    private final ExactSums sums;
    private long rows;

    /**
     * An empty table.
     *
     * @param layout which sums
     */
    public MomentTable(SumLayout layout) {
        this(layout, new ExactSums(layout.size()), 0);
    }

    /**
     * A table from its parts.
     *
     * @param layout which sums
     * @param sums their sums; shared
     * @param rows the number of rows, at least 0
     */
    public MomentTable(SumLayout layout, ExactSums sums, long rows) {
        if (sums.size() != layout.size() || rows < 0) {
            throw new IllegalArgumentException(
                    sums.size() + " sums over " + rows + " rows for a layout of " + layout.size());
        }
        this.layout = layout;
        this.sums = sums;
        this.rows = rows;
    }

    /**
     * Which sums.
     *
     * @return the layout
     */
    public SumLayout layout() {
        return layout;
    }

    /**
     * The number of rows.
     *
     * @return rows summed
     */
    public long rows() {
        return rows;
    }

    /** The sums themselves, for the pass that fills them. */
    ExactSums sums() {
        return sums;
    }

    void addRows(long count) {
        rows += count;
    }

    /**
     * The sums as limbs, for the model file.
     *
     * @return see {@link ExactSums#limbs()}
     */
    public long[] limbs() {
        return sums.limbs();
    }

    /**
     * Adds the table of other rows.
     *
     * @param other a table of the same layout; not modified
     */
    public void add(MomentTable other) {
        sums.add(other.sums);
        rows = Math.addExact(rows, other.rows);
    }

    /**
     * Takes rows back.
     *
     * @param other a table of rows that are part of this one; not modified
     * @throws IllegalArgumentException if it has more rows
     */
    public void subtract(MomentTable other) {
        if (other.rows > rows) {
            throw new IllegalArgumentException("subtracting " + other.rows + " rows from " + rows);
        }
        sums.subtract(other.sums);
        rows -= other.rows;
    }

    /**
     * A copy.
     *
     * @return a table of its own
     */
    public MomentTable copy() {
        return new MomentTable(layout, sums.copy(), rows);
    }

    /**
     * The same statistic without what serves earlier times alone.
     *
     * @param earliest the earliest time needed
     * @return a table of its own, or this one if nothing can be left out
     */
    public MomentTable until(double earliest) {
        SumLayout needed = layout.until(earliest);
        return needed == layout ? this : new MomentTable(needed, sums.first(needed.size()), rows);
    }

    /**
     * All means.
     *
     * @return sums divided by the number of rows; a new array
     */
    public double[] means() {
        double[] means = new double[sums.size()];
        for (int i = 0; i < means.length; i++) {
            means[i] = sums.get(i) / rows;
        }
        return means;
    }

    /**
     * The moments of basis functions.
     *
     * @param basis functions of the layout's basis, or some of them
     * @return m_alpha for each function; a new array
     */
    public double[] functionMeans(ProductBasis basis) {
        double[] means = new double[basis.size()];
        List<Cluster> clusters = basis.clusters();
        int function = 0;
        for (Cluster cluster : clusters) {
            for (int index : layout.indicesOf(cluster)) {
                means[function++] = sums.get(index) / rows;
            }
        }
        return means;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MomentTable o && rows == o.rows && sums.equals(o.sums);
    }

    @Override
    public int hashCode() {
        return sums.hashCode();
    }
}
