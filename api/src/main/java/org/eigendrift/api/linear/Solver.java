package org.eigendrift.api.linear;

import java.util.ArrayList;
import java.util.List;

/**
 * Solves systems, one after the other. An instance keeps work space and possibly knowledge between calls (a recycled
 * subspace, a learned relaxation): it belongs to one thread, and gives the same results for the same sequence.
 */
public interface Solver {

    /**
     * Whether results depend on the systems solved before. The engine then solves the times of a grid in order, from
     * the horizon down, with one instance; otherwise it may solve them in parallel with several.
     *
     * @return true for solvers that learn or recycle
     */
    default boolean sequential() {
        return false;
    }

    /**
     * Solves one system.
     *
     * @param system the system; not modified
     * @param guess where to start, the solution of a neighbouring time, or null for zero; not modified
     * @return the solution with its true residual; a status other than converged instead of an exception for anything
     *     the numbers cause
     * @throws org.eigendrift.api.InputException if the solver cannot take this kind of operator, naming those that can
     */
    Solution solve(LinearSystem system, double[] guess);

    /**
     * Solves with several right-hand sides. Solvers that can share work override this.
     *
     * @param systems systems that differ in nothing but their right-hand sides
     * @return the solutions in order
     */
    default List<Solution> solveAll(List<LinearSystem> systems) {
        List<Solution> solutions = new ArrayList<>(systems.size());
        for (LinearSystem system : systems) {
            solutions.add(solve(system, null));
        }
        return solutions;
    }

    /**
     * Solves along a path of ridges. Solvers that can share work override this.
     *
     * @param system the system; its own shift is ignored
     * @param shifts ridges, each at least 0; not modified
     * @return the solutions in order
     */
    default List<Solution> path(LinearSystem system, double[] shifts) {
        List<Solution> solutions = new ArrayList<>(shifts.length);
        double[] guess = null;
        for (double shift : shifts) {
            Solution solution = solve(system.withShift(shift), guess);
            guess = solution.converged() ? solution.x() : guess;
            solutions.add(solution);
        }
        return solutions;
    }
}
