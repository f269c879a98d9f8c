package org.eigendrift.solvers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SymmetricMatrix;

/**
 * Solves the sixty times of a {@link ClusterSequence} with every configuration and prints processor seconds, iterations and the
 * worst residual of each. Arguments: coordinates of the chain (55 unknowns each), times, then configurations, a name
 * with options as {@code cg,preconditioner=ssor,warm}; without any, those of the documentation.
 */
final class SequenceBenchmark {
    private static final List<String> CONFIGURATIONS = List.of(
            "cg,preconditioner=none",
            "cg,preconditioner=none,warm",
            "cg,preconditioner=jacobi,warm",
            "cg,preconditioner=block-jacobi",
            "cg,preconditioner=block-jacobi,warm",
            "cg,preconditioner=ssor",
            "cg,preconditioner=ssor,warm",
            "cg,preconditioner=ic0",
            "cg,preconditioner=ic0,warm",
            "cg,preconditioner=polynomial,warm",
            "deflated-cg,preconditioner=none,warm",
            "deflated-cg,preconditioner=block-jacobi,warm",
            "minres,warm",
            "gmres,warm",
            "bicgstab,warm",
            "lsqr,warm,max_iterations=3000",
            "lsmr,warm,max_iterations=3000",
            "chebyshev,warm",
            "jacobi,warm,max_iterations=3000",
            "gauss-seidel,warm,max_iterations=3000",
            "sor,relaxation=auto,warm,max_iterations=3000",
            "sor,relaxation=contextual,warm,max_iterations=3000",
            "ssor,relaxation=auto,warm,max_iterations=3000",
            "sparse-cholesky");

    private SequenceBenchmark() {}

    private static final class Entry {
        private final String configuration;
        private final boolean warm;
        private final Solver solver;
        private double[] guess;
        private double seconds;
        private int iterations;
        private int failures;
        private double residual;

        Entry(String configuration) {
            this.configuration = configuration;
            List<String> parts = new ArrayList<>(Arrays.asList(configuration.split(",")));
            String name = parts.remove(0);
            warm = parts.remove("warm");
            Object[] options = parts.stream()
                    .flatMap(p -> Arrays.stream(p.split("=", 2)))
                    .map(SequenceBenchmark::plain)
                    .toArray();
            solver = Plugins.solver(name, options).create(RunContext.quiet(1));
        }

        void solve(LinearSystem system) {
            double start = processorSeconds();
            Solution solution = solver.solve(system, warm ? guess : null);
            seconds += processorSeconds() - start;
            iterations += solution.iterations();
            failures += solution.converged() ? 0 : 1;
            residual = Math.max(residual, solution.residual());
            guess = solution.x();
        }
    }

    /** Processor time of this process, which other processes disturb less than the clock; in steps of 10 ms. */
    private static double processorSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    private static Object plain(String text) {
        if (text.matches("\\d+")) {
            return Long.valueOf(text);
        }
        return text.matches("[\\d.]+(e-?\\d+)?") ? (Object) Double.valueOf(text) : text;
    }

    public static void main(String[] arguments) {
        int coordinates = Integer.parseInt(arguments[0]);
        double[] times = ClusterSequence.times(3, 0.003, Integer.parseInt(arguments[1]));
        List<String> chosen =
                arguments.length > 2 ? Arrays.asList(arguments).subList(2, arguments.length) : CONFIGURATIONS;
        ClusterSequence sequence = new ClusterSequence(coordinates, 2, 5, 1e-3, 5);
        List<Entry> entries = chosen.stream().map(Entry::new).toList();
        for (double time : times) {
            LinearSystem system = sequence.at(time);
            if (time == times[0]) {
                long nonzeros = ((SymmetricMatrix) system.matrix()).nonzeros();
                System.out.printf(Locale.ROOT, "n = %d, nonzeros = %d%n", sequence.size(), nonzeros);
            }
            for (Entry entry : entries) {
                entry.solve(system);
            }
        }
        for (Entry e : entries) {
            System.out.printf(
                    Locale.ROOT,
                    "%-52s %9.2f s %8d iterations, %d not converged, residual %.1e%n",
                    e.configuration,
                    e.seconds,
                    e.iterations,
                    e.failures,
                    e.residual);
        }
    }
}
