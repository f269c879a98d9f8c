package org.eigendrift.api.linear;

import java.util.List;

/**
 * Solutions x_rho of (A + rho I) x = b along a path of ridges, from which a {@link RidgeRule} picks. What the ridges
 * share is up to {@link Solver#path}: a spectral solver decomposes once for all of them. Immutable.
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
        return new RidgePath(bare, shifts.clone(), solutions, misfits);
    }

    /**
     * The system.
     *
     * @return the system without a ridge; shared
     */
    public LinearSystem system() {
        return system;
    }

    /**
     * A ridge.
     *
     * @param index 0 to the number of solutions, exclusive
     * @return rho, at least 0
     */
    public double ridge(int index) {
        return shifts[index];
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
}
