package org.eigendrift.samplers.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.contract.ExactMixture;
import org.eigendrift.samplers.Configured;
import org.eigendrift.samplers.program.Program;
import org.eigendrift.samplers.program.ProgramRun;
import org.eigendrift.samplers.program.Tableau;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** States between the ends of steps, against the classical method on a grid so fine that its error is rounding. */
class DenseOutputTest {
    private static final AffineProcess OU = Configured.process(Map.of("type", "ou", "horizon", 3, "earliest", 0.01), 1);

    /** Overlapping components: the flow is neither linear nor autonomous, so that every order condition counts. */
    private static final ExactMixture MODEL =
            new ExactMixture(OU, new double[] {0.4, 0.6}, new double[][] {{-1}, {1.2}}, new double[] {0.8, 0.7});

    private static final Points START = Points.ofRows(new double[] {-1.5}, new double[] {0.2}, new double[] {1.1});

    /** Where in each step the states are compared. */
    private static final double[] FRACTIONS = {0.15, 0.4, 0.65, 0.9};

    private static EmbeddedPair pair(PfOde.Method method) {
        return method == PfOde.Method.DOPRI5 ? EmbeddedPair.DOPRI5 : EmbeddedPair.DOP853;
    }

    private static List<double[]> states(Program program) {
        List<double[]> states = new ArrayList<>();
        new ProgramRun(program, MODEL, RunContext.quiet(1))
                .run(
                        START.copy(),
                        (step, draw, out) -> {
                            throw new AssertionError("the flow draws noise");
                        },
                        (step, t, x) -> states.add(x.values().clone()));
        return states;
    }

    private static double[] even(double from, double to, int steps) {
        double[] times = new double[steps + 1];
        for (int i = 0; i <= steps; i++) {
            times[i] = i == steps ? to : from + (to - from) * i / steps;
        }
        return times;
    }

    /** The ladder's first and last time, and the fractions of every step between. */
    private static double[] inside(double[] ladder) {
        List<Double> told = new ArrayList<>();
        told.add(ladder[0]);
        for (int i = 1; i < ladder.length; i++) {
            for (double theta : FRACTIONS) {
                told.add(ladder[i - 1] + theta * (ladder[i] - ladder[i - 1]));
            }
        }
        told.add(ladder[ladder.length - 1]);
        return told.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** States at the told times, by {@code finer} steps of the classical method between each and the next. */
    private static List<double[]> fine(double[] told, int finer) {
        double[] times = new double[(told.length - 1) * finer + 1];
        for (int i = 0; i < told.length - 1; i++) {
            System.arraycopy(even(told[i], told[i + 1], finer), 0, times, i * finer, finer + 1);
        }
        List<double[]> all = states(FixedFlow.rungeKutta(Tableau.RK4, times));
        List<double[]> states = new ArrayList<>();
        for (int i = 0; i < told.length; i++) {
            states.add(all.get(i * finer));
        }
        return states;
    }

    /** Largest error at the told times but the last, which no interpolation reaches. */
    private static double error(PfOde.Method method, double from, double to, int steps) {
        double[] ladder = even(from, to, steps);
        double[] told = inside(ladder);
        List<double[]> dense = states(FixedFlow.rungeKutta(pair(method), ladder, told));
        List<double[]> exact = fine(told, 4096 / told.length);
        double worst = 0;
        for (int i = 0; i < told.length - 1; i++) {
            for (int n = 0; n < START.size(); n++) {
                worst = Math.max(worst, Math.abs(dense.get(i)[n] - exact.get(i)[n]));
            }
        }
        return worst;
    }

    private static double order(double coarse, double fine) {
        return Math.log(coarse / fine) / Math.log(2);
    }

    /** A continuous extension of order p errs by h^{p + 1}: 4 and 7 are the orders of the two, by the literature.
     * Between the step at which the next power still shows and that at which rounding does, DOP853 leaves little room:
     * half an order tells neighbours apart. */
    @ParameterizedTest
    @CsvSource({"DOPRI5, 4, 1.2, 0.08, 0.25", "DOP853, 7, 2, 0.32, 0.5"})
    void oneStepErrsByThePowerOfTheOrder(PfOde.Method method, int order, double t, double h, double tolerance) {
        double coarse = error(method, t, t - h, 1);
        double fine = error(method, t, t - h / 2, 1);
        assertEquals(order + 1, order(coarse, fine), tolerance, coarse + " and " + fine);
    }

    /** The steps' accumulated error, h^5 and h^8, is of the same power as that of the interpolation. */
    @ParameterizedTest
    @CsvSource({"DOPRI5, 5, 2, 0.5, 32", "DOP853, 8, 1, 0.1, 8"})
    void manyStepsErrByTheSamePower(PfOde.Method method, int power, double from, double to, int steps) {
        double coarse = error(method, from, to, steps);
        double fine = error(method, from, to, 2 * steps);
        assertEquals(power, order(coarse, fine), 0.25, coarse + " and " + fine);
    }

    @ParameterizedTest
    @EnumSource(names = {"DOPRI5", "DOP853"})
    void theEndAndTheCostAreThoseOfTheStepsAlone(PfOde.Method method) {
        double[] ladder = even(2, 0.5, 7);
        int stages = pair(method).tableau().c().length;
        Program steps = FixedFlow.rungeKutta(pair(method), ladder, ladder);
        assertEquals(7 * stages, steps.evaluations());
        List<double[]> plain = states(FixedFlow.rungeKutta(pair(method).tableau(), ladder));
        List<double[]> told = states(steps);
        for (int i = 0; i < plain.size(); i++) {
            assertArrayEquals(plain.get(i), told.get(i), 0.0, "step " + i);
        }
        // Times inside the third and the last step, and one that is the end of the fifth.
        double[] sparse = {2, 0.5 * (ladder[2] + ladder[3]), ladder[5], 0.9 * ladder[6] + 0.1 * 0.5, 0.5};
        Program some = FixedFlow.rungeKutta(pair(method), ladder, sparse);
        int further = pair(method).dense().c().length;
        assertEquals(7 * stages + 2 * further + 1, some.evaluations(), "the slope at the very end is the one more");
        List<double[]> seen = states(some);
        assertEquals(sparse.length, seen.size());
        assertArrayEquals(plain.get(5), seen.get(2), 0.0);
        assertArrayEquals(plain.get(7), seen.get(4), 0.0);
    }

    @Test
    void interpolationMeetsTheStepsAtBothEnds() {
        double near = 1e-9;
        for (PfOde.Method method : List.of(PfOde.Method.DOPRI5, PfOde.Method.DOP853)) {
            List<double[]> seen = states(FixedFlow.rungeKutta(
                    pair(method), new double[] {2, 1.7}, new double[] {2, 2 - near, 1.7 + near, 1.7}));
            for (int n = 0; n < START.size(); n++) {
                // The velocity is of order 1 here.
                assertTrue(Math.abs(seen.get(1)[n] - seen.get(0)[n]) < 10 * near);
                assertTrue(Math.abs(seen.get(2)[n] - seen.get(3)[n]) < 10 * near);
            }
        }
    }
}
