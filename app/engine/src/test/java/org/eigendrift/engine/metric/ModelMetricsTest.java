package org.eigendrift.engine.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.target.Potential;
import org.eigendrift.contract.GivenEvaluation;
import org.junit.jupiter.api.Test;

/** Likelihood, bound and energy. */
class ModelMetricsTest {
    private static final Potential BOWL = new Potential() {
        @Override
        public void energy(Points x, double[] out) {
            for (int n = 0; n < x.size(); n++) {
                out[n] = 0;
                for (int i = 0; i < x.dim(); i++) {
                    out[n] += x.get(i, n) * x.get(i, n) / 2;
                }
            }
        }

        @Override
        public void gradient(Points x, Points out) {
            out.copyFrom(x);
        }
    };

    private static double value(List<Figure> figures, String name) {
        return figures.stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " not in " + figures))
                .value();
    }

    /** NumPy's means of U = |x|^2 / 2 over the recorded rows, and its W_1 of the two sets of energies. */
    @Test
    void energiesAgreeWithNumPy() {
        List<Figure> figures = SampleMetricsTest.figures(
                new BoltzmannEnergy(), Recorded.evaluation().withEnergy(BOWL));
        assertEquals(1.8135545062499998, value(figures, "mean_samples"), 1e-12);
        assertEquals(1.8098184975, value(figures, "mean_reference"), 1e-12);
        assertEquals(0.15603906041666668, value(figures, "w1"), 1e-12);
        assertEquals(0.14656978378796118, figures.get(0).error().orElseThrow(), 1e-12);
        assertEquals(0.39848207291666665, figures.get(2).floor().orElseThrow(), 1e-12);
        assertTrue(figures.stream().allMatch(f -> f.group().equals("energy")));
    }

    @Test
    void noEnergyWithoutPotential() {
        assertEquals(List.of(), SampleMetricsTest.figures(new BoltzmannEnergy(), Recorded.evaluation()));
    }

    /** Two rows with log q = -1, -4 and log p = -2, -3: by hand. */
    @Test
    void likelihoodByHand() {
        Points rows = Points.ofRows(new double[] {-1}, new double[] {-4});
        GivenEvaluation evaluation = GivenEvaluation.of(rows, rows, rows)
                .withModel((x, out) -> System.arraycopy(x.values(), 0, out, 0, 2))
                .withExact((x, out) -> {
                    out[0] = -2;
                    out[1] = -3;
                });
        List<Figure> figures = SampleMetricsTest.figures(new LogLikelihood(), evaluation);
        for (String split : List.of("train", "heldout")) {
            assertEquals(-2.5, value(figures, split));
            // sd = 3 / sqrt(2), over sqrt(2) rows.
            assertEquals(1.5, value(figures, split + "_standard_error"), 1e-15);
            assertEquals(-2.5, value(figures, split + "_exact"));
            // Gaps -1 and 1.
            assertEquals(0, value(figures, split + "_gap"));
        }
        Figure train = figures.get(0);
        assertEquals("log_likelihood", train.group());
        assertEquals(GivenEvaluation.INTEGRATION_ERROR, train.error().orElseThrow());
        Figure gap = figures.stream()
                .filter(f -> f.name().equals("heldout_gap"))
                .findFirst()
                .orElseThrow();
        assertEquals(1, gap.error().orElseThrow(), 1e-15);
    }

    @Test
    void likelihoodWithoutDensityHasNoGap() {
        GivenEvaluation evaluation = Recorded.evaluation().withModel((x, out) -> java.util.Arrays.fill(out, -3));
        List<Figure> figures = SampleMetricsTest.figures(new LogLikelihood(), evaluation);
        assertEquals(
                List.of("train", "train_standard_error", "heldout", "heldout_standard_error"),
                figures.stream().map(Figure::name).toList());
    }

    @Test
    void rowsOfDensityZeroAreCounted() {
        Points rows = Points.ofRows(new double[] {-1}, new double[] {Double.NEGATIVE_INFINITY}, new double[] {-2});
        GivenEvaluation evaluation = GivenEvaluation.of(rows, rows, rows)
                .withModel((x, out) -> System.arraycopy(x.values(), 0, out, 0, x.size()));
        List<Figure> figures = SampleMetricsTest.figures(new LogLikelihood(), evaluation);
        assertEquals(Double.NEGATIVE_INFINITY, value(figures, "heldout"));
        assertEquals(1, value(figures, "heldout_impossible_rows"));
        assertEquals(-1.5, value(figures, "heldout_possible"));
        assertTrue(figures.stream().noneMatch(figure -> figure.name().endsWith("_gap")), figures::toString);
    }

    /** One row outside a box makes the gap infinite, and says nothing of the others: -0.5 + 1 and 0.25 + 2 nats. */
    @Test
    void theGapOfPossibleRowsIsToldBesideAnInfiniteOne() {
        Points rows = Points.ofRows(new double[] {-1}, new double[] {Double.NEGATIVE_INFINITY}, new double[] {-2});
        double[] exact = {-0.5, -7, 0.25};
        GivenEvaluation evaluation = GivenEvaluation.of(rows, rows, rows)
                .withModel((x, out) -> System.arraycopy(x.values(), 0, out, 0, x.size()))
                .withExact((x, out) -> System.arraycopy(exact, 0, out, 0, 3));
        List<Figure> figures = SampleMetricsTest.figures(new LogLikelihood(), evaluation);
        assertEquals(Double.POSITIVE_INFINITY, value(figures, "heldout_gap"));
        assertEquals(1.375, value(figures, "heldout_possible_gap"));
        assertEquals(-1.5, value(figures, "heldout_possible"));
    }

    @Test
    void boundIsPassedOn() {
        List<Figure> figures = SampleMetricsTest.figures(
                new EvidenceBound(), Recorded.evaluation().withBound(-1.115));
        assertEquals(
                List.of(Figure.of("evidence_bound", "heldout", -1.115)
                        .better(Figure.Better.MORE)
                        .in("nats")),
                figures);
        assertEquals(List.of(), SampleMetricsTest.figures(new EvidenceBound(), Recorded.evaluation()));
    }
}
