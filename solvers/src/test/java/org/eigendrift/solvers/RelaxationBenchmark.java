package org.eigendrift.solvers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;

/**
 * Total sweeps of learned relaxation over those of the best fixed omega in hindsight, over sequences of two hundred
 * systems. Arguments: seeds.
 */
final class RelaxationBenchmark {
    private static final int COUNT = 200;
    private static final String WARM = "from warm starts";

    private RelaxationBenchmark() {}

    private static Map<String, List<LinearSystem>> sequences() {
        Map<String, List<LinearSystem>> sequences = new LinkedHashMap<>();
        sequences.put("8 x 8, c drawn from [0.001, 3]", Lattices.sequence(8, COUNT, Lattices.drawn(1e-3, 3, 9)));
        sequences.put("the same, other draws", Lattices.sequence(8, COUNT, Lattices.drawn(1e-3, 3, 21)));
        sequences.put("8 x 8, c drawn from [0.01, 0.1]", Lattices.sequence(8, COUNT, Lattices.drawn(0.01, 0.1, 9)));
        sequences.put("8 x 8, c drawn from [0.9, 3]", Lattices.sequence(8, COUNT, Lattices.drawn(0.9, 3, 9)));
        sequences.put("14 x 14, c drawn from [0.001, 1]", Lattices.sequence(14, COUNT, Lattices.drawn(1e-3, 1, 9)));
        sequences.put(
                "8 x 8, c falling from 3 to 0.001", Lattices.sequence(8, COUNT, Lattices.falling(1e-3, 3, COUNT)));
        sequences.put("8 x 8, c rising from 0.001 to 3", Lattices.sequence(8, COUNT, Lattices.falling(3, 1e-3, COUNT)));
        ClusterSequence clusters = new ClusterSequence(6, 2, 3, 1e-2, 5);
        List<LinearSystem> systems = new ArrayList<>();
        for (double time : ClusterSequence.times(3, 0.01, COUNT)) {
            systems.add(clusters.at(time));
        }
        sequences.put("clusters, t falling from 3 to 0.01", systems);
        sequences.put("the same, " + WARM, systems);
        return sequences;
    }

    static int sweeps(List<LinearSystem> systems, boolean warm, long seed, Object... options) {
        Solver solver = Plugins.solver("sor", options).create(RunContext.quiet(seed));
        int total = 0;
        double[] guess = null;
        for (LinearSystem system : systems) {
            Solution solution = solver.solve(system, guess);
            guess = warm ? solution.x() : null;
            if (!solution.converged()) {
                throw new AssertionError(solution.detail());
            }
            total += solution.iterations();
        }
        return total;
    }

    /** The smallest total of a fixed omega, on a grid finer than that of the candidates. */
    static int best(List<LinearSystem> systems, boolean warm) {
        int best = Integer.MAX_VALUE;
        for (double omega = 1; omega < 1.9; omega += 0.02) {
            best = Math.min(
                    best,
                    sweeps(
                            systems,
                            warm,
                            1,
                            "relaxation",
                            "fixed",
                            "omega",
                            omega,
                            "condition_steps",
                            0,
                            "tolerance",
                            1e-8));
        }
        return best;
    }

    public static void main(String[] arguments) {
        int seeds = Integer.parseInt(arguments[0]);
        sequences().forEach((name, systems) -> {
            boolean warm = name.endsWith(WARM);
            int best = best(systems, warm);
            System.out.printf(Locale.ROOT, "%-36s best fixed %6d", name, best);
            for (String rule : List.of("learned", "contextual")) {
                StringBuilder ratios = new StringBuilder();
                for (int seed = 1; seed <= seeds; seed++) {
                    int total =
                            sweeps(systems, warm, seed, "relaxation", rule, "condition_steps", 0, "tolerance", 1e-8);
                    ratios.append(String.format(Locale.ROOT, " %.3f", (double) total / best));
                }
                System.out.printf("  %s%s", rule, ratios);
            }
            System.out.println();
        });
    }
}
