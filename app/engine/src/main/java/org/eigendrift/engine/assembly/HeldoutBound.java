package org.eigendrift.engine.assembly;

import org.eigendrift.api.Parallel;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.api.sampler.TimeGrid;

/**
 * The held-out evidence bound (docs/method.md, 8): E log q(x) &gt;= E log pi(x) + integral of (2 b^T theta -
 * theta^T A theta) dt, with A and b from held-out moments and theta from training moments. It bounds the likelihood of
 * the reverse stochastic equation started in pi, not the probability flow's.
 */
public final class HeldoutBound {
    private HeldoutBound() {}

    /**
     * The integral over the grid's range, by Simpson's rule on log t where the number of steps is even (a trailing
     * trapezoid otherwise).
     *
     * @param assembler makes the systems of the held-out moments
     * @param means all held-out moments; not modified
     * @param functionMeans held-out m_alpha; not modified
     * @param grid times
     * @param scaled for each time the training solution y; not modified
     * @param parallel runs times
     * @return nats a row
     */
    public static double integral(
            Assembler assembler,
            double[] means,
            double[] functionMeans,
            TimeGrid grid,
            double[][] scaled,
            Parallel parallel) {
        double[] integrand = new double[grid.steps() + 1];
        parallel.forEach(integrand.length, j -> {
            double t = grid.time(j);
            integrand[j] = t * gain(assembler.matrix(means, t), assembler.rhs(functionMeans, t), scaled[j]);
        });
        return integral(grid, integrand);
    }

    /** The integral over log t of values at the times of a grid. */
    static double integral(TimeGrid grid, double[] integrand) {
        double sum = 0;
        int j = 0;
        for (; j + 2 < integrand.length; j += 2) {
            sum += simpson(grid, integrand, j);
        }
        if (j + 1 < integrand.length) {
            sum += 0.5 * Math.log(grid.time(j) / grid.time(j + 1)) * (integrand[j] + integrand[j + 1]);
        }
        return sum;
    }

    /**
     * What the score at one time gains over the prior's, 2 b^T y - y^T A y.
     *
     * @param matrix the held-out scaled matrix
     * @param rhs the held-out scaled right-hand side; not modified
     * @param y the training solution; not modified
     * @return nats a unit of time
     */
    public static double gain(SymmetricMatrix matrix, double[] rhs, double[] y) {
        double[] product = new double[y.length];
        matrix.apply(y, product);
        double gain = 0;
        for (int a = 0; a < y.length; a++) {
            gain += y[a] * (2 * rhs[a] - product[a]);
        }
        return gain;
    }

    /** The parabola through three times, integrated over log t; exact for unequal intervals. */
    private static double simpson(TimeGrid grid, double[] f, int j) {
        double h0 = Math.log(grid.time(j) / grid.time(j + 1));
        double h1 = Math.log(grid.time(j + 1) / grid.time(j + 2));
        double sum = h0 + h1;
        return sum / 6 * ((2 - h1 / h0) * f[j] + sum * sum / (h0 * h1) * f[j + 1] + (2 - h0 / h1) * f[j + 2]);
    }
}
