package org.eigendrift.solvers.krylov;

import java.util.Arrays;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.solvers.Vectors;

/** BiCGSTAB, preconditioned from the right, so that its residual is the true one. */
final class Bicgstab extends KrylovSolver {
    private double[] shadow = new double[0];
    private double[] p = new double[0];
    private double[] v = new double[0];
    private double[] t = new double[0];
    private double[] z = new double[0];

    Bicgstab(IterativeOptions options) {
        super("bicgstab", options);
    }

    @Override
    protected void prepare(LinearSystem system) {
        int n = system.rhs().length;
        if (p.length != n) {
            shadow = new double[n];
            p = new double[n];
            v = new double[n];
            t = new double[n];
            z = new double[n];
        }
    }

    @Override
    protected Ending iterate(LinearSystem system, double[] x, double[] r, double target, int limit) {
        System.arraycopy(r, 0, shadow, 0, r.length);
        Arrays.fill(p, 0);
        Arrays.fill(v, 0);
        double rho = 1;
        double alpha = 1;
        double omega = 1;
        for (int k = 1; k <= limit; k++) {
            double next = Vectors.dot(shadow, r);
            if (lost(next, Vectors.norm(shadow) * Vectors.norm(r))) {
                return gaveUp(k - 1, next, "(r0, r)");
            }
            double beta = next / rho * (alpha / omega);
            rho = next;
            for (int i = 0; i < p.length; i++) {
                p[i] = r[i] + beta * (p[i] - omega * v[i]);
            }
            precondition(p, z);
            system.apply(z, v);
            double denominator = Vectors.dot(shadow, v);
            if (lost(denominator, Vectors.norm(shadow) * Vectors.norm(v))) {
                return gaveUp(k, denominator, "(r0, A p)");
            }
            alpha = rho / denominator;
            Vectors.addScaled(alpha, z, x);
            Vectors.addScaled(-alpha, v, r);
            if (Vectors.norm(r) <= target) {
                return Ending.done(k);
            }
            precondition(r, z);
            system.apply(z, t);
            double tt = Vectors.dot(t, t);
            omega = tt == 0 ? 0 : Vectors.dot(t, r) / tt;
            if (omega == 0 || Double.isNaN(omega)) {
                return gaveUp(k, omega, "omega");
            }
            Vectors.addScaled(omega, z, x);
            Vectors.addScaled(-omega, t, r);
            if (Vectors.norm(r) <= target) {
                return Ending.done(k);
            }
        }
        return Ending.done(limit);
    }

    /** Whether nothing but rounding is left of an inner product of vectors of the given norms. */
    private static boolean lost(double product, double scale) {
        return !(Math.abs(product) > Math.ulp(1.0) * scale);
    }

    /** After some progress the frame starts again with a new shadow; without any there is nothing to hope for. */
    private static Ending gaveUp(int iterations, double value, String quantity) {
        return iterations > 1
                ? Ending.done(iterations)
                : new Ending(iterations, Solution.Status.BREAKDOWN, quantity + " = " + value);
    }
}
