package org.eigendrift.solvers.openblas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.contract.SolverContract;
import org.eigendrift.solvers.factor.CholeskyFactor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The native solver. Where the library cannot be loaded, all but the refusal is skipped. */
final class OpenblasCholeskyTest {
    private static final OpenblasCholeskyProvider PROVIDER = new OpenblasCholeskyProvider();

    private static Chosen<RunContext, Solver> chosen() {
        return new Chosen<>(PROVIDER, PROVIDER.options().defaults());
    }

    private static void assumeLoads() {
        try {
            chosen().create(RunContext.quiet(1));
        } catch (InputException e) {
            assumeTrue(false, e.getMessage());
        }
    }

    @Nested
    final class Contract extends SolverContract {
        @BeforeEach
        void loads() {
            assumeLoads();
        }

        @Override
        protected Chosen<RunContext, Solver> solver() {
            return chosen();
        }

        @Override
        protected boolean takesOperators() {
            return false;
        }

        @Override
        protected boolean solvesSingular() {
            return false;
        }
    }

    /** A = I + v v' / n for random v: eigenvalues 1 and about 2. */
    private static LinearSystem system(int n, long seed) {
        CounterRandom random = new CounterRandom(seed);
        double[] v = new double[n];
        double[] b = new double[n];
        Arrays.setAll(v, i -> random.normal(1, i));
        Arrays.setAll(b, i -> random.normal(2, i));
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i * n + j] = v[i] * v[j] / n + (i == j ? 1 : 0);
            }
        }
        return new LinearSystem(new DenseSymmetric(n, a), 0.25, b, 0.5);
    }

    /** Orders beside OpenBLAS's block sizes, growing and shrinking, against our own factor. */
    @Test
    void agreesWithOurFactor() {
        assumeLoads();
        Solver solver = chosen().create(RunContext.quiet(1));
        for (int n : new int[] {1, 2, 3, 63, 64, 65, 300, 17, 301}) {
            LinearSystem system = system(n, n);
            Solution solution = solver.solve(system, null);
            CholeskyFactor factor = new CholeskyFactor();
            assertEquals(-1, factor.factor((DenseSymmetric) system.matrix(), system.shift()));
            double[] expected = system.rhs().clone();
            factor.solve(expected, 0);
            assertTrue(solution.converged(), solution.detail());
            // Both err by at most about n cond ulps of |x| (Higham, theorem 10.4), |x| by at most |b| / 1.25.
            double bound = 4 * n * 2 * Math.ulp(1.0) * Math.sqrt(n) * 4;
            assertArrayEquals(expected, solution.x(), bound);
        }
    }

    /** Parallel series of solves share the library. */
    @Test
    void severalThreadsGetTheBitsOfOne() throws InterruptedException {
        assumeLoads();
        LinearSystem system = system(200, 9);
        double[] alone =
                chosen().create(RunContext.quiet(1)).solve(system, null).x();
        double[][] together = new double[4][];
        Thread[] threads = new Thread[together.length];
        for (int k = 0; k < threads.length; k++) {
            int index = k;
            threads[k] = new Thread(() -> {
                Solver solver = chosen().create(RunContext.quiet(1));
                for (int round = 0; round < 20; round++) {
                    together[index] = solver.solve(system, null).x();
                }
            });
            threads[k].start();
        }
        for (int k = 0; k < threads.length; k++) {
            threads[k].join();
            assertArrayEquals(alone, together[k], 0);
        }
    }

    /** The build allows 64 MB outside the heap, a factor of order 3000 takes 72. */
    @Test
    void saysWhatItNeedsOutsideTheHeap() {
        assumeLoads();
        int n = 3000;
        int[] starts = new int[n + 1];
        double[][] entries = new double[n][1];
        Arrays.setAll(starts, i -> i);
        for (double[] entry : entries) {
            entry[0] = 2;
        }
        BlockSymmetric diagonal = new BlockSymmetric(starts, starts, Arrays.copyOf(starts, n), entries);
        Solver solver = chosen().create(RunContext.quiet(1));
        LinearSystem large = new LinearSystem(diagonal, 0, new double[n], 1);
        InputException refusal = assertThrows(InputException.class, () -> solver.solve(large, null));
        assertTrue(refusal.getMessage().contains("outside the heap for a matrix of order 3000"), refusal.getMessage());
        assertTrue(solver.solve(system(50, 1), null).converged(), "smaller ones still fit");
    }

    @Test
    void moduleAndServiceFileDeclareTheProvider() throws Exception {
        String file = "/META-INF/services/" + SolverProvider.class.getName();
        try (InputStream in = OpenblasCholeskyProvider.class.getResourceAsStream(file)) {
            assertEquals(
                    OpenblasCholeskyProvider.class.getName(),
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
        assertTrue(OpenblasCholeskyProvider.class.getModule().getDescriptor().provides().stream()
                .anyMatch(p -> p.providers().equals(List.of(OpenblasCholeskyProvider.class.getName()))));
    }

    /** Another Java machine without the jars that hold libraries: one line, and no stack trace. */
    @Test
    void saysWhatIsMissingWithoutTheLibrary() throws Exception {
        String path = Stream.of("java.class.path", "jdk.module.path")
                .flatMap(key -> Arrays.stream(System.getProperty(key, "").split(File.pathSeparator)))
                .filter(entry ->
                        !new File(entry).getName().matches("(openblas|javacpp)-.*-(linux|macosx|windows)-.*\\.jar"))
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx256m",
                        "-cp",
                        path,
                        WithoutLibrary.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertTrue(said.contains("solver openblas-cholesky cannot load OpenBLAS for "), said);
        assertFalse(said.contains("\n"), said);
    }
}
