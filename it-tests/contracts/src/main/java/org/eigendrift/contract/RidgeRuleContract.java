package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.RidgePath;
import org.eigendrift.api.linear.RidgeRule;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.plugin.Chosen;
import org.junit.jupiter.api.Test;

/**
 * What every ridge rule keeps: a pick from the path, whatever its order and unit and however many threads ask; none where
 * nothing converged; and on a severely ill-posed system a solution better than the unregularised one.
 */
public abstract class RidgeRuleContract {
    private static final int N = 24;
    private static final double NOISE = 1e-3;

    /** Creates the contract. */
    protected RidgeRuleContract() {}

    /**
     * The rule under test.
     *
     * @return provider and options
     */
    protected abstract Chosen<RunContext, RidgeRule> rule();

    private RidgeRule created() {
        return rule().create(RunContext.quiet(5));
    }

    /** From 1 down to 1e-6: at the end, noise of 1e-3 is a thousand times the solution. */
    private static double eigenvalue(int i) {
        return Math.pow(10, -6.0 * i / (N - 1));
    }

    private static double solution(int i) {
        return 1.0 / (1 + i);
    }

    private static LinearSystem system(double unit) {
        return system(unit, NOISE);
    }

    private static LinearSystem system(double unit, double noise) {
        double[] values = new double[N * N];
        double[] rhs = new double[N];
        for (int i = 0; i < N; i++) {
            values[i * N + i] = eigenvalue(i);
            rhs[i] = unit * (eigenvalue(i) * solution(i) + noise * new CounterRandom(8).normal(0, i));
        }
        return new LinearSystem(new DenseSymmetric(N, values), 0, rhs, 0.01);
    }

    private static double[] errors(double size) {
        double[] errors = new double[N];
        Arrays.fill(errors, size);
        return errors;
    }

    private static double[] ridges() {
        return IntStream.range(0, 17).mapToDouble(k -> Math.pow(10, -0.5 * k)).toArray();
    }

    /** Divides: the matrix is diagonal. */
    private static Solver solver(Solution.Status status) {
        return (system, guess) -> {
            double[] x = new double[N];
            for (int i = 0; i < N; i++) {
                x[i] = system.rhs()[i] / (eigenvalue(i) + system.shift());
            }
            return new Solution(x, 0, 0, Double.NaN, status, status == Solution.Status.CONVERGED ? "" : "made up");
        };
    }

    private static RidgeRule.Evidence evidence(double[] ridges, double unit) {
        Solver solver = solver(Solution.Status.CONVERGED);
        return new RidgeRule.Evidence(RidgePath.solve(solver, system(unit), ridges), errors(unit * NOISE), solver);
    }

    /** |x_rho - x| of the true solution. */
    private static double distance(RidgeRule.Evidence evidence, int index) {
        double[] x = evidence.path().solutions().get(index).x();
        return Math.sqrt(IntStream.range(0, N)
                .mapToDouble(i -> (x[i] - solution(i)) * (x[i] - solution(i)))
                .sum());
    }

    /** The noise at the smallest ridge is about 1e-3 / 1e-6 of a solution of norm 1.3. */
    @Test
    public void regularises() {
        RidgeRule.Evidence evidence = evidence(ridges(), 1);
        int picked = created().pick(evidence).orElseThrow();
        int smallest = ridges().length - 1;
        assertTrue(distance(evidence, smallest) > 100, "the system is ill-posed");
        assertTrue(distance(evidence, picked) < distance(evidence, smallest) / 10, "ridge " + ridges()[picked]);
    }

    /** Noise a millionth as large leaves a fiftieth of the largest ridge's error to be had; half the way there is asked for. */
    @Test
    public void whereThereIsHardlyNoiseLittleIsRegularised() {
        double noise = 1e-6 * NOISE;
        Solver solver = solver(Solution.Status.CONVERGED);
        RidgeRule.Evidence evidence =
                new RidgeRule.Evidence(RidgePath.solve(solver, system(1, noise), ridges()), errors(noise), solver);
        int picked = created().pick(evidence).orElseThrow();
        double largest = distance(evidence, 0);
        double best = IntStream.range(0, ridges().length)
                .mapToDouble(k -> distance(evidence, k))
                .min()
                .orElseThrow();
        assertTrue(best < largest / 50, "the system can be solved");
        assertTrue(
                distance(evidence, picked) < Math.sqrt(best * largest),
                "the ridge " + ridges()[picked] + " leaves the error " + distance(evidence, picked)
                        + "; the best leaves " + best + ", the largest " + largest);
    }

    @Test
    public void theOrderOfTheRidgesDoesNotMatter() {
        double[] reversed = new double[ridges().length];
        for (int k = 0; k < reversed.length; k++) {
            reversed[k] = ridges()[reversed.length - 1 - k];
        }
        int picked = created().pick(evidence(ridges(), 1)).orElseThrow();
        int again = created().pick(evidence(reversed, 1)).orElseThrow();
        assertEquals(ridges()[picked], reversed[again]);
    }

    /** A power of two changes no digit. */
    @Test
    public void theUnitOfTheRightHandSideDoesNotMatter() {
        OptionalInt picked = created().pick(evidence(ridges(), 1));
        assertEquals(picked, created().pick(evidence(ridges(), 1024)));
        assertEquals(picked, created().pick(evidence(ridges(), 1.0 / 4096)));
    }

    @Test
    public void nothingIsModified() {
        RidgeRule.Evidence evidence = evidence(ridges(), 1);
        created().pick(evidence);
        assertArrayEquals(errors(NOISE), evidence.errors());
        assertArrayEquals(system(1).rhs(), evidence.path().system().rhs());
        assertArrayEquals(
                evidence(ridges(), 1).path().solutions().get(3).x(),
                evidence.path().solutions().get(3).x());
    }

    @Test
    public void whereNothingConvergedNothingIsPicked() {
        Solver failing = solver(Solution.Status.NOT_CONVERGED);
        RidgePath path = RidgePath.solve(failing, system(1), ridges());
        assertEquals(OptionalInt.empty(), created().pick(new RidgeRule.Evidence(path, errors(NOISE), failing)));
    }

    @Test
    public void oneRidgeIsTheOneThatIsPicked() {
        assertEquals(OptionalInt.of(0), created().pick(evidence(new double[] {0.1}, 1)));
    }

    /** What was picked before, and beside it, does not matter. */
    @Test
    public void oneInstanceServesSeveralThreads() throws InterruptedException {
        RidgeRule rule = created();
        OptionalInt expected = created().pick(evidence(ridges(), 1));
        List<OptionalInt> picked = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            threads.add(new Thread(() -> {
                for (int turn = 0; turn < 20; turn++) {
                    rule.pick(evidence(new double[] {1, 0.1}, 1));
                    picked.add(rule.pick(evidence(ridges(), 1)));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(Collections.nCopies(80, expected), picked);
    }
}
