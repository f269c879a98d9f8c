package org.eigendrift.engine.law.table;

import java.util.Arrays;

/**
 * The conditional law of one column's cells given those before it: a mixture of the column's own law, of gated laws and of the law
 * by residuals, weighted by what held-out rows gain. Immutable.
 *
 * @param column number of the column in the chain
 * @param weights of these kinds, summing to 1; shared
 * @param base the column's own law; shared
 * @param gated laws of gates, which see a prediction's bin in the place of the column; possibly none; shared
 * @param residual the law by residuals, null if there is none and no gate asks what it predicts
 * @param relation what another column fixes, null if nothing
 * @param gaps whether the first cell is a gap, about which residuals say nothing
 * @param shift of the mixture of all but the column's own law, given that there is a value; null if there is none
 */
record ColumnLaw(
        int column,
        double[] weights,
        double[] base,
        GatedLaw[] gated,
        ResidualLaw residual,
        Relation relation,
        boolean gaps,
        Shift shift) {
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

    /** The same law, moved. */
    ColumnLaw shifted(Shift by) {
        return new ColumnLaw(column, weights, base, gated, residual, relation, gaps, by);
    }

    /**
     * The probability of a cell.
     *
     * @param cell the cell
     * @param cells cells of the columns before it
     * @param bins their bins; the column's own is overwritten
     */
    double probability(int cell, int[] cells, byte[] bins) {
        int fixed = relation == null ? -1 : relation.cell(cells);
        double prediction = predict(cells, bins);
        double value = fixed == Relation.VALUE ? valued(cell, prediction, cells, bins) : 0;
        double own = mixed(cell, prediction, cells, bins);
        return relation == null ? own : relation.probability(fixed, cell, own, value);
    }

    /** What is predicted, whose bin gates see; 0 if nothing is. */
    private double predict(int[] cells, byte[] bins) {
        double prediction = residual == null ? 0 : residual.prediction(cells, bins);
        see(prediction, bins);
        return prediction;
    }

    /** Shows gates what is predicted. */
    void see(double prediction, byte[] bins) {
        if (residual != null) {
            bins[column] = ResidualLaw.bin(residual.predictionCuts(), prediction);
        }
    }

    /** The probability of a cell given that there is a value, by each law. */
    private double valued(int cell, double prediction, int[] cells, byte[] bins) {
        double sum = weights[OWN] * ownValue(cell);
        if (shift != null) {
            return cell == 0
                    ? 0
                    : sum
                            + (1 - weights[OWN])
                                    * shifted(true, prediction, cells, bins).probability(cell);
        }
        for (int t = 0; t < gated.length; t++) {
            sum += weight(t) * gatedValue(t, cell, bins);
        }
        return residual == null ? sum : sum + weights[RESIDUAL] * residualValue(cell, prediction, bins);
    }

    /** The column's own probability of a cell given that there is a value. */
    double ownValue(int cell) {
        return cell == 0 ? 0 : base[cell] / (1 - base[0]);
    }

    /** A gated law's probability of a cell given that there is a value. */
    double gatedValue(int t, int cell, byte[] bins) {
        return cell == 0 ? 0 : gatedProbability(t, cell, bins) / (1 - gatedProbability(t, 0, bins));
    }

    /** The probability by residuals of a cell given that there is a value. */
    double residualValue(int cell, double prediction, byte[] bins) {
        return cell == 0 ? 0 : residual.probability(column, cell, prediction, bins);
    }

    private ShiftedLaw shifted(boolean value, double prediction, int[] cells, byte[] bins) {
        return new ShiftedLaw(this, value, prediction, cells, bins);
    }

    /**
     * The share of values below a cell and up to it by all laws but the column's own, before anything moves, and the cell's probability by
     * that one; null where another column fixes the cell, it is a gap, or none of these laws has any probability for it.
     *
     * @param bins of the columns before; the column's own is overwritten
     */
    double[] ranks(int cell, int[] cells, byte[] bins) {
        int fixed = relation == null ? -1 : relation.cell(cells);
        if (fixed >= 0 || gaps && cell == 0) {
            return null;
        }
        boolean value = fixed == Relation.VALUE;
        ShiftedLaw law = ShiftedLaw.unmoved(this, value, predict(cells, bins), bins);
        double low = law.rank(cell);
        double high = law.rank(cell + 1);
        return high > low ? new double[] {low, high, value ? ownValue(cell) : base[cell]} : null;
    }

    private double mixed(int cell, double prediction, int[] cells, byte[] bins) {
        double sum = weights[OWN] * base[cell];
        if (shift != null) {
            return sum
                    + (1 - weights[OWN])
                            * shifted(false, prediction, cells, bins).probability(cell);
        }
        for (int t = 0; t < gated.length; t++) {
            sum += weight(t) * gatedProbability(t, cell, bins);
        }
        if (residual != null) {
            sum += weights[RESIDUAL] * residualProbability(cell, prediction, bins);
        }
        return sum;
    }

    /** The probability of a cell by residuals, of a gap by the first gate. */
    double residualProbability(int cell, double prediction, byte[] bins) {
        double gap = gap(bins);
        return gaps && cell == 0 ? gap : (1 - gap) * residual.probability(column, cell, prediction, bins);
    }

    private double gap(byte[] bins) {
        return gaps ? gatedProbability(0, 0, bins) : 0;
    }

    /** The first gate has a weight of its own, the others share one. */
    double weight(int t) {
        return t == 0 ? weights[FIRST] : weights[OTHERS] / (gated.length - 1);
    }

    /** The probability of a cell by one of the gated laws. */
    double gatedProbability(int t, int cell, byte[] bins) {
        float[] edges = gated[t].edges(bins);
        return edges[cell + 1] - edges[cell];
    }

    /** The probabilities of all cells. */
    void probabilities(int[] cells, byte[] bins, double[] out) {
        Arrays.fill(out, 0);
        double prediction = predict(cells, bins);
        add(prediction, cells, bins, false, out);
        int fixed = relation == null ? -1 : relation.cell(cells);
        if (fixed != -1) {
            double[] values = new double[out.length];
            if (fixed == Relation.VALUE) {
                add(prediction, cells, bins, true, values);
            }
            for (int c = 0; c < out.length; c++) {
                out[c] = relation.probability(fixed, c, out[c], values[c]);
            }
        }
    }

    /** Adds the mixture, of laws given that there is a value if asked so. */
    private void add(double prediction, int[] cells, byte[] bins, boolean value, double[] out) {
        int first = value ? 1 : 0;
        for (int c = first; c < out.length; c++) {
            out[c] += weights[OWN] * (value ? ownValue(c) : base[c]);
        }
        if (shift != null) {
            shifted(value, prediction, cells, bins).add(1 - weights[OWN], out);
            return;
        }
        for (int t = 0; t < gated.length; t++) {
            float[] edges = gated[t].edges(bins);
            double scale = weight(t) / (1 - edges[first]);
            for (int c = first; c < out.length; c++) {
                out[c] += scale * (edges[c + 1] - edges[c]);
            }
        }
        if (residual != null) {
            double gap = value ? 0 : gap(bins);
            out[0] += weights[RESIDUAL] * gap;
            residual.add(column, prediction, bins, weights[RESIDUAL] * (1 - gap), out);
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
        boolean value = fixed == Relation.VALUE;
        double left = choice - weights[OWN];
        if (left < 0) {
            return Draw.place(base, value ? base[0] + uniform * (1 - base[0]) : uniform);
        }
        if (shift != null) {
            return shifted(value, predict(cells, bins), cells, bins).draw(uniform);
        }
        for (int t = 0; t < gated.length; t++) {
            left -= weight(t);
            if (left < 0 || residual == null && t == gated.length - 1) {
                if (gated[t].asks(column)) {
                    predict(cells, bins);
                }
                float[] edges = gated[t].edges(bins);
                return Draw.cell(edges, value ? edges[1] + uniform * (1 - edges[1]) : uniform);
            }
        }
        if (residual == null) {
            return Draw.place(base, value ? base[0] + uniform * (1 - base[0]) : uniform);
        }
        double gap = value ? 0 : gap(bins);
        return uniform < gap ? 0 : residual.draw(column, predict(cells, bins), bins, (uniform - gap) / (1 - gap));
    }
}
