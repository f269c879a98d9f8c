package org.eigendrift.engine;

import java.util.List;
import java.util.Map;
import org.eigendrift.engine.assembly.TimeSolver;

/**
 * What a fit did.
 *
 * @param rows rows fitted
 * @param dim coordinates
 * @param basisSize functions of the basis
 * @param matrixNonzeros entries of A(t) that may differ from 0, both triangles
 * @param tableSize sums over rows that the model holds
 * @param seconds wall time of each stage, in order
 * @param choices what was chosen automatically and why, a line each
 * @param solves how each grid time was solved
 */
public record FitReport(
        long rows,
        int dim,
        int basisSize,
        long matrixNonzeros,
        int tableSize,
        Map<String, Double> seconds,
        List<String> choices,
        List<TimeSolver.Solve> solves) {}
