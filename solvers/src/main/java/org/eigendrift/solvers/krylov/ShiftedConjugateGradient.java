package org.eigendrift.solvers.krylov;

import java.util.Arrays;
import org.eigendrift.api.Fused;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.solvers.Vectors;

/**
 * Conjugate gradients for (A + sigma_s I) x_s = b with all sigma_s at once (Jegerlehner, hep-lat/9612014): the residuals
 * of all are parallel, r_s = zeta_s r, where r is that of the smallest shift, and
 *
 * <pre>  zeta' = zeta zeta_ alpha_ / (alpha beta (zeta_ - zeta) + zeta_ alpha_ (1 + alpha delta)),</pre>
 *
 * with delta = sigma_s - sigma, alpha and beta of the smallest shift, and _ for the step before.
 */
final class ShiftedConjugateGradient {
    private final LinearSystem base;
    private final double[] deltas;

    ShiftedConjugateGradient(LinearSystem system, double[] shifts) {
        double smallest = Arrays.stream(shifts).min().orElseThrow();
        base = system.withShift(smallest);
        deltas = Arrays.stream(shifts).map(shift -> shift - smallest).toArray();
    }

    /**
     * Runs until every residual is small, by its recurrence.
     *
     * @param x receives the solutions, zero at the start; modified
     * @param tolerance relative residual
     * @param limit iterations at most
     * @return iterations used
     */
    int run(double[][] x, double tolerance, int limit) {
        int n = base.rhs().length;
        int count = deltas.length;
        double[] r = base.rhs().clone();
        double[] p = r.clone();
        double[] product = new double[n];
        double[][] directions = new double[count][];
        double[] zeta = new double[count];
        double[] previousZeta = new double[count];
        Arrays.setAll(directions, s -> base.rhs().clone());
        Arrays.fill(zeta, 1);
        Arrays.fill(previousZeta, 1);
        double target = tolerance * Vectors.norm(r);
        double rr = Vectors.dot(r, r);
        double previousAlpha = 1;
        double beta = 0;
        for (int k = 1; k <= limit && rr > 0; k++) {
            base.apply(p, product);
            double curvature = Vectors.dot(p, product);
            // What is wrong with the matrix is for the polishing solves to say.
            if (!(curvature > 0)) {
                return k;
            }
            double alpha = rr / curvature;
            Vectors.addScaled(-alpha, product, r);
            double next = Vectors.dot(r, r);
            double nextBeta = next / rr;
            double largest = 0;
            for (int s = 0; s < count; s++) {
                double numerator = zeta[s] * previousZeta[s] * previousAlpha;
                double nextZeta = numerator
                        / (alpha * beta * (previousZeta[s] - zeta[s])
                                + previousZeta[s] * previousAlpha * (1 + alpha * deltas[s]));
                // A shift so far along that its factor underflows is done.
                double ratio = zeta[s] == 0 || !Double.isFinite(nextZeta) ? 0 : nextZeta / zeta[s];
                Vectors.addScaled(alpha * ratio, directions[s], x[s]);
                double factor = zeta[s] * ratio;
                double shiftedBeta = nextBeta * ratio * ratio;
                for (int i = 0; i < n; i++) {
                    directions[s][i] = Fused.multiplyAdd(shiftedBeta, directions[s][i], factor * r[i]);
                }
                previousZeta[s] = zeta[s];
                zeta[s] = factor;
                largest = Math.max(largest, Math.abs(factor));
            }
            if (largest * Math.sqrt(next) <= target) {
                return k;
            }
            Vectors.scaleAdd(r, nextBeta, p);
            previousAlpha = alpha;
            beta = nextBeta;
            rr = next;
        }
        return limit;
    }
}
