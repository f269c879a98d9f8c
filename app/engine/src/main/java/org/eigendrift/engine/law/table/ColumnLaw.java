package org.eigendrift.engine.law.table;

/**
 * The conditional law of one column's cells given those before it: a mixture of the column's own law, of gated laws and of the law
 * by residuals, weighted by what held-out rows gain. Immutable.
 *
 * @param column number of the column in the chain
 * @param weights of these kinds, summing to 1; shared
 * @param base the column's own law; shared
 * @param gated laws of gates, possibly none; shared
 * @param residual the law by residuals, null if there is none
 * @param relation what another column fixes, null if nothing
 * @param gaps whether the first cell is a gap, about which residuals say nothing
 */
record ColumnLaw(
        int column,
        double[] weights,
        double[] base,
        GatedLaw[] gated,
        ResidualLaw residual,
        Relation relation,
        boolean gaps) {
    /** Place of the column's own law among the weights. */
    static final int OWN = 0;
    /** Place of the gated law that saw all rows and columns. */
    static final int FIRST = 1;
    /** Place of the mean of the other gated laws. */
    static final int OTHERS = 2;
    /** Place of the law by residuals. */
    static final int RESIDUAL = 3;
    /** How many weights there are. */
    static final int LAWS = 4;

    /**
     * The probability of a cell.
     *
     * @param cell the cell
     * @param cells cells of the columns before it
     * @param bins their bins; the column's own is overwritten
     */
    double probability(int cell, int[] cells, byte[] bins) {
        int fixed = relation == null ? -1 : relation.cell(cells);
        if (fixed >= 0) {
            return (fixed == cell ? 1 - relation.doubt() : 0) + relation.doubt() * mixed(cell, cells, bins);
        }
        return mixed(cell, cells, bins);
    }

    private double mixed(int cell, int[] cells, byte[] bins) {
        double sum = weights[OWN] * base[cell];
        for (int t = 0; t < gated.length; t++) {
            sum += weight(t) * gatedProbability(t, cell, bins);
        }
        if (residual != null) {
            sum += weights[RESIDUAL] * residualProbability(cell, cells, bins);
        }
        return sum;
    }

    /** The probability of a cell by residuals, of a gap by the first gate. */
    double residualProbability(int cell, int[] cells, byte[] bins) {
        double gap = gap(bins);
        return gaps && cell == 0 ? gap : (1 - gap) * residual.probability(column, cell, cells, bins);
    }

    private double gap(byte[] bins) {
        return gaps ? gatedProbability(0, 0, bins) : 0;
    }

    /** The first gate has a weight of its own, the others share one. */
    private double weight(int t) {
        return t == 0 ? weights[FIRST] : weights[OTHERS] / (gated.length - 1);
    }

    /** The probability of a cell by one of the gated laws. */
    double gatedProbability(int t, int cell, byte[] bins) {
        float[] edges = gated[t].edges(bins);
        return edges[cell + 1] - edges[cell];
    }

    /** The probabilities of all cells. */
    void probabilities(int[] cells, byte[] bins, double[] out) {
        for (int c = 0; c < out.length; c++) {
            out[c] = weights[OWN] * base[c];
        }
        for (int t = 0; t < gated.length; t++) {
            float[] edges = gated[t].edges(bins);
            for (int c = 0; c < out.length; c++) {
                out[c] += weight(t) * (edges[c + 1] - edges[c]);
            }
        }
        if (residual != null) {
            double gap = gap(bins);
            out[0] += weights[RESIDUAL] * gap;
            residual.add(column, cells, bins, weights[RESIDUAL] * (1 - gap), out);
        }
        int fixed = relation == null ? -1 : relation.cell(cells);
        if (fixed >= 0) {
            for (int c = 0; c < out.length; c++) {
                out[c] = relation.doubt() * out[c] + (c == fixed ? 1 - relation.doubt() : 0);
            }
        }
    }

    /**
     * Draws a cell.
     *
     * @param cells cells of the columns before it
     * @param bins their bins; the column's own is overwritten
     * @param choice a number in (0, 1) that chooses the law
     * @param uniform a number in (0, 1) that chooses the cell
     */
    int draw(int[] cells, byte[] bins, double choice, double uniform) {
        int fixed = relation == null ? -1 : relation.cell(cells);
        if (fixed >= 0) {
            return fixed;
        }
        double left = choice - weights[OWN];
        if (left < 0) {
            return Draw.place(base, uniform);
        }
        for (int t = 0; t < gated.length; t++) {
            left -= weight(t);
            if (left < 0 || residual == null && t == gated.length - 1) {
                return Draw.cell(gated[t].edges(bins), uniform);
            }
        }
        if (residual == null) {
            return Draw.place(base, uniform);
        }
        double gap = gap(bins);
        return uniform < gap ? 0 : residual.draw(column, cells, bins, (uniform - gap) / (1 - gap));
    }
}
