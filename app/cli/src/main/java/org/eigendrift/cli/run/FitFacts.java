package org.eigendrift.cli.run;

import java.util.Map;
import org.eigendrift.api.law.Law;
import org.eigendrift.cli.console.Counted;
import org.eigendrift.engine.report.FitReport;
import org.eigendrift.engine.report.Fitted;

/**
 * What is told of a fit: of every law rows and columns, of the engine's sizes and times too.
 *
 * @param rows rows fitted
 * @param dim columns
 * @param components flows that the law is made of; 1 for any other law
 * @param basisSize functions, 0 where there are none
 * @param matrixNonzeros entries of A(t) that may differ from 0
 * @param tableSize sums over rows that the law holds
 * @param seconds wall time of each stage, in order
 */
record FitFacts(
        long rows,
        int dim,
        int components,
        int basisSize,
        long matrixNonzeros,
        int tableSize,
        Map<String, Double> seconds) {

    static FitFacts of(Law law) {
        long rows = law.provenance().rows();
        int dim = law.columns().size();
        if (!(law instanceof Fitted fitted)) {
            return new FitFacts(rows, dim, 1, 0, 0, 0, Map.of());
        }
        FitReport report = fitted.report();
        return new FitFacts(
                rows,
                dim,
                fitted.charts().size(),
                report.basisSize(),
                report.matrixNonzeros(),
                report.tableSize(),
                report.seconds());
    }

    /**
     * The stages of a fit; of a law that tells none the whole is one.
     *
     * @param whole wall time of all of it, as measured from outside
     */
    Map<String, Double> stages(double whole) {
        return seconds.isEmpty() ? Map.of("fit", whole) : seconds;
    }

    /** The law in words. */
    String words(String kind) {
        String functions = basisSize > 0 ? Counted.of(basisSize, "function") : "a law of kind '" + kind + "'";
        return functions + (components > 1 ? " in " + components + " charts" : "");
    }
}
