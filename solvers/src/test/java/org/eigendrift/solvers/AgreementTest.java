package org.eigendrift.solvers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.linear.SymmetricOperator;
import org.eigendrift.api.plugin.OptionSpec;
import org.eigendrift.api.plugin.Provider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All solvers against fifty digits, against each other, and with every preconditioner. */
final class AgreementTest {
    private static final Set<String> DIRECT =
            Set.of("cholesky", "sparse-cholesky", "ldl", "qr", "svd", "ojalgo-cholesky", "ojalgo-ldl");
    private static final Set<String> STATIONARY = Set.of("jacobi", "gauss-seidel", "sor", "ssor", "chebyshev");

    private static List<String> names() {
        return Plugins.CATALOG.all(SolverProvider.KIND).stream()
                .map(Provider::name)
                .toList();
    }

    private static Solver create(String name, Object... options) {
        return Plugins.solver(name, options).create(RunContext.quiet(5));
    }

    @Test
    void allSolversOfTheSpecificationAreThere() {
        assertEquals(
                List.of(
                        "bicgstab",
                        "block-cg",
                        "cg",
                        "chebyshev",
                        "cholesky",
                        "deflated-cg",
                        "gauss-seidel",
                        "gmres",
                        "jacobi",
                        "ldl",
                        "lsmr",
                        "lsqr",
                        "minres",
                        "ojalgo-cholesky",
                        "ojalgo-ldl",
                        "qr",
                        "sor",
                        "sparse-cholesky",
                        "ssor",
                        "svd"),
                names());
    }

    @ParameterizedTest
    @CsvSource({"10, 1", "10, 1e4", "10, 1e8", "10, 1e12", "33, 1e2", "33, 1e6", "33, 1e10", "60, 1e3", "60, 1e12"})
    void agreesWithFiftyDigits(int n, double condition) {
        DenseSymmetric matrix = Reference.matrix(Reference.spectrum(n, condition), 7);
        LinearSystem system = new LinearSystem(matrix, 0, Reference.vector(n, 8, 0), 0.125);
        double[] exact = Reference.solve(system);
        double norm = Vectors.norm(system.rhs());
        for (String name : names()) {
            // Sweeps need about condition * log(1 / tolerance) rounds: they are not asked beyond a condition of 100.
            boolean must = DIRECT.contains(name) || condition <= (STATIONARY.contains(name) ? 1e2 : 1e4);
            Solution solution = create(name, limits(name)).solve(system, null);
            assertTrue(!must || solution.converged(), () -> name + " " + solution.detail());
            if (!solution.converged()) {
                assertTrue(solution.detail().contains("t = 0.125"), name + " " + solution.detail());
                continue;
            }
            // |x - x*| <= |A^-1| |r|, and no computed residual is known better than n ulps of |A| |x|.
            double bound = condition * (solution.residual() * norm + n * Math.ulp(1.0) * Vectors.norm(exact));
            double error = Reference.relativeError(solution.x(), exact) * Vectors.norm(exact);
            assertTrue(error <= 2 * bound, name + " error " + error + " bound " + bound);
        }
    }

    /** Enough for what must converge; what need not is to give up soon. */
    private static Object[] limits(String name) {
        return DIRECT.contains(name)
                ? new Object[0]
                : new Object[] {"max_iterations", STATIONARY.contains(name) ? 5000 : 2000};
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 60, 150})
    void solvesOrReportsSingularConsistentSystems(int n) {
        double[] eigenvalues = Reference.spectrum(n, 100);
        Arrays.fill(eigenvalues, n / 2, n / 2 + 3, 0);
        DenseSymmetric matrix = Reference.matrix(eigenvalues, 9);
        double[] b = new double[n];
        matrix.apply(Reference.vector(n, 10, 0), b);
        LinearSystem system = new LinearSystem(matrix, 0, b, 0.125);
        for (String name : names()) {
            Solution solution = create(name).solve(system, null);
            boolean factorises = DIRECT.contains(name) && !name.equals("svd");
            assertEquals(
                    factorises ? Solution.Status.SINGULAR : Solution.Status.CONVERGED,
                    solution.status(),
                    () -> name + " " + solution.detail());
            if (!factorises) {
                // Backward errors up to 1e-10 of |A| |x|, and |x| is at most 100 |b|.
                assertTrue(system.relativeResidual(solution.x()) <= 1e-8, name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500})
    void solvesLargerSystems(int n) {
        agreesWithTheSolutionItWasBuiltFrom(n, List.of("cholesky", "ldl", "qr", "ojalgo-cholesky", "cg", "minres"));
    }

    @Test
    @Tag("slow")
    void solvesLargeSystems() {
        agreesWithTheSolutionItWasBuiltFrom(2000, names());
    }

    private static void agreesWithTheSolutionItWasBuiltFrom(int n, List<String> names) {
        DenseSymmetric matrix = Reference.matrix(Reference.spectrum(n, 100), 11);
        double[] x = Reference.vector(n, 12, 0);
        double[] b = new double[n];
        matrix.apply(x, b);
        LinearSystem system = new LinearSystem(matrix, 0, b, 0.125);
        for (String name : names) {
            Solution solution = create(name).solve(system, null);
            assertTrue(solution.converged(), () -> name + " " + solution.detail());
            double bound = 100 * (solution.residual() + n * Math.ulp(1.0));
            assertTrue(Reference.relativeError(solution.x(), x) <= bound, name);
        }
    }

    /** Every pair of solver and preconditioner: agreement with Cholesky, or a refusal that tells why. */
    @Test
    void everyPairAgreesOrIsRefused() {
        LinearSystem system = new ClusterSequence(5, 2, 3, 1e-2, 3).at(0.05);
        Solution direct = create("cholesky").solve(system, null);
        TreeMap<String, Boolean> legal = new TreeMap<>();
        for (Provider<?, ?, ?> solver : Plugins.CATALOG.all(SolverProvider.KIND)) {
            boolean takes =
                    solver.options().options().stream().map(OptionSpec::key).anyMatch("preconditioner"::equals);
            for (Provider<?, ?, ?> preconditioner : Plugins.CATALOG.all(PreconditionerProvider.KIND)) {
                String pair = solver.name() + " with " + preconditioner.name();
                legal.put(pair, takes);
                if (!takes) {
                    InputException refusal = assertThrows(
                            InputException.class,
                            () -> Plugins.solver(solver.name(), "preconditioner", preconditioner.name()));
                    assertTrue(refusal.getMessage().contains("unknown option"), refusal.getMessage());
                    continue;
                }
                Solution solution = create(solver.name(), "preconditioner", preconditioner.name())
                        .solve(system, null);
                assertTrue(solution.converged(), () -> pair + ": " + solution.detail());
                // Both are within condition * residual of the truth; 10 for the estimate's being a lower bound.
                double bound = 10 * direct.condition() * (solution.residual() + direct.residual());
                assertTrue(Reference.relativeError(solution.x(), direct.x()) <= bound, pair);
            }
        }
        assertEquals(20 * 6, legal.size());
        assertEquals(8 * 6, legal.values().stream().filter(b -> b).count());
    }

    @Test
    void preconditionersThatNeedEntriesRefuseOperators() {
        LinearSystem system = new ClusterSequence(3, 1, 2, 1e-2, 3).at(0.05);
        LinearSystem bare = new LinearSystem(hidden(system.matrix()), 0, system.rhs(), system.time());
        for (String name : List.of("none", "jacobi", "polynomial")) {
            assertTrue(create("cg", "preconditioner", name).solve(bare, null).converged(), name);
        }
        for (String name : List.of("block-jacobi", "ssor", "ic0")) {
            InputException refusal = assertThrows(
                    InputException.class,
                    () -> create("cg", "preconditioner", name).solve(bare, null));
            assertTrue(refusal.getMessage().contains("preconditioner " + name), refusal.getMessage());
            assertFalse(refusal.getMessage().contains("\n"));
        }
    }

    private static SymmetricOperator hidden(SymmetricOperator matrix) {
        return new SymmetricOperator() {
            @Override
            public int size() {
                return matrix.size();
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
    }
}
