package org.eigendrift.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.junit.jupiter.api.Test;

/** Processes of product bases: that of Ornstein and Uhlenbeck in closed form, others by what makes their law stationary. */
class ProductProcessTest {
    private static final List<String> FAMILIES = List.of("hermite", "laguerre", "cosine", "fourier");

    private static ProductProcess of(List<String> families) {
        return ProductProcess.of(basis(families), 3, 0.01);
    }

    private static ProductBasis basis(List<String> families) {
        return Families.complete(Families.coordinates(families, 3), 1);
    }

    /** x(t) = exp(-t) x(0) + sqrt(1 - exp(-2 t)) e. */
    @Test
    void ofHermiteFunctionsItPreservesTheVariance() {
        ProductProcess process = of(List.of("hermite", "hermite"));
        AffineProcess affine = process.affine().orElseThrow();
        assertSame(process, affine);
        for (double t : new double[] {0.01, 0.3, 1, 2.5}) {
            assertEquals(-t, affine.logAlpha(t));
            assertEquals(1, affine.alpha(t) * affine.alpha(t) + affine.sigma(t) * affine.sigma(t), 1e-15);
            assertEquals(Math.sqrt(1 - Math.exp(-2 * t)), affine.sigma(t), 1e-15);
            assertEquals(t, affine.time(affine.lambda(t)), 1e-14);
        }
        Points x = Points.ofRows(new double[] {1, -2}, new double[] {0.5, 4});
        Points out = Points.zeros(2, 2);
        process.drift(0.5, x, out);
        assertArrayEquals(new double[] {-1, -0.5, 2, -4}, out.values(), 1e-14);
        process.diffusion(0.5, x, out);
        assertArrayEquals(new double[] {1, 1, 1, 1}, out.values(), 1e-14);
    }

    @Test
    void timesAreInOrder() {
        ProductBasis basis = basis(List.of("hermite"));
        assertEquals(3, ProductProcess.of(basis, 3, 0.01).horizon());
        assertEquals(0.01, ProductProcess.of(basis, 3, 0.01).earliest());
        for (double[] times : new double[][] {{3, 0}, {3, -1}, {3, 3}, {2, 3}, {Double.POSITIVE_INFINITY, 1}}) {
            assertThrows(IllegalArgumentException.class, () -> ProductProcess.of(basis, times[0], times[1]));
        }
    }

    /** Of each coordinate d log p = (drift - d diffusion) / diffusion: no probability flows. Differences of 1e-5 are off by 1e-9. */
    @Test
    void theReferenceLawIsStationary() {
        ProductProcess process = of(FAMILIES);
        assertTrue(process.affine().isEmpty());
        int count = 9;
        double h = 1e-5;
        Points x = Families.rows(FAMILIES, count, 3);
        Points drift = Points.zeros(4, count);
        process.drift(1, x, drift);
        for (int i = 0; i < 4; i++) {
            Points up = moved(x, i, h);
            Points down = moved(x, i, -h);
            double[] above = new double[count];
            double[] below = new double[count];
            process.logReference(up, above);
            process.logReference(down, below);
            Points here = Points.zeros(4, count);
            Points more = Points.zeros(4, count);
            Points less = Points.zeros(4, count);
            process.diffusion(1, x, here);
            process.diffusion(1, up, more);
            process.diffusion(1, down, less);
            for (int n = 0; n < count; n++) {
                double slope = (above[n] - below[n]) / (2 * h);
                double widening = (more.get(i, n) - less.get(i, n)) / (2 * h);
                double expected = here.get(i, n) * slope + widening;
                assertEquals(expected, drift.get(i, n), 1e-7 * (1 + Math.abs(expected)), FAMILIES.get(i));
            }
        }
    }

    private static Points moved(Points x, int i, double step) {
        Points there = x.copy();
        for (int n = 0; n < x.size(); n++) {
            there.set(i, n, x.get(i, n) + step);
        }
        return there;
    }

    /** Draws are quantiles of their own numbers, whatever is drawn with them; its density is that of the reference law. */
    @Test
    void itBeginsInTheReferenceLaw() {
        ProductProcess process = of(FAMILIES);
        CounterRandom random = new CounterRandom(9);
        Points all = Points.zeros(4, 6);
        process.prior(random, 10, all);
        Points some = Points.zeros(4, 2);
        process.prior(random, 13, some);
        assertArrayEquals(all.slice(3, 5).values(), some.values());
        double[] prior = new double[6];
        double[] reference = new double[6];
        process.logPrior(all, prior);
        process.logReference(all, reference);
        assertArrayEquals(reference, prior);
        List<CoordinateBasis> coordinates = Families.coordinates(FAMILIES, 3);
        for (int n = 0; n < 6; n++) {
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                Eigenbasis basis = coordinates.get(i).basis();
                assertEquals(basis.quantile(random.uniform(10 + n, i)), all.get(i, n));
                sum += basis.logDensity(all.get(i, n));
                assertEquals(basis.domain(), process.domain(i));
            }
            assertEquals(sum, reference[n], 1e-13);
        }
    }

    /** The share of even points below a quantile is that share, but for a point or two of 500. */
    @Test
    void evenBeginningsAreQuantilesOfEvenNumbers() {
        ProductProcess process = of(FAMILIES);
        Points even = Points.zeros(4, 500);
        process.evenPrior(new CounterRandom(2), 0, even);
        List<CoordinateBasis> coordinates = Families.coordinates(FAMILIES, 3);
        for (int i = 0; i < 4; i++) {
            double third = coordinates.get(i).basis().quantile(1.0 / 3);
            int below = 0;
            for (int n = 0; n < 500; n++) {
                below += even.get(i, n) < third ? 1 : 0;
            }
            assertEquals(500.0 / 3, below, 4, FAMILIES.get(i));
        }
    }
}
