package org.eigendrift.solvers;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.linear.LinearSystem;

/**
 * A few steps of the Lanczos process with full reorthogonalisation (Golub, Van Loan 10.1): the extreme Ritz values lie
 * within the spectrum and approach its ends from inside. Keeps work space.
 */
public final class Lanczos {
    /** What a symmetric linear map does to a vector. */
    @FunctionalInterface
    public interface Map {
        /**
         * Applies the map.
         *
         * @param x vector; not modified
         * @param y receives the image; modified
         */
        void apply(double[] x, double[] y);
    }

    /** Names the fixed start vector: estimates must not depend on the run's seed. */
    private static final CounterRandom START = new CounterRandom(0x4C414E43L);

    private double[][] basis = new double[0][];
    private double[] fixed = new double[0];
    private double[] next = new double[0];
    private double[] diagonal = new double[0];
    private double[] off = new double[0];
    private int steps;

    /**
     * Runs the process.
     *
     * @param map the symmetric map
     * @param n order
     * @param maxSteps steps at most; fewer if the space becomes invariant
     * @param start the start vector, or null for a fixed pseudo-random one; not modified
     * @return this, with the Ritz values
     */
    public Lanczos run(Map map, int n, int maxSteps, double[] start) {
        int limit = Math.min(maxSteps, n);
        reserve(n, limit);
        steps = 0;
        begin(n, start);
        double norm = Vectors.norm(basis[0]);
        if (!(norm > 0) || !Double.isFinite(norm)) {
            return this;
        }
        Vectors.scale(1 / norm, basis[0]);
        double scale = 0;
        for (int k = 0; k < limit; k++) {
            map.apply(basis[k], next);
            diagonal[k] = Vectors.dot(basis[k], next);
            steps = k + 1;
            // Twice is enough (Parlett, Kahan): the second pass removes what cancellation left.
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j <= k; j++) {
                    Vectors.addScaled(-Vectors.dot(basis[j], next), basis[j], next);
                }
            }
            off[k] = Vectors.norm(next);
            scale = Math.max(scale, Math.abs(diagonal[k]) + off[k]);
            if (!(off[k] > n * Math.ulp(scale)) || k + 1 == limit) {
                break;
            }
            System.arraycopy(next, 0, basis[k + 1], 0, n);
            Vectors.scale(1 / off[k], basis[k + 1]);
        }
        return this;
    }

    /**
     * Runs the process on D^-1/2 (A + shift I) D^-1/2, which has the eigenvalues of D^-1 (A + shift I).
     *
     * @param system the system
     * @param inverseDiagonal positive numbers, those of D^-1
     * @param maxSteps steps at most
     * @return this, with the Ritz values
     */
    public Lanczos runScaled(LinearSystem system, double[] inverseDiagonal, int maxSteps) {
        int n = inverseDiagonal.length;
        double[] root = new double[n];
        for (int i = 0; i < n; i++) {
            root[i] = Math.sqrt(inverseDiagonal[i]);
        }
        double[] scaled = new double[n];
        Map map = (x, y) -> {
            for (int i = 0; i < n; i++) {
                scaled[i] = root[i] * x[i];
            }
            system.apply(scaled, y);
            for (int i = 0; i < n; i++) {
                y[i] *= root[i];
            }
        };
        return run(map, n, maxSteps, null);
    }

    private void begin(int n, double[] start) {
        if (start != null) {
            System.arraycopy(start, 0, basis[0], 0, n);
            return;
        }
        if (fixed.length != n) {
            fixed = new double[n];
            for (int i = 0; i < n; i++) {
                fixed[i] = START.uniform(0, i) - 0.5;
            }
        }
        System.arraycopy(fixed, 0, basis[0], 0, n);
    }

    private void reserve(int n, int limit) {
        if (next.length != n) {
            next = new double[n];
            basis = new double[0][];
        }
        int had = basis.length;
        if (had < limit) {
            basis = Arrays.copyOf(basis, limit);
            for (int k = had; k < limit; k++) {
                basis[k] = new double[n];
            }
            diagonal = new double[limit];
            off = new double[limit];
        }
    }

    /**
     * The smallest Ritz value.
     *
     * @return an upper bound of the smallest eigenvalue, NaN if the process did not start
     */
    public double smallest() {
        return steps == 0 ? Double.NaN : Tridiagonal.smallest(diagonal, off, steps);
    }

    /**
     * The largest Ritz value.
     *
     * @return a lower bound of the largest eigenvalue, NaN if the process did not start
     */
    public double largest() {
        return steps == 0 ? Double.NaN : Tridiagonal.largest(diagonal, off, steps);
    }
}
