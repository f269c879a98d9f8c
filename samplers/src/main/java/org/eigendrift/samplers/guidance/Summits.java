package org.eigendrift.samplers.guidance;

import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;

/**
 * How high the densities of all models can be that particles weigh by. Immutable, thread-safe.
 *
 * @param process their process
 * @param models the unguided model, and the others of a product
 * @param heights for each of them the highest log p_t at each time of the grid
 */
record Summits(AffineProcess process, List<ScoreModel> models, List<double[]> heights) {

    static Summits of(GuidedScoreModel model, AffineProcess process, double[] times, RunContext run) {
        List<ScoreModel> models = model.bases();
        return new Summits(
                process,
                models,
                models.stream().map(m -> Summit.of(m, process, times, run)).toList());
    }

    /** No summit at any time. */
    static Summits none(GuidedScoreModel model, AffineProcess process, double[] times) {
        return new Summits(process, List.of(model.base()), List.of(Summit.none(times)));
    }

    /**
     * Points where any of the densities is above its summit have none.
     *
     * @param i number of the time in the grid
     * @param t the time
     * @param x points; not modified
     * @param density log-densities of the unguided model at them; modified
     */
    void cut(int i, double t, Points x, double[] density) {
        for (int k = 0; k < models.size(); k++) {
            double height = heights.get(k)[i];
            if (height == Double.POSITIVE_INFINITY) {
                continue;
            }
            double[] rare = k == 0 ? null : new Rarity(models.get(k).evaluator(), process).of(t, x);
            for (int n = 0; n < density.length; n++) {
                if ((k == 0 ? density[n] : -rare[n]) > height) {
                    density[n] = Double.NEGATIVE_INFINITY;
                }
            }
        }
    }
}
