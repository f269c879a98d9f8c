package org.eigendrift.solvers;

import java.util.Locale;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solver;

/** Prints the speed of dense solvers; arguments: solver, order, repetitions. */
final class DenseTiming {
    private DenseTiming() {}

    public static void main(String[] arguments) {
        int n = Integer.parseInt(arguments[1]);
        int repetitions = Integer.parseInt(arguments[2]);
        CounterRandom random = new CounterRandom(5);
        double[] values = new double[n * n];
        double[] rhs = new double[n];
        for (int i = 0; i < n; i++) {
            rhs[i] = random.normal(n, i);
            for (int j = 0; j < i; j++) {
                values[i * n + j] = random.normal(i, j) / (2 * Math.sqrt(n));
                values[j * n + i] = values[i * n + j];
            }
            values[i * n + i] = 2;
        }
        Solver solver = Plugins.solver(arguments[0]).create(RunContext.quiet(1));
        long best = Long.MAX_VALUE;
        double before = processorSeconds();
        for (int k = 0; k < repetitions; k++) {
            // A matrix of its own each time: a solver may remember what it decomposed.
            LinearSystem system = new LinearSystem(new DenseSymmetric(n, values), 0, rhs, 1);
            long start = System.nanoTime();
            double residual = solver.solve(system, null).residual();
            best = Math.min(best, System.nanoTime() - start);
            if (!(residual < 1e-10)) {
                throw new AssertionError("residual " + residual);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s n=%d: %.2f ms at best, %.2f Gflop/s; %.2f ms of processor on average%n",
                arguments[0],
                n,
                best / 1e6,
                (double) n * n * n / 3 / best,
                (processorSeconds() - before) * 1e3 / repetitions);
    }

    private static double processorSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }
}
