package org.eigendrift.engine.guidance;

import java.util.Arrays;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;

/**
 * A model that nothing steers: what particles say of it is the constant of its own density. Immutable, thread-safe.
 *
 * @param base the model
 */
public record Unguided(ScoreModel base) implements GuidedScoreModel {

    @Override
    public DiffusionProcess process() {
        return base.process();
    }

    @Override
    public Evaluator evaluator() {
        ScoreModel.Evaluator inner = base.evaluator();
        return new Evaluator() {
            @Override
            public void score(double t, Points x, Points out) {
                inner.score(t, x, out);
            }

            @Override
            public void velocity(double t, Points x, Points out) {
                inner.velocity(t, x, out);
            }

            @Override
            public void velocityAndRate(double t, Points x, Points out, double[] rate) {
                inner.velocityAndRate(t, x, out, rate);
            }

            @Override
            public void logRatio(double t, Points x, double[] out) {
                inner.logRatio(t, x, out);
            }

            @Override
            public void logTwist(double t, Points x, double[] out) {
                Arrays.fill(out, 0);
            }

            @Override
            public void logTarget(Points x, double[] out) {
                Arrays.fill(out, 0);
            }
        };
    }
}
