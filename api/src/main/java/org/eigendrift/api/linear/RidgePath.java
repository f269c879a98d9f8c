package org.eigendrift.api.linear;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.CounterRandom;

/**
 * Solutions x_rho of (A + rho I) x = b along a path of ridges, and two rules that pick a ridge from them. What the
 * ridges share is up to {@link Solver#path}: a spectral solver decomposes once for all of them.
 */
public final class RidgePath {
    private final LinearSystem system;
    private final double[] shifts;
    private final List<Solution> solutions;
    private final double[] misfits;

    private RidgePath(LinearSystem system, double[] shifts, List<Solution> solutions, double[] misfits) {
        this.system = system;
        this.shifts = shifts;
        this.solutions = solutions;
        this.misfits = misfits;
    }

    /**
     * Solves along a path.
     *
     * @param solver the solver
     * @param system the system; its own shift is ignored
     * @param shifts ridges, each at least 0, at least one; copied
     * @return the path
     */
    public static RidgePath solve(Solver solver, LinearSystem system, double[] shifts) {
        if (shifts.length == 0) {
            throw new IllegalArgumentException("a path needs a ridge");
        }
        List<Solution> solutions = List.copyOf(solver.path(system, shifts));
        LinearSystem bare = system.withShift(0);
        double norm = 0;
        for (double value : system.rhs()) {
            norm = Math.hypot(norm, value);
        }
        double[] misfits = new double[shifts.length];
        for (int k = 0; k < shifts.length; k++) {
            misfits[k] = bare.relativeResidual(solutions.get(k).x()) * (norm == 0 ? 1 : norm);
        }
        return new RidgePath(system, shifts.clone(), solutions, misfits);
    }

    /**
     * The solutions.
     *
     * @return one a ridge, in their order
     */
    public List<Solution> solutions() {
        return solutions;
    }

    /**
     * The misfit |b - A x_rho| of the system without its ridge, which grows with rho.
     *
     * @param index of the ridge
     * @return the 2-norm
     */
    public double misfit(int index) {
        return misfits[index];
    }

    /**
     * The discrepancy principle (Morozov 1966): the largest ridge whose misfit does not exceed the noise in b.
     *
     * @param noise expected 2-norm of the error of b
     * @return index of the ridge among those that converged; that of the smallest misfit if all exceed the noise; -1 if
     *     none converged
     */
    public int discrepancy(double noise) {
        int best = -1;
        for (int k = 0; k < shifts.length; k++) {
            if (!solutions.get(k).converged()) {
                continue;
            }
            boolean fits = misfits[k] <= noise;
            boolean bestFits = best >= 0 && misfits[best] <= noise;
            boolean better = fits == bestFits
                    ? (fits ? shifts[k] > shifts[best] : best < 0 || misfits[k] < misfits[best])
                    : fits;
            best = better ? k : best;
        }
        return best;
    }

    /**
     * Generalised cross-validation (Golub, Heath, Wahba 1979): the ridge that minimises
     *
     * <pre>  V(rho) = n |b - A x_rho|^2 / (rho tr (A + rho I)^-1)^2,</pre>
     *
     * the trace from products z' (A + rho I)^-1 z with random signs z (Hutchinson 1990), or exactly with all unit
     * vectors if there are at least as many probes as unknowns.
     *
     * @param solver solves one path a probe
     * @param probes number of probes, at least 1
     * @param random draws the signs
     * @return index of the ridge, which is positive; -1 if no path converged at a positive ridge
     */
    public int crossValidation(Solver solver, int probes, CounterRandom random) {
        double[] traces = traces(solver, probes, random);
        int n = system.rhs().length;
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < shifts.length; k++) {
            double freedom = shifts[k] * traces[k];
            double value = n * misfits[k] * misfits[k] / (freedom * freedom);
            if (solutions.get(k).converged() && shifts[k] > 0 && value < least) {
                least = value;
                best = k;
            }
        }
        return best;
    }

    /** Estimates of tr (A + rho I)^-1; NaN where a solve did not converge. */
    private double[] traces(Solver solver, int probes, CounterRandom random) {
        int n = system.rhs().length;
        boolean exact = probes >= n;
        int count = exact ? n : probes;
        double[] traces = new double[shifts.length];
        double[][] signs = new double[count][n];
        for (int p = 0; p < count; p++) {
            for (int i = 0; i < n; i++) {
                signs[p][i] = exact ? (i == p ? 1 : 0) : random.uniform(p, i) < 0.5 ? -1 : 1;
            }
        }
        for (int k = 0; k < shifts.length; k++) {
            // All probes of a ridge together: a direct solver factorises once for them.
            List<LinearSystem> probing = new ArrayList<>(count);
            for (double[] z : signs) {
                probing.add(new LinearSystem(system.matrix(), shifts[k], z, system.time()));
            }
            List<Solution> solved = solver.solveAll(probing);
            for (int p = 0; p < count; p++) {
                double product = solved.get(p).converged() ? 0 : Double.NaN;
                for (int i = 0; i < n; i++) {
                    product += signs[p][i] * solved.get(p).x()[i];
                }
                traces[k] += exact ? product : product / count;
            }
        }
        return traces;
    }
}
