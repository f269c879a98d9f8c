package org.eigendrift.samplers.wrap;

import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;

/** An evaluator of an affine process that is defined by its score: v = -mu + A s. */
public abstract class ScoreEvaluator implements ScoreModel.Evaluator {
    private final AffineProcess process;
    private Points half;
    private Points drift;

    /**
     * Creates it.
     *
     * @param process the process
     */
    protected ScoreEvaluator(AffineProcess process) {
        this.process = process;
    }

    @Override
    public void velocity(double t, Points x, Points out) {
        if (half == null || half.size() != x.size()) {
            half = Points.zeros(x.dim(), x.size());
            drift = Points.zeros(x.dim(), x.size());
        }
        process.diffusion(t, x, half);
        process.drift(t, x, drift);
        score(t, x, out);
        double[] v = out.values();
        for (int k = 0; k < v.length; k++) {
            v[k] = half.values()[k] * v[k] - drift.values()[k];
        }
    }

    @Override
    public void velocityAndRate(double t, Points x, Points out, double[] rate) {
        throw new UnsupportedOperationException("a wrapped score is no density's, so that it has no likelihood");
    }
}
