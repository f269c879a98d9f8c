package org.eigendrift.solvers.krylov;

import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.solvers.Vectors;

/** LSQR on B = A M^-1, whose transpose is M^-1 A; the names are the paper's. */
final class Lsqr extends KrylovSolver {
    private double[] v = new double[0];
    private double[] mv = new double[0];
    private double[] w = new double[0];
    private double[] work = new double[0];

    Lsqr(IterativeOptions options) {
        super("lsqr", options);
    }

    @Override
    protected void prepare(LinearSystem system) {
        int n = system.rhs().length;
        if (v.length != n) {
            v = new double[n];
            mv = new double[n];
            w = new double[n];
            work = new double[n];
        }
    }

    @Override
    protected Ending iterate(LinearSystem system, double[] x, double[] u, double target, int limit) {
        double beta = Vectors.norm(u);
        Vectors.scale(1 / beta, u);
        system.apply(u, work);
        precondition(work, v);
        double alpha = Vectors.norm(v);
        double phibar = beta;
        double rhobar = alpha;
        double scale = alpha;
        if (!(alpha > 0)) {
            return leastSquares(0, alpha);
        }
        Vectors.scale(1 / alpha, v);
        precondition(v, mv);
        System.arraycopy(mv, 0, w, 0, w.length);
        for (int k = 1; k <= limit; k++) {
            system.apply(mv, work);
            Vectors.scaleAdd(work, -alpha, u);
            beta = Vectors.norm(u);
            if (beta > 0) {
                Vectors.scale(1 / beta, u);
                system.apply(u, work);
                precondition(work, mv);
                Vectors.scaleAdd(mv, -beta, v);
                alpha = Vectors.norm(v);
                if (alpha > 0) {
                    Vectors.scale(1 / alpha, v);
                }
            }
            scale = Math.max(scale, alpha + beta);
            double rho = Math.hypot(rhobar, beta);
            double c = rhobar / rho;
            double s = beta / rho;
            double theta = s * alpha;
            rhobar = -c * alpha;
            double phi = c * phibar;
            phibar *= s;
            Vectors.addScaled(phi / rho, w, x);
            precondition(v, mv);
            Vectors.scaleAdd(mv, -theta / rho, w);
            if (Math.abs(phibar) <= target || Double.isNaN(phibar)) {
                return Ending.done(k);
            }
            // |B' r| / |r| = alpha |c|: 0 at a least-squares solution.
            if (alpha * Math.abs(c) <= Math.ulp(scale)) {
                return leastSquares(k, alpha);
            }
        }
        return Ending.done(limit);
    }

    static Ending leastSquares(int iterations, double alpha) {
        return Double.isNaN(alpha)
                ? new Ending(iterations, Solution.Status.NOT_FINITE, "A' u is NaN")
                : new Ending(iterations, Solution.Status.SINGULAR, "no solution: this is a least-squares solution");
    }
}
