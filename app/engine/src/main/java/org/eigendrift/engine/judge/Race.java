package org.eigendrift.engine.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eigendrift.api.law.Decision;

/**
 * Which of several models need not be fitted to more rows: by the rows that were held out so far they can neither win nor be part of
 * what wins.
 *
 * <p>Differences are taken row by row from the best model, so that what makes a row likely under every model does not scatter. The mean
 * log-likelihood of a mixture of two is concave in its weight; so what a model may add to the best one is its largest value, which is
 * found, not guessed. A model that cuts the rows into charts stands beside no other that does (as {@link ModelJudge} mixes): those are
 * told apart by their likelihoods alone.
 */
public final class Race {
    /** Standard deviations of the mean difference that a model must be behind: one as good as the best is so in one case of 740. */
    private static final double DEVIATIONS = 3;

    /** Of fewer rows the scatter is not known. */
    private static final int FEWEST_ROWS = 20;

    private Race() {}

    /**
     * A model that is left behind.
     *
     * @param place its place among those that were given
     * @param decision that it was left out, and why
     */
    public record Lost(int place, Decision decision) {
        /**
         * The decision of models that were not fitted to all rows.
         *
         * @param how they were fitted, put before the reason
         * @return that it was left out, and why
         */
        public Decision decision(String how) {
            return new Decision(decision.what(), decision.chosen(), decision.alternatives(), how + decision.reason());
        }
    }

    /**
     * Judges.
     *
     * @param scored models with the log-likelihoods of the same rows
     * @return those that are left behind, in the order given; never the best
     */
    public static List<Lost> lost(List<ModelJudge.Scored> scored) {
        List<Lost> lost = new ArrayList<>();
        if (scored.isEmpty() || scored.get(0).nats().length < FEWEST_ROWS) {
            return lost;
        }
        ModelJudge.Scored best = best(scored, false).orElseThrow();
        Optional<ModelJudge.Scored> bestCut = best(scored, true);
        for (int k = 0; k < scored.size(); k++) {
            ModelJudge.Scored one = scored.get(k);
            boolean second = one.cut() && one != bestCut.orElseThrow();
            ModelJudge.Scored rival = second ? bestCut.get() : best;
            if (one != rival && behind(one, rival) && (second || unwanted(one, rival))) {
                lost.add(new Lost(k, decision(one, rival)));
            }
        }
        return lost;
    }

    private static Optional<ModelJudge.Scored> best(List<ModelJudge.Scored> scored, boolean cut) {
        return scored.stream().filter(one -> one.cut() || !cut).reduce((a, b) -> b.better(a) ? b : a);
    }

    private static boolean behind(ModelJudge.Scored one, ModelJudge.Scored best) {
        return one.mean() + DEVIATIONS * error(one, best) < best.mean();
    }

    /** Rows that one of the two holds to be impossible tell which is better, but no scatter. */
    private static double error(ModelJudge.Scored one, ModelJudge.Scored best) {
        double error =
                Stacking.deviation(new double[][] {one.nats(), best.nats()}, Stacking.only(2, 0), Stacking.only(2, 1));
        return Double.isFinite(error) ? error : 0;
    }

    /** Whether the best mixture of the two gains nothing beyond its scatter, or holds next to nothing of the model. */
    private static boolean unwanted(ModelJudge.Scored one, ModelJudge.Scored best) {
        double[][] nats = {best.nats(), one.nats()};
        double[] weights = Stacking.weights(nats, new double[] {0.5, 0.5});
        double[] alone = Stacking.only(2, 0);
        double gain = Stacking.gain(nats, weights, alone);
        return weights[1] < ModelJudge.LIGHT
                || gain < ModelJudge.WORTH
                || gain < Stacking.deviation(nats, weights, alone);
    }

    private static Decision decision(ModelJudge.Scored one, ModelJudge.Scored best) {
        return new Decision(
                Judged.LEFT_OUT,
                one.name(),
                List.of(
                        Decision.Alternative.of(best.name(), best.mean(), 0),
                        Decision.Alternative.of(one.name(), one.mean(), error(one, best))),
                String.format(
                        Locale.ROOT,
                        "%d held-out rows lie %.4f +- %.4f nats behind %s, which it adds nothing to",
                        one.nats().length,
                        best.mean() - one.mean(),
                        error(one, best),
                        best.name()));
    }
}
