package org.eigendrift.engine.law.table;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.engine.kernel.LogSum;

/**
 * A mixture of tree laws (Meila and Jordan, Journal of Machine Learning Research 1, 2000); of laws without edges it is a
 * mixture of products. Immutable.
 *
 * @param logWeights log-weights, whose exponentials sum to 1; shared
 * @param trees as many laws of the same columns
 */
record TreeMixture(double[] logWeights, List<TreeLaw> trees) {

    /** The mean of some mixtures. */
    static TreeMixture mean(List<TreeMixture> mixtures) {
        return new TreeMixture(
                mixtures.stream()
                        .flatMapToDouble(mixture -> Arrays.stream(mixture.logWeights()))
                        .map(log -> log - Math.log(mixtures.size()))
                        .toArray(),
                mixtures.stream().flatMap(mixture -> mixture.trees().stream()).toList());
    }

    /** The log-probability of a row without gaps. */
    double logProbability(Codes rows, int row) {
        double[] logs = new double[logWeights.length];
        for (int k = 0; k < logs.length; k++) {
            logs[k] = logWeights[k] + trees.get(k).logProbability(rows, row);
        }
        return LogSum.of(logs);
    }

    /** The log-probabilities of rows without gaps. */
    double[] logProbabilities(Codes rows) {
        double[] out = new double[rows.rows()];
        for (int n = 0; n < out.length; n++) {
            out[n] = logProbability(rows, n);
        }
        return out;
    }

    /**
     * The law given evidence.
     *
     * @param evidence of each column a factor for each level; not modified
     * @return weights and messages of all components
     */
    Posterior given(double[][] evidence) {
        TreeLaw.Messages[] messages = new TreeLaw.Messages[logWeights.length];
        double[] logs = new double[logWeights.length];
        for (int k = 0; k < logs.length; k++) {
            messages[k] = trees.get(k).upward(evidence);
            logs[k] = logWeights[k] + messages[k].log();
        }
        return new Posterior(this, logs, LogSum.of(logs), messages);
    }

    /**
     * A mixture given evidence.
     *
     * @param mixture the mixture
     * @param logs log-weights together with the evidence
     * @param log log-probability of the evidence
     * @param messages of each component
     */
    record Posterior(TreeMixture mixture, double[] logs, double log, TreeLaw.Messages[] messages) {

        /**
         * Draws a row.
         *
         * @param choice a number in (0, 1) that chooses the component
         * @param uniforms a number in (0, 1) for each column
         * @return the levels
         */
        int[] draw(double choice, double[] uniforms) {
            int chosen = -1;
            double left = choice;
            for (int k = 0; k < logs.length && (chosen < 0 || left > 0); k++) {
                if (logs[k] > Double.NEGATIVE_INFINITY) {
                    chosen = k;
                    left -= Math.exp(logs[k] - log);
                }
            }
            return mixture.trees.get(chosen).draw(messages[chosen], uniforms);
        }
    }
}
