package org.eigendrift.solvers.krylov;

import java.util.Arrays;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.solvers.Vectors;

/** GMRES(m) preconditioned from the right: modified Gram-Schmidt, Givens rotations on the Hessenberg matrix. */
final class Gmres extends KrylovSolver {
    private final int restart;
    private final double[][] basis;
    private final double[][] hessenberg;
    private final double[] cosine;
    private final double[] sine;
    private final double[] g;
    private double[] z = new double[0];

    Gmres(GmresProvider.Options options) {
        super(
                "gmres",
                new IterativeOptions(
                        options.preconditioner(),
                        options.tolerance(),
                        options.maxIterations(),
                        options.conditionSteps()));
        restart = options.restart();
        basis = new double[restart + 1][];
        hessenberg = new double[restart][];
        for (int k = 0; k < restart; k++) {
            hessenberg[k] = new double[k + 2];
        }
        cosine = new double[restart];
        sine = new double[restart];
        g = new double[restart + 1];
    }

    @Override
    protected void prepare(LinearSystem system) {
        int n = system.rhs().length;
        if (z.length != n) {
            z = new double[n];
            Arrays.fill(basis, null);
        }
    }

    private double[] basis(int k) {
        if (basis[k] == null) {
            basis[k] = new double[z.length];
        }
        return basis[k];
    }

    @Override
    protected Ending iterate(LinearSystem system, double[] x, double[] r, double target, int limit) {
        int used = 0;
        double previous = Double.POSITIVE_INFINITY;
        while (used < limit) {
            double norm = Vectors.norm(r);
            if (norm <= target || !Double.isFinite(norm)) {
                break;
            }
            // A cycle that gains nothing is repeated by all that follow.
            if (norm >= previous * (1 - 1e-6)) {
                return new Ending(used, Solution.Status.NOT_CONVERGED, "a cycle of " + restart + " gained nothing");
            }
            previous = norm;
            used += cycle(system, x, r, norm, target, Math.min(restart, limit - used));
            system.apply(x, r);
            for (int i = 0; i < r.length; i++) {
                r[i] = system.rhs()[i] - r[i];
            }
        }
        return Ending.done(used);
    }

    private int cycle(LinearSystem system, double[] x, double[] r, double norm, double target, int limit) {
        System.arraycopy(r, 0, basis(0), 0, r.length);
        Vectors.scale(1 / norm, basis[0]);
        g[0] = norm;
        int k = 0;
        boolean exhausted = false;
        while (k < limit && !exhausted && Math.abs(g[k]) > target) {
            precondition(basis[k], z);
            double[] next = basis(k + 1);
            system.apply(z, next);
            double length = Vectors.norm(next);
            double[] h = hessenberg[k];
            for (int j = 0; j <= k; j++) {
                h[j] = Vectors.dot(basis[j], next);
                Vectors.addScaled(-h[j], basis[j], next);
            }
            h[k + 1] = Vectors.norm(next);
            exhausted = !(h[k + 1] > Math.ulp(length));
            if (!exhausted) {
                Vectors.scale(1 / h[k + 1], next);
            }
            rotate(h, k);
            k++;
        }
        expand(x, k);
        return k;
    }

    private void rotate(double[] h, int k) {
        for (int j = 0; j < k; j++) {
            double turned = cosine[j] * h[j] + sine[j] * h[j + 1];
            h[j + 1] = -sine[j] * h[j] + cosine[j] * h[j + 1];
            h[j] = turned;
        }
        double length = Math.hypot(h[k], h[k + 1]);
        cosine[k] = length == 0 ? 1 : h[k] / length;
        sine[k] = length == 0 ? 0 : h[k + 1] / length;
        h[k] = length;
        g[k + 1] = -sine[k] * g[k];
        g[k] = cosine[k] * g[k];
    }

    /** Adds M^-1 V y, y from the triangular system; a zero pivot, of a singular matrix, drops its direction. */
    private void expand(double[] x, int k) {
        double[] y = new double[k];
        for (int i = k - 1; i >= 0; i--) {
            double sum = g[i];
            for (int j = i + 1; j < k; j++) {
                sum -= hessenberg[j][i] * y[j];
            }
            boolean usable = Math.abs(hessenberg[i][i]) > Math.ulp(hessenberg[0][0]);
            y[i] = usable ? sum / hessenberg[i][i] : 0;
        }
        double[] combined = new double[x.length];
        for (int j = 0; j < k; j++) {
            Vectors.addScaled(y[j], basis[j], combined);
        }
        precondition(combined, z);
        Vectors.addScaled(1, z, x);
    }
}
