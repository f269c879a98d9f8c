package org.eigendrift.samplers.guidance;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;

/**
 * How high a density can be. A fit says what it likes of log p_t where no rows are: in the corners of two moons' range it is hundreds of nats
 * above what it is on the moons, and a particle that comes near draws all others after it. But its own flow does not go there: points of
 * the flow, with the density with which it brings them, tell how high log p_t is where the flow goes.
 *
 * <p>Of an exact law log p_t and the flow's density differ by a constant of the time, and nothing is cut off.
 */
final class Summit {
    private static final int PILOTS = 500;

    /**
     * Nats. Of draws from q, more than e^c times as likely by p as by q is a share of at most e^-c (Markov's inequality): those are not
     * p's. As much is left above the highest pilot.
     */
    private static final double ROOM = 3;

    /** Nats by which the middle 98 of 100 pilots may differ in log p_t less the flow's density: errors of the flow's steps. */
    private static final double SAME = 0.5;

    private Summit() {}

    /**
     * Finds it.
     *
     * @param model the unguided model
     * @param process its process
     * @param times the grid
     * @param run the run
     * @return the highest log p_t, up to the model's own constant, at each time of the grid; infinite where nothing is to be cut off
     */
    static double[] of(ScoreModel model, AffineProcess process, double[] times, RunContext run) {
        CounterRandom random = run.random(Purpose.DENSITY_PILOTS);
        Points x = Points.zeros(process.dim(), PILOTS);
        double[] flow = new double[PILOTS];
        process.prior(random, 0, x);
        process.logPrior(x, flow);
        double[] summit = none(times);
        ScoreModel.Evaluator evaluator = model.evaluator();
        Rarity rarity = new Rarity(evaluator, process);
        for (int i = 1; i < times.length; i++) {
            run.checkCancelled();
            Pool.Flow.step(evaluator, process, times[i - 1], times[i], x, flow);
            double[] density =
                    Arrays.stream(rarity.of(times[i], x)).map(u -> -u).toArray();
            summit[i] = highest(density, flow, process.dim());
        }
        return summit;
    }

    /** No summit at any time. */
    static double[] none(double[] times) {
        double[] summit = new double[times.length];
        Arrays.fill(summit, Double.POSITIVE_INFINITY);
        return summit;
    }

    /** A Gaussian's mode is half a nat for each dimension above what its draws have in the mean. */
    private static double highest(double[] density, double[] flow, int dim) {
        double[] apart = new double[density.length];
        Arrays.setAll(apart, n -> density[n] - flow[n]);
        double[] sorted = apart.clone();
        Arrays.sort(sorted);
        int tail = sorted.length / 100;
        if (sorted[sorted.length - 1 - tail] - sorted[tail] <= SAME) {
            return Double.POSITIVE_INFINITY;
        }
        double constant = sorted[sorted.length / 2];
        double highest = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < density.length; n++) {
            if (apart[n] <= constant + ROOM) {
                highest = Math.max(highest, density[n]);
            }
        }
        return highest + 0.5 * dim;
    }
}
