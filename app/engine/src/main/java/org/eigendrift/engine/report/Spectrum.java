package org.eigendrift.engine.report;

import java.util.List;

/**
 * The functions of a model. The arrays are the record's own and not to be modified.
 *
 * @param labels columns and degrees of each function, such as {@code x1:3 x2:1}
 * @param orders how many columns each depends on
 * @param rates their eigenvalues
 * @param means their means over the rows
 * @param rows rows that the means are of
 */
public record Spectrum(List<String> labels, int[] orders, double[] rates, double[] means, long rows) {
    /**
     * Copies the list.
     *
     * @param labels columns and degrees of each function
     * @param orders how many columns each depends on
     * @param rates their eigenvalues
     * @param means their means over the rows
     * @param rows rows that the means are of
     */
    public Spectrum {
        labels = List.copyOf(labels);
    }
}
