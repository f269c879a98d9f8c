package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.judge.HeldoutShares;

/**
 * Fits to the rows nearest to an observation. How many is chosen by the rows that lie there: each is described by fits without it, and
 * counts the more the nearer it is, by the biweight kernel. Fewer rows must describe them better by more than the error of the difference.
 */
final class Neighbours {
    /**
     * Rows by which numbers of rows are compared, or a quarter of all if that is less: a part of the fewest that are fitted, since what a
     * regression leaves in the middle of its rows and at their edge is of different sign, and vanishes over all of them.
     */
    private static final int JUDGES = 40;

    private static final int FEWEST_JUDGES = 20;

    /** Fewer rows than this, or than some for each number of a regression, are not tried. */
    private static final int FEWEST = 120;

    private static final int ROWS_FOR_EACH = 10;

    private static final HeldoutShares FOLDS = HeldoutShares.EVERY_ROW;

    private final Sample sample;
    private final double[][] b;
    private final Vicinity all;
    private final int[] order;
    private final RegressionsFit fit;

    /** What was fitted, to which rows, and why. */
    record Found(RegressionsFit.Fitted fitted, Vicinity vicinity, int[] rows, Decision decision) {}

    /** What a number of rows came to. */
    private record Candidate(int rows, RegressionsFit.Fitted fitted, double[] nats) {}

    Neighbours(Sample sample, double[] observation, RegressionsFit fit) {
        this.sample = sample;
        this.b = sample.b();
        this.all = Vicinity.of(observation, b);
        this.order = all.order(b);
        this.fit = fit;
    }

    /** Fits to so many rows. */
    Found named(int rows, String observation) {
        String chosen = words(rows);
        Decision decision = new Decision("near " + observation, chosen, List.of(), "named" + beyond());
        return found(rows, fit(nearest(rows)), decision);
    }

    /** Fits to as many rows as describe those near the observation best. */
    Found best(String observation) {
        int[] judges =
                Arrays.copyOf(order, Math.min(b.length, Math.max(FEWEST_JUDGES, Math.min(JUDGES, b.length / 4))));
        double[] weights = weights(judges);
        List<Candidate> candidates = new ArrayList<>();
        Candidate best = null;
        int least = Math.max(FEWEST, ROWS_FOR_EACH * (b[0].length + 1));
        for (int rows = b.length; rows >= least || rows == b.length; rows /= 2) {
            RegressionsFit.Fitted fitted = fit(nearest(rows));
            Candidate candidate = new Candidate(rows, fitted, heldout(judges, rows, fitted.choice()));
            candidates.add(candidate);
            best = best == null || better(candidate, best, weights) ? candidate : best;
        }
        return found(best.rows, best.fitted, decision(observation, candidates, best, weights));
    }

    private Decision decision(String observation, List<Candidate> candidates, Candidate best, double[] weights) {
        List<Decision.Alternative> alternatives = candidates.stream()
                .map(c -> Decision.Alternative.of(
                        words(c.rows), mean(c.nats, weights), error(c.nats, best.nats, weights)))
                .toList();
        double gain = mean(best.nats, weights) - mean(candidates.get(0).nats, weights);
        String reason = best == candidates.get(0)
                ? "no fewer describe held-out rows near there better by more than the error"
                : String.format(
                        Locale.ROOT,
                        "held-out rows near there are described %.3g nats better than by a fit to all",
                        gain);
        return new Decision("near " + observation, words(best.rows), alternatives, reason + beyond());
    }

    private String words(int rows) {
        return rows == b.length
                ? String.format(Locale.ROOT, "all %,d rows", rows)
                : String.format(Locale.ROOT, "the nearest %,d of %,d rows", rows, b.length);
    }

    /** An observation that no row is like is said to be so: what the law says of it follows from no rows. */
    private String beyond() {
        return all.further(b) > 0
                ? ""
                : "; no row is as far from the mean as this observation: the law is extrapolated";
    }

    private Found found(int rows, RegressionsFit.Fitted fitted, Decision decision) {
        return new Found(fitted, all.of(b, order, rows), nearest(rows), decision);
    }

    private int[] nearest(int rows) {
        return IntStream.of(order).limit(rows).sorted().toArray();
    }

    private RegressionsFit.Fitted fit(int[] rows) {
        return fit(rows.length).fit(sample.select(rows));
    }

    private RegressionsFit fit(int rows) {
        return rows == b.length ? fit : fit.ofSome();
    }

    private double[] heldout(int[] judges, int rows, ConditionalFit.Fitted choice) {
        double[] nats = new double[judges.length];
        for (int fold = 0; fold < FOLDS.folds(); fold++) {
            int f = fold;
            int[] in = IntStream.of(nearest(rows))
                    .filter(n -> !FOLDS.heldOut(f, n))
                    .toArray();
            Regressions regressions = fit(rows).fit(choice, sample.select(in));
            fit.run().parallel().forEach(judges.length, j -> {
                int n = judges[j];
                if (FOLDS.heldOut(f, n)) {
                    nats[j] = regressions.logDensity(sample.a()[n], b[n]);
                }
            });
        }
        return nats;
    }

    private double[] weights(int[] judges) {
        double reach = all.distance(b[order[Math.min(judges.length, order.length - 1)]]);
        double[] weights = IntStream.of(judges)
                .mapToDouble(n -> {
                    double rest = 1 - Math.pow(all.distance(b[n]) / reach, 2);
                    return sample.weights()[n] * rest * rest;
                })
                .toArray();
        // Rows that are all as far as each other count alike.
        return Arrays.stream(weights).sum() > 0
                ? weights
                : IntStream.of(judges).mapToDouble(n -> sample.weights()[n]).toArray();
    }

    private static boolean better(Candidate candidate, Candidate best, double[] weights) {
        double mean = mean(candidate.nats, weights);
        double before = mean(best.nats, weights);
        return before == Double.NEGATIVE_INFINITY
                ? mean > before
                : mean - before > error(candidate.nats, best.nats, weights);
    }

    private static double mean(double[] nats, double[] weights) {
        double sum = 0;
        double total = 0;
        for (int j = 0; j < nats.length; j++) {
            // A row without weight counts for nothing, an impossible one too.
            sum += weights[j] == 0 ? 0 : weights[j] * nats[j];
            total += weights[j];
        }
        return sum / total;
    }

    /** The standard error of the difference of two weighted means over the same rows. */
    private static double error(double[] nats, double[] others, double[] weights) {
        double apart = mean(nats, weights) - mean(others, weights);
        double squares = 0;
        double total = 0;
        for (int j = 0; j < nats.length; j++) {
            double left = weights[j] == 0 ? 0 : weights[j] * (nats[j] - others[j] - apart);
            squares += left * left;
            total += weights[j];
        }
        return Math.sqrt(squares) / total;
    }
}
