package org.eigendrift.samplers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.contract.ExactMixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrappersTest {
    private static final AffineProcess VP = Configured.process(Map.of("type", "vp"), 2);
    private static final ExactMixture MODEL = new ExactMixture(
            VP, new double[] {0.5, 0.5}, new double[][] {{-1, 0.5}, {1, -0.5}}, new double[] {0.5, 0.4});
    private static final Points START = Points.ofRows(new double[] {0.7, -0.3}, new double[] {-1.1, 0.25});
    private static final Map<String, Object> DDIM = Map.of("type", "ddim", "steps", 12);

    private static double[] run(Map<String, ?> block, ExactMixture model) {
        return Configured.deterministic(Configured.sampler(block), model, START).values();
    }

    private static Map<String, Object> wrap(String type, Map<String, ?> sampler, Object... pairs) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", type);
        block.put("sampler", sampler);
        for (int i = 0; i < pairs.length; i += 2) {
            block.put((String) pairs[i], pairs[i + 1]);
        }
        return block;
    }

    /** Without damping the momentum of order 4 has the weights of PLMS, so that over DDIM it is iPNDM. */
    @ParameterizedTest
    @ValueSource(strings = {"ghvb", "hb"})
    void undampedMomentumIsIpndm(String kind) {
        double[] pndm = run(Map.of("type", "pndm", "start", "ramp", "steps", 12), MODEL);
        double[] momentum = run(wrap("momentum", DDIM, "kind", kind, "beta", 1, "order", 4), MODEL);
        assertArrayEquals(pndm, momentum, 1e-12);
    }

    /** The heavy-ball recursion over DDIM, written out: v = (1 - b) v + b e. */
    @Test
    void firstOrderMomentumIsAMovingAverage() {
        double b = 0.6;
        double[] times = Configured.grid("uniform", VP, 12).times();
        Points x = START.copy();
        Points score = Points.zeros(2, 2);
        double[] v = null;
        for (int i = 0; i < 12; i++) {
            MODEL.evaluator().score(times[i], x, score);
            v = v == null ? new double[4] : v;
            for (int k = 0; k < 4; k++) {
                double e = -VP.sigma(times[i]) * score.values()[k];
                v[k] = i == 0 ? e : (1 - b) * v[k] + b * e;
                double denoised = (x.values()[k] - VP.sigma(times[i]) * v[k]) / VP.alpha(times[i]);
                x.values()[k] = VP.alpha(times[i + 1]) * denoised + VP.sigma(times[i + 1]) * v[k];
            }
        }
        assertArrayEquals(x.values(), run(wrap("momentum", DDIM, "beta", b, "order", 1), MODEL), 1e-11);
    }

    @ParameterizedTest
    @CsvSource({"lml, kappa, 0", "dual-fast, c, 0", "time-shift, window, 0"})
    void neutralOptionsChangeNothing(String type, String option, double value) {
        assertArrayEquals(run(DDIM, MODEL), run(wrap(type, DDIM, option, value, "sampler", DDIM), MODEL), 1e-11);
    }

    @ParameterizedTest
    @CsvSource({"lml, kappa, 0.5", "dual-fast, c, 0.2", "time-shift, window, 0.1"})
    void otherOptionsDo(String type, String option, double value) {
        double[] plain = run(DDIM, MODEL);
        double[] wrapped = run(wrap(type, DDIM, option, value), MODEL);
        double worst = 0;
        for (int k = 0; k < plain.length; k++) {
            worst = Math.max(worst, Math.abs(plain[k] - wrapped[k]));
        }
        assertTrue(worst > 1e-4 && worst < 1, "change " + worst);
    }

    /** On Gaussian data teleportation is exact, so that only the error of what follows is left: none, at high order. */
    @Test
    void teleportationIsExactOnAGaussian() {
        ExactMixture gaussian = ExactMixture.gaussian(VP, 0.7, 0.5);
        Map<String, Object> fine = Map.of("type", "pf-ode", "method", "rk4", "steps", 400);
        double[] end = run(wrap("teleport", fine, "skip", 1), gaussian);
        for (int k = 0; k < end.length; k++) {
            double exact = PfOdeTest.flow(VP, 0.7, 0.5, START.values()[k], 1, 1e-3);
            // rk4's own error over 400 steps, measured 2e-9, and the rounding of the fit.
            assertEquals(exact, end[k], 1e-7);
        }
    }

    @Test
    void aSkipOutsideTheLevelsIsRefused() {
        InputException refused = assertThrows(
                InputException.class,
                () -> Configured.sampler(wrap("teleport", DDIM, "skip", 1e6)).prepare(MODEL, RunContext.quiet(1)));
        assertTrue(refused.getMessage().contains("skip: 1000000.0 lies outside"), refused.getMessage());
    }

    /** A change of the noise prediction at step i, given all predictions so far. */
    private interface Change {
        double[] apply(int i, double t, double[] x, List<double[]> epsilons);
    }

    /** DDIM over the uniform grid of 12 steps for the first point, written out. */
    private static double[] ddim(Change change) {
        double[] times = Configured.grid("uniform", VP, 12).times();
        double[] x = START.row(0);
        List<double[]> epsilons = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            epsilons.add(epsilon(times[i], x));
            double[] e = change.apply(i, times[i], x, epsilons);
            for (int k = 0; k < 2; k++) {
                double denoised = (x[k] - VP.sigma(times[i]) * e[k]) / VP.alpha(times[i]);
                x[k] = VP.alpha(times[i + 1]) * denoised + VP.sigma(times[i + 1]) * e[k];
            }
        }
        return x;
    }

    private static double[] epsilon(double t, double[] x) {
        Points score = Points.zeros(2, 1);
        MODEL.evaluator().score(t, Points.ofRows(x), score);
        return new double[] {-VP.sigma(t) * score.get(0, 0), -VP.sigma(t) * score.get(1, 0)};
    }

    private static double[] first(double[] coordinates) {
        return new double[] {coordinates[0], coordinates[2]};
    }

    @Test
    void dualFastMixesInTheStart() {
        double span = VP.lambda(1e-3) - VP.lambda(1);
        double[] expected = ddim((i, t, x, e) -> {
            double c = 0.3 * (VP.lambda(1e-3) - VP.lambda(t)) / span;
            double[] now = e.get(i);
            double[] start = e.get(0);
            return new double[] {(1 + c) * now[0] - c * start[0], (1 + c) * now[1] - c * start[1]};
        });
        assertArrayEquals(expected, first(run(wrap("dual-fast", DDIM, "c", 0.3), MODEL)), 1e-10);
    }

    /** The projection by the inverse of the matrix m m^T + lambda I, solved for two coordinates by Cramer's rule. */
    @Test
    void lmlAppliesTheDampedInverse() {
        double kappa = 0.4;
        double damping = 0.7;
        double[] expected = ddim((i, t, x, e) -> {
            double[] now = e.get(i);
            if (i == 0) {
                return now;
            }
            double m0 = kappa * e.get(i - 1)[0] + (1 - kappa) * now[0];
            double m1 = kappa * e.get(i - 1)[1] + (1 - kappa) * now[1];
            double a = m0 * m0 + damping;
            double d = m1 * m1 + damping;
            double b = m0 * m1;
            double det = a * d - b * b;
            double y0 = (d * now[0] - b * now[1]) / det;
            double y1 = (a * now[1] - b * now[0]) / det;
            double scale = Math.hypot(now[0], now[1]) / Math.hypot(y0, y1);
            return new double[] {y0 * scale, y1 * scale};
        });
        double[] wrapped = run(wrap("lml", DDIM, "kappa", kappa, "damping", damping, "freeze", 0), MODEL);
        assertArrayEquals(expected, first(wrapped), 1e-10);
    }

    @Test
    void timeShiftEvaluatesWhereTheVarianceFits() {
        double[] expected = ddim((i, t, x, e) -> {
            if (i == 0 || t <= 0.2) {
                return e.get(i);
            }
            double variance = 0.25 * (x[0] - x[1]) * (x[0] - x[1]);
            double best = t;
            double nearest = Double.POSITIVE_INFINITY;
            for (double at : new double[] {t - 0.06, t - 0.03, t, t + 0.03, t + 0.06}) {
                double inside = Math.min(1, Math.max(1e-3, at));
                double fit = 0.8 * Math.pow(VP.alpha(inside), 2) + Math.pow(VP.sigma(inside), 2);
                if (Math.abs(variance - fit) < nearest) {
                    nearest = Math.abs(variance - fit);
                    best = inside;
                }
            }
            return epsilon(best, x);
        });
        double[] wrapped = run(
                wrap("time-shift", DDIM, "window", 0.06, "candidates", 2, "cutoff", 0.2, "data_variance", 0.8), MODEL);
        assertArrayEquals(expected, first(wrapped), 1e-10);
    }
}
