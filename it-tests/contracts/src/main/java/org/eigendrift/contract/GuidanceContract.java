package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.junit.jupiter.api.Test;

/** What all guidance promises. */
public abstract class GuidanceContract {
    private static final int SIZE = 9;
    private static final double[] TIMES = {0.05, 0.7, 3};

    /** For subclasses. */
    protected GuidanceContract() {}

    /**
     * The guidance under test.
     *
     * @return the guidance
     */
    protected abstract Guidance guidance();

    /**
     * A model that it can guide, under an affine process.
     *
     * @return the model
     */
    protected abstract ScoreModel model();

    private Points points() {
        Points x = Points.zeros(model().process().dim(), SIZE);
        for (int k = 0; k < x.values().length; k++) {
            x.values()[k] = new CounterRandom(13).normal(k, 0);
        }
        return x;
    }

    @Test
    void refusesWhatItCannotGuideInWords() {
        assertEquals(Optional.empty(), guidance().refusal(model()), "the model that it can guide");
        guidance()
                .refusal(new HeatOnCircle(false, 0.5))
                .ifPresent(reason -> assertFalse(reason.isBlank(), "a refusal without a reason"));
    }

    @Test
    void keepsTheProcessAndTheInnermostModel() {
        ScoreModel model = model();
        GuidedScoreModel once = guidance().guide(model);
        GuidedScoreModel twice = guidance().guide(once);
        assertSame(model, once.base(), "the base of a guided model");
        assertSame(model, twice.base(), "the base of a model that is guided twice is the innermost");
        assertSame(model.process(), once.process(), "the process of a guided model");
    }

    @Test
    void scoresDoNotDependOnTheBatch() {
        Points x = points();
        GuidedScoreModel guided = guidance().guide(model());
        for (double t : TIMES) {
            Points whole = Points.zeros(x.dim(), SIZE);
            guided.evaluator().score(t, x, whole);
            ScoreModel.Evaluator evaluator = guided.evaluator();
            for (int n = 0; n < SIZE; n++) {
                Points alone = Points.zeros(x.dim(), 1);
                evaluator.score(t, x.slice(n, n + 1), alone);
                assertArrayEquals(whole.row(n), alone.row(0), "point " + (n + 1) + ", t = " + t);
            }
        }
    }

    @Test
    void velocityBelongsToTheScore() {
        Points x = points();
        GuidedScoreModel guided = guidance().guide(model());
        DiffusionProcess process = guided.process();
        ScoreModel.Evaluator evaluator = guided.evaluator();
        for (double t : TIMES) {
            Points score = Points.zeros(x.dim(), SIZE);
            Points velocity = Points.zeros(x.dim(), SIZE);
            Points drift = Points.zeros(x.dim(), SIZE);
            Points half = Points.zeros(x.dim(), SIZE);
            evaluator.score(t, x, score);
            evaluator.velocity(t, x, velocity);
            process.drift(t, x, drift);
            process.diffusion(t, x, half);
            for (int k = 0; k < score.values().length; k++) {
                double expected = half.values()[k] * score.values()[k] - drift.values()[k];
                assertEquals(
                        expected,
                        velocity.values()[k],
                        1e-12 * (1 + Math.abs(expected)),
                        "the velocity is half the squared noise times the score, less the drift, t = " + t);
            }
        }
    }

    @Test
    void theTwistIsWhatGuidanceAddsToTheLogDensity() {
        Points x = points();
        ScoreModel model = model();
        GuidedScoreModel guided = guidance().guide(model);
        for (double t : TIMES) {
            double[] base = new double[SIZE];
            double[] twist = new double[SIZE];
            double[] both = new double[SIZE];
            model.evaluator().logRatio(t, x, base);
            guided.evaluator().logTwist(t, x, twist);
            guided.evaluator().logRatio(t, x, both);
            for (int n = 0; n < SIZE; n++) {
                assertEquals(
                        base[n] + twist[n],
                        both[n],
                        1e-12 * (1 + Math.abs(base[n]) + Math.abs(twist[n])),
                        "logRatio is that of the model and logTwist, t = " + t);
                assertTrue(Double.isFinite(both[n]), "logRatio at t = " + t + " is " + both[n]);
            }
        }
    }
}
