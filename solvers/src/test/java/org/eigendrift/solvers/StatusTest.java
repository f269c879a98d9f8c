package org.eigendrift.solvers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SymmetricOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How solves end that do not end well. */
final class StatusTest {
    private static LinearSystem system(double condition) {
        int n = 80;
        DenseSymmetric matrix = Reference.matrix(Reference.spectrum(n, condition), 21);
        return new LinearSystem(matrix, 0, Reference.vector(n, 22, 0), 0.375);
    }

    private static Solver create(String name, Object... options) {
        return Plugins.solver(name, options).create(RunContext.quiet(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cg",
                "minres",
                "gmres",
                "bicgstab",
                "lsqr",
                "lsmr",
                "block-cg",
                "deflated-cg",
                "jacobi",
                "gauss-seidel",
                "sor",
                "ssor",
                "chebyshev"
            })
    void runningOutOfIterationsIsReportedWithFigures(String name) {
        LinearSystem system = system(1e4);
        Solution solution = create(name, "max_iterations", 3).solve(system, null);
        assertEquals(Solution.Status.NOT_CONVERGED, solution.status());
        assertEquals(3, solution.iterations());
        assertEquals(system.relativeResidual(solution.x()), solution.residual(), 0);
        assertTrue(solution.detail().startsWith("at t = 0.375, iteration 3, relative residual "), solution.detail());
        assertTrue(solution.detail().contains(name), solution.detail());
    }

    @Test
    void whatRoundingDoesNotAllowIsNotClaimed() {
        // The attainable residual is about condition times roundoff, 1e-4 here, and far above the tolerance.
        Solution solution =
                create("cg", "preconditioner", "none", "max_iterations", 100000).solve(system(1e12), null);
        assertEquals(Solution.Status.NOT_CONVERGED, solution.status());
        assertTrue(solution.residual() > 1e-10);
    }

    @Test
    void aFixedOmegaThatDivergesOnAnIndefiniteMatrixIsSeen() {
        double[] values = {1, 2, 0, 2, 1, 0, 0, 0, 1};
        LinearSystem system = new LinearSystem(new DenseSymmetric(3, values), 0, new double[] {1, 0, 1}, 0.375);
        for (String name : new String[] {"sor", "ssor", "gauss-seidel", "jacobi", "chebyshev"}) {
            Solution solution = create(name).solve(system, null);
            assertEquals(Solution.Status.INDEFINITE, solution.status(), name + " " + solution.detail());
        }
    }

    @Test
    void anOperatorThatReturnsNanIsNotFinite() {
        SymmetricOperator broken = new SymmetricOperator() {
            @Override
            public int size() {
                return 4;
            }

            @Override
            public void apply(double[] x, double[] y) {
                Arrays.fill(y, Double.NaN);
            }

            @Override
            public void diagonal(double[] out) {
                Arrays.fill(out, 1);
            }
        };
        LinearSystem system = new LinearSystem(broken, 0, new double[] {1, 2, 3, 4}, 0.375);
        for (String name : new String[] {
            "cg", "minres", "gmres", "bicgstab", "lsqr", "lsmr", "block-cg", "deflated-cg", "jacobi", "chebyshev"
        }) {
            assertEquals(
                    Solution.Status.NOT_FINITE, create(name).solve(system, null).status(), name);
        }
    }

    @Test
    void denseSolversRefuseWhatTheHeapCannotHold() {
        int n = 2_000_000;
        double[][] entries = new double[n][];
        int[] starts = new int[n + 1];
        int[] columns = new int[n];
        double[] one = {1};
        for (int i = 0; i < n; i++) {
            entries[i] = one;
            columns[i] = i;
            starts[i + 1] = i + 1;
        }
        BlockSymmetric identity = new BlockSymmetric(starts, starts, columns, entries);
        LinearSystem system = new LinearSystem(identity, 0, new double[n], 1);
        for (String name : new String[] {"cholesky", "ldl", "qr", "svd", "ojalgo-cholesky", "ojalgo-ldl"}) {
            InputException refusal =
                    assertThrows(InputException.class, () -> create(name).solve(system, null));
            assertTrue(refusal.getMessage().contains("GB"), refusal.getMessage());
        }
        assertTrue(create("cg").solve(system, null).converged());
    }

    @Test
    void aGuessOfAnotherOrderIsAProgrammingError() {
        assertThrows(IllegalArgumentException.class, () -> create("cg").solve(system(10), new double[3]));
    }
}
