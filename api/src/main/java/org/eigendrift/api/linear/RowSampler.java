package org.eigendrift.api.linear;

import org.eigendrift.api.CounterRandom;

/**
 * Chooses rows of a least-squares problem min over c of sum_n (phi_n' c - y_n)^2, so that the weighted problem of the
 * chosen rows alone answers for all of them.
 */
@FunctionalInterface
public interface RowSampler {
    /**
     * Chosen rows.
     *
     * @param rows row numbers, ascending, each once
     * @param weights positive weights: sum over the chosen of w phi phi' estimates phi'phi of all rows
     * @param distortion the largest |v' (W - F) v| / v' F v, for F the matrix phi'phi of all rows and W its estimate.
     *     Below 1, the sum of squares of the weighted fit over all rows is known against the full fit's
     */
    record Sample(int[] rows, double[] weights, double distortion) {}

    /**
     * Draws rows.
     *
     * @param design N * m entries by rows, of full column rank; not modified
     * @param columns m
     * @param count draws, at least m; a row drawn twice is one row with the sum of the weights
     * @param random source of the draws
     * @return the sample
     * @throws org.eigendrift.api.InputException if there are fewer rows or draws than columns, or the columns are
     *     dependent
     */
    Sample sample(double[] design, int columns, int count, CounterRandom random);
}
