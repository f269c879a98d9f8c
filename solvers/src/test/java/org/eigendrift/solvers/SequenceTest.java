package org.eigendrift.solvers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;
import org.junit.jupiter.api.Test;

/** What pays along a slowly varying sequence: warm starts, recycling, learned relaxation. */
final class SequenceTest {
    private static List<LinearSystem> clusters() {
        ClusterSequence sequence = new ClusterSequence(12, 2, 3, 1e-4, 5);
        List<LinearSystem> systems = new ArrayList<>();
        for (double time : ClusterSequence.times(3, 0.002, 40)) {
            systems.add(sequence.at(time));
        }
        return systems;
    }

    private static int iterations(List<LinearSystem> systems, boolean warm, long seed, String name, Object... options) {
        Solver solver = Plugins.solver(name, options).create(RunContext.quiet(seed));
        double[] guess = null;
        int total = 0;
        for (LinearSystem system : systems) {
            Solution solution = solver.solve(system, guess);
            assertTrue(solution.converged(), solution.detail());
            total += solution.iterations();
            guess = warm ? solution.x() : null;
        }
        return total;
    }

    @Test
    void warmStartsSaveIterations() {
        List<LinearSystem> systems = clusters();
        for (String name : List.of("cg", "minres", "gauss-seidel")) {
            int cold = iterations(systems, false, 1, name, "tolerance", 1e-6);
            int warm = iterations(systems, true, 1, name, "tolerance", 1e-6);
            assertTrue(warm < 0.95 * cold, name + ": " + warm + " warm, " + cold + " cold");
        }
    }

    @Test
    void recyclingSavesIterations() {
        List<LinearSystem> systems = clusters();
        int plain = iterations(systems, false, 1, "cg", "preconditioner", "none");
        int deflated =
                iterations(systems, false, 1, "deflated-cg", "preconditioner", "none", "recycle", 20, "harvest", 60);
        assertTrue(deflated < 0.8 * plain, deflated + " deflated, " + plain + " plain");
        assertTrue(Plugins.solver("deflated-cg").create(RunContext.quiet(1)).sequential());
    }

    @Test
    void oneBlockNeedsFewerIterationsThanManySolves() {
        LinearSystem system = clusters().get(39);
        List<LinearSystem> systems = new ArrayList<>();
        for (int k = 0; k < 6; k++) {
            double[] b = Reference.vector(system.rhs().length, 3, k);
            systems.add(new LinearSystem(system.matrix(), 0, b, system.time()));
        }
        Solver block = Plugins.solver("block-cg").create(RunContext.quiet(1));
        Solver single = Plugins.solver("cg").create(RunContext.quiet(1));
        for (int k = 0; k < 6; k++) {
            Solution together = block.solveAll(systems).get(k);
            Solution alone = single.solve(systems.get(k), null);
            assertTrue(together.converged(), together.detail());
            assertTrue(together.iterations() < alone.iterations(), together.iterations() + " " + alone.iterations());
        }
    }

    /** Ridges that share a Krylov space need the products of the hardest alone. */
    @Test
    void aPathOfRidgesSharesItsProducts() {
        LinearSystem system = clusters().get(39);
        double[] shifts = {1e-1, 1e-2, 1e-3, 1e-4};
        Solver solver = Plugins.solver("cg", "preconditioner", "none", "tolerance", 1e-8)
                .create(RunContext.quiet(1));
        List<Solution> path = solver.path(system, shifts);
        int hardest = solver.solve(system.withShift(1e-4), null).iterations();
        for (int k = 0; k < shifts.length; k++) {
            assertTrue(path.get(k).converged(), path.get(k).detail());
            assertTrue(system.withShift(shifts[k]).relativeResidual(path.get(k).x()) <= 1e-8 * (1 + 1e-9));
            // All are told the shared iterations; polishing adds none, or the few that rounding asks for.
            int iterations = path.get(k).iterations();
            assertTrue(Math.abs(iterations - hardest) <= 2, iterations + " for ridge " + shifts[k] + ", " + hardest);
        }
    }

    /** The five-point Laplacian on 8 x 8 points plus c I, scaled to unit diagonal: the setting of arXiv 2310.02246. */
    private static LinearSystem lattice(double c, int number) {
        int m = 8;
        int n = m * m;
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            a[i * n + i] = 1;
            int right = (i + 1) % m == 0 ? -1 : i + 1;
            int below = i + m < n ? i + m : -1;
            for (int j : new int[] {right, below}) {
                if (j >= 0) {
                    a[i * n + j] = -1 / (4 + c);
                    a[j * n + i] = -1 / (4 + c);
                }
            }
        }
        return new LinearSystem(new DenseSymmetric(n, a), 0, Reference.vector(n, 4, number), c);
    }

    /** Two hundred systems whose shift changes by three orders of magnitude from one to the next. */
    private static List<LinearSystem> lattices() {
        CounterRandom random = new CounterRandom(9);
        List<LinearSystem> systems = new ArrayList<>();
        for (int k = 0; k < 200; k++) {
            systems.add(lattice(3 * Math.pow(1e-3 / 3, random.uniform(0, k)), k));
        }
        return systems;
    }

    @Test
    void learnedRelaxationIsNearTheBestInHindsight() {
        List<LinearSystem> systems = lattices();
        int best = Integer.MAX_VALUE;
        for (double omega = 1.36; omega < 1.8; omega += 0.03) {
            int total =
                    iterations(systems, false, 1, "sor", "relaxation", "fixed", "omega", omega, "condition_steps", 0);
            best = Math.min(best, total);
        }
        for (int seed = 1; seed <= 2; seed++) {
            int learned = iterations(systems, false, seed, "sor", "relaxation", "contextual", "condition_steps", 0);
            assertTrue(learned <= 1.1 * best, "learned " + learned + ", best " + best);
            assertEquals(
                    learned,
                    iterations(systems, false, seed, "sor", "relaxation", "contextual", "condition_steps", 0),
                    "the seed decides");
            // Without context, and with unbiased instead of pooled estimates, 200 systems are few for 8 candidates:
            // the bound of the method's regret, 4 sqrt(d T) + 1 times the range of costs, is larger than this.
            int blind = iterations(systems, false, seed, "sor", "relaxation", "learned", "condition_steps", 0);
            assertTrue(blind <= 2 * best, "learned " + blind + ", best " + best);
        }
        assertTrue(Plugins.solver("sor", "relaxation", "learned")
                .create(RunContext.quiet(1))
                .sequential());
    }
}
