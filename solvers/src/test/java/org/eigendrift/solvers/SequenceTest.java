package org.eigendrift.solvers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.RunContext;
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

    /** The smallest total of a fixed omega from 1.3 to 1.66, the range in which the best ones of these lattices lie. */
    private static int bestInHindsight(List<LinearSystem> systems) {
        int best = Integer.MAX_VALUE;
        for (double omega = 1.3; omega < 1.66; omega += 0.03) {
            best = Math.min(best, relaxed(systems, 1, "fixed", omega));
        }
        return best;
    }

    private static int relaxed(List<LinearSystem> systems, long seed, String rule, double omega) {
        return iterations(
                systems,
                false,
                seed,
                "sor",
                "relaxation",
                rule,
                "omega",
                omega,
                "condition_steps",
                0,
                "tolerance",
                1e-8);
    }

    /** Shifts that jump over three orders of magnitude, that stay in a narrow band, and that fall along a path. */
    @Test
    void learnedRelaxationIsWithinTenPercentOfTheBestInHindsight() {
        List<List<LinearSystem>> sequences = List.of(
                Lattices.sequence(8, 200, Lattices.drawn(1e-3, 3, 9)),
                Lattices.sequence(8, 200, Lattices.drawn(0.01, 0.1, 9)),
                Lattices.sequence(8, 200, Lattices.falling(1e-3, 3, 200)));
        for (List<LinearSystem> systems : sequences) {
            int best = bestInHindsight(systems);
            for (int seed = 7; seed <= 8; seed++) {
                int learned = relaxed(systems, seed, "learned", 1);
                assertTrue(learned <= 1.1 * best, "learned " + learned + ", best " + best);
            }
        }
        assertTrue(Plugins.solver("sor", "relaxation", "learned")
                .create(RunContext.quiet(1))
                .sequential());
    }

    @Test
    void theContextTellsMore() {
        List<LinearSystem> systems = Lattices.sequence(8, 200, Lattices.drawn(1e-3, 3, 9));
        int best = bestInHindsight(systems);
        for (int seed = 1; seed <= 2; seed++) {
            int contextual = relaxed(systems, seed, "contextual", 1);
            assertTrue(contextual <= 1.02 * best, "contextual " + contextual + ", best " + best);
            assertEquals(contextual, relaxed(systems, seed, "contextual", 1), "the seed decides");
        }
    }
}
