package org.eigendrift.solvers;

import java.util.Locale;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.plugin.Chosen;

/**
 * The frame of every iteration. A method's own recurrence for the residual drifts from the truth in floating point,
 * and preconditioned methods measure another norm; so whenever a method believes it is done the residual is computed
 * afresh, and the method starts again from where it stands unless the truth agrees. A start that gains less than a
 * tenth means that the attainable accuracy was reached: the solve ends as not converged.
 */
public abstract class IterativeSolver implements Solver {
    /**
     * How one run of a method ended.
     *
     * @param iterations iterations used
     * @param status null to leave the judgement to the true residual
     * @param what what happened, if there is a status
     */
    public record Ending(int iterations, Solution.Status status, String what) {
        /** Done as far as the method knows. */
        public static Ending done(int iterations) {
            return new Ending(iterations, null, "");
        }
    }

    /** Gain below which another start is hopeless: true progress gains far more, rounding noise does not. */
    private static final double STAGNATION = 0.9;

    private final String name;
    private final double tolerance;
    private final int maxIterations;
    private final int conditionSteps;
    private final Chosen<LinearSystem, Preconditioner> preconditioner;
    private final Lanczos lanczos = new Lanczos();
    private Preconditioner current;

    /**
     * Creates the frame.
     *
     * @param name the solver's name, for messages
     * @param tolerance relative residual of a converged solve
     * @param maxIterations iterations at most
     * @param conditionSteps Lanczos steps for the condition estimate, 0 for none
     * @param preconditioner created anew for each system; null if the method takes none
     */
    protected IterativeSolver(
            String name,
            double tolerance,
            int maxIterations,
            int conditionSteps,
            Chosen<LinearSystem, Preconditioner> preconditioner) {
        this.name = name;
        this.tolerance = tolerance;
        this.maxIterations = maxIterations;
        this.conditionSteps = conditionSteps;
        this.preconditioner = preconditioner;
    }

    /**
     * Runs the method once.
     *
     * @param system the system; not modified
     * @param x where to start, receives the result; modified
     * @param r the true residual b - A x; work space, modified
     * @param target residual norm to reach
     * @param limit iterations at most
     * @return how it ended
     */
    protected abstract Ending iterate(LinearSystem system, double[] x, double[] r, double target, int limit);

    /** Called once before a system's first run. */
    protected void prepare(LinearSystem system) {}

    /** Called once after a system's last run. */
    protected void conclude(LinearSystem system, boolean converged, int iterations) {}

    /** The condition number as the method itself saw it, NaN if it did not. */
    protected double ownCondition() {
        return Double.NaN;
    }

    /** Applies the system's preconditioner. */
    protected final void precondition(double[] r, double[] z) {
        current.apply(r, z);
    }

    /** Whether there is no preconditioner, so that the method sees the matrix itself. */
    protected final boolean plain() {
        return preconditioner == null || preconditioner.name().equals("none");
    }

    /** The relative residual of a converged solve. */
    protected final double tolerance() {
        return tolerance;
    }

    /** Iterations at most. */
    protected final int maxIterations() {
        return maxIterations;
    }

    /** The solver's name. */
    protected final String name() {
        return name;
    }

    @Override
    public final Solution solve(LinearSystem system, double[] guess) {
        String found = Systems.notFinite(system, guess);
        if (found != null) {
            return Systems.refuse(system, found);
        }
        current = preconditioner == null ? null : preconditioner.create(system);
        prepare(system);
        int n = system.rhs().length;
        double[] x = guess == null ? new double[n] : guess.clone();
        double[] r = new double[n];
        double norm = Vectors.norm(system.rhs());
        double target = norm == 0 ? tolerance : tolerance * norm;
        double previous = Double.POSITIVE_INFINITY;
        int used = 0;
        while (true) {
            residual(system, x, r);
            double reached = Vectors.norm(r);
            if (reached <= target) {
                return finish(system, x, used, null, "");
            }
            if (!Double.isFinite(reached)) {
                return finish(system, x, used, Solution.Status.NOT_FINITE, "the iteration left the range of doubles");
            }
            if (used >= maxIterations) {
                return finish(system, x, used, Solution.Status.NOT_CONVERGED, "stopped at max_iterations");
            }
            if (reached > STAGNATION * previous) {
                return finish(system, x, used, Solution.Status.NOT_CONVERGED, "rounding allows no smaller residual");
            }
            previous = reached;
            Ending ending = iterate(system, x, r, target, maxIterations - used);
            used += ending.iterations();
            if (ending.status() != null) {
                return finish(system, x, used, ending.status(), ending.what());
            }
        }
    }

    private static void residual(LinearSystem system, double[] x, double[] r) {
        system.apply(x, r);
        double[] b = system.rhs();
        for (int i = 0; i < r.length; i++) {
            r[i] = b[i] - r[i];
        }
    }

    /** Judges by the true residual alone whether a method that gave up is nevertheless done. */
    private Solution finish(LinearSystem system, double[] x, int used, Solution.Status cause, String what) {
        double residual = system.relativeResidual(x);
        // The two ways of summing the squares differ by rounding: n ulps at most, taken as 1e-9 relative.
        boolean converged = residual <= tolerance * (1 + 1e-9);
        conclude(system, converged, used);
        Solution.Status status = converged ? Solution.Status.CONVERGED : cause;
        if (!converged && cause == null) {
            status = Solution.Status.NOT_CONVERGED;
        }
        String detail = converged
                ? ""
                : Systems.detail(
                        system,
                        used,
                        residual,
                        String.format(Locale.ROOT, "%s: %s (tolerance %.3e)", name, what, tolerance));
        return new Solution(x, used, residual, condition(system, x), status, detail);
    }

    private double condition(LinearSystem system, double[] x) {
        double own = ownCondition();
        if (!Double.isNaN(own) || conditionSteps == 0) {
            return own;
        }
        // The solution is one step of inverse iteration on b: rich in the eigenvectors of small eigenvalues.
        boolean usable = Vectors.firstNotFinite(x) < 0 && Vectors.dot(x, x) > 0;
        lanczos.run(system::apply, x.length, conditionSteps, usable ? x : null);
        double smallest = lanczos.smallest();
        return smallest > 0 ? Math.max(1, lanczos.largest() / smallest) : Double.POSITIVE_INFINITY;
    }
}
