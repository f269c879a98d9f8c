package org.eigendrift.solvers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.solvers.factor.CholeskyFactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All solvers on systems that fits wrote out, against a solution of thirty digits. */
final class RecordedTest {
    private static final MathContext DIGITS = new MathContext(50);
    private static final Set<String> DIRECT =
            Set.of("cholesky", "sparse-cholesky", "ldl", "qr", "svd", "ojalgo-cholesky", "ojalgo-ldl");

    private static final Set<String> SURE = Set.of("cg", "block-cg", "deflated-cg");

    /** Iterations after which those are stopped that need not converge. */
    private static final int LIMIT = 3000;

    private static LinearSystem read(String name) throws IOException {
        try (InputStream file = RecordedTest.class.getResourceAsStream("recorded/" + name + ".bin.gz");
                DataInputStream in = new DataInputStream(new GZIPInputStream(file))) {
            double time = in.readDouble();
            double shift = in.readDouble();
            double[] rhs = doubles(in, in.readInt());
            int blocks = in.readInt();
            return new LinearSystem(blocks == 0 ? dense(in, rhs.length) : blocks(in, blocks), shift, rhs, time);
        }
    }

    private static double[] doubles(DataInputStream in, int count) throws IOException {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    private static DenseSymmetric dense(DataInputStream in, int n) throws IOException {
        double[] values = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                values[i * n + j] = in.readDouble();
                values[j * n + i] = values[i * n + j];
            }
        }
        return new DenseSymmetric(n, values);
    }

    private static BlockSymmetric blocks(DataInputStream in, int blocks) throws IOException {
        int[] starts = new int[blocks + 1];
        int[] rowStarts = new int[blocks + 1];
        for (int i = 0; i <= blocks; i++) {
            starts[i] = in.readInt();
            rowStarts[i] = in.readInt();
        }
        int[] columns = new int[rowStarts[blocks]];
        for (int k = 0; k < columns.length; k++) {
            columns[k] = in.readInt();
        }
        double[][] entries = new double[columns.length][];
        for (int i = 0; i < blocks; i++) {
            for (int k = rowStarts[i]; k < rowStarts[i + 1]; k++) {
                entries[k] = doubles(in, (starts[i + 1] - starts[i]) * (starts[columns[k] + 1] - starts[columns[k]]));
            }
        }
        return new BlockSymmetric(starts, rowStarts, columns, entries);
    }

    /** Refined with residuals of fifty digits until the residual of the system as it stands is 1e-30 of b. */
    private static double[] reference(LinearSystem system) {
        SymmetricMatrix matrix = (SymmetricMatrix) system.matrix();
        int n = matrix.size();
        CholeskyFactor factor = new CholeskyFactor();
        assertEquals(-1, factor.factor(matrix, system.shift()));
        BigDecimal[] x = new BigDecimal[n];
        Arrays.fill(x, BigDecimal.ZERO);
        double norm = Vectors.norm(system.rhs());
        for (int step = 0; step < 40; step++) {
            double[] residual = residual(system, matrix, x);
            if (Vectors.norm(residual) <= 1e-30 * norm) {
                return Arrays.stream(x).mapToDouble(BigDecimal::doubleValue).toArray();
            }
            factor.solve(residual, 0);
            for (int i = 0; i < n; i++) {
                x[i] = x[i].add(new BigDecimal(residual[i]), DIGITS);
            }
        }
        throw new AssertionError("refinement does not converge");
    }

    private static double[] residual(LinearSystem system, SymmetricMatrix matrix, BigDecimal[] x) {
        double[] residual = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            BigDecimal sum =
                    new BigDecimal(system.rhs()[i]).subtract(new BigDecimal(system.shift()).multiply(x[i]), DIGITS);
            for (int j = 0; j < x.length; j++) {
                double entry = matrix.get(i, j);
                if (entry != 0) {
                    sum = sum.subtract(new BigDecimal(entry).multiply(x[j]), DIGITS);
                }
            }
            residual[i] = sum.doubleValue();
        }
        return residual;
    }

    /** Name, whether it is in blocks, and the order of magnitude of the condition number. */
    @ParameterizedTest
    @CsvSource({
        "tensor-horizon, false, 1",
        "tensor-middle, false, 3e2",
        "tensor-earliest, false, 1e5",
        "tensor-earliest-no-ridge, false, 1e5",
        "chain-horizon, true, 1",
        "chain-middle, true, 1e4",
        "chain-earliest, true, 6e4"
    })
    void allSolversAgree(String name, boolean blocks, double magnitude) throws IOException {
        LinearSystem system = read(name);
        assertEquals(blocks, system.matrix() instanceof BlockSymmetric);
        double condition = Plugins.solver("svd")
                .create(RunContext.quiet(1))
                .solve(system, null)
                .condition();
        assertTrue(condition >= magnitude && condition <= 3 * magnitude, name + " has condition number " + condition);
        double[] exact = reference(system);
        double norm = Vectors.norm(system.rhs());
        for (Provider<?, ?, ?> provider : Plugins.CATALOG.all(SolverProvider.KIND)) {
            check(provider.name(), system, exact, condition, norm);
        }
    }

    private static void check(String name, LinearSystem system, double[] exact, double condition, double norm) {
        boolean direct = DIRECT.contains(name);
        Object[] options = direct ? new Object[0] : new Object[] {"max_iterations", LIMIT};
        Solution solution =
                Plugins.solver(name, options).create(RunContext.quiet(5)).solve(system, null);
        // Conjugate gradients need the root of the condition number, sweeps the number itself; others lose digits.
        boolean must = direct || SURE.contains(name) || condition <= 50;
        assertTrue(!must || solution.converged(), () -> name + " " + solution.detail());
        if (solution.converged()) {
            double smallest = largest(system) / condition;
            // |x - x*| <= |A^-1| |r|, and no computed residual is known better than n ulps of |A| |x|.
            double bound = solution.residual() * norm / smallest
                    + system.rhs().length * Math.ulp(1.0) * condition * Vectors.norm(exact);
            double error = Reference.relativeError(solution.x(), exact) * Vectors.norm(exact);
            assertTrue(error <= 2 * bound, name + " error " + error + " bound " + bound);
        } else {
            assertTrue(solution.detail().contains("t = " + system.time()), solution.detail());
        }
    }

    /** The largest eigenvalue, by Lanczos. */
    private static double largest(LinearSystem system) {
        return new Lanczos().run(system::apply, system.rhs().length, 30, null).largest();
    }

    /**
     * Without ridge the truncated product tables of the mean-field family leave an indefinite matrix at the earliest
     * time: who rests on definiteness says so, and who claims a solution has one.
     */
    @Test
    void anIndefiniteSystemIsNoticedOrSolved() throws IOException {
        LinearSystem system = read("chain-earliest-no-ridge");
        SymmetricMatrix matrix = (SymmetricMatrix) system.matrix();
        assertTrue(new CholeskyFactor().factor(matrix, 0) >= 0);
        for (Provider<?, ?, ?> provider : Plugins.CATALOG.all(SolverProvider.KIND)) {
            String name = provider.name();
            boolean direct = DIRECT.contains(name);
            Object[] options = direct ? new Object[0] : new Object[] {"max_iterations", LIMIT};
            Solution solution =
                    Plugins.solver(name, options).create(RunContext.quiet(5)).solve(system, null);
            if (direct && !name.equals("qr")) {
                assertEquals(Solution.Status.INDEFINITE, solution.status(), name + " " + solution.detail());
            }
            if (solution.converged()) {
                BigDecimal[] x =
                        Arrays.stream(solution.x()).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new);
                double residual = Vectors.norm(residual(system, matrix, x));
                double size = largest(system) * Vectors.norm(solution.x()) + Vectors.norm(system.rhs());
                assertTrue(residual <= 1e-10 * size, name + " " + residual);
            } else {
                assertTrue(solution.detail().contains("t = " + system.time()), name + " " + solution.detail());
            }
        }
    }
}
