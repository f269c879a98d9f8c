package org.eigendrift.engine.check;

import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;

/** A model whose density is multiplied by exp(x1 / 2), at all times; subclasses plant a fault. */
class Steered implements GuidedScoreModel {
    private static final double SLOPE = 0.5;

    private final ScoreModel model;

    Steered(ScoreModel model) {
        this.model = model;
    }

    static Steered by(ScoreModel model) {
        return new Steered(model);
    }

    /** What the first coordinate of point 3 is told to be, where the right number is given. */
    double score(double t, double right) {
        return right;
    }

    double velocity(double t, double right) {
        return right;
    }

    double logRatio(double t, double right) {
        return right;
    }

    double logTwist(double t, double right) {
        return right;
    }

    @Override
    public DiffusionProcess process() {
        return model.process();
    }

    @Override
    public ScoreModel base() {
        return model instanceof GuidedScoreModel inner ? inner.base() : model;
    }

    @Override
    public Evaluator evaluator() {
        ScoreModel.Evaluator free = model.evaluator();
        return new Evaluator() {
            @Override
            public void score(double t, Points x, Points out) {
                free.score(t, x, out);
                for (int n = 0; n < x.size(); n++) {
                    out.set(0, n, out.get(0, n) + SLOPE);
                }
                out.set(0, 2, Steered.this.score(t, out.get(0, 2)));
            }

            @Override
            public void velocity(double t, Points x, Points out) {
                free.velocity(t, x, out);
                Points half = Points.zeros(x.dim(), x.size());
                process().diffusion(t, x, half);
                for (int n = 0; n < x.size(); n++) {
                    out.set(0, n, out.get(0, n) + half.get(0, n) * SLOPE);
                }
                out.set(0, 2, Steered.this.velocity(t, out.get(0, 2)));
            }

            @Override
            public void velocityAndRate(double t, Points x, Points out, double[] rate) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void logRatio(double t, Points x, double[] out) {
                free.logRatio(t, x, out);
                for (int n = 0; n < x.size(); n++) {
                    out[n] += SLOPE * x.get(0, n);
                }
                out[2] = Steered.this.logRatio(t, out[2]);
            }

            /** Up to a constant. */
            @Override
            public void logTwist(double t, Points x, double[] out) {
                for (int n = 0; n < x.size(); n++) {
                    out[n] = SLOPE * x.get(0, n) + 17;
                    if (model instanceof GuidedScoreModel) {
                        out[n] += SLOPE * x.get(0, n);
                    }
                }
                out[2] = Steered.this.logTwist(t, out[2]);
            }

            @Override
            public void logTarget(Points x, double[] out) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
