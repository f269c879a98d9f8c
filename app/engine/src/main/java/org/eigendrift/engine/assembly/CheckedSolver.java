package org.eigendrift.engine.assembly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Origin;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.plugin.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A solver whose word is not taken: every solution that is said to have converged is put into its system, at the cost of
 * one product with the matrix. What comes out carries the residual that was found; where that is large and not the
 * one that was claimed, or there is no solution of the right length at all, the solve has failed, in words. So it has where the
 * solver throws what is not meant for the user; the log has the trace of the first time.
 */
final class CheckedSolver implements Solver {
    /** Largest relative residual of a solution that is used. */
    static final double LARGEST_RESIDUAL = 1e-6;

    /** Norms of differences are summed in other orders by others; beyond this factor a claim is another number. */
    private static final double SAME = 2;

    private static final Logger LOG = LoggerFactory.getLogger(CheckedSolver.class);

    /** A fit solves a thousand systems, in many parts: one word on a solver is enough. */
    private static final Set<Provider<?, ?, ?>> TOLD =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final Chosen<RunContext, Solver> chosen;
    private final AtomicBoolean logged;
    private final Solver solver;
    private final boolean sequential;
    private boolean atFault;

    /**
     * Creates a solver.
     *
     * @param chosen which one
     * @param run what it is created with
     * @param logged whether a fault of it was logged; shared by all instances of one use, which fail alike
     * @throws org.eigendrift.api.plugin.PluginException if it cannot be created
     */
    CheckedSolver(Chosen<RunContext, Solver> chosen, RunContext run, AtomicBoolean logged) {
        this.chosen = chosen;
        this.logged = logged;
        this.solver = chosen.create(run);
        this.sequential = solver.sequential();
    }

    private String plugin() {
        return "solver " + chosen.name() + ", " + Origin.of(chosen.provider()) + ",";
    }

    /** What the solver returns, or null where it throws; what is meant for the user, and a wish to stop, goes on. */
    private <T> T called(String what, Supplier<T> work, StringBuilder failure) {
        try {
            return work.get();
        } catch (InputException | NumericalException | CancellationException | PluginException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            failure.append(PluginException.meaning(e));
            if (!logged.getAndSet(true)) {
                LOG.error("{} {} threw", plugin(), what, e);
            }
            return null;
        }
    }

    @Override
    public boolean sequential() {
        return sequential;
    }

    @Override
    public Solution solve(LinearSystem system, double[] guess) {
        StringBuilder failure = new StringBuilder();
        Solution solution = called("solve", () -> solver.solve(system, guess), failure);
        return explained(
                system,
                failure.isEmpty() ? checked(system, solution) : failed(system.rhs().length, failure.toString()));
    }

    @Override
    public List<Solution> solveAll(List<LinearSystem> systems) {
        return checked(systems, "solveAll", () -> solver.solveAll(systems));
    }

    @Override
    public List<Solution> path(LinearSystem system, double[] shifts) {
        List<LinearSystem> systems =
                Arrays.stream(shifts).mapToObj(system::withShift).toList();
        return checked(systems, "path", () -> solver.path(system, shifts));
    }

    private List<Solution> checked(List<LinearSystem> systems, String what, Supplier<List<Solution>> work) {
        StringBuilder failure = new StringBuilder();
        List<Solution> solutions = called(what, work, failure);
        if (failure.isEmpty() && (solutions == null || solutions.size() != systems.size())) {
            failure.append("returned ")
                    .append(solutions == null ? "null" : Integer.toString(solutions.size()))
                    .append(" for ")
                    .append(systems.size())
                    .append(" systems, expected a solution for each");
        }
        List<Solution> checked = new ArrayList<>(systems.size());
        for (int k = 0; k < systems.size(); k++) {
            checked.add(explained(
                    systems.get(k),
                    failure.isEmpty()
                            ? checked(systems.get(k), solutions.get(k))
                            : failed(systems.get(k).rhs().length, failure.toString())));
        }
        return checked;
    }

    /** A failure whose reason is the preconditioner is told as the preconditioner's. */
    private Solution explained(LinearSystem system, Solution solution) {
        return solution.converged()
                ? solution
                : PreconditionerCheck.fault(chosen, system)
                        .map(fault -> with(solution, solution.residual(), solution.status(), fault))
                        .orElse(solution);
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
                blamed(what));
    }

    private static Solution with(Solution solution, double residual, Solution.Status status, String detail) {
        return new Solution(solution.x(), solution.iterations(), residual, solution.condition(), status, detail);
    }

    private Solution failed(int size, String what) {
        return new Solution(new double[size], 0, Double.NaN, Double.NaN, Solution.Status.BREAKDOWN, blamed(what));
    }

    /** Says of a solver that was at fault, and not only without success, that another one has its place. */
    void tellReplaced(String by) {
        if (atFault && TOLD.add(chosen.provider())) {
            LOG.warn(
                    "{} is at fault: its solutions are none, or not what it says of them; {} solves in its place",
                    plugin(),
                    by);
        }
    }

    private String blamed(String what) {
        atFault = true;
        return what + " (" + plugin() + " is at fault)";
    }
}
