package org.eigendrift.solvers.stationary;

import org.eigendrift.api.Fused;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.solvers.IterativeSolver;
import org.eigendrift.solvers.Lanczos;
import org.eigendrift.solvers.Systems;
import org.eigendrift.solvers.Vectors;

/** x += omega D^-1 r; omega from the ends of the spectrum of D^-1 A, halved should the upper one be wrong. */
final class Jacobi extends IterativeSolver {
    /** Lanczos steps for the spectrum. */
    static final int STEPS = 20;

    /** The largest Ritz value is below the largest eigenvalue; after so many steps by a few per cent at most. */
    static final double MARGIN = 1.05;

    /** Growth of the residual that no admissible omega causes: the transient of a symmetric iteration is none. */
    private static final double GROWTH = 1e3;

    private final Lanczos lanczos = new Lanczos();
    private double[] inverse;
    private double omega;
    private double smallest;

    Jacobi(StationaryOptions options) {
        super("jacobi", options.tolerance(), options.maxIterations(), options.conditionSteps(), null);
    }

    @Override
    protected void prepare(LinearSystem system) {
        inverse = Systems.inverseDiagonal(system);
        lanczos.runScaled(system, inverse, STEPS);
        smallest = lanczos.smallest();
        omega = 2 / (Math.max(smallest, 0) + MARGIN * lanczos.largest());
        if (!(omega > 0) || Double.isInfinite(omega)) {
            omega = 1;
        }
    }

    @Override
    protected Ending iterate(LinearSystem system, double[] x, double[] r, double target, int limit) {
        Ending indefinite = refuseNegative(smallest, lanczos.largest());
        if (indefinite != null) {
            return indefinite;
        }
        double least = Vectors.norm(r);
        for (int k = 1; k <= limit; k++) {
            for (int i = 0; i < x.length; i++) {
                x[i] = Fused.multiplyAdd(omega * inverse[i], r[i], x[i]);
            }
            system.apply(x, r);
            for (int i = 0; i < r.length; i++) {
                r[i] = system.rhs()[i] - r[i];
            }
            double norm = Vectors.norm(r);
            if (norm <= target) {
                return Ending.done(k);
            }
            if (!(norm <= GROWTH * least)) {
                omega /= 2;
                Ending ending = OverRelaxation.lookAtCurvature(system, x, r, k);
                return ending == null ? Ending.done(k) : ending;
            }
            least = Math.min(least, norm);
        }
        return Ending.done(limit);
    }

    /** A negative Ritz value beyond rounding proves a negative eigenvalue. */
    static Ending refuseNegative(double smallest, double largest) {
        return smallest < -1e-12 * Math.abs(largest)
                ? new Ending(0, Solution.Status.INDEFINITE, "an eigenvalue of D^-1 A is at most " + smallest)
                : null;
    }
}
