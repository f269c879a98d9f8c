package org.eigendrift.samplers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.InvertibleSampler;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.contract.ExactMixture;
import org.eigendrift.contract.HeatOnCircle;
import org.eigendrift.contract.SamplerContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PfOdeTest extends SamplerContract {
    private static final double MEAN = 0.7;
    private static final double SCALE = 0.5;
    private static final AffineProcess OU = Configured.process(Map.of("type", "ou", "horizon", 3, "earliest", 0.01), 2);

    /** Six steps of Heun's method; its order is tested below. */
    @Override
    protected double accuracy() {
        return 0.5;
    }

    @Override
    protected Sampler sampler() {
        return method("heun", 6);
    }

    @Override
    protected ExactMixture model() {
        return ExactMixture.gaussian(OU, MEAN, SCALE);
    }

    private static Sampler method(String method, int steps) {
        return Configured.sampler(Map.of("type", "pf-ode", "method", method, "steps", steps));
    }

    /** The flow of a Gaussian is affine: (x - alpha m) / sqrt(alpha^2 s^2 + sigma^2) is constant along it. */
    static double flow(AffineProcess process, double mean, double scale, double x, double from, double to) {
        return process.alpha(to) * mean
                + (x - process.alpha(from) * mean) * deviation(process, scale, to) / deviation(process, scale, from);
    }

    private static double deviation(AffineProcess process, double scale, double t) {
        return Math.hypot(process.alpha(t) * scale, process.sigma(t));
    }

    private double error(Sampler sampler) {
        Points start = Points.ofRows(new double[] {-2, 0.3}, new double[] {1.5, 3});
        Points end = Configured.deterministic(sampler, model(), start);
        double worst = 0;
        for (int k = 0; k < start.values().length; k++) {
            double exact = flow(OU, MEAN, SCALE, start.values()[k], OU.horizon(), OU.earliest());
            worst = Math.max(worst, Math.abs(end.values()[k] - exact));
        }
        return worst;
    }

    @ParameterizedTest
    @CsvSource({
        "euler, 1",
        "heun, 2",
        "midpoint, 2",
        "rk4, 4",
        "adams-bashforth-2, 2",
        "adams-bashforth-3, 3",
        "adams-bashforth-4, 4"
    })
    void convergesWithItsOrder(String method, int order) {
        double coarse = error(method(method, 160));
        double fine = error(method(method, 320));
        assertEquals(order, Math.log(coarse / fine) / Math.log(2), 0.2, coarse + " " + fine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dopri5", "dop853"})
    void adaptiveMethodsKeepTheTolerance(String method) {
        Sampler sampler = Configured.sampler(
                Map.of("type", "pf-ode", "method", method, "rtol", 1e-9, "atol", 1e-11, "pilot", 64));
        // Local errors of at most rtol a step over some tens of steps, none of which the contracting flow amplifies.
        double error = error(sampler);
        assertTrue(error < 1e-7, "error " + error);
        assertTrue(error > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rk4", "dopri5", "dop853"})
    void encodingAndDecodingAreInverse(String method) {
        InvertibleSampler sampler = (InvertibleSampler) Configured.sampler(
                Map.of("type", "pf-ode", "method", method, "steps", 400, "rtol", 1e-9, "atol", 1e-11));
        Points start = Points.ofRows(new double[] {-2, 0.3}, new double[] {1.5, 3});
        Points x = Configured.deterministic(sampler, model(), start);
        sampler.inverse(model(), RunContext.quiet(1)).run(x, (s, d, o) -> {}, StepObserver.NONE);
        for (int k = 0; k < x.values().length; k++) {
            assertEquals(start.values()[k], x.values()[k], 1e-6);
        }
    }

    @Test
    void fewerStepsThanTheOrderAreRefused() {
        InputException refused = assertThrows(
                InputException.class, () -> method("adams-bashforth-4", 3).prepare(model(), RunContext.quiet(1)));
        assertTrue(refused.getMessage().contains("order 4 of adams-bashforth-4"), refused.getMessage());
    }

    private static Sampler reporting(String method, String report, Object grid) {
        return Configured.sampler(Map.of(
                "type", "pf-ode", "method", method, "rtol", 1e-7, "atol", 1e-9, "steps", 25, "grid", grid, "report",
                report));
    }

    /** What an observer is told. */
    private record Told(List<Double> times, List<Points> states, Outcome outcome, Points end) {
        static Told of(BatchSampler sampler, Points start) {
            List<Double> times = new ArrayList<>();
            List<Points> states = new ArrayList<>();
            Points x = start.copy();
            Outcome outcome = sampler.run(x, (step, draw, out) -> {}, (step, t, state) -> {
                assertEquals(times.size(), step);
                times.add(t);
                states.add(state.copy());
            });
            return new Told(times, states, outcome, x);
        }
    }

    @ParameterizedTest
    @CsvSource({"dopri5, 6, 0", "dop853, 12, 3"})
    void reportsOnTheGridWithoutChangingTheSteps(String method, int stages, int further) {
        Points start = Points.ofRows(new double[] {-2, 0.3}, new double[] {1.5, 3});
        RunContext run = RunContext.quiet(1);
        Told steps = Told.of(reporting(method, "steps", "log-snr").prepare(model(), run), start);
        Told grid = Told.of(reporting(method, "grid", "log-snr").prepare(model(), run), start);
        assertArrayEquals(steps.end().values(), grid.end().values(), 0.0);
        assertEquals(steps.outcome().accepted(), grid.outcome().accepted());
        assertEquals(steps.outcome().rejected(), grid.outcome().rejected());
        assertArrayEquals(
                Configured.grid("log-snr", OU, 25).times(),
                grid.times().stream().mapToDouble(Double::doubleValue).toArray(),
                0.0);
        long used = IntStream.range(1, steps.times().size())
                .filter(i -> grid.times().stream()
                        .anyMatch(t -> t < steps.times().get(i - 1)
                                && t > steps.times().get(i)))
                .count();
        int plain = stages * steps.outcome().accepted();
        assertEquals(plain, steps.outcome().evaluations());
        assertEquals(plain + further * used + 1, grid.outcome().evaluations());
        for (int i = 0; i < grid.times().size(); i++) {
            for (int k = 0; k < start.values().length; k++) {
                double exact = flow(
                        OU,
                        MEAN,
                        SCALE,
                        start.values()[k],
                        OU.horizon(),
                        grid.times().get(i));
                // The interpolation of order one less is not under error control: a hundred tolerances of 1e-7.
                assertEquals(exact, grid.states().get(i).values()[k], 1e-5, "state " + i);
            }
        }
    }

    @Test
    void reportsOnTheGridWhenEncoding() {
        InvertibleSampler sampler = (InvertibleSampler) reporting("dopri5", "grid", "geometric");
        Points start = Points.ofRows(new double[] {-2, 0.3}, new double[] {1.5, 3});
        Told told = Told.of(sampler.inverse(model(), RunContext.quiet(1)), start);
        double[] times = Configured.grid("geometric", OU, 25).times();
        assertEquals(times.length, told.times().size());
        for (int i = 0; i < times.length; i++) {
            double t = told.times().get(i);
            assertEquals(times[times.length - 1 - i], t);
            for (int k = 0; k < start.values().length; k++) {
                double exact = flow(OU, MEAN, SCALE, start.values()[k], OU.earliest(), t);
                // As above; encoding amplifies by deviation(T) / deviation(t_min), here below 2.1.
                assertEquals(exact, told.states().get(i).values()[k], 2.1e-5, "state " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dopri5", "dop853"})
    void interpolatesAcrossTheSeamOfACircle(String method) {
        Points start = Points.ofRows(new double[] {0.5}, new double[] {6.0}, new double[] {3.3});
        // The seam is a fixed point of this flow: turned by a constant velocity, every point crosses it several times.
        Turning model = new Turning(new HeatOnCircle(false, 0.9), 4);
        RunContext run = RunContext.quiet(1);
        Told told = Told.of(reporting(method, "grid", "uniform").prepare(model, run), start);
        int finer = 80;
        Told fine = Told.of(
                Configured.sampler(Map.of("type", "pf-ode", "method", "rk4", "steps", 25 * finer, "grid", "uniform"))
                        .prepare(model, run),
                start);
        for (int i = 0; i < told.times().size(); i++) {
            for (int n = 0; n < start.size(); n++) {
                double at = told.states().get(i).get(0, n);
                assertTrue(model.process().domain(0).contains(at));
                double off =
                        Math.IEEEremainder(at - fine.states().get(finer * i).get(0, n), 2 * Math.PI);
                assertEquals(0, off, 1e-5, "state " + i + " of point " + n);
            }
        }
    }

    @Test
    void gridsThatDoNotSpanTheFlowAreNotReportedOn() {
        Sampler sampler = reporting("dopri5", "grid", Map.of("type", "list", "times", List.of(2, 1, 0.01)));
        InputException refused =
                assertThrows(InputException.class, () -> sampler.prepare(model(), RunContext.quiet(1)));
        assertTrue(refused.getMessage().contains("from 2.0 to 0.01"), refused.getMessage());
        reporting("dopri5", "steps", Map.of("type", "list", "times", List.of(2, 1, 0.01)))
                .prepare(model(), RunContext.quiet(1));
    }

    /** A model with a constant added to its velocity. */
    private record Turning(ScoreModel model, double speed) implements ScoreModel {
        @Override
        public DiffusionProcess process() {
            return model.process();
        }

        @Override
        public Evaluator evaluator() {
            Evaluator inner = model.evaluator();
            return new Evaluator() {
                @Override
                public void score(double t, Points x, Points out) {
                    inner.score(t, x, out);
                }

                @Override
                public void velocity(double t, Points x, Points out) {
                    inner.velocity(t, x, out);
                    for (int k = 0; k < out.values().length; k++) {
                        out.values()[k] += speed;
                    }
                }

                @Override
                public void velocityAndRate(double t, Points x, Points out, double[] rate) {
                    throw new UnsupportedOperationException("no sampler needs it");
                }

                @Override
                public void logRatio(double t, Points x, double[] out) {
                    inner.logRatio(t, x, out);
                }
            };
        }
    }
}
