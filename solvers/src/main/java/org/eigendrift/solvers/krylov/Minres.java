package org.eigendrift.solvers.krylov;

import java.util.Arrays;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.solvers.Vectors;

/**
 * Preconditioned MINRES: Lanczos vectors, and a QR factorisation of the tridiagonal matrix by Givens rotations
 * updated as it grows. The residual it minimises is that in the norm of the preconditioner.
 */
final class Minres extends KrylovSolver {
    private double[] r1 = new double[0];
    private double[] y = new double[0];
    private double[] v = new double[0];
    private double[] w = new double[0];
    private double[] w1 = new double[0];
    private double[] w2 = new double[0];

    Minres(IterativeOptions options) {
        super("minres", options);
    }

    @Override
    protected void prepare(LinearSystem system) {
        int n = system.rhs().length;
        if (r1.length != n) {
            r1 = new double[n];
            y = new double[n];
            v = new double[n];
            w = new double[n];
            w1 = new double[n];
            w2 = new double[n];
        }
    }

    @Override
    protected Ending iterate(LinearSystem system, double[] x, double[] r2, double target, int limit) {
        double start = Vectors.norm(r2);
        precondition(r2, y);
        double beta = Math.sqrt(Vectors.dot(r2, y));
        if (!(beta > 0)) {
            return ConjugateGradient.notPositive(
                    0, Vectors.dot(r2, y), "r' M^-1 r", "the preconditioner is not positive definite");
        }
        System.arraycopy(r2, 0, r1, 0, r1.length);
        Arrays.fill(w, 0);
        Arrays.fill(w2, 0);
        double previousBeta = 0;
        double dbar = 0;
        double epsilon = 0;
        double cosine = -1;
        double sine = 0;
        double phibar = beta;
        double phiTarget = beta * target / start;
        double scale = 0;
        for (int k = 1; k <= limit; k++) {
            for (int i = 0; i < v.length; i++) {
                v[i] = y[i] / beta;
            }
            system.apply(v, y);
            if (k > 1) {
                Vectors.addScaled(-beta / previousBeta, r1, y);
            }
            double alpha = Vectors.dot(v, y);
            Vectors.addScaled(-alpha / beta, r2, y);
            System.arraycopy(r2, 0, r1, 0, r1.length);
            System.arraycopy(y, 0, r2, 0, y.length);
            precondition(r2, y);
            previousBeta = beta;
            double square = Vectors.dot(r2, y);
            if (square < 0 || Double.isNaN(square)) {
                return ConjugateGradient.notPositive(
                        k, square, "r' M^-1 r", "the preconditioner is not positive definite");
            }
            beta = Math.sqrt(square);
            scale = Math.max(scale, Math.abs(alpha) + beta);

            double previousEpsilon = epsilon;
            double delta = cosine * dbar + sine * alpha;
            double gbar = sine * dbar - cosine * alpha;
            epsilon = sine * beta;
            dbar = -cosine * beta;
            double gamma = Math.hypot(gbar, beta);
            // |A r| / |r| in the norm of the preconditioner: 0 at a least-squares solution.
            if (Math.hypot(gbar, dbar) <= Math.ulp(scale) || gamma == 0) {
                return new Ending(k, Solution.Status.SINGULAR, "no solution: this is a least-squares solution");
            }
            cosine = gbar / gamma;
            sine = beta / gamma;
            double phi = cosine * phibar;
            phibar *= sine;
            double[] oldest = w1;
            w1 = w2;
            w2 = w;
            w = oldest;
            for (int i = 0; i < w.length; i++) {
                w[i] = (v[i] - previousEpsilon * w1[i] - delta * w2[i]) / gamma;
            }
            Vectors.addScaled(phi, w, x);
            if (phibar <= phiTarget || beta <= Math.ulp(scale)) {
                return Ending.done(k);
            }
        }
        return Ending.done(limit);
    }
}
