package org.eigendrift.engine.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.metric.Evaluation;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.metric.Posteriors;
import org.eigendrift.api.target.Target;
import org.eigendrift.contract.GivenEvaluation;
import org.eigendrift.engine.comparison.Calibration;
import org.junit.jupiter.api.Test;

/** Parameters of N(0, 2) seen with noise of variance 2: the posterior given x is N(x / 2, 1). */
class PosteriorCalibrationTest {
    private static final int ROWS = 400;
    private static final int DRAWS = 99;

    /** Draws about the exact mean, off by some deviations and of a wrong deviation. */
    private static Posteriors posteriors(double off, double deviation) {
        CounterRandom random = new CounterRandom(23);
        Points truth = Points.zeros(2, ROWS);
        List<Points> draws = new ArrayList<>();
        double[] nats = new double[ROWS];
        double[][] drawn = new double[ROWS][DRAWS];
        for (int n = 0; n < ROWS; n++) {
            double theta = Math.sqrt(2) * random.normal(n, 0);
            double x = theta + Math.sqrt(2) * random.normal(n, 1);
            double mean = x / 2 + off;
            truth.set(0, n, theta);
            truth.set(1, n, x);
            nats[n] = -0.5 * square((theta - mean) / deviation);
            Points batch = Points.zeros(2, DRAWS);
            for (int k = 0; k < DRAWS; k++) {
                double z = random.normal(n, 2 + k);
                batch.set(0, k, mean + deviation * z);
                batch.set(1, k, x);
                drawn[n][k] = -0.5 * z * z;
            }
            draws.add(batch);
        }
        return new Posteriors(new int[] {0}, truth, draws, nats, drawn);
    }

    private static double square(double z) {
        return z * z;
    }

    private static Map<String, Figure> figures(Posteriors posteriors) {
        Evaluation plain = GivenEvaluation.of(posteriors.truth(), posteriors.truth(), posteriors.truth());
        Evaluation evaluation = new Evaluation() {
            @Override
            public Points samples() {
                return plain.samples();
            }

            @Override
            public Optional<Points> rows(Split split) {
                return plain.rows(split);
            }

            @Override
            public Optional<Scores> logLikelihood(Split split) {
                return plain.logLikelihood(split);
            }

            @Override
            public Optional<Double> evidenceBound() {
                return plain.evidenceBound();
            }

            @Override
            public Optional<Posteriors> posteriors() {
                return Optional.of(posteriors);
            }

            @Override
            public Target target() {
                return plain.target();
            }

            @Override
            public RunContext run() {
                return plain.run();
            }
        };
        return new PosteriorCalibration()
                .create(new PosteriorCalibration.Options(), RunContext.quiet(1)).evaluate(evaluation).stream()
                        .collect(Collectors.toMap(Figure::name, Function.identity()));
    }

    private static boolean even(Figure figure) {
        return figure.value() <= figure.interval().orElseThrow().high()
                && (figure.better() == Figure.Better.LESS
                        || figure.value() >= figure.interval().orElseThrow().low());
    }

    @Test
    void exactPosteriorsHaveEvenRanksAndCoverWhatTheySay() {
        Map<String, Figure> figures = figures(posteriors(0, 1));
        // Kolmogorov's distance of 400 uniform numbers exceeds 1.63 / 20 once in a hundred.
        assertTrue(figures.get("rank_distance").value() < 1.63 / 20, figures.toString());
        for (double content : new double[] {0.5, 0.9}) {
            // Three standard errors of a share of 400 rows.
            assertEquals(
                    content,
                    figures.get("coverage_" + Math.round(100 * content)).value(),
                    3 * Math.sqrt(content * (1 - content) / ROWS));
        }
    }

    /** A share of 400 rows, off by its own binomial error, beside what exact posteriors would stray, nine in ten. */
    @Test
    void howUncertainCoverageIs() {
        Map<String, Figure> figures = figures(posteriors(0, 0.5));
        for (double content : new double[] {0.5, 0.9}) {
            Figure covered = figures.get("coverage_" + Math.round(100 * content));
            double share = covered.value();
            assertEquals(Math.sqrt(share * (1 - share) / ROWS), covered.error().orElseThrow(), 1e-15);
            assertEquals(content, covered.floor().orElseThrow());
            double stray = 1.645 * Math.sqrt(content * (1 - content) / ROWS);
            assertEquals(content - stray, covered.interval().orElseThrow().low(), 1e-5);
            assertEquals(content + stray, covered.interval().orElseThrow().high(), 1e-5);
        }
    }

    /** Of deviation 1/2 the interval of content c holds what lies within z(c) / 2 deviations: 0.264 and 0.589. */
    @Test
    void tooNarrowPosteriorsAreFoundAndCoverTooLittle() {
        Map<String, Figure> figures = figures(posteriors(0, 0.5));
        assertTrue(!even(figures.get("rank_distance")), figures.toString());
        assertEquals(0.264, figures.get("coverage_50").value(), 3 * Math.sqrt(0.264 * 0.736 / ROWS));
        assertEquals(0.589, figures.get("coverage_90").value(), 3 * Math.sqrt(0.589 * 0.411 / ROWS));
        assertTrue(!even(figures.get("coverage_90")), figures.toString());
    }

    @Test
    void tooWideAndShiftedPosteriorsAreFound() {
        Map<String, Figure> wide = figures(posteriors(0, 2));
        assertTrue(!even(wide.get("rank_distance")), wide.toString());
        // Within 1.349 deviations of 1: 0.8227.
        assertEquals(0.8227, wide.get("coverage_50").value(), 3 * Math.sqrt(0.8227 * 0.1773 / ROWS));
        assertTrue(!even(figures(posteriors(0.5, 1)).get("rank_distance")));
    }

    @Test
    void ranksAreThePlacesOfTheTruth() {
        Points truth = Points.ofRows(new double[] {0.5, 7});
        Points draws = Points.ofRows(new double[] {0, 7}, new double[] {1, 7}, new double[] {0.5, 7});
        Calibration calibration = Calibration.of(
                new Posteriors(new int[] {0}, truth, List.of(draws), new double[] {-1}, new double[][] {{-2, -3, 0}}));
        // One below and one equal of three: place 1.5 in the middle of four cells; density below one of three.
        assertEquals((1.5 + 0.5) / 4, calibration.ranks()[0][0], 0);
        assertEquals(1 - (2 + 0.5) / 4, calibration.levels()[0], 0);
        assertEquals(1, calibration.covered(0.5), 0);
        assertEquals(0, calibration.covered(0.3), 0);
        assertEquals(0.5, Calibration.distance(new double[] {0.5}), 0);
        assertEquals(0.25, Calibration.distance(new double[] {0.75, 0.25}), 0);
    }

    @Test
    void otherLawsHaveNoSuchFigures() {
        Points rows = Points.zeros(2, 10);
        MetricProvider<PosteriorCalibration.Options> provider = new PosteriorCalibration();
        assertEquals(
                List.of(),
                provider.create(new PosteriorCalibration.Options(), RunContext.quiet(1))
                        .evaluate(GivenEvaluation.of(rows, rows, rows)));
    }
}
