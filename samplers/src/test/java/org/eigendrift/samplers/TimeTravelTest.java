package org.eigendrift.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.contract.ExactMixture;
import org.eigendrift.contract.SamplerContract;
import org.junit.jupiter.api.Test;

/** RePaint's jumps beside the exact means of the linear maps that they are on Gaussian data. */
class TimeTravelTest extends SamplerContract {
    private static final AffineProcess OU = Configured.process(Map.of("type", "ou", "horizon", 5, "earliest", 1e-3), 2);

    @Override
    protected Sampler sampler() {
        return sampler(40, 5, 3);
    }

    @Override
    protected ScoreModel model() {
        return ExactMixture.gaussian(
                Configured.process(Map.of("type", "ou", "horizon", 4, "earliest", 0.01), 1), 0.5, 0.7);
    }

    @Override
    protected double accuracy() {
        // A first-order method in forty steps.
        return 0.15;
    }

    private static Sampler sampler(int steps, int jump, int resamplings) {
        return Configured.sampler(
                Map.of("type", "time-travel", "steps", steps, "jump", jump, "resamplings", resamplings));
    }

    /** x2 = 1 is known of a Gaussian of correlation .8: the other's mean is .8. */
    private static ScoreModel inpainted() {
        ExactMixture prior =
                new ExactMixture(OU, new double[] {1}, new double[][] {{0, 0}}, new double[][][] {{{1, 0.8}, {0.8, 1}}
                });
        return Configured.create(
                        Configured.CATALOG,
                        GuidanceProvider.KIND,
                        Map.of(
                                "type",
                                "repaint",
                                "operator",
                                Map.of("type", "mask", "columns", List.of("x2")),
                                "value",
                                List.of(1),
                                "noise",
                                0),
                        new GuidanceContext(
                                List.of(Column.real("x1"), Column.real("x2")),
                                Optional.empty(),
                                List.of(),
                                RunContext.quiet(1)))
                .guide(prior);
    }

    private static final Noise SILENT = (step, draw, out) -> Arrays.fill(out.values(), 0);

    /** Without noise, from 0, an affine map carries the mean. */
    private static double[] mean(int steps, int jump, int resamplings) {
        Points x = Points.zeros(2, 1);
        sampler(steps, jump, resamplings)
                .prepare(inpainted(), RunContext.quiet(1))
                .run(x, SILENT, StepObserver.NONE);
        return x.row(0);
    }

    /** The schedule written down once more, step by step, with the scores of the Gaussian in closed form. */
    @Test
    void meansAreThoseOfTheSchedule() {
        int steps = 23;
        int jump = 5;
        double from = OU.lambda(5);
        double to = OU.lambda(1e-3);
        double[] t = new double[steps + 1];
        for (int k = 0; k <= steps; k++) {
            t[k] = k == 0 ? 5 : k == steps ? 1e-3 : OU.time(from + (to - from) * k / steps);
        }
        double x = 0;
        double y = 0;
        int evaluations = 0;
        // Blocks end at 3, 8, 13, 18 and 23; all but the first are gone through four times.
        for (int end = 3; end <= steps; end += jump) {
            for (int pass = 0; pass < (end == 3 ? 1 : 4); pass++) {
                int begin = Math.max(0, end - jump);
                if (pass > 0) {
                    double a = Math.exp(t[end] - t[begin]);
                    x *= a;
                    y *= a;
                }
                for (int k = begin + 1; k <= end; k++) {
                    double alpha = Math.exp(-t[k - 1]);
                    double variance = 1 - alpha * alpha;
                    double c = alpha * alpha * 0.8;
                    // Covariance (1, c; c, 1) at every time, as data have variance 1.
                    double s = -(x - c * y) / (1 - c * c);
                    double known = (alpha - y) / variance;
                    double a = Math.exp(t[k] - t[k - 1]);
                    double v = 1 - a * a;
                    x = (x + v * s) / a;
                    y = (y + v * known) / a;
                    evaluations++;
                }
            }
        }
        Points start = Points.zeros(2, 1);
        Outcome outcome = sampler(steps, jump, 4)
                .prepare(inpainted(), RunContext.quiet(1))
                .run(start, SILENT, StepObserver.NONE);
        assertEquals(x, start.get(0, 0), 1e-9);
        assertEquals(y, start.get(1, 0), 1e-9);
        assertEquals(evaluations, outcome.evaluations());
        assertEquals(3 + 4 * 20, outcome.evaluations());
    }

    /** What replacement alone misses, jumps bring in: published by ten of ten steps. */
    @Test
    void jumpsBringKnownAndUnknownIntoHarmony() {
        double alone = Math.abs(mean(250, 10, 1)[0] - 0.8);
        double published = Math.abs(mean(250, 10, 10)[0] - 0.8);
        assertTrue(alone > 0.1, "alone " + alone);
        assertTrue(published < alone / 4, published + " after " + alone);
        assertEquals(1, mean(250, 10, 10)[1], 1e-2);
    }
}
