package org.eigendrift.samplers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.contract.TimeGridContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GridsTest {
    private static final AffineProcess VP = Configured.process(Map.of("type", "vp"), 1);
    private static final AffineProcess VE =
            Configured.process(Map.of("type", "ve", "sigma_min", 0.02, "sigma_max", 10), 1);

    private abstract static class OnTheLinearSchedule extends TimeGridContract {
        @Override
        protected AffineProcess process() {
            return VP;
        }
    }

    @Nested
    class Uniform extends OnTheLinearSchedule {
        @Override
        protected TimeGrid create(GridContext context) {
            return Configured.grid("uniform", context.process(), context.steps());
        }
    }

    @Nested
    class Quadratic extends OnTheLinearSchedule {
        @Override
        protected TimeGrid create(GridContext context) {
            return Configured.grid("quadratic", context.process(), context.steps());
        }
    }

    @Nested
    class Geometric extends OnTheLinearSchedule {
        @Override
        protected TimeGrid create(GridContext context) {
            return Configured.grid("geometric", context.process(), context.steps());
        }
    }

    @Nested
    class LogSnr extends OnTheLinearSchedule {
        @Override
        protected TimeGrid create(GridContext context) {
            return Configured.grid("log-snr", context.process(), context.steps());
        }
    }

    @Nested
    class Exponential extends OnTheLinearSchedule {
        @Override
        protected TimeGrid create(GridContext context) {
            return Configured.grid("exponential", context.process(), context.steps());
        }
    }

    @Nested
    class Polyexponential extends OnTheLinearSchedule {
        @Override
        protected TimeGrid create(GridContext context) {
            return Configured.grid(Map.of("type", "polyexponential", "rho", 2), context.process(), context.steps());
        }
    }

    @Nested
    class Karras extends OnTheLinearSchedule {
        @Override
        protected TimeGrid create(GridContext context) {
            return Configured.grid("karras", context.process(), context.steps());
        }
    }

    @Nested
    class LogLinear extends OnTheLinearSchedule {
        @Override
        protected TimeGrid create(GridContext context) {
            return Configured.grid("log-linear", context.process(), context.steps());
        }
    }

    private static String refusal(Object grid, AffineProcess process) {
        return assertThrows(InputException.class, () -> Configured.grid(grid, process, 5))
                .getMessage();
    }

    @Test
    void endsAreSpelledOut() {
        TimeGrid stop = Configured.grid(Map.of("type", "karras", "end", "stop"), VE, 4);
        TimeGrid zero = Configured.grid(Map.of("type", "karras", "end", "zero"), VE, 5);
        TimeGrid denoise = Configured.grid(Map.of("type", "karras", "end", "denoise"), VE, 4);
        assertEquals(4, stop.steps());
        assertEquals(5, zero.steps());
        assertEquals(0, zero.last(), 0.0);
        assertArrayEquals(zero.times(), denoise.times(), 0.0);
    }

    /** The formula of Karras et al., equation 5, written out. */
    @Test
    void karrasFollowsItsFormula() {
        TimeGrid grid = Configured.grid("karras", VE, 9);
        for (int i = 0; i <= 9; i++) {
            double root = Math.pow(10, 1 / 7.0) + i / 9.0 * (Math.pow(0.02, 1 / 7.0) - Math.pow(10, 1 / 7.0));
            // exp(log x) of a number of a few units.
            assertEquals(Math.pow(root, 7), grid.time(i), 1e-13 * grid.time(i));
        }
    }

    @Test
    void timesOutsideTheProcessAreRefused() {
        String message = refusal(Map.of("type", "list", "times", List.of(1.5, 0.5)), VP);
        assertTrue(message.contains("time 1 of the grid is 1.5, outside [t_min, T] = [0.001, 1.0]"), message);
        assertTrue(
                message.contains("expected one from t_min = 0.001 to T = 1.5 (process: earliest, horizon), or use"),
                message);
    }

    @Test
    void timesThatDoNotDecreaseAreRefused() {
        String message = refusal(Map.of("type", "list", "times", List.of(0.9, 0.5, 0.6)), VP);
        assertTrue(message.contains("must decrease, but time 3 is 0.6 after 0.5"), message);
    }

    @Test
    void aListNeedsEitherTimesOrSigmas() {
        assertTrue(refusal("list", VP).contains("found none"));
        assertTrue(refusal(Map.of("type", "list", "times", List.of(1, 0.5), "sigmas", List.of(2, 1)), VP)
                .contains("found both"));
    }

    @Test
    void listedSigmasAreRatios() {
        TimeGrid grid = Configured.grid(Map.of("type", "list", "sigmas", List.of(10, 3, 0.02, 0)), VE, 1);
        assertArrayEquals(new double[] {10, 3, 0.02, 0}, grid.times(), 1e-15);
    }
}
