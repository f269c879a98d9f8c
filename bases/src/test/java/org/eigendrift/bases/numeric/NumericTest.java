package org.eigendrift.bases.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.junit.jupiter.api.Test;

/** Quadrature rules, banded systems and eigenpairs against closed forms. */
class NumericTest {

    @Test
    void gaussLegendreHasItsTabulatedNodes() {
        // DLMF table 3.5.2, five nodes.
        double[][] rule = Legendre.gauss(5);
        assertEquals(0.906179845938663992797626878299, rule[0][4], 1e-15);
        assertEquals(0.236926885056189087514264040720, rule[1][4], 1e-15);
        assertEquals(128.0 / 225, rule[1][2], 1e-15);
    }

    @Test
    void lobattoHasItsTabulatedNodes() {
        // Abramowitz and Stegun, table 25.6, five nodes.
        double[][] rule = Legendre.lobatto(4);
        double[] nodes = {-1, -Math.sqrt(3.0 / 7), 0, Math.sqrt(3.0 / 7), 1};
        double[] weights = {0.1, 49.0 / 90, 32.0 / 45, 49.0 / 90, 0.1};
        for (int n = 0; n < 5; n++) {
            assertEquals(nodes[n], rule[0][n], 1e-15);
            assertEquals(weights[n], rule[1][n], 1e-15);
        }
    }

    /** A rule of n nodes integrates monomials up to degree 2n - 1: the moments k! of the exponential law. */
    @Test
    void gaussLaguerreIntegratesMonomials() {
        int count = 12;
        double[] a = new double[count + 1];
        double[] b = new double[count + 1];
        for (int k = 0; k <= count; k++) {
            a[k] = 2 * k + 1;
            b[k] = k;
        }
        GaussRule rule = new GaussRule(a, b, count);
        double factorial = 1;
        for (int k = 1; k < 2 * count; k++) {
            factorial *= k;
            double sum = 0;
            for (int n = 0; n < count; n++) {
                sum += rule.weights()[n] * Math.pow(rule.nodes()[n], k);
            }
            // A relative rounding of a node counts k times.
            assertEquals(1, sum / factorial, 1e-13);
        }
    }

    /** A density that is said to be far too large makes Newton creep; the root is found all the same, by halves. */
    @Test
    void anInversionEndsAtTheRootWhateverTheDensity() {
        for (double said : new double[] {1, 1e9, 1e-9, Double.NaN}) {
            double root = Inversion.solve(0.49, s -> s * s, s -> said, 0, 1, 0.1);
            // Of F = s^2 at 0.7 the rounding 2^-54 moves s by less than two of its own.
            assertEquals(0.7, root, 3 * Math.ulp(0.7), "density " + said);
        }
    }

    @Test
    void bandedSystemsAreSolved() {
        CounterRandom random = new CounterRandom(1);
        int size = 40;
        int width = 3;
        double[] band = new double[size * (width + 1)];
        for (int i = 0; i < band.length; i++) {
            band[i] = i % (width + 1) == width ? 10 : random.uniform(i, 0) - 0.5;
        }
        double[] x = new double[size];
        double[] right = new double[size];
        for (int i = 0; i < size; i++) {
            x[i] = random.normal(i, 1);
        }
        for (int i = 0; i < size; i++) {
            for (int j = Math.max(0, i - width); j <= i; j++) {
                double entry = band[i * (width + 1) + width + j - i];
                right[i] += entry * x[j];
                right[j] += i == j ? 0 : entry * x[i];
            }
        }
        new BandedCholesky(size, width, band).solve(right);
        for (int i = 0; i < size; i++) {
            assertEquals(x[i], right[i], 1e-13);
        }
    }

    @Test
    void indefiniteMatricesAreRefused() {
        NumericalException refusal =
                assertThrows(NumericalException.class, () -> new BandedCholesky(2, 1, new double[] {0, 1, 2, 1}));
        assertTrue(refusal.getMessage().contains("pivot 1 is -3.0"), refusal.getMessage());
    }

    /** The path graph's Laplacian: eigenvectors cos(pi k (i + 1/2) / n), the constant one known. */
    @Test
    void lanczosFindsTheLaplaciansEigenvectors() {
        int size = 200;
        double shift = 1e-3;
        double[] band = new double[2 * size];
        for (int i = 0; i < size; i++) {
            band[2 * i] = -1;
            band[2 * i + 1] = (i == 0 || i == size - 1 ? 1 : 2) + shift;
        }
        band[0] = 0;
        double[] constant = new double[size];
        Arrays.fill(constant, Math.sqrt(1.0 / size));
        double[][] vectors = InverseLanczos.eigenvectors(new BandedCholesky(size, 1, band), constant, 12);
        for (int k = 1; k <= 12; k++) {
            double sign = Math.signum(vectors[k - 1][0]);
            for (int i = 0; i < size; i++) {
                double expected = Math.sqrt(2.0 / size) * Math.cos(Math.PI * k * (i + 0.5) / size);
                assertEquals(expected, sign * vectors[k - 1][i], 1e-11, "vector " + k);
            }
        }
    }

    @Test
    void inversionSurvivesFlatAndSteepPlaces() {
        // F(s) = s^9: Newton's method alone crawls at 0 and overshoots from there.
        double s = Inversion.solve(1e-18, t -> Math.pow(t, 9), t -> 9 * Math.pow(t, 8), 0, 1, 0);
        assertEquals(0.01, s, 1e-16);
    }
}
