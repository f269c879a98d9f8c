package org.eigendrift.samplers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.InvertibleSampler;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.contract.ExactMixture;
import org.eigendrift.contract.SamplerContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BdiaTest extends SamplerContract {
    private static final AffineProcess VP = Configured.process(Map.of("type", "vp", "earliest", 0.01), 2);
    private static final Noise NONE = Noise.of(new CounterRandom(0), 0);

    @Override
    protected Sampler sampler() {
        return bdia(1, 8);
    }

    @Override
    protected ExactMixture model() {
        return new ExactMixture(
                VP, new double[] {0.5, 0.5}, new double[][] {{-1, 0.5}, {1, -0.5}}, new double[] {0.5, 0.4});
    }

    private static Sampler bdia(double gamma, int steps) {
        return Configured.sampler(Map.of("type", "bdia", "gamma", gamma, "steps", steps));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.9})
    void inversionIsExactToRounding(double gamma) {
        int steps = 40;
        InvertibleSampler sampler = (InvertibleSampler) bdia(gamma, steps);
        double[] start = {0.3, -1.2, 0.7, 0.5, 0.31, -1.19, 0.69, 0.52};
        Points pair = Points.wrap(4, 2, start.clone());
        sampler.prepare(model(), RunContext.quiet(1)).run(pair, NONE, StepObserver.NONE);
        sampler.inverse(model(), RunContext.quiet(1)).run(pair, NONE, StepObserver.NONE);
        // Each step back amplifies rounding by 1 / gamma and by the expansion of the flow, here below 100 in all.
        double tolerance = 1e-14 * 100 * Math.pow(gamma, -steps);
        assertArrayEquals(start, pair.values(), Math.max(tolerance, 1e-11));
        assertTrue(Math.max(tolerance, 1e-11) < 1e-9);
    }

    @Test
    void withoutAPairItBeginsWithDdim() {
        Points alone = Points.ofRows(new double[] {0.3, -1.2});
        Points ddim = alone.copy();
        double[] first = new double[2];
        bdia(1, 8).prepare(model(), RunContext.quiet(1)).run(alone, NONE, (step, t, x) -> {
            if (step == 1) {
                first[0] = x.get(0, 0);
                first[1] = x.get(1, 0);
            }
        });
        Configured.sampler(Map.of("type", "ddim", "steps", 8, "grid", "log-snr"))
                .prepare(model(), RunContext.quiet(1))
                .run(ddim, NONE, (step, t, x) -> {
                    if (step == 1) {
                        assertEquals(x.get(0, 0), first[0], 1e-14);
                        assertEquals(x.get(1, 0), first[1], 1e-14);
                    }
                });
    }

    @Test
    void isOfSecondOrder() {
        Points start = Points.ofRows(new double[] {0.3, -1.2});
        Points exact = Configured.deterministic(
                Configured.sampler(
                        Map.of("type", "pf-ode", "method", "dop853", "rtol", 1e-12, "atol", 1e-13, "pilot", 16)),
                model(),
                start);
        double coarse = distance(Configured.deterministic(bdia(1, 320), model(), start), exact);
        double fine = distance(Configured.deterministic(bdia(1, 640), model(), start), exact);
        assertEquals(2, Math.log(coarse / fine) / Math.log(2), 0.2, coarse + " " + fine);
    }

    private static double distance(Points a, Points b) {
        double worst = 0;
        for (int k = 0; k < a.values().length; k++) {
            worst = Math.max(worst, Math.abs(a.values()[k] - b.values()[k]));
        }
        return worst;
    }
}
