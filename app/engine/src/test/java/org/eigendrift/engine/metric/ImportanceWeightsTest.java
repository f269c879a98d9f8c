package org.eigendrift.engine.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.target.Potential;
import org.eigendrift.contract.GivenEvaluation;
import org.junit.jupiter.api.Test;

/** Target p = N(0, 1) as U = x^2 / 2 and as a density, model q = N(0, s^2): everything has a closed form. */
class ImportanceWeightsTest {
    private static final double SCALE = 1.3;
    /** Midpoints of a fine grid of quantiles stand in for samples, which makes means quadratures. */
    private static final int SIZE = 20_000;

    private static final Potential HARMONIC = new Potential() {
        @Override
        public void energy(Points x, double[] out) {
            for (int n = 0; n < x.size(); n++) {
                out[n] = x.get(0, n) * x.get(0, n) / 2;
            }
        }

        @Override
        public void gradient(Points x, Points out) {
            out.copyFrom(x);
        }
    };

    private static void gaussian(Points x, double scale, double[] out) {
        for (int n = 0; n < x.size(); n++) {
            double z = x.get(0, n) / scale;
            out[n] = -Math.log(scale * Math.sqrt(2 * Math.PI)) - z * z / 2;
        }
    }

    /** Quantiles of N(0, scale^2) by bisection of the integrated density (Simpson between neighbours). */
    private static Points quantiles(double scale) {
        Points points = Points.zeros(1, SIZE);
        double x = -9;
        double step = 18.0 / 400_000;
        double mass = 0;
        int next = 0;
        while (next < SIZE && x < 9) {
            double slice = step / 6 * (density(x) + 4 * density(x + step / 2) + density(x + step));
            while (next < SIZE && (next + 0.5) / SIZE <= mass + slice) {
                points.set(0, next, scale * (x + step * ((next + 0.5) / SIZE - mass) / slice));
                next++;
            }
            mass += slice;
            x += step;
        }
        return points;
    }

    private static double density(double z) {
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    private static double value(List<Figure> figures, String name) {
        return figures.stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " not in " + figures))
                .value();
    }

    private static GivenEvaluation evaluation() {
        Points samples = quantiles(SCALE);
        Points rows = quantiles(1);
        return GivenEvaluation.of(samples, rows, rows).withModel((x, out) -> gaussian(x, SCALE, out));
    }

    /** E_q w^2 / (E_q w)^2 = s^2 / sqrt(2 s^2 - 1); Z = sqrt(2 pi). */
    @Test
    void closedForms() {
        double share = Math.sqrt(2 * SCALE * SCALE - 1) / (SCALE * SCALE);
        List<Figure> figures =
                SampleMetricsTest.figures(new ImportanceWeights(), evaluation().withEnergy(HARMONIC));
        // The quantile grid leaves out tails of mass 2.5e-5 each, where w is bounded by s.
        assertEquals(share, value(figures, "ess_fraction"), 2e-4);
        assertEquals(Math.log(Math.sqrt(2 * Math.PI)), value(figures, "log_normaliser"), 1e-4);
        // The largest weight is s, at 0, over SIZE weights of mean 1.
        assertEquals(SCALE / SIZE, value(figures, "largest_weight"), 1e-3 * SCALE / SIZE);
        Figure normaliser = figures.get(2);
        assertEquals(
                Math.sqrt((1 / share - 1) / SIZE),
                normaliser.error().orElseThrow(),
                1e-3 * normaliser.error().orElseThrow());
        // From the target's side q / p is unbounded but its mean is 1: the same share.
        assertEquals(share, value(figures, "heldout_ess_fraction"), 5e-3);
        assertTrue(figures.stream().allMatch(f -> f.group().equals("importance")));
    }

    @Test
    void aDensityServesWithoutPotential() {
        List<Figure> figures = SampleMetricsTest.figures(
                new ImportanceWeights(), evaluation().withExact((x, out) -> gaussian(x, 1, out)));
        assertEquals(0, value(figures, "log_normaliser"), 1e-4);
    }

    @Test
    void nothingWithoutTargetDensity() {
        assertEquals(List.of(), SampleMetricsTest.figures(new ImportanceWeights(), evaluation()));
    }

    @Test
    void sumsOfExponentialsDoNotOverflow() {
        assertEquals(1000 + Math.log(2), ImportanceWeights.logSumExp(new double[] {1000, 1000}, 1), 1e-12);
        assertEquals(-2000 + Math.log(2), ImportanceWeights.logSumExp(new double[] {1000, 1000}, -2), 1e-12);
        assertEquals(Double.NEGATIVE_INFINITY, ImportanceWeights.logSumExp(new double[] {Double.NEGATIVE_INFINITY}, 1));
    }
}
