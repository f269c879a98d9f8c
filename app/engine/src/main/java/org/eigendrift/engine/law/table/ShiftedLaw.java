package org.eigendrift.engine.law.table;

/** A column's laws of one row but its own, mixed and moved by its shift. */
final class ShiftedLaw {
    private final ColumnLaw law;
    private final boolean value;
    private final double prediction;
    private final byte[] bins;
    private final float[][] edges;
    private final double rest;
    private final double move;
    private final double gap;

    /**
     * The laws of a row.
     *
     * @param law the column's, with a shift
     * @param value whether a value is known to be there
     * @param prediction what its regression predicts
     * @param cells of the columns before; not modified
     * @param bins theirs and the prediction's; shared
     */
    ShiftedLaw(ColumnLaw law, boolean value, double prediction, int[] cells, byte[] bins) {
        this(law, value, prediction, law.shift().move(cells), bins);
    }

    /** Laws that are moved so far. */
    private ShiftedLaw(ColumnLaw law, boolean value, double prediction, double move, byte[] bins) {
        this.law = law;
        this.value = value;
        this.prediction = prediction;
        this.bins = bins;
        this.move = move;
        this.edges = new float[law.gated().length][];
        for (int t = 0; t < edges.length; t++) {
            edges[t] = law.gated()[t].edges(bins);
        }
        this.rest = 1 - law.weights()[ColumnLaw.OWN];
        this.gap = law.gaps() && !value ? below(1) : 0;
    }

    /** Laws that are not moved, mixed. */
    static ShiftedLaw unmoved(ColumnLaw law, boolean value, double prediction, byte[] bins) {
        return new ShiftedLaw(law, value, prediction, 0, bins);
    }

    /** The share below an end of cells, before anything moves. */
    private double below(int end) {
        double sum = 0;
        for (int t = 0; t < edges.length; t++) {
            double first = value ? edges[t][1] : 0;
            sum += law.weight(t) * (edges[t][end] - first) / (1 - first);
        }
        if (law.residual() != null && law.weights()[ColumnLaw.RESIDUAL] > 0) {
            double none = law.gaps() && !value ? edges[0][1] : 0;
            double below = end == 0 ? 0 : none + (1 - none) * law.residual().below(law.column(), end, prediction, bins);
            sum += law.weights()[ColumnLaw.RESIDUAL] * below;
        }
        return end == law.base().length ? 1 : Math.min(1, sum / rest);
    }

    /** The share of values below an end of cells, before anything moves. */
    double rank(int end) {
        return Math.max(0, (below(end) - gap) / (1 - gap));
    }

    /** The probability of a cell. */
    double probability(int cell) {
        if (law.gaps() && cell == 0) {
            return gap;
        }
        return (1 - gap)
                * (law.shift().below(rank(cell + 1), move) - law.shift().below(rank(cell), move));
    }

    /** Adds the probabilities of all cells, times a weight. */
    void add(double weight, double[] out) {
        double last = 0;
        int first = law.gaps() ? 1 : 0;
        out[0] += first * weight * gap;
        for (int c = first; c < out.length; c++) {
            double next = law.shift().below(rank(c + 1), move);
            out[c] += weight * (1 - gap) * (next - last);
            last = next;
        }
    }

    /** Draws a cell from a number in (0, 1). */
    int draw(double uniform) {
        if (uniform < gap) {
            return 0;
        }
        double share = law.shift().share((uniform - gap) / (1 - gap), move);
        int low = law.gaps() ? 1 : 0;
        int high = law.base().length;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (rank(middle) <= share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
