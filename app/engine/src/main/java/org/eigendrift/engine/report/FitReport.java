package org.eigendrift.engine.report;

import java.util.List;
import java.util.Map;
import org.eigendrift.api.law.Decision;

/**
 * What a fit did.
 *
 * @param rows rows fitted
 * @param dim coordinates
 * @param basisSize functions of the basis
 * @param matrixNonzeros entries of A(t) that may differ from 0, both triangles
 * @param tableSize sums over rows that the model holds
 * @param seconds wall time of each stage, in order
 * @param decisions what was chosen, among what and why
 * @param solves how each grid time was solved
 */
public record FitReport(
        long rows,
        int dim,
        int basisSize,
        long matrixNonzeros,
        int tableSize,
        Map<String, Double> seconds,
        List<Decision> decisions,
        List<SolvedTime> solves) {

    /**
     * Copies the list.
     *
     * @param rows rows fitted
     * @param dim coordinates
     * @param basisSize functions of the basis
     * @param matrixNonzeros entries of A(t) that may differ from 0, both triangles
     * @param tableSize sums over rows that the model holds
     * @param seconds wall time of each stage, in order
     * @param decisions what was chosen, among what and why
     * @param solves how each grid time was solved
     */
    public FitReport {
        decisions = List.copyOf(decisions);
    }

    /**
     * The decisions for a reader.
     *
     * @return a line each
     */
    public List<String> choices() {
        return decisions.stream().map(Decision::line).toList();
    }
}
