package org.eigendrift.engine.gibbs;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eigendrift.api.NumericalException;

/**
 * The logarithm of a Gibbs density's normalising constant, estimated beside a proposal of known density.
 *
 * @param log log Z, in nats
 * @param standardError of log Z
 * @param draws of of the proposal
 */
public record Normaliser(double log, double standardError, int draws) {
    private static final int MOST_STEPS = 200;
    private static final double CONVERGED = 1e-10;

    /**
     * log Z by importance sampling from the proposal alone: log mean w with w = exp(log pi + h) / p.
     *
     * @param logWeights log w at draws of the proposal; not modified
     * @return the estimate, with the standard error to first order (the coefficient of variation of w over root n)
     */
    public static Normaliser importance(double[] logWeights) {
        double largest = Arrays.stream(logWeights).max().orElseThrow();
        double sum = 0;
        double squares = 0;
        for (double log : logWeights) {
            double w = Math.exp(log - largest);
            sum += w;
            squares += w * w;
        }
        double n = logWeights.length;
        double variation = n * squares / (sum * sum) - 1;
        return new Normaliser(largest + Math.log(sum / n), Math.sqrt(Math.max(0, variation) / n), logWeights.length);
    }

    /**
     * log Z by the acceptance ratio method (Bennett, J. Comput. Phys. 22, 245, 1976), which needs draws of both laws and
     * is the best of all ways to use them (Meng and Wong 1996): the solution c of
     *
     * <pre>sum over draws of p of f(c - log w)  =  sum over draws of q of f(log w - c),    f(u) = 1 / (1 + exp(u)).</pre>
     *
     * Both sums are of bounded terms, so a proposal with light tails costs accuracy but does not ruin the estimate.
     *
     * @param proposal log w at draws of the proposal; not modified
     * @param gibbs log w at draws of the Gibbs density, best about as many; not modified
     * @return the estimate, with its standard error for independent draws
     * @throws NumericalException if the two laws do not overlap
     */
    public static Normaliser acceptanceRatio(double[] proposal, double[] gibbs) {
        double c = importance(proposal).log;
        for (int step = 0; step < MOST_STEPS; step++) {
            double forward = Fermi.of(proposal, -1, c).mean;
            double backward = Fermi.of(gibbs, 1, c).mean;
            // At the solution both means are the same; this is Bennett's own iteration.
            double change = Math.log(forward) - Math.log(backward);
            if (!Double.isFinite(change)) {
                throw new NumericalException(
                        "the Gibbs density cannot be normalised: it does not overlap with the flow's");
            }
            c += change;
            if (Math.abs(change) < CONVERGED) {
                double variance = Fermi.of(proposal, -1, c).variation()
                        + Fermi.of(gibbs, 1, c).variation();
                return new Normaliser(c, Math.sqrt(variance), proposal.length);
            }
        }
        throw new NumericalException("the Gibbs density cannot be normalised: after " + MOST_STEPS
                + " steps of the acceptance ratio method its log-constant still moves");
    }

    /**
     * Draws of the proposal that stand for draws of the Gibbs density, each as often as its weight says (systematic resampling:
     * Kitagawa 1996). Walks from there need not carry probability from well to well, for which they are slow. No weight counts
     * for more than root n times the mean (Ionides 2008), so that few draws do not stand for all.
     *
     * @param logWeights log w at draws of the proposal; not modified
     * @param offset where among the weights to begin, 0 to 1
     * @return numbers of draws, as many as there are, ascending; the same of all if no weight is positive
     */
    static int[] resampled(double[] logWeights, double offset) {
        int n = logWeights.length;
        double most = importance(logWeights).log + 0.5 * Math.log(n);
        double[] weights = Arrays.stream(logWeights)
                .map(log -> Math.exp(Math.min(log, most) - most))
                .toArray();
        double total = Arrays.stream(weights).sum();
        if (!(total > 0)) {
            return IntStream.range(0, n).toArray();
        }
        int[] chosen = new int[n];
        double sum = weights[0];
        int at = 0;
        for (int k = 0; k < n; k++) {
            double wanted = (k + offset) / n * total;
            while (sum < wanted && at < n - 1) {
                sum += weights[++at];
            }
            chosen[k] = at;
        }
        return chosen;
    }

    /** Moments of f(sign (log w - c)). */
    private record Fermi(double mean, double square, int draws) {
        static Fermi of(double[] logWeights, int sign, double c) {
            double mean = 0;
            double square = 0;
            for (double log : logWeights) {
                double f = 1 / (1 + Math.exp(sign * (log - c)));
                mean += f / logWeights.length;
                square += f * f / logWeights.length;
            }
            return new Fermi(mean, square, logWeights.length);
        }

        /** The variance of log(mean) to first order. */
        double variation() {
            return Math.max(0, square / (mean * mean) - 1) / draws;
        }
    }
}
