package org.eigendrift.solvers.stationary;

import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.solvers.Lanczos;
import org.eigendrift.solvers.Systems;

/**
 * Young's optimal omega (Young, Iterative Solution of Large Linear Systems, 6.2 and 15.3): with mu the spectral radius
 * of I - D^-1 A, 2 / (1 + sqrt(1 - mu^2)) for one-way sweeps and 2 / (1 + sqrt(2 (1 - mu))) for symmetric ones. It is
 * the optimum for consistently ordered matrices; for those that cannot be, omega is 1.
 */
final class SpectralRelaxation implements Relaxation {
    /** Steps of the estimate: as many products with the matrix, against dozens of sweeps. */
    private static final int STEPS = 12;

    /** A radius of 1 and more, of a matrix that is singular or not consistently ordered, counts as this. */
    private static final double LARGEST_RADIUS = 0.9999;

    /** 2, and a tenth for matrices nearly so. */
    private static final double LARGEST_CONSISTENT = 2.1;

    private final boolean symmetric;
    private final Lanczos lanczos = new Lanczos();

    SpectralRelaxation(boolean symmetric) {
        this.symmetric = symmetric;
    }

    @Override
    public Trial choose(LinearSystem system) {
        lanczos.runScaled(system, Systems.inverseDiagonal(system), STEPS);
        // Consistent order makes the spectrum of D^-1 A symmetric about 1, hence below 2. One that reaches beyond has
        // no such order, the formula does not hold, and Gauss-Seidel is hard to beat.
        if (!(lanczos.largest() <= LARGEST_CONSISTENT)) {
            return Trial.always(1);
        }
        double mu = Math.min(Math.max(1 - lanczos.smallest(), 0), LARGEST_RADIUS);
        return Trial.always(symmetric ? 2 / (1 + Math.sqrt(2 * (1 - mu))) : 2 / (1 + Math.sqrt(1 - mu * mu)));
    }
}
