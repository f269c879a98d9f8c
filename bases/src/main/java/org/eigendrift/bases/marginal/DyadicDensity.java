package org.eigendrift.bases.marginal;

import java.util.Arrays;
import org.eigendrift.api.InputException;

/**
 * A step function on [0, 1] that is a probability density: what rows, brought to the unit interval by a smooth
 * distribution function, say against the uniform law. Its cells are as narrow as the rows make probable, and one where
 * nothing speaks against uniformity. Immutable.
 *
 * <p>It is the posterior mean of the optional Pólya tree (Wong and Ma, Annals of Statistics 38, 2010) on halves: with
 * probability 1/2 a cell is uniform, otherwise it is halved and its mass divided by a Beta(1/2, 1/2) number, and both
 * halves are cells. The evidence of a cell is E = 1/2 + 1/2 2^n B(l + 1/2, r + 1/2) / B(1/2, 1/2) E_l E_r (Willems,
 * Shtarkov and Tjalkens, IEEE Transactions on Information Theory 41, 1995, for sequences), so the mean over all trees takes
 * one pass up and one down. As E is at least 1/2 whatever the rows, uniform rows that come one after another lose at most
 * log 2 nats to it, all together.
 *
 * <p>A cell with a single distinct value is not halved: ties, as rounded numbers have, make steps as wide as their
 * distance and no peaks without end. Cells whose halves have no probability worth the memory are kept whole, which leaves
 * their mass as it is.
 */
public final class DyadicDensity {
    /** Cells whose expected number of uniform rows is far below 1 are narrow enough. */
    private static final int LEVELS_BEYOND_ROWS = 6;

    private static final int MOST_LEVELS = 29;

    /** Trees that halve a cell and carry less of its density are left out: on flights, 0.0002 nats and a quarter of the cells. */
    private static final double NEGLIGIBLE = 1e-2;

    private final double[] edges;
    private final double[] cumulative;
    private final double[] remaining;
    private final double[] heights;

    private DyadicDensity(double[] edges, double[] heights) {
        int cells = heights.length;
        this.edges = edges;
        this.heights = heights;
        this.cumulative = new double[cells + 1];
        this.remaining = new double[cells + 1];
        for (int k = 0; k < cells; k++) {
            cumulative[k + 1] = cumulative[k] + heights[k] * (edges[k + 1] - edges[k]);
        }
        for (int k = cells - 1; k >= 0; k--) {
            remaining[k] = remaining[k + 1] + heights[k] * (edges[k + 1] - edges[k]);
        }
    }

    /**
     * The mean over all trees.
     *
     * @param ascending numbers in [0, 1]; not modified
     * @return the density
     */
    public static DyadicDensity of(double[] ascending) {
        return of(ascending, new PolyaUrn(ascending.length));
    }

    static DyadicDensity of(double[] ascending, PolyaUrn urn) {
        return new Tree(ascending, 0, ascending.length, urn).mean();
    }

    /** The logarithm of the mean likelihood over all trees of some of the rows, against that of the uniform law. */
    static double logEvidence(double[] ascending, int from, int to, PolyaUrn urn) {
        return new Tree(ascending, from, to, urn).logEvidence();
    }

    /**
     * Makes a density again, bit for bit.
     *
     * @param starts where its cells start, see {@link #edge}
     * @param heights their {@link #height}
     * @return the density
     * @throws InputException if there is no such density
     */
    public static DyadicDensity restore(double[] starts, double[] heights) {
        double[] edges = Arrays.copyOf(starts, heights.length + 1);
        edges[heights.length] = 1;
        boolean valid = heights.length > 0 && edges[0] == 0;
        for (int k = 0; k < heights.length && valid; k++) {
            valid = edges[k + 1] - edges[k] >= Math.scalb(1.0, -MOST_LEVELS)
                    && heights[k] > 0
                    && Double.isFinite(heights[k]);
        }
        if (!valid) {
            throw new InputException("the model file's steps in " + heights.length
                    + " cells are damaged; expected cells that ascend from 0 to 1 and positive heights");
        }
        return new DyadicDensity(edges, heights.clone());
    }

    /**
     * The number of cells.
     *
     * @return 1 for the uniform law
     */
    public int cells() {
        return heights.length;
    }

    /**
     * An end of a cell, and the beginning of the next.
     *
     * @param k 0 to the number of cells
     * @return a multiple of a power of 1/2, so that what it leaves of 1 is exact too
     */
    public double edge(int k) {
        return edges[k];
    }

    /**
     * The density in a cell.
     *
     * @param k its index
     * @return positive
     */
    public double height(int k) {
        return heights[k];
    }

    /**
     * The probability below an edge.
     *
     * @param k the edge
     * @return the distribution function
     */
    public double below(int k) {
        return cumulative[k];
    }

    /**
     * The probability above an edge, with as many digits.
     *
     * @param k the edge
     * @return 1 less the distribution function
     */
    public double above(int k) {
        return remaining[k];
    }

    /** The first of some ascending numbers that is not below a bound. */
    static int first(double[] ascending, int from, int to, double bound) {
        int low = from;
        int high = to;
        while (low < high) {
            int at = (low + high) >>> 1;
            if (ascending[at] < bound) {
                low = at + 1;
            } else {
                high = at;
            }
        }
        return low;
    }

    /** Cells numbered in the order in which they are entered: a cell, its lower half, its upper half. */
    private static final class Tree {
        private final double[] rows;
        private final int begin;
        private final int end;
        private final PolyaUrn urn;
        private final int levels;
        private double[] halved;
        private int[] next;
        private int nodes;
        private double[] edges = new double[2];
        private double[] heights = new double[2];
        private int cells;

        Tree(double[] rows, int begin, int end, PolyaUrn urn) {
            this.rows = rows;
            this.begin = begin;
            this.end = end;
            this.urn = urn;
            int needed = Integer.SIZE - Integer.numberOfLeadingZeros(end - begin);
            this.levels = Math.min(MOST_LEVELS, needed + LEVELS_BEYOND_ROWS);
            this.halved = new double[2 * (end - begin) + 1];
            this.next = new int[halved.length];
        }

        double logEvidence() {
            return evidence(begin, end, 0, 0);
        }

        DyadicDensity mean() {
            evidence(begin, end, 0, 0);
            emit(begin, end, 0, 0, 0, 1, 0);
            double[] ends = Arrays.copyOf(edges, cells + 1);
            ends[cells] = 1;
            return new DyadicDensity(ends, Arrays.copyOf(heights, cells));
        }

        private boolean whole(int from, int to, int level) {
            return level == levels || to - from < 2 || rows[from] == rows[to - 1];
        }

        private double width(int level) {
            return Math.scalb(1.0, -level);
        }

        /** log E of a cell; notes the probability that it is halved. */
        private double evidence(int from, int to, double left, int level) {
            if (whole(from, to, level)) {
                return 0;
            }
            int node = nodes++;
            if (node == halved.length) {
                halved = Arrays.copyOf(halved, 2 * node);
                next = Arrays.copyOf(next, 2 * node);
            }
            int middle = first(rows, from, to, left + width(level + 1));
            double lower = evidence(from, middle, left, level + 1);
            double upper = evidence(middle, to, left + width(level + 1), level + 1);
            double split = urn.log(middle - from, to - middle) + lower + upper;
            double larger = Math.max(0, split);
            double total = larger + StrictMath.log1p(StrictMath.exp(-Math.abs(split)));
            halved[node] = StrictMath.exp(split - total);
            next[node] = nodes;
            return total - StrictMath.log(2);
        }

        /**
         * Adds the steps of a cell.
         *
         * @param node its number
         * @param active density of the trees in which it is a cell that may be halved
         * @param settled density of those in which a larger one is uniform
         * @return the number of the cell after it
         */
        private int emit(int from, int to, double left, int level, int node, double active, double settled) {
            if (whole(from, to, level)) {
                add(left, active + settled);
                return node;
            }
            double divided = active * halved[node];
            if (divided < NEGLIGIBLE * (active + settled)) {
                add(left, active + settled);
                return next[node];
            }
            int middle = first(rows, from, to, left + width(level + 1));
            double share = (middle - from + 0.5) / (to - from + 1);
            double rest = settled + active - divided;
            int second = emit(from, middle, left, level + 1, node + 1, 2 * share * divided, rest);
            return emit(middle, to, left + width(level + 1), level + 1, second, 2 * (1 - share) * divided, rest);
        }

        private void add(double left, double height) {
            if (cells > 0 && heights[cells - 1] == height) {
                return;
            }
            // One place more, for the end of the last cell.
            if (cells + 1 == edges.length) {
                edges = Arrays.copyOf(edges, 2 * edges.length);
                heights = Arrays.copyOf(heights, 2 * heights.length);
            }
            edges[cells] = left;
            heights[cells++] = height;
        }
    }
}
