package org.eigendrift.solvers.stationary;

import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.solvers.IterativeSolver;
import org.eigendrift.solvers.Lanczos;
import org.eigendrift.solvers.Systems;
import org.eigendrift.solvers.Vectors;

/**
 * Chebyshev semi-iteration (Saad, algorithm 12.1) on D^-1 A with an interval from Lanczos. The smallest Ritz value is
 * above the smallest eigenvalue; if the iterations that the interval promises do not suffice, its lower end is lowered.
 */
final class ChebyshevIteration extends IterativeSolver {
    /** An interval wider than this is not trusted from a few Lanczos steps: it is widened only when needed. */
    private static final double WIDEST = 1000;

    /** Factor by which the lower end is lowered: the iterations of a round double. */
    private static final double LOWER = 4;

    private final Lanczos lanczos = new Lanczos();
    private double[] inverse;
    private double[] step = new double[0];
    private double[] product = new double[0];
    private double smallest;
    private double low;
    private double high;

    ChebyshevIteration(StationaryOptions options) {
        super("chebyshev", options.tolerance(), options.maxIterations(), options.conditionSteps(), null);
    }

    @Override
    protected void prepare(LinearSystem system) {
        inverse = Systems.inverseDiagonal(system);
        if (step.length != inverse.length) {
            step = new double[inverse.length];
            product = new double[inverse.length];
        }
        lanczos.runScaled(system, inverse, Jacobi.STEPS);
        smallest = lanczos.smallest();
        high = lanczos.largest() > 0 ? Jacobi.MARGIN * lanczos.largest() : 1;
        low = Math.max(smallest, high / WIDEST);
    }

    @Override
    protected Ending iterate(LinearSystem system, double[] x, double[] r, double target, int limit) {
        Ending indefinite = Jacobi.refuseNegative(smallest, lanczos.largest());
        if (indefinite != null) {
            return indefinite;
        }
        int used = 0;
        while (used < limit) {
            double start = Vectors.norm(r);
            double root = Math.sqrt(low / high);
            // The error falls like 2 ((1 - root) / (1 + root))^k (Saad, 12.13).
            double promised = Math.log(2 * start / target) / (Math.log1p(root) - Math.log1p(-root));
            int round = (int) Math.min(limit - used, 2 + Math.ceil(promised));
            used += round(system, x, r, target, round);
            double norm = Vectors.norm(r);
            if (norm <= target || !Double.isFinite(norm)) {
                break;
            }
            if (norm > start) {
                Ending ending = OverRelaxation.lookAtCurvature(system, x, product, used);
                if (ending != null) {
                    return ending;
                }
                high *= 2;
            } else {
                low /= LOWER;
            }
        }
        return Ending.done(used);
    }

    private int round(LinearSystem system, double[] x, double[] r, double target, int limit) {
        double theta = (high + low) / 2;
        double delta = (high - low) / 2;
        double sigma = theta / delta;
        double rho = 1 / sigma;
        for (int i = 0; i < x.length; i++) {
            step[i] = inverse[i] * r[i] / theta;
        }
        for (int k = 1; k <= limit; k++) {
            system.apply(step, product);
            double next = 1 / (2 * sigma - rho);
            for (int i = 0; i < x.length; i++) {
                x[i] += step[i];
                r[i] -= product[i];
                step[i] = rho * next * step[i] + 2 * next / delta * inverse[i] * r[i];
            }
            rho = next;
            if (Vectors.norm(r) <= target) {
                return k;
            }
        }
        return limit;
    }
}
