package org.eigendrift.engine.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;

/**
 * A solver whose word is not taken: every solution that is said to have converged is put into its system, at the cost of
 * one product with the matrix. What comes out carries the residual that was found; where that is large and not the
 * one that was claimed, or there is no solution of the right length at all, the solve has failed, in words.
 */
final class CheckedSolver implements Solver {
    /** Largest relative residual of a solution that is used. */
    static final double LARGEST_RESIDUAL = 1e-6;

    /** Norms of differences are summed in other orders by others; beyond this factor a claim is another number. */
    private static final double SAME = 2;

    private final String name;
    private final Solver solver;

    CheckedSolver(String name, Solver solver) {
        this.name = name;
        this.solver = solver;
    }

    @Override
    public boolean sequential() {
        return solver.sequential();
    }

    @Override
    public Solution solve(LinearSystem system, double[] guess) {
        return checked(system, solver.solve(system, guess));
    }

    @Override
    public List<Solution> solveAll(List<LinearSystem> systems) {
        List<Solution> solutions = counted(solver.solveAll(systems), systems.size());
        List<Solution> checked = new ArrayList<>(solutions.size());
        for (int k = 0; k < solutions.size(); k++) {
            checked.add(checked(systems.get(k), solutions.get(k)));
        }
        return checked;
    }

    @Override
    public List<Solution> path(LinearSystem system, double[] shifts) {
        List<Solution> solutions = counted(solver.path(system, shifts), shifts.length);
        List<Solution> checked = new ArrayList<>(solutions.size());
        for (int k = 0; k < solutions.size(); k++) {
            checked.add(checked(system.withShift(shifts[k]), solutions.get(k)));
        }
        return checked;
    }

    private List<Solution> counted(List<Solution> solutions, int expected) {
        if (solutions == null || solutions.size() != expected) {
            throw new NumericalException(
                    "solver " + name + " returned " + (solutions == null ? "null" : solutions.size()) + " for "
                            + expected + " systems; expected a solution for each: the solver is at fault");
        }
        return solutions;
    }

    private Solution checked(LinearSystem system, Solution solution) {
        int size = system.rhs().length;
        if (solution == null) {
            return failed(size, "returned null");
        }
        if (solution.status() == null) {
            return failed(size, "returned a solution without a status");
        }
        double[] x = solution.x();
        if (x == null || x.length != size) {
            return failed(
                    size,
                    "returned " + (x == null ? "no solution" : "a solution of length " + x.length)
                            + ", expected length " + size);
        }
        return solution.converged() ? verified(system, solution) : solution;
    }

    private Solution verified(LinearSystem system, Solution solution) {
        double found = system.relativeResidual(solution.x());
        if (found <= LARGEST_RESIDUAL || found <= SAME * solution.residual()) {
            return with(solution, found, Solution.Status.CONVERGED, "");
        }
        String what = Double.isNaN(found)
                ? "its solution holds NaN or infinity, though it says that it converged"
                : String.format(
                        Locale.ROOT,
                        "it says that it converged to a residual of %.2g, its solution has %.2g",
                        solution.residual(),
                        found);
        return with(
                solution,
                found,
                Double.isNaN(found) ? Solution.Status.NOT_FINITE : Solution.Status.NOT_CONVERGED,
                what);
    }

    private static Solution with(Solution solution, double residual, Solution.Status status, String detail) {
        return new Solution(solution.x(), solution.iterations(), residual, solution.condition(), status, detail);
    }

    private static Solution failed(int size, String what) {
        return new Solution(new double[size], 0, Double.NaN, Double.NaN, Solution.Status.BREAKDOWN, what);
    }
}
