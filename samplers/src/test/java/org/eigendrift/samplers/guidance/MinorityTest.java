package org.eigendrift.samplers.guidance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.guidance.Particles;
import org.eigendrift.contract.ExactMixture;
import org.junit.jupiter.api.Test;

/** Of a Gaussian in three dimensions a quantile of log p is a shell whose square radius has the law of chi-square with 3 degrees. */
class MinorityTest {
    private static final double[][] COVARIANCE = {{2, 0.6, 0}, {0.6, 1, -0.2}, {0, -0.2, 0.3}};
    private static final double[] MEAN = {1, -2, 0.5};
    private static final ExactMixture GAUSSIAN =
            new ExactMixture(Oracles.ou(3), new double[] {1}, new double[][] {MEAN}, new double[][][] {COVARIANCE});

    /** The square radius grows by this from the commonest to the rarest of the share: two nats each, sqrt(3/2) nats in units of reach. */
    private static double width(double reach) {
        return 2 * reach * Math.sqrt(1.5);
    }

    private static GuidedScoreModel guided(double share) {
        return guided(share, 4);
    }

    private static GuidedScoreModel guided(double share, double reach) {
        return Oracles.guidance(3, Map.of("type", "minority", "share", share, "reach", reach))
                .guide(GAUSSIAN);
    }

    /** P(chi-square with 3 degrees > q) = erfc(sqrt(q/2)) + sqrt(2 q / pi) e^(-q/2), erfc by its integral. */
    private static double beyond(double q) {
        double from = Math.sqrt(q / 2);
        double sum = 0;
        int steps = 20_000;
        double h = 8.0 / steps;
        for (int k = 0; k < steps; k++) {
            double s = from + (k + 0.5) * h;
            sum += Math.exp(-s * s) * h;
        }
        return 2 / Math.sqrt(Math.PI) * sum + Math.sqrt(2 * q / Math.PI) * Math.exp(-q / 2);
    }

    private static double[] squares(Points x) {
        double[][] precision = new double[3][3];
        ExactMixture.invert(Arrays.stream(COVARIANCE).map(double[]::clone).toArray(double[][]::new), precision);
        double[] out = new double[x.size()];
        for (int n = 0; n < out.length; n++) {
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    out[n] += (x.get(i, n) - MEAN[i]) * precision[i][j] * (x.get(j, n) - MEAN[j]);
                }
            }
        }
        return out;
    }

    private static double share(double[] squares, double q) {
        return Arrays.stream(squares).filter(s -> s >= q).count() / (double) squares.length;
    }

    /** Drawn fractions outside of every radius are those of the tail. */
    @Test
    void particlesHaveTheTailsRadii() {
        int count = 2000;
        Particles particles = Oracles.corrector(Map.of("type", "smc", "steps", 60, "particles", 2000))
                .run(guided(0.1), count, RunContext.quiet(3));
        double[] squares = squares(particles.points());
        // The 0.9 quantile of 4000 pilots: its level scatters by sqrt(.09 / 4000) = .005, and so do all tails beyond,
        // by a twentieth.
        double nearest = Arrays.stream(squares).min().orElseThrow();
        assertEquals(0.1, beyond(nearest), 5 * 0.005);
        double last = beyond(nearest + width(4));
        double all = beyond(nearest) - last;
        for (double q : new double[] {7, 8, 9, 11, 13}) {
            double expected = (beyond(q) - last) / all;
            double error = Math.sqrt(expected * (1 - expected) / 1000) + 0.05 * expected;
            assertEquals(expected, share(squares, q), 5 * error, "beyond " + q);
        }
        // Rows that are rare have no preferred side.
        for (int i = 0; i < 3; i++) {
            double mean = Arrays.stream(particles.points().column(i)).average().orElseThrow();
            assertEquals(MEAN[i], mean, 5 * Math.sqrt(COVARIANCE[i][i] * 2.6 / 1000));
        }
        assertEquals(Math.log(0.1), particles.logNormaliser(), 0.3);
        assertEquals(
                1, guided(0.1).evaluator().figures(particles.points()).get(0).value(), 0);
    }

    /** Nothing is rarer than what is within reach, and what is has the shell's share. */
    @Test
    void particlesStayWithinReach() {
        double reach = 0.5;
        GuidedScoreModel model = guided(0.1, reach);
        Particles particles = Oracles.corrector(Map.of("type", "smc", "steps", 60, "particles", 2000))
                .run(model, 2000, RunContext.quiet(4));
        double[] squares = squares(particles.points());
        double nearest = Arrays.stream(squares).min().orElseThrow();
        double farthest = Arrays.stream(squares).max().orElseThrow();
        // 2000 particles leave gaps of a two thousandth of the shell at its ends, repeated ones some times as much.
        assertEquals(width(reach), farthest - nearest, 0.02 * width(reach));
        double last = beyond(nearest + width(reach));
        double all = beyond(nearest) - last;
        for (double share : new double[] {0.25, 0.5, 0.75}) {
            double q = nearest + share * width(reach);
            double expected = (beyond(q) - last) / all;
            assertEquals(expected, share(squares, q), 5 * Math.sqrt(expected * (1 - expected) / 1000), "beyond " + q);
        }
        // The law's share, less what lies farther: particles' own error is some hundredths, the quantile's a twentieth.
        assertEquals(Math.log(all), particles.logNormaliser(), 0.3);
    }

    /** The gradient that samplers follow is that of the twist. */
    @Test
    void scoresAreGradientsOfTheTwist() {
        GuidedScoreModel.Evaluator evaluator = guided(0.2).evaluator();
        for (double t : new double[] {0.05, 0.4, 2}) {
            Points x = Points.ofRows(new double[][] {{0.3, -1, 0.2}, {2.5, 0.4, -0.6}});
            Points score = Points.zeros(3, 2);
            evaluator.score(t, x, score);
            for (int i = 0; i < 3; i++) {
                double[][] log = new double[2][2];
                for (int s = 0; s < 2; s++) {
                    Points moved = x.copy();
                    for (int n = 0; n < 2; n++) {
                        moved.set(i, n, x.get(i, n) + (s == 0 ? -1e-5 : 1e-5));
                    }
                    evaluator.logRatio(t, moved, log[s]);
                }
                for (int n = 0; n < 2; n++) {
                    double expected = (log[1][n] - log[0][n]) / 2e-5;
                    assertEquals(expected, score.get(i, n), 1e-6 * (1 + Math.abs(expected)), "t = " + t);
                }
            }
        }
    }

    /** Alone, along a sampler, rows become rarer, as published: more than half are of the rarest tenth. */
    @Test
    void samplersLeadToRareRows() {
        GuidedScoreModel model = guided(0.1);
        Points x = Points.zeros(3, 1000);
        model.process().prior(RunContext.quiet(5).random(org.eigendrift.api.Purpose.PRIOR), 0, x);
        org.eigendrift.samplers.Configured.sampler(Map.of("type", "pf-ode", "steps", 100))
                .prepare(model, RunContext.quiet(5))
                .run(x, (step, draw, out) -> {}, org.eigendrift.api.sampler.StepObserver.NONE);
        double rare = model.evaluator().figures(x).get(0).value();
        assertTrue(rare > 0.5, "rare " + rare);
    }
}
