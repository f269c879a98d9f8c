package org.eigendrift.bases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eigendrift.api.Domain;
import org.eigendrift.bases.marginal.PiecewiseDensity;
import org.eigendrift.bases.marginal.TailedDensity;
import org.junit.jupiter.api.Test;

/** The numerical solution against closed forms and an independent discretisation. */
class MeanFieldBasisTest {
    private static MeanFieldBasis solve(PiecewiseDensity density, int degree, int table) {
        Domain.Interval ends = new Domain.Interval(density.lower(), density.upper());
        return MeanFieldBasis.solve(new TailedDensity(density, ends), degree, table);
    }

    @Test
    void aNormalLawHasTheHermiteFunctions() {
        // On [-8, 8] the ends move lambda_5 by their density, e^-32, times 8^11: 1e-4 relative; on [-10, 10] by 1e-11.
        PiecewiseDensity normal = PiecewiseDensity.boltzmann(-10, 10, new double[] {0, 0, 0.5}, 100);
        MeanFieldBasis basis = solve(normal, 5, 25);
        HermiteBasis hermite = new HermiteBasis(5);
        double[] x = {-2.3, -0.1, 0.7, 3};
        double[][] values = new double[2][6 * x.length];
        basis.values(6, x, 0, x.length, values[0]);
        hermite.values(6, x, 0, x.length, values[1]);
        for (int k = 0; k <= 5; k++) {
            assertEquals(k, basis.eigenvalue(k), 1e-9 * (k + 1));
            for (int n = 0; n < x.length; n++) {
                assertEquals(values[1][k * x.length + n], values[0][k * x.length + n], 1e-7);
            }
        }
        assertEquals(-0.5 * 0.49 - 0.5 * Math.log(2 * Math.PI), basis.logDensity(0.7), 1e-13);
        assertEquals(1.959963984540054, basis.quantile(0.975), 1e-12);
    }

    @Test
    void aUniformLawHasTheCosines() {
        PiecewiseDensity uniform = PiecewiseDensity.boltzmann(-1, 3, new double[] {0}, 64);
        MeanFieldBasis basis = solve(uniform, 28, 60);
        CosineBasis cosine = new CosineBasis(-1, 3, 28);
        double[] x = {-1, -0.1, 0.7, 2.95};
        double[][] values = new double[2][29 * x.length];
        basis.values(29, x, 0, x.length, values[0]);
        cosine.values(29, x, 0, x.length, values[1]);
        for (int k = 1; k <= 28; k++) {
            assertEquals(1, basis.eigenvalue(k) / cosine.eigenvalue(k), 1e-11);
            // The numerical functions are positive at the upper end, cosines at the lower.
            double sign = k % 2 == 0 ? 1 : -1;
            for (int n = 0; n < x.length; n++) {
                assertEquals(sign * values[1][k * x.length + n], values[0][k * x.length + n], 1e-9);
            }
        }
    }

    /** Finite volumes of second order on two grids, extrapolated: independent of the elements and of Lanczos. */
    @Test
    void aDoubleWellAgreesWithFiniteVolumes() {
        double[] potential = {0, 0.3, -4, 0, 1};
        PiecewiseDensity density = PiecewiseDensity.boltzmann(-3, 3, potential, 64);
        MeanFieldBasis basis = solve(density, 6, 28);
        double[] coarse = FiniteVolumes.eigenvalues(density::log, -3, 3, 1000, 7);
        double[] fine = FiniteVolumes.eigenvalues(density::log, -3, 3, 2000, 7);
        for (int k = 1; k <= 6; k++) {
            double expected = fine[k] + (fine[k] - coarse[k]) / 3;
            // What is left after extrapolation is of fourth order: below 1e-7 by comparing with 500 and 1000 cells.
            assertEquals(1, basis.eigenvalue(k) / expected, 1e-6, "lambda_" + k);
        }
        assertTrue(basis.eigenvalue(1) < 0.2 * basis.eigenvalue(2), "crossing the barrier is slow");
    }

    /** An image of the standard law, and the same law moved by what is far beyond rounding, which is solved by itself. */
    @Test
    void anImageOfASolvedNormalLawIsAsIfItWereSolved() {
        PiecewiseDensity standard = PiecewiseDensity.standardNormal(27);
        PiecewiseDensity image = normal(3, 0.5, 0);
        PiecewiseDensity near = normal(3, 0.5, 1e-9);
        assertTrue(image.imageOf(standard, 1e-11));
        assertFalse(near.imageOf(standard, 1e-11));
        MeanFieldBasis shared = solve(image, 3, 26);
        MeanFieldBasis own = solve(near, 3, 26);
        double[] x = {0.3, 2.2, 2.9, 3.4, 5.5};
        double[][] values = new double[2][4 * x.length];
        shared.values(4, x, 0, x.length, values[0]);
        own.values(4, x, 0, x.length, values[1]);
        for (int k = 1; k <= 3; k++) {
            assertEquals(1, own.eigenvalue(k) / shared.eigenvalue(k), 1e-8);
        }
        // Functions of degree 3 at five deviations are of the size 100, and move by 1e-9 of that a unit of the shift.
        assertArrayEquals(values[1], values[0], 1e-6);
        assertEquals(own.quantile(0.1), shared.quantile(0.1), 1e-8);
    }

    /** What a model file holds gives the functions of the fit. */
    @Test
    void anImageRestoredHasTheSameBits() {
        PiecewiseDensity image = normal(3, 0.5, 0);
        MeanFieldBasis first = solve(image, 3, 26);
        MeanFieldBasis again = solve(PiecewiseDensity.restore(image.state()), 3, 26);
        for (int k = 0; k <= 3; k++) {
            assertEquals(first.eigenvalue(k), again.eigenvalue(k));
        }
        double[] x = {2.2, 3.4};
        double[][] values = new double[2][8];
        first.values(4, x, 0, 2, values[0]);
        again.values(4, x, 0, 2, values[1]);
        assertArrayEquals(values[0], values[1]);
    }

    /** The normal law between six deviations by its spline, its curvature off by a share. */
    private static PiecewiseDensity normal(double mean, double deviation, double share) {
        double[] logs = new double[28];
        for (int i = 0; i < logs.length; i++) {
            double y = -6 + 12.0 * i / 27;
            logs[i] = -0.5 * (1 + share) * y * y;
        }
        return PiecewiseDensity.spline(mean - 6 * deviation, mean + 6 * deviation, logs);
    }
}
