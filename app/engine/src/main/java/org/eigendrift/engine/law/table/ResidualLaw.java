package org.eigendrift.engine.law.table;

import java.util.Arrays;

/**
 * A conditional law of an ordered column by what a regression leaves over: the normal score is the prediction plus a residual,
 * whose law is cut into cells and gated like any other. The probability of a cell of the column is that of the residuals that
 * lead there. Immutable.
 *
 * @param linear the linear part
 * @param forest what trees add
 * @param predictionCuts ends of the bins of predictions, which gates of residuals see as the column's own bin; shared
 * @param knots ends of the residuals' cells, ascending; shared
 * @param gated the laws of residuals
 * @param ends ends of the column's cells, in normal scores; shared
 */
record ResidualLaw(
        LinearPart.Fit linear, Forest forest, double[] predictionCuts, double[] knots, GatedLaw gated, double[] ends) {

    /** What the regression predicts of a row whose first cells are known. */
    double prediction(int[] cells, byte[] bins) {
        return linear.value(cells) + forest.value(bins);
    }

    /** The bin of a prediction. */
    static byte bin(double[] cuts, double prediction) {
        int at = Arrays.binarySearch(cuts, prediction);
        return (byte) (at >= 0 ? at + 1 : -at - 1);
    }

    /** The law of the residual of a row, whose bin at the column's own place is overwritten. */
    private float[] law(int column, double prediction, byte[] bins) {
        bins[column] = bin(predictionCuts, prediction);
        return gated.edges(bins);
    }

    /** The probability of a cell, given what is predicted. */
    double probability(int column, int cell, double prediction, byte[] bins) {
        float[] law = law(column, prediction, bins);
        return below(law, ends[cell + 1] - prediction) - below(law, ends[cell] - prediction);
    }

    /** The share below an end of cells, given what is predicted. */
    double below(int column, int end, double prediction, byte[] bins) {
        return below(law(column, prediction, bins), ends[end] - prediction);
    }

    /** The probabilities of all cells, added to others. */
    void add(int column, double prediction, byte[] bins, double weight, double[] out) {
        float[] law = law(column, prediction, bins);
        double last = 0;
        for (int c = 0; c < out.length; c++) {
            double next = below(law, ends[c + 1] - prediction);
            out[c] += weight * (next - last);
            last = next;
        }
    }

    /** Draws a cell, from a number in (0, 1). */
    int draw(int column, double prediction, byte[] bins, double uniform) {
        float[] law = law(column, prediction, bins);
        int at = Draw.cell(law, uniform);
        double within = (uniform - law[at]) / (law[at + 1] - law[at]);
        double score = prediction + knots[at] + within * (knots[at + 1] - knots[at]);
        int c = Arrays.binarySearch(ends, score);
        return Math.max(0, Math.min(ends.length - 2, c >= 0 ? c : -c - 2));
    }

    private double below(float[] law, double residual) {
        if (residual <= knots[0]) {
            return 0;
        }
        int at = Arrays.binarySearch(knots, residual);
        at = at >= 0 ? at : -at - 2;
        if (at >= knots.length - 1) {
            return 1;
        }
        return law[at] + (law[at + 1] - law[at]) * (residual - knots[at]) / (knots[at + 1] - knots[at]);
    }
}
