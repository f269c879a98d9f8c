package org.eigendrift.solvers.krylov;

import java.util.Arrays;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.solvers.Vectors;

/** LSMR on B = A M^-1, whose transpose is M^-1 A; the names are the paper's, primes written out. */
final class Lsmr extends KrylovSolver {
    private double[] v = new double[0];
    private double[] mv = new double[0];
    private double[] h = new double[0];
    private double[] hbar = new double[0];
    private double[] work = new double[0];

    Lsmr(IterativeOptions options) {
        super("lsmr", options);
    }

    @Override
    protected void prepare(LinearSystem system) {
        int n = system.rhs().length;
        if (v.length != n) {
            v = new double[n];
            mv = new double[n];
            h = new double[n];
            hbar = new double[n];
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
        if (!(alpha > 0)) {
            return Lsqr.leastSquares(0, alpha);
        }
        Vectors.scale(1 / alpha, v);
        precondition(v, mv);
        System.arraycopy(mv, 0, h, 0, h.length);
        Arrays.fill(hbar, 0);
        ResidualNorm residual = new ResidualNorm(beta);
        double alphabar = alpha;
        double zetabar = alpha * beta;
        double rho = 1;
        double rhobar = 1;
        double cbar = 1;
        double sbar = 0;
        double zeta = 0;
        double scale = alpha;
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
            double oldRho = rho;
            rho = Math.hypot(alphabar, beta);
            double c = alphabar / rho;
            double s = beta / rho;
            double theta = s * alpha;
            alphabar = c * alpha;
            double oldRhobar = rhobar;
            double oldZeta = zeta;
            double thetabar = sbar * rho;
            double rotated = cbar * rho;
            rhobar = Math.hypot(rotated, theta);
            cbar = rotated / rhobar;
            sbar = theta / rhobar;
            zeta = cbar * zetabar;
            zetabar = -sbar * zetabar;
            Vectors.scaleAdd(h, -thetabar * rho / (oldRho * oldRhobar), hbar);
            Vectors.addScaled(zeta / (rho * rhobar), hbar, x);
            precondition(v, mv);
            Vectors.scaleAdd(mv, -theta / rho, h);
            double norm = residual.next(c, s, thetabar, rhobar, oldZeta, zeta);
            if (norm <= target || Double.isNaN(norm)) {
                return Ending.done(k);
            }
            // |B' r| = |zetabar|.
            if (Math.abs(zetabar) <= Math.ulp(scale) * norm) {
                return Lsqr.leastSquares(k, zetabar);
            }
        }
        return Ending.done(limit);
    }

    /** The norm of the residual, by the recurrences of section 5.1 of the paper for a damping of 0. */
    private static final class ResidualNorm {
        private double betadd;
        private double betad;
        private double rhod = 1;
        private double tautilde;
        private double thetatilde;

        ResidualNorm(double beta) {
            betadd = beta;
        }

        double next(double c, double s, double thetabar, double rhobar, double oldZeta, double zeta) {
            double betahat = c * betadd;
            betadd = -s * betadd;
            double oldThetatilde = thetatilde;
            double rhotilde = Math.hypot(rhod, thetabar);
            double ctilde = rhod / rhotilde;
            double stilde = thetabar / rhotilde;
            thetatilde = stilde * rhobar;
            rhod = ctilde * rhobar;
            betad = -stilde * betad + ctilde * betahat;
            tautilde = (oldZeta - oldThetatilde * tautilde) / rhotilde;
            double taud = (zeta - thetatilde * tautilde) / rhod;
            return Math.hypot(betad - taud, betadd);
        }
    }
}
