package org.eigendrift.solvers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;

/**
 * Sequences of five-point Laplacians on m x m points plus c I, scaled to unit diagonal: the setting of arXiv 2310.02246.
 * The time of a system is its c.
 */
final class Lattices {
    private Lattices() {}

    static LinearSystem system(int m, double c, int number) {
        int n = m * m;
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            a[i * n + i] = 1;
            int right = (i + 1) % m == 0 ? -1 : i + 1;
            int below = i + m < n ? i + m : -1;
            for (int j : new int[] {right, below}) {
                if (j >= 0) {
                    a[i * n + j] = -1 / (4 + c);
                    a[j * n + i] = -1 / (4 + c);
                }
            }
        }
        return new LinearSystem(new DenseSymmetric(n, a), 0, Reference.vector(n, 4, number), c);
    }

    /** Systems whose shifts are given by their numbers. */
    static List<LinearSystem> sequence(int m, int count, IntToDoubleFunction shift) {
        List<LinearSystem> systems = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            systems.add(system(m, shift.applyAsDouble(k), k));
        }
        return systems;
    }

    /** Shifts drawn from [low, high] on a log scale. */
    static IntToDoubleFunction drawn(double low, double high, long seed) {
        CounterRandom random = new CounterRandom(seed);
        return k -> high * Math.pow(low / high, random.uniform(0, k));
    }

    /** Shifts that fall from high to low, geometrically. */
    static IntToDoubleFunction falling(double low, double high, int count) {
        return k -> high * Math.pow(low / high, (double) k / (count - 1));
    }
}
