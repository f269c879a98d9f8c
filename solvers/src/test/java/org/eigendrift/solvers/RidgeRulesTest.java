package org.eigendrift.solvers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.OptionalInt;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.RidgePath;
import org.eigendrift.api.linear.RidgeRule;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.contract.RidgeRuleContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ridge rules against their closed forms for a diagonal matrix, and their contract. */
final class RidgeRulesTest {
    private static final int N = 30;
    private static final double[] EIGENVALUES = Reference.spectrum(N, 1e5);

    private static double[] shifts() {
        double[] shifts = new double[25];
        for (int k = 0; k < shifts.length; k++) {
            shifts[k] = Math.pow(10, -6 + 0.25 * k);
        }
        return shifts;
    }

    /** b = Lambda x + noise of size 1e-3 each, for a smooth x. */
    private static double[] rhs() {
        double[] b = new double[N];
        for (int i = 0; i < N; i++) {
            b[i] = EIGENVALUES[i] / (1 + i) + 1e-3 * new CounterRandom(2).normal(0, i);
        }
        return b;
    }

    private static LinearSystem system() {
        double[] values = new double[N * N];
        for (int i = 0; i < N; i++) {
            values[i * N + i] = EIGENVALUES[i];
        }
        return new LinearSystem(new DenseSymmetric(N, values), 0, rhs(), 1);
    }

    private static double misfit(double shift) {
        double sum = 0;
        for (int i = 0; i < N; i++) {
            double residual = shift * rhs()[i] / (EIGENVALUES[i] + shift);
            sum += residual * residual;
        }
        return Math.sqrt(sum);
    }

    private static double gcv(double shift) {
        double trace = 0;
        for (double eigenvalue : EIGENVALUES) {
            trace += shift / (eigenvalue + shift);
        }
        return N * misfit(shift) * misfit(shift) / (trace * trace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"svd", "cholesky", "cg"})
    void rulesPickTheRidgesOfTheClosedForms(String name) {
        Solver solver = Plugins.solver(name).create(RunContext.quiet(1));
        RidgePath path = RidgePath.solve(solver, system(), shifts());
        double noise = 1e-3 * Math.sqrt(N);
        int largest = -1;
        int least = 0;
        for (int k = 0; k < shifts().length; k++) {
            assertTrue(path.solutions().get(k).converged());
            // Relative residuals are at most 1e-10.
            assertEquals(misfit(shifts()[k]), path.misfit(k), 1e-9);
            largest = misfit(shifts()[k]) <= noise ? k : largest;
            least = gcv(shifts()[k]) < gcv(shifts()[least]) ? k : least;
        }
        assertTrue(largest > 0 && least > 0, "the grid holds the answers inside");
        assertEquals(OptionalInt.of(largest), discrepancy(path, solver, noise));
        assertEquals(OptionalInt.of(0), discrepancy(path, solver, 0), "nothing fits: the smallest misfit");
        assertEquals(OptionalInt.of(least), crossValidation(path, solver, N));
        // Twenty probes know the trace to some ten per cent, which moves a flat minimum by a grid point or two.
        int estimated = crossValidation(path, solver, 20).orElseThrow();
        assertTrue(gcv(shifts()[estimated]) <= 1.1 * gcv(shifts()[least]));
    }

    private static OptionalInt discrepancy(RidgePath path, Solver solver, double noise) {
        double[] errors = new double[N];
        Arrays.fill(errors, noise / Math.sqrt(N));
        return Plugins.ridgeRule("discrepancy")
                .create(RunContext.quiet(3))
                .pick(new RidgeRule.Evidence(path, errors, solver));
    }

    private static OptionalInt crossValidation(RidgePath path, Solver solver, int probes) {
        return Plugins.ridgeRule("gcv", "probes", probes)
                .create(RunContext.quiet(3))
                .pick(new RidgeRule.Evidence(path, new double[N], solver));
    }

    @Test
    void orderOfTheRidgesDoesNotMatter() {
        Solver solver = Plugins.solver("svd").create(RunContext.quiet(1));
        double[] reversed = {1, 1e-4, 1e-2};
        RidgePath path = RidgePath.solve(solver, system(), reversed);
        assertEquals(OptionalInt.of(1), discrepancy(path, solver, 0));
        assertEquals(OptionalInt.of(0), discrepancy(path, solver, 1e9));
    }

    /** No misfit for a degree of freedom can be told where nothing is left free. */
    @Test
    void crossValidationNeverPicksNoRidge() {
        Solver solver = Plugins.solver("svd").create(RunContext.quiet(1));
        RidgePath path = RidgePath.solve(solver, system(), new double[] {0});
        assertEquals(OptionalInt.empty(), crossValidation(path, solver, N));
    }

    @Nested
    final class Discrepancy extends RidgeRuleContract {
        @Override
        protected Chosen<RunContext, RidgeRule> rule() {
            return Plugins.ridgeRule("discrepancy");
        }
    }

    @Nested
    final class CrossValidation extends RidgeRuleContract {
        @Override
        protected Chosen<RunContext, RidgeRule> rule() {
            return Plugins.ridgeRule("gcv");
        }
    }
}
