package org.eigendrift.engine.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eigendrift.api.law.Decision;

/**
 * Chooses between models and mixtures of them by the log-likelihoods of rows that none was fitted to. A mixture must be
 * worth its members.
 */
public final class ModelJudge {
    /** A model that carries less of the held-out rows is left out. */
    static final double LIGHT = 0.03;

    /** Nats by which a mixture of models must beat the best of them, for each model more. */
    static final double WORTH = 5e-4;

    private static final String ONE = "one model";
    private static final String MIXTURE = "a mixture";

    private ModelJudge() {}

    /**
     * A model that was compared.
     *
     * @param name its name
     * @param cut whether it cuts the rows into charts, of which a mixture may hold one way
     * @param nats log-likelihoods of the held-out rows, in the same order for all models; shared, not to be modified
     */
    public record Scored(String name, boolean cut, double[] nats) {
        /**
         * The mean log-likelihood.
         *
         * @return nats a row
         */
        public double mean() {
            return Stacking.mean(new double[][] {nats}, new double[] {1});
        }

        /**
         * The same model with the log-likelihoods of more rows.
         *
         * @param more follow those that there are; not modified
         * @return a new value
         */
        public Scored and(double[] more) {
            double[] all = Arrays.copyOf(nats, nats.length + more.length);
            System.arraycopy(more, 0, all, nats.length, more.length);
            return new Scored(name, cut, all);
        }

        /** Means are negative infinity alike for one impossible row and for many: fewer are better, then the mean of the others. */
        boolean better(Scored other) {
            long impossible = impossible();
            long theirs = other.impossible();
            return impossible < theirs || impossible == theirs && ofPossible() > other.ofPossible();
        }

        private long impossible() {
            return Arrays.stream(nats)
                    .filter(log -> log == Double.NEGATIVE_INFINITY)
                    .count();
        }

        private double ofPossible() {
            return Arrays.stream(nats)
                            .filter(log -> log > Double.NEGATIVE_INFINITY)
                            .sum()
                    / nats.length;
        }
    }

    /**
     * What was decided.
     *
     * @param weights of the models in the order in which they were given, of sum 1; shared, not to be modified
     * @param decision which model or models, among all
     * @param stacking whether several are mixed
     */
    public record Verdict(double[] weights, Decision decision, Decision stacking) {}

    /**
     * Chooses.
     *
     * @param scored the models, at least one
     * @return weights of the mixture that describes the held-out rows best, most of them 0
     */
    public static Verdict judge(List<Scored> scored) {
        double[][] nats = scored.stream().map(Scored::nats).toArray(double[][]::new);
        int best = best(scored, s -> true);
        double[] single = Stacking.only(nats.length, best);
        double[] weights = mixture(scored, nats);
        long kept =
                IntStream.range(0, weights.length).filter(c -> weights[c] > 0).count();
        double gain = Stacking.gain(nats, weights, single);
        boolean mixed = kept > 1 && gain >= WORTH * (kept - 1);
        double[] chosen = mixed ? weights : single;
        Decision stacking = new Decision(
                Judged.STACKING,
                mixed ? MIXTURE : ONE,
                List.of(
                        Decision.Alternative.of(ONE, Stacking.mean(nats, single), 0),
                        Decision.Alternative.of(
                                MIXTURE, Stacking.mean(nats, weights), Stacking.deviation(nats, weights, single))),
                gain == Double.POSITIVE_INFINITY
                        ? "held-out rows that the best model holds to be impossible are possible to it"
                        : String.format(
                                Locale.ROOT,
                                "with %d members it gains %.4f nats a held-out row, and must gain %.4f",
                                kept,
                                gain,
                                WORTH * (kept - 1)));
        return new Verdict(chosen, decision(scored, nats, best, chosen, reason(mixed, gain)), stacking);
    }

    private static String reason(boolean mixed, double gain) {
        if (!mixed) {
            return "it describes held-out rows best, and no mixture with it is worth its members";
        }
        return gain == Double.POSITIVE_INFINITY
                ? "a mixture allows held-out rows that the best model alone does not"
                : String.format(Locale.ROOT, "a mixture describes held-out rows better by %.4f nats", gain);
    }

    /**
     * The one model that describes held-out rows best.
     *
     * @param scored the models, at least one
     * @return all weight on it
     */
    public static Verdict single(List<Scored> scored) {
        double[][] nats = scored.stream().map(Scored::nats).toArray(double[][]::new);
        int best = best(scored, s -> true);
        double[] weights = Stacking.only(nats.length, best);
        return new Verdict(
                weights,
                decision(scored, nats, best, weights, "it describes held-out rows best"),
                new Decision(
                        Judged.STACKING,
                        ONE,
                        List.of(Decision.Alternative.of(ONE, scored.get(best).mean(), 0)),
                        "what is beside it decides, and one model proposes for that"));
    }

    private static double[] mixture(List<Scored> scored, double[][] nats) {
        int bestCut = best(scored, Scored::cut);
        double[] weights = new double[nats.length];
        for (int c = 0; c < nats.length; c++) {
            weights[c] = scored.get(c).cut && c != bestCut ? 0 : 1.0 / nats.length;
        }
        weights = Stacking.weights(nats, weights);
        for (int c = 0; c < weights.length; c++) {
            weights[c] = weights[c] < LIGHT ? 0 : weights[c];
        }
        return Stacking.weights(nats, weights);
    }

    private static int best(List<Scored> scored, Predicate<Scored> eligible) {
        int best = -1;
        for (int c = 0; c < scored.size(); c++) {
            if (eligible.test(scored.get(c)) && (best < 0 || scored.get(c).better(scored.get(best)))) {
                best = c;
            }
        }
        return best;
    }

    private static Decision decision(List<Scored> scored, double[][] nats, int best, double[] weights, String reason) {
        List<Decision.Alternative> alternatives = new ArrayList<>();
        double[] single = Stacking.only(nats.length, best);
        for (int c = 0; c < nats.length; c++) {
            double error = Stacking.deviation(nats, Stacking.only(nats.length, c), single);
            alternatives.add(
                    Decision.Alternative.of(scored.get(c).name, scored.get(c).mean(), error));
        }
        String chosen = IntStream.range(0, weights.length)
                .filter(c -> weights[c] > 0)
                .mapToObj(c -> shown(scored.get(c).name, weights[c]))
                .collect(Collectors.joining("; "));
        return new Decision(Judged.MODEL, chosen, alternatives, reason);
    }

    private static String shown(String name, double weight) {
        return name + (weight < 1 ? ", weight " + Math.round(100 * weight) + " %" : "");
    }
}
