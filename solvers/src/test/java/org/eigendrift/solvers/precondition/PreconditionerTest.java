package org.eigendrift.solvers.precondition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.solvers.factor.CholeskyFactor;
import org.eigendrift.solvers.stationary.Sweep;
import org.junit.jupiter.api.Test;

/** Preconditioners and sweeps against their definitions. */
final class PreconditionerTest {
    private static final int WIDTH = 3;
    private static final int BLOCKS = 7;
    private static final int N = WIDTH * BLOCKS;
    private static final double SHIFT = 0.1;

    /** A chain of blocks; definite, as every row's off-diagonal entries add up to at most 9 times 0.1. */
    private static BlockSymmetric chain() {
        CounterRandom random = new CounterRandom(31);
        int[] starts = new int[BLOCKS + 1];
        int[] rows = new int[BLOCKS + 1];
        int[] columns = new int[2 * BLOCKS - 1];
        double[][] entries = new double[columns.length][WIDTH * WIDTH];
        for (int i = 0; i < BLOCKS; i++) {
            starts[i + 1] = starts[i] + WIDTH;
            rows[i] = 2 * i;
            columns[2 * i] = i;
            for (int r = 0; r < WIDTH; r++) {
                for (int c = 0; c < WIDTH; c++) {
                    entries[2 * i][r * WIDTH + c] = r == c ? 1 + 0.1 * r : 0.1;
                    if (i + 1 < BLOCKS) {
                        columns[2 * i + 1] = i + 1;
                        entries[2 * i + 1][r * WIDTH + c] = 0.1 * (2 * random.uniform(i, r * WIDTH + c) - 1);
                    }
                }
            }
        }
        rows[BLOCKS] = columns.length;
        return new BlockSymmetric(starts, rows, columns, entries);
    }

    private static double[] vector(long stream) {
        double[] x = new double[N];
        Arrays.setAll(x, i -> new CounterRandom(32).normal(stream, i));
        return x;
    }

    private static LinearSystem system() {
        return new LinearSystem(chain(), SHIFT, vector(0), 1);
    }

    private static double[] apply(Preconditioner m, double[] r) {
        double[] z = new double[r.length];
        m.apply(r, z);
        return z;
    }

    /** A chain has no fill: the incomplete factorisation is complete. */
    @Test
    void incompleteCholeskyIsExactWithoutFill() {
        CholeskyFactor factor = new CholeskyFactor();
        factor.factor(chain(), SHIFT);
        double[] exact = vector(1);
        factor.solve(exact, 0);
        IncompleteCholeskyPreconditioner provider = new IncompleteCholeskyPreconditioner();
        Preconditioner m = provider.create(provider.options().defaults(), system());
        assertArrayEquals(exact, apply(m, vector(1)), 1e-13);
        LinearSystem dense = new LinearSystem(chain().toDense(), SHIFT, vector(0), 1);
        assertArrayEquals(exact, apply(provider.create(provider.options().defaults(), dense), vector(1)), 1e-13);
    }

    /** A definite matrix whose incomplete factorisation without fill breaks down (Kershaw 1978). */
    @Test
    void incompleteCholeskyShiftsOnBreakdown() {
        double[][] a = {{3, -2, 0, 2}, {-2, 3, -2, 0}, {0, -2, 3, -2}, {2, 0, -2, 3}};
        int[] columns = {0, 1, 3, 1, 2, 2, 3, 3};
        int[] rows = {0, 3, 5, 7, 8};
        double[][] entries = new double[columns.length][];
        for (int i = 0; i < 4; i++) {
            for (int k = rows[i]; k < rows[i + 1]; k++) {
                entries[k] = new double[] {a[i][columns[k]]};
            }
        }
        BlockSymmetric kershaw = new BlockSymmetric(new int[] {0, 1, 2, 3, 4}, rows, columns, entries);
        assertEquals(-1, new CholeskyFactor().factor(kershaw, 0), "the matrix is definite");
        assertTrue(!new BlockIncompleteCholesky(kershaw).factor(0, 1), "the factorisation breaks down");
        IncompleteCholeskyPreconditioner provider = new IncompleteCholeskyPreconditioner();
        LinearSystem system = new LinearSystem(kershaw, 0, new double[4], 1);
        Preconditioner m = provider.create(provider.options().defaults(), system);
        double[] r = {1, -2, 3, 4};
        double[] z = apply(m, r);
        assertTrue(r[0] * z[0] + r[1] * z[1] + r[2] * z[2] + r[3] * z[3] > 0);
    }

    /** M z = r for M = omega / (2 - omega) (D / omega + L) D^-1 (D / omega + L'), multiplied out. */
    @Test
    void ssorSolvesWithItsProduct() {
        SsorPreconditioner provider = new SsorPreconditioner();
        double omega = 1.3;
        Preconditioner m = provider.create(new SsorPreconditioner.Options(omega), system());
        double[] z = apply(m, vector(2));
        DenseSymmetric a = chain().toDense();
        double[] upper = new double[N];
        for (int i = 0; i < N; i++) {
            upper[i] = (a.get(i, i) + SHIFT) / omega * z[i];
            for (int j = i + 1; j < N; j++) {
                upper[i] += a.get(i, j) * z[j];
            }
        }
        double[] product = new double[N];
        for (int i = 0; i < N; i++) {
            product[i] = upper[i] / omega;
            for (int j = 0; j < i; j++) {
                product[i] += a.get(i, j) * upper[j] / (a.get(j, j) + SHIFT);
            }
            product[i] *= omega / (2 - omega);
        }
        assertArrayEquals(vector(2), product, 1e-13);
    }

    /** Sweeps on blocks are the textbook's on the dense matrix: x_i += omega (b - A x)_i / a_ii, row after row. */
    @Test
    void sweepsOnBlocksAreThoseOfTheDefinition() {
        DenseSymmetric a = chain().toDense();
        for (boolean forward : new boolean[] {true, false}) {
            double[] expected = vector(3);
            double squares = 0;
            for (int k = 0; k < N; k++) {
                int i = forward ? k : N - 1 - k;
                double residual = vector(4)[i] - SHIFT * expected[i];
                for (int j = 0; j < N; j++) {
                    residual -= a.get(i, j) * expected[j];
                }
                expected[i] += 1.4 * residual / (a.get(i, i) + SHIFT);
                squares += residual * residual;
            }
            for (Sweep sweep : new Sweep[] {Sweep.of(chain(), SHIFT), Sweep.of(a, SHIFT)}) {
                double[] x = vector(3);
                double met = forward ? sweep.forward(vector(4), x, 1.4) : sweep.backward(vector(4), x, 1.4);
                assertArrayEquals(expected, x, 1e-13);
                assertEquals(squares, met, 1e-12);
            }
        }
    }

    /** On a multiple of the identity the Chebyshev polynomial is known: T_k of one point. */
    @Test
    void polynomialIsChebyshevs() {
        double[] values = new double[N * N];
        for (int i = 0; i < N; i++) {
            values[i * N + i] = 4;
        }
        LinearSystem system = new LinearSystem(new DenseSymmetric(N, values), 0, vector(0), 1);
        PolynomialPreconditioner provider = new PolynomialPreconditioner();
        double[] z = apply(provider.create(new PolynomialPreconditioner.Options(3, 30), system), vector(5));
        // D^-1 A = I, the interval is [1.1 / 30, 1.1]; after k + 1 steps the residual is T_{k+1}(y) / T_{k+1}(sigma).
        double low = 1.1 / 30;
        double sigma = (1.1 + low) / (1.1 - low);
        double y = (1.1 + low - 2) / (1.1 - low);
        double residual = Math.cos(4 * Math.acos(y)) / Math.cosh(4 * Math.log(sigma + Math.sqrt(sigma * sigma - 1)));
        for (int i = 0; i < N; i++) {
            assertEquals((1 - residual) * vector(5)[i] / 4, z[i], 1e-12);
        }
    }
}
