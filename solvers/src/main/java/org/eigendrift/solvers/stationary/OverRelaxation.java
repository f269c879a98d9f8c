package org.eigendrift.solvers.stationary;

import org.eigendrift.api.Fused;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.solvers.IterativeSolver;
import org.eigendrift.solvers.Systems;
import org.eigendrift.solvers.Vectors;

/**
 * Sweeps of successive over-relaxation, one way or to and fro. For a definite matrix they converge for every omega in
 * (0, 2) (Ostrowski, Reich), so growth means that the matrix is not definite.
 */
final class OverRelaxation extends IterativeSolver {
    /** Growth of the residual that asks for a look at the curvature x'Ax / x'x. */
    private static final double GROWTH = 1e6;

    private final boolean symmetric;
    private final Relaxation relaxation;
    private Sweep sweep;
    private Relaxation.Trial trial;
    private int sweeps;
    private double estimate;

    OverRelaxation(
            String name,
            boolean symmetric,
            Relaxation relaxation,
            double tolerance,
            int maxIterations,
            int conditionSteps) {
        super(name, tolerance, maxIterations, conditionSteps, null);
        this.symmetric = symmetric;
        this.relaxation = relaxation;
    }

    static OverRelaxation of(String name, boolean symmetric, RelaxationOptions options, RunContext context) {
        Relaxation relaxation;
        switch (options.relaxation()) {
            case FIXED -> relaxation = system -> Relaxation.Trial.always(options.omega());
            case AUTO -> relaxation = new SpectralRelaxation(symmetric);
            case LEARNED -> relaxation = new TsallisInf(grid(options), context.random(name.hashCode()));
            case CONTEXTUAL -> relaxation = new ChebyshevBandit(grid(options), context.random(name.hashCode()));
            default -> throw new IllegalStateException(options.relaxation().name());
        }
        return new OverRelaxation(
                name, symmetric, relaxation, options.tolerance(), options.maxIterations(), options.conditionSteps());
    }

    private static double[] grid(RelaxationOptions options) {
        double[] grid = new double[options.arms()];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = 2 - Math.pow(2 - options.largest(), (double) i / (grid.length - 1));
        }
        return grid;
    }

    @Override
    public boolean sequential() {
        return relaxation.learns();
    }

    @Override
    protected void prepare(LinearSystem system) {
        sweep = Sweep.of(Systems.entries(name(), system, "cg, chebyshev or jacobi"), system.shift());
        trial = relaxation.choose(system);
        sweeps = 0;
        estimate = Double.NaN;
    }

    @Override
    protected void conclude(LinearSystem system, boolean converged, int iterations) {
        relaxation.learn(sweeps, Double.isNaN(estimate) ? sweeps : estimate);
    }

    @Override
    protected Ending iterate(LinearSystem system, double[] x, double[] r, double target, int limit) {
        Ending negative = negativeDiagonal(x.length);
        if (negative != null) {
            return negative;
        }
        double start = Vectors.norm(r);
        double least = Double.POSITIVE_INFINITY;
        double alarm = GROWTH;
        for (int k = 1; k <= limit; k++) {
            double omega = sweeps++ < trial.budget() ? trial.omega() : trial.fallback();
            double met = sweep.forward(system.rhs(), x, omega);
            if (symmetric) {
                met = sweep.backward(system.rhs(), x, omega);
            }
            double size = Math.sqrt(met);
            if (sweeps == trial.budget()) {
                estimate = extrapolate(start, size, target);
            }
            least = Math.min(least, size);
            if (!(size <= alarm * least)) {
                Ending ending = lookAtCurvature(system, x, r, k);
                if (ending != null) {
                    return ending;
                }
                alarm *= GROWTH;
            }
            // The residuals met in a sweep tell when the true one, which costs a product, is worth computing.
            if (size <= target) {
                system.apply(x, r);
                double norm = 0;
                for (int i = 0; i < r.length; i++) {
                    double residual = system.rhs()[i] - r[i];
                    norm = Fused.multiplyAdd(residual, residual, norm);
                }
                if (Math.sqrt(norm) <= target) {
                    return Ending.done(k);
                }
            }
        }
        Ending ending = lookAtCurvature(system, x, r, limit);
        return ending == null ? Ending.done(limit) : ending;
    }

    /** Sweeps to the target at the rate seen so far; at most a hundred times those used. */
    private double extrapolate(double start, double reached, double target) {
        double gained = Math.log(start / reached);
        double needed = Math.log(start / target);
        return sweeps * Math.min(100, gained > 0 ? Math.max(1, needed / gained) : 100);
    }

    private Ending negativeDiagonal(int n) {
        double largest = 0;
        int lowest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(sweep.diagonal(i)));
            lowest = sweep.diagonal(i) < sweep.diagonal(lowest) ? i : lowest;
        }
        return sweep.diagonal(lowest) < -n * Math.ulp(largest)
                ? new Ending(
                        0,
                        Solution.Status.INDEFINITE,
                        "diagonal entry " + (lowest + 1) + " is " + sweep.diagonal(lowest))
                : null;
    }

    /** What diverges is dominated by the eigenvectors of negative eigenvalues. */
    static Ending lookAtCurvature(LinearSystem system, double[] x, double[] work, int iterations) {
        system.apply(x, work);
        double curvature = Vectors.dot(x, work) / Vectors.dot(x, x);
        if (Double.isNaN(curvature)) {
            return new Ending(iterations, Solution.Status.NOT_FINITE, "the iteration left the range of doubles");
        }
        return curvature < 0
                ? new Ending(iterations, Solution.Status.INDEFINITE, "x' A x / x' x = " + curvature)
                : null;
    }
}
