package org.eigendrift.samplers.guidance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.guidance.Particles;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.contract.ExactMixture;
import org.junit.jupiter.api.Test;

/** A model whose density is hundreds of nats too high in a corner, as that of a fit is where no rows were. */
class SummitTest {
    private static final ExactMixture GAUSSIAN = new ExactMixture(
            Oracles.ou(2), new double[] {1}, new double[][] {{0, 0}}, new double[][][] {{{1, 0}, {0, 1}}});

    /** From here on x1 is a corner: beyond 2.5 deviations lie 6 of 1000 points. */
    private static final double CORNER = 2.5;

    private static final double PEAK = 300;

    /** The Gaussian, whose log-density at late times is a little wrong everywhere and very wrong in the corner. */
    private record Spoilt() implements ScoreModel {
        @Override
        public DiffusionProcess process() {
            return GAUSSIAN.process();
        }

        @Override
        public Evaluator evaluator() {
            Evaluator exact = GAUSSIAN.evaluator();
            return new Evaluator() {
                @Override
                public void score(double t, Points x, Points out) {
                    exact.score(t, x, out);
                }

                @Override
                public void velocity(double t, Points x, Points out) {
                    exact.velocity(t, x, out);
                }

                @Override
                public void velocityAndRate(double t, Points x, Points out, double[] rate) {
                    exact.velocityAndRate(t, x, out, rate);
                }

                @Override
                public void logRatio(double t, Points x, double[] out) {
                    exact.logRatio(t, x, out);
                    for (int n = 0; n < out.length && t < 0.1; n++) {
                        out[n] += 0.5 * Math.sin(3 * x.get(0, n)) + (x.get(0, n) > CORNER ? PEAK : 0);
                    }
                }
            };
        }
    }

    private static double[] summit(ScoreModel model, double... times) {
        return Summit.of(model, model.process().affine().orElseThrow(), times, RunContext.quiet(1));
    }

    @Test
    void theCornerIsAboveTheSummitAndTheBulkBelow() {
        double[] times = {GAUSSIAN.process().horizon(), 1, 0.5, 0.2, 0.05, 0.01};
        double[] found = summit(new Spoilt(), times);
        double mode = -Math.log(2 * Math.PI);
        for (int i = 0; i < times.length; i++) {
            if (times[i] > 0.1) {
                assertEquals(Double.POSITIVE_INFINITY, found[i], "t = " + times[i]);
            } else {
                // The mode of the Gaussian, within the wrong half nat, and one nat for its two dimensions.
                assertTrue(found[i] >= mode + 0.5 && found[i] <= mode + 1.5 + 1e-9, "summit " + found[i]);
            }
        }
    }

    @Test
    void ofAnExactLawNothingIsCutOff() {
        ExactMixture far = new ExactMixture(
                Oracles.ou(2), new double[] {0.99, 0.01}, new double[][] {{-3, 0}, {3, 1}}, new double[][][] {
                    {{1, 0.3}, {0.3, 0.5}}, {{1e-3, 0}, {0, 1e-3}}
                });
        double[] grid = new double[40];
        double horizon = far.process().horizon();
        Arrays.setAll(grid, i -> horizon * Math.pow(1e-3 / horizon, i / 39.0));
        assertArrayEquals(Summit.none(grid), summit(far, grid), 0);
    }

    /** Without a summit the first particle in the corner draws all others after it. */
    @Test
    void particlesAreNotDrawnToTheCorner() {
        GuidedScoreModel model = Oracles.guidance(2, Map.of("type", "temperature", "temperature", 1))
                .guide(new Spoilt());
        Particles particles = Oracles.corrector(
                        Map.of("type", "smc", "steps", 60, "particles", 1000, "directions", 0, "moves", 0))
                .run(model, 1000, RunContext.quiet(2));
        Points x = particles.points();
        for (int n = 0; n < x.size(); n++) {
            assertTrue(x.get(0, n) <= CORNER, "x1 = " + x.get(0, n));
        }
        assertTrue(particles.worst() > 500, "effective " + particles.worst());
    }

    /** The second model of a product is spoilt, too. */
    @Test
    void particlesOfProductsAreNotDrawnToTheCornerOfAnyModel() {
        GuidedScoreModel model = Oracles.guidance(
                        2, Map.of("type", "product", "exponents", List.of(0.5, 0.5)), new Spoilt())
                .guide(GAUSSIAN);
        Particles particles = Oracles.corrector(
                        Map.of("type", "smc", "steps", 60, "particles", 1000, "directions", 0, "moves", 0))
                .run(model, 1000, RunContext.quiet(2));
        for (double x : particles.points().column(0)) {
            assertTrue(x <= CORNER, "x1 = " + x);
        }
        assertTrue(particles.worst() > 500, "effective " + particles.worst());
    }
}
