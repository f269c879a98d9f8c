package org.eigendrift.samplers.guidance;

import org.eigendrift.api.Points;

/**
 * Conjugate gradients on (I + gamma A^T A) x = z + gamma A^T y, as many steps as asked for, for all points side by side. A point
 * whose residual is rounding stays where it is.
 *
 * @param observation A and y
 * @param gamma weight
 * @param iterations steps
 */
record KrylovSteps(Observation observation, double gamma, int iterations) {

    /**
     * Iterates.
     *
     * @param z the right-hand side without the observation; not modified
     * @param x where to start; receives the iterate; modified
     */
    void run(Points z, Points x) {
        // b - (I + gamma A^T A) x = z - x + gamma A^T (y - A x), whatever the operator's constant.
        Points r = observation.adjoint(x, observation.residual(x));
        for (int k = 0; k < r.values().length; k++) {
            r.values()[k] = z.values()[k] - x.values()[k] + gamma * r.values()[k];
        }
        Points p = r.copy();
        double[] rho = squares(r, r);
        double[] scale = squares(z, z);
        for (int step = 0; step < iterations; step++) {
            Points q = apply(p);
            double[] curvature = squares(p, q);
            for (int n = 0; n < x.size(); n++) {
                boolean done = rho[n] <= 1e-30 * (1 + scale[n]);
                double length = done ? 0 : rho[n] / curvature[n];
                double next = 0;
                for (int i = 0; i < x.dim(); i++) {
                    x.set(i, n, x.get(i, n) + length * p.get(i, n));
                    r.set(i, n, r.get(i, n) - length * q.get(i, n));
                    next += r.get(i, n) * r.get(i, n);
                }
                for (int i = 0; i < x.dim() && !done; i++) {
                    p.set(i, n, r.get(i, n) + next / rho[n] * p.get(i, n));
                }
                rho[n] = next;
            }
        }
    }

    private Points apply(Points p) {
        Points image = Points.zeros(observation.size(), p.size());
        observation.operator().tangent(p, p, image);
        Points out = observation.adjoint(p, image);
        for (int k = 0; k < out.values().length; k++) {
            out.values()[k] = p.values()[k] + gamma * out.values()[k];
        }
        return out;
    }

    private static double[] squares(Points a, Points b) {
        double[] out = new double[a.size()];
        for (int i = 0; i < a.dim(); i++) {
            for (int n = 0; n < out.length; n++) {
                out[n] += a.get(i, n) * b.get(i, n);
            }
        }
        return out;
    }
}
