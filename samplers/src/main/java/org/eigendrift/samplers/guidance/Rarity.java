package org.eigendrift.samplers.guidance;

import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;

/** U = -log p_t of points, up to a constant of each time. Belongs to one thread. */
record Rarity(ScoreModel.Evaluator evaluator, AffineProcess process) {

    double[] of(double t, Points x) {
        double[] out = new double[x.size()];
        double[] reference = new double[x.size()];
        evaluator.logRatio(t, x, out);
        process.logReference(x, reference);
        for (int n = 0; n < out.length; n++) {
            out[n] = -out[n] - reference[n];
        }
        return out;
    }

    double[] ofData(Points x) {
        return of(process.earliest(), x);
    }
}
