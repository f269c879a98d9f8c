package org.eigendrift.engine.judge;

import java.util.List;
import java.util.Locale;
import org.eigendrift.api.law.Decision;

/**
 * Decides by the log-likelihoods of held-out rows whether the law of the score at t = 0 takes the place of a flow, or part
 * of it.
 */
public final class DensityJudge {
    /** Nats that a mixture with the flow, whose likelihoods take an integration a row, must be better by; log Z is known no better. */
    private static final double MIXTURE_WORTH = 3e-2;

    /** Standard deviations of the mean gain that a mixture must be better by: a few rows gain most by a small share. */
    private static final double DEVIATIONS = 2;

    private static final String FLOW = "the flow";
    private static final String GIBBS = "the Gibbs density";

    private DensityJudge() {}

    /**
     * What was decided.
     *
     * @param share weight of the Gibbs density, from 0 to 1
     * @param decision the same for a reader
     */
    public record Verdict(double share, Decision decision) {}

    /**
     * Decides.
     *
     * @param flow log-likelihoods of held-out rows; not modified
     * @param gibbs those of the same rows; not modified
     * @param required whether the user asked for the density, whatever it is worth
     * @return its share
     */
    public static Verdict judge(double[] flow, double[] gibbs, boolean required) {
        double[][] nats = {flow, gibbs};
        double[] shares = Stacking.weights(nats, new double[] {0.5, 0.5});
        double[] flowAlone = Stacking.only(2, 0);
        double[] gibbsAlone = Stacking.only(2, 1);
        double gain = Stacking.mean(nats, shares) - Stacking.mean(nats, flowAlone);
        double error = Stacking.deviation(nats, shares, flowAlone);
        boolean simpler = Stacking.mean(nats, shares) - Stacking.mean(nats, gibbsAlone) < MIXTURE_WORTH;
        String measured = String.format(Locale.ROOT, "%.4f +- %.4f nats a held-out row", gain, error);
        if (required) {
            return verdict(nats, 1, "it was asked for");
        }
        if (gain < ModelJudge.WORTH || shares[1] < ModelJudge.LIGHT) {
            return verdict(nats, 0, "with the Gibbs density rows gain too little, " + measured);
        }
        if (simpler) {
            return verdict(nats, 1, "it gains " + measured + ", and the flow beside it adds too little");
        }
        if (gain < DEVIATIONS * error) {
            return verdict(nats, 0, "a mixture gains " + measured + ", which is within its scatter");
        }
        return verdict(nats, shares[1], "the mixture gains " + measured);
    }

    private static Verdict verdict(double[][] nats, double share, String reason) {
        double error = Stacking.deviation(nats, Stacking.only(2, 1), Stacking.only(2, 0));
        List<Decision.Alternative> alternatives = List.of(
                Decision.Alternative.of(FLOW, Stacking.mean(nats, Stacking.only(2, 0)), error),
                Decision.Alternative.of(GIBBS, Stacking.mean(nats, Stacking.only(2, 1)), error));
        String chosen = share == 0 ? FLOW : GIBBS + (share < 1 ? ", weight " + Math.round(100 * share) + " %" : "");
        return new Verdict(share, new Decision(Judged.DENSITY, chosen, alternatives, reason));
    }
}
