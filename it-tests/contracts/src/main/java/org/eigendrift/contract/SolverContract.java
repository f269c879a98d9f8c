package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SymmetricOperator;
import org.eigendrift.api.plugin.Chosen;
import org.junit.jupiter.api.Test;

/** What every linear solver keeps. Systems are built from their solutions, so every answer is known. */
public abstract class SolverContract {
    private static final double KAPPA = 50;
    private static final int N = 40;

    /**
     * The solver under test, whose converged relative residuals are at most 1e-8.
     *
     * @return provider and options
     */
    protected abstract Chosen<RunContext, Solver> solver();

    /**
     * Whether it solves systems of which only the products are known.
     *
     * @return false for solvers that need the entries
     */
    protected boolean takesOperators() {
        return true;
    }

    /**
     * Whether it solves singular consistent systems.
     *
     * @return false for solvers that report them as singular
     */
    protected boolean solvesSingular() {
        return true;
    }

    /**
     * Whether it solves indefinite systems.
     *
     * @return false for solvers that rest on definiteness, and must notice its absence
     */
    protected boolean solvesIndefinite() {
        return false;
    }

    private Solver fresh() {
        return solver().create(RunContext.quiet(3));
    }

    /** Q diag(eigenvalues) Q for the reflection Q = I - 2 v v' / v'v with a fixed v. */
    private static DenseSymmetric withSpectrum(double[] eigenvalues) {
        int n = eigenvalues.length;
        double[] v = vector(n, 1);
        double norm = 0;
        for (double value : v) {
            norm += value * value;
        }
        double[] q = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                q[i * n + j] = (i == j ? 1 : 0) - 2 * v[i] * v[j] / norm;
            }
        }
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    sum += q[i * n + k] * eigenvalues[k] * q[j * n + k];
                }
                a[i * n + j] = sum;
                a[j * n + i] = sum;
            }
        }
        return new DenseSymmetric(n, a);
    }

    private static double[] spectrum(double smallest, int n) {
        double[] eigenvalues = new double[n];
        for (int i = 0; i < n; i++) {
            eigenvalues[i] = Math.pow(smallest, (double) i / (n - 1));
        }
        return eigenvalues;
    }

    private static double[] vector(int n, long stream) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = new CounterRandom(17).normal(stream, i);
        }
        return x;
    }

    private static LinearSystem system(SymmetricOperator matrix, double shift, double[] x) {
        double[] b = new double[x.length];
        new LinearSystem(matrix, shift, x, 0.25).apply(x, b);
        return new LinearSystem(matrix, shift, b, 0.25);
    }

    /** A chain of blocks of widths 1, 2, 3, 1, 2, 3, ..., with weak coupling of neighbours: definite by dominance. */
    private static BlockSymmetric chain() {
        int blocks = 12;
        int[] starts = new int[blocks + 1];
        for (int i = 0; i < blocks; i++) {
            starts[i + 1] = starts[i] + 1 + i % 3;
        }
        int[] rows = new int[blocks + 1];
        List<Integer> columns = new ArrayList<>();
        List<double[]> entries = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            rows[i] = columns.size();
            for (int j = i; j < Math.min(i + 2, blocks); j++) {
                double[] block = new double[(1 + i % 3) * (1 + j % 3)];
                for (int k = 0; k < block.length; k++) {
                    block[k] = i == j ? (k % (2 + i % 3) == 0 ? 1 + 0.1 * i : 0.1) : 0.1 - 0.02 * k;
                }
                columns.add(j);
                entries.add(block);
            }
        }
        rows[blocks] = columns.size();
        return new BlockSymmetric(
                starts, rows, columns.stream().mapToInt(Integer::intValue).toArray(), entries.toArray(new double[0][]));
    }

    private static void assertSolves(Solution solution, LinearSystem system, double[] expected, double kappa) {
        assertEquals(Solution.Status.CONVERGED, solution.status(), solution.detail());
        assertEquals("", solution.detail());
        assertEquals(system.relativeResidual(solution.x()), solution.residual(), 0, "the residual is the true one");
        assertTrue(solution.residual() <= 1e-8, () -> "residual " + solution.residual());
        double error = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            error = Math.hypot(error, solution.x()[i] - expected[i]);
            norm = Math.hypot(norm, expected[i]);
        }
        // |x - x*| / |x*| <= kappa |r| / |b|; the ulps allow for the rounding of b.
        assertTrue(
                error <= (kappa * solution.residual() + 100 * kappa * Math.ulp(1.0)) * norm, "error " + error / norm);
    }

    /** Dense and well conditioned, with and without a shift. */
    @Test
    public void solvesDenseSystems() {
        DenseSymmetric matrix = withSpectrum(spectrum(1 / KAPPA, N));
        double[] x = vector(N, 2);
        for (double shift : new double[] {0, 0.5}) {
            LinearSystem system = system(matrix, shift, x);
            assertSolves(fresh().solve(system, null), system, x, KAPPA);
        }
    }

    /** Blocks, whose dense form gives the same. */
    @Test
    public void solvesBlockSystems() {
        BlockSymmetric matrix = chain();
        double[] x = vector(matrix.size(), 3);
        LinearSystem system = system(matrix, 0.1, x);
        // Gershgorin's discs of chain() lie within [0.3, 3.3]; the shift raises both ends.
        assertSolves(fresh().solve(system, null), system, x, 3.4 / 0.4);
        LinearSystem dense = new LinearSystem(matrix.toDense(), 0.1, system.rhs(), 0.25);
        assertSolves(fresh().solve(dense, null), dense, x, 3.4 / 0.4);
    }

    /** One unknown, and a right-hand side of zeros. */
    @Test
    public void solvesTrivialSystems() {
        LinearSystem one = new LinearSystem(new DenseSymmetric(1, new double[] {4}), 0, new double[] {2}, 1);
        assertEquals(0.5, fresh().solve(one, null).x()[0], 1e-8 * 0.5);
        DenseSymmetric matrix = withSpectrum(spectrum(1 / KAPPA, N));
        LinearSystem zero = new LinearSystem(matrix, 0, new double[N], 1);
        Solution solution = fresh().solve(zero, null);
        assertEquals(Solution.Status.CONVERGED, solution.status(), solution.detail());
        assertArrayEquals(new double[N], solution.x(), 0);
        assertEquals(0, solution.residual(), 0);
    }

    /** A guess that is right ends at once, a wrong one does not matter, and neither guess nor system is touched. */
    @Test
    public void startsFromTheGuess() {
        DenseSymmetric matrix = withSpectrum(spectrum(1 / KAPPA, N));
        double[] x = vector(N, 4);
        LinearSystem system = system(matrix, 0, x);
        double[] values = matrix.values().clone();
        double[] rhs = system.rhs().clone();
        double[] guess = x.clone();
        Solution exact = fresh().solve(system, guess);
        assertSolves(exact, system, x, KAPPA);
        assertTrue(exact.iterations() <= 1, "iterations " + exact.iterations());
        double[] wrong = vector(N, 5);
        assertSolves(fresh().solve(system, wrong), system, x, KAPPA);
        assertArrayEquals(x, guess, 0);
        assertArrayEquals(vector(N, 5), wrong, 0);
        assertArrayEquals(values, matrix.values(), 0);
        assertArrayEquals(rhs, system.rhs(), 0);
    }

    /** The estimate is a lower bound up to rounding, and not ten times too low. */
    @Test
    public void estimatesTheConditionNumber() {
        LinearSystem system = system(withSpectrum(spectrum(1 / KAPPA, N)), 0, vector(N, 6));
        double condition = fresh().solve(system, null).condition();
        assumeTrue(!Double.isNaN(condition), "it gives no estimate, as Solution allows");
        assertTrue(condition <= KAPPA * (1 + 1e-6) && condition >= KAPPA / 10, "condition " + condition);
    }

    /** A bare operator is solved, or refused in words that name solvers which take it. */
    @Test
    public void takesOrRefusesOperators() {
        DenseSymmetric matrix = withSpectrum(spectrum(1 / KAPPA, N));
        SymmetricOperator bare = new SymmetricOperator() {
            @Override
            public int size() {
                return N;
            }

            @Override
            public void apply(double[] x, double[] y) {
                matrix.apply(x, y);
            }

            @Override
            public void diagonal(double[] out) {
                matrix.diagonal(out);
            }
        };
        double[] x = vector(N, 7);
        LinearSystem system = system(bare, 0, x);
        if (takesOperators()) {
            assertSolves(fresh().solve(system, null), system, x, KAPPA);
        } else {
            InputException refusal = assertThrows(InputException.class, () -> fresh().solve(system, null));
            assertTrue(
                    refusal.getMessage().contains("cg"),
                    "a refusal names solvers that take operators, such as cg; it says: " + refusal.getMessage());
        }
    }

    /** NaN and infinity anywhere are a status, with the time. */
    @Test
    public void reportsWhatIsNotFinite() {
        double[] values = withSpectrum(spectrum(1 / KAPPA, N)).values();
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            double[] spoilt = values.clone();
            spoilt[3 * N + 5] = bad;
            spoilt[5 * N + 3] = bad;
            assertNotFinite(new LinearSystem(new DenseSymmetric(N, spoilt), 0, vector(N, 8), 0.25));
            double[] rhs = vector(N, 8);
            rhs[N - 1] = bad;
            assertNotFinite(new LinearSystem(new DenseSymmetric(N, values), 0, rhs, 0.25));
        }
    }

    private void assertNotFinite(LinearSystem system) {
        Solution solution = fresh().solve(system, null);
        assertEquals(Solution.Status.NOT_FINITE, solution.status());
        assertTellsTime(solution);
        assertFalse(solution.detail().contains("\n"), "a detail has one line; it says: " + solution.detail());
    }

    private static void assertTellsTime(Solution solution) {
        assertTrue(solution.detail().contains("t = 0.25"), "a detail tells t = 0.25; it says: " + solution.detail());
    }

    /** An indefinite matrix is noticed. */
    @Test
    public void refusesIndefiniteSystems() {
        double[] eigenvalues = spectrum(1 / KAPPA, N);
        eigenvalues[1] = -eigenvalues[1];
        double[] x = vector(N, 9);
        LinearSystem system = system(withSpectrum(eigenvalues), 0, x);
        Solution solution = fresh().solve(system, null);
        if (solvesIndefinite()) {
            assertSolves(solution, system, x, KAPPA);
        } else {
            assertEquals(Solution.Status.INDEFINITE, solution.status(), solution.detail());
            assertTellsTime(solution);
        }
    }

    /** A singular consistent system is solved, or reported; never answered with a wrong vector as if it were right. */
    @Test
    public void isHonestAboutSingularSystems() {
        double[] eigenvalues = spectrum(1 / KAPPA, N);
        eigenvalues[0] = 0;
        eigenvalues[2] = 0;
        LinearSystem system = system(withSpectrum(eigenvalues), 0, vector(N, 10));
        Solution solution = fresh().solve(system, null);
        if (solvesSingular()) {
            assertEquals(Solution.Status.CONVERGED, solution.status(), solution.detail());
            double residual = system.relativeResidual(solution.x());
            assertTrue(residual <= 1e-8, "it says that it converged, with the residual " + residual);
        } else {
            assertEquals(Solution.Status.SINGULAR, solution.status(), solution.detail());
        }
    }

    /** A right-hand side outside the range of a singular matrix has no solution: nobody may claim one. */
    @Test
    public void reportsInconsistentSystems() {
        double[] values = new double[9];
        values[0] = 1;
        values[4] = 2;
        LinearSystem system = new LinearSystem(new DenseSymmetric(3, values), 0, new double[] {1, 1, 1}, 0.25);
        Solution solution = fresh().solve(system, null);
        assertNotEquals(Solution.Status.CONVERGED, solution.status());
        assertTellsTime(solution);
    }

    /** Work space of one order does not leak into the next, and the same sequence gives the same bits. */
    @Test
    public void isDeterministicAcrossOrders() {
        List<LinearSystem> sequence = new ArrayList<>();
        for (int n : new int[] {N, 7, 53, N}) {
            sequence.add(system(withSpectrum(spectrum(1 / KAPPA, n)), 0.01, vector(n, 11)));
        }
        Solver first = fresh();
        Solver second = fresh();
        for (LinearSystem system : sequence) {
            Solution solution = first.solve(system, null);
            Solution again = second.solve(system, null);
            assertSolves(solution, system, vector(system.rhs().length, 11), KAPPA);
            assertArrayEquals(solution.x(), again.x(), 0);
            assertEquals(solution.iterations(), again.iterations());
        }
    }

    /** Several right-hand sides and several ridges give what single solves give. */
    @Test
    public void solvesTogetherAsAlone() {
        DenseSymmetric matrix = withSpectrum(spectrum(1 / KAPPA, N));
        List<LinearSystem> systems = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            systems.add(system(matrix, 0.1, vector(N, 12 + k)));
        }
        // Dependent right-hand sides must not break a block method.
        systems.add(system(matrix, 0.1, vector(N, 12)));
        List<Solution> together = fresh().solveAll(systems);
        assertEquals(4, together.size());
        for (int k = 0; k < 4; k++) {
            assertSolves(together.get(k), systems.get(k), vector(N, 12 + k % 3), KAPPA);
        }
        double[] shifts = {1, 0.1, 0};
        List<Solution> path = fresh().path(systems.get(0), shifts);
        for (int k = 0; k < shifts.length; k++) {
            LinearSystem shifted = systems.get(0).withShift(shifts[k]);
            assertSolves(path.get(k), shifted, fresh().solve(shifted, null).x(), KAPPA);
        }
    }
}
