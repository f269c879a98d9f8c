package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.SymmetricOperator;
import org.eigendrift.api.plugin.Chosen;
import org.junit.jupiter.api.Test;

/** What every preconditioner keeps: a symmetric positive definite linear map, fixed once created. */
public abstract class PreconditionerContract {
    private static final int WIDTH = 3;
    private static final int BLOCKS = 9;
    private static final int N = WIDTH * BLOCKS;

    /**
     * The preconditioner under test.
     *
     * @return provider and options
     */
    protected abstract Chosen<LinearSystem, Preconditioner> preconditioner();

    /**
     * Whether it can be built from products alone.
     *
     * @return false for those that need the entries
     */
    protected boolean takesOperators() {
        return true;
    }

    /** A ring of blocks, each coupled to its neighbours; definite by diagonal dominance (2 against 6 times 0.15). */
    private static BlockSymmetric ring() {
        int[] starts = new int[BLOCKS + 1];
        int[] rows = new int[BLOCKS + 1];
        int[] columns = new int[2 * BLOCKS];
        double[][] entries = new double[2 * BLOCKS][];
        int at = 0;
        for (int i = 0; i < BLOCKS; i++) {
            starts[i + 1] = starts[i] + WIDTH;
            rows[i] = at;
            for (int j = i; j < BLOCKS; j++) {
                if (j == i || j == i + 1 || i == 0 && j == BLOCKS - 1) {
                    columns[at] = j;
                    entries[at++] = block(i, j);
                }
            }
        }
        rows[BLOCKS] = at;
        return new BlockSymmetric(starts, rows, columns, entries);
    }

    private static double[] block(int i, int j) {
        double[] block = new double[WIDTH * WIDTH];
        for (int r = 0; r < WIDTH; r++) {
            for (int c = 0; c < WIDTH; c++) {
                double sign = (r + c + i) % 2 == 0 ? 0.15 : -0.12;
                block[r * WIDTH + c] = i != j ? sign : r == c ? 2 + 0.3 * i : 0.2;
            }
        }
        return block;
    }

    private static double[] vector(long stream) {
        double[] x = new double[N];
        for (int i = 0; i < N; i++) {
            x[i] = new CounterRandom(23).normal(stream, i);
        }
        return x;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static LinearSystem system(SymmetricOperator matrix) {
        return new LinearSystem(matrix, 0.05, vector(1), 0.5);
    }

    private double[] apply(Preconditioner m, double[] r) {
        double[] before = r.clone();
        double[] z = vector(99);
        m.apply(r, z);
        assertArrayEquals(before, r, 0, "r is not modified");
        return z;
    }

    /** Dense or blocks: u' M^-1 v = v' M^-1 u, v' M^-1 v > 0, linear, and the same at every call. */
    @Test
    public void isSymmetricPositiveDefinite() {
        for (LinearSystem system : new LinearSystem[] {system(ring()), system(ring().toDense())}) {
            Preconditioner m = preconditioner().create(system);
            for (int trial = 0; trial < 5; trial++) {
                double[] u = vector(2 + trial);
                double[] v = vector(20 + trial);
                double[] mu = apply(m, u);
                double[] mv = apply(m, v);
                double scale = Math.sqrt(dot(mu, mu) * dot(v, v)) + Math.sqrt(dot(mv, mv) * dot(u, u));
                // A few dozen rounded operations each.
                assertEquals(dot(v, mu), dot(u, mv), 1e-13 * scale, "v' M^-1 u is u' M^-1 v");
                assertTrue(dot(u, mu) > 0, "u' M^-1 u is " + dot(u, mu) + ", not above 0");
                double[] combined = new double[N];
                for (int i = 0; i < N; i++) {
                    combined[i] = 2 * u[i] - 3 * v[i];
                }
                double[] mc = apply(m, combined);
                for (int i = 0; i < N; i++) {
                    assertEquals(2 * mu[i] - 3 * mv[i], mc[i], 1e-12 * scale, "M^-1 is linear");
                }
                assertArrayEquals(mu, apply(m, u), 0, "the map is fixed");
            }
        }
    }

    /** A bare operator is taken, or refused in words. */
    @Test
    public void takesOrRefusesOperators() {
        BlockSymmetric matrix = ring();
        LinearSystem system = system(new SymmetricOperator() {
            @Override
            public int size() {
                return N;
            }

            @Override
            public void apply(double[] x, double[] y) {
                matrix.apply(x, y);
            }

            @Override
            public void diagonal(double[] out) {
                matrix.diagonal(out);
            }
        });
        if (takesOperators()) {
            double[] u = vector(2);
            double energy = dot(u, apply(preconditioner().create(system), u));
            assertTrue(energy > 0, "u' M^-1 u is " + energy + ", not above 0");
        } else {
            InputException refusal =
                    assertThrows(InputException.class, () -> preconditioner().create(system));
            assertTrue(
                    refusal.getMessage().contains("jacobi"),
                    "a refusal names what takes operators, such as jacobi; it says: " + refusal.getMessage());
        }
    }
}
