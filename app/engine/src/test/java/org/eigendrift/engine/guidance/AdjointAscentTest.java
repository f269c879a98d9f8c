package org.eigendrift.engine.guidance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.law.Law;
import org.eigendrift.contract.ExactMixture;
import org.eigendrift.contract.OrnsteinUhlenbeck;
import org.eigendrift.engine.transport.ExactLaw;
import org.junit.jupiter.api.Test;

/** Samples that climb by themselves, beside closed forms of a Gaussian, whose flow is affine. */
class AdjointAscentTest {
    private static final double[][] COVARIANCE = {{2, 0.9}, {0.9, 0.6}};
    private static final double NOISE = 0.6;
    private static final double RAISE = 0.9;
    private static final double WEIGHT = NOISE * NOISE / RAISE;
    private static final List<Column> COLUMNS = List.of(Column.real("x1"), Column.real("x2"));

    /**
     * M M' of the flow is Sigma but for what is left of the data at the horizon, exp(-2 T) of it, what is left of noise at the end, and the fourth
     * power of the steps' ratio, which is 0.12.
     */
    private static final double FLOW = 2e-3;

    private static Law gaussian() {
        return new ExactLaw(
                new ExactMixture(
                        new OrnsteinUhlenbeck(2, 1e-4), new double[] {1}, new double[][] {{1, -0.5}}, new double[][][] {
                            COVARIANCE
                        }),
                COLUMNS);
    }

    private static Optimisation.Settings settings(int rounds) {
        return new Optimisation.Settings(
                rounds, OptionalDouble.of(RAISE), OptionalDouble.of(NOISE), false, OptionalInt.empty());
    }

    /** f and its gradient at a point. */
    private record Function(ToDoubleFunction<double[]> value, java.util.function.UnaryOperator<double[]> slope)
            implements Objective {
        @Override
        public void value(Points x, double[] out) {
            for (int n = 0; n < out.length; n++) {
                out[n] = value.applyAsDouble(x.row(n));
            }
        }

        @Override
        public void gradient(Points x, Points out) {
            for (int n = 0; n < x.size(); n++) {
                double[] g = slope.apply(x.row(n));
                for (int i = 0; i < g.length; i++) {
                    out.set(i, n, g[i]);
                }
            }
        }
    }

    /** Rows without an objective: one that hardly varies moves them nowhere. */
    private static Points unmoved() {
        Objective faint = new Function(x -> 1e-14 * x[0], x -> new double[] {1e-14, 0});
        return new AdjointAscent(gaussian(), faint, settings(1))
                .run(40, RunContext.quiet(5))
                .points();
    }

    @Test
    void aLinearObjectiveMovesEverySampleBySigmaTimesItsWeights() {
        double[] w = {0.7, -0.4};
        Objective linear = new Function(x -> w[0] * x[0] + w[1] * x[1], x -> w.clone());
        Optimisation.Result found = new AdjointAscent(gaussian(), linear, settings(3)).run(40, RunContext.quiet(5));
        Points before = unmoved();
        assertEquals(4, found.rounds().size());
        for (int i = 0; i < 2; i++) {
            double shift = (COVARIANCE[i][0] * w[0] + COVARIANCE[i][1] * w[1]) / WEIGHT;
            for (int n = 0; n < 40; n++) {
                assertEquals(
                        before.get(i, n) + shift, found.points().get(i, n), FLOW * (1 + Math.abs(shift)), "row " + n);
            }
        }
    }

    /** (B + lambda Sigma^-1) (x - x0) = -B (x0 - a) for f = -(x - a)'B(x - a) / 2. */
    @Test
    void aConcaveObjectiveEndsAtEachSamplesOwnOptimum() {
        double[][] b = {{1, 0.2}, {0.2, 0.5}};
        double[] a = {3, 1};
        Objective near =
                new Function(x -> -0.5 * (times(b, x, a)[0] * (x[0] - a[0]) + times(b, x, a)[1] * (x[1] - a[1])), x ->
                        new double[] {-times(b, x, a)[0], -times(b, x, a)[1]});
        Optimisation.Result found = new AdjointAscent(gaussian(), near, settings(25)).run(40, RunContext.quiet(5));
        Points before = unmoved();
        double det = COVARIANCE[0][0] * COVARIANCE[1][1] - COVARIANCE[0][1] * COVARIANCE[0][1];
        double p = b[0][0] + WEIGHT * COVARIANCE[1][1] / det;
        double q = b[0][1] - WEIGHT * COVARIANCE[0][1] / det;
        double r = b[1][1] + WEIGHT * COVARIANCE[0][0] / det;
        for (int n = 0; n < 40; n++) {
            double[] g = times(b, before.row(n), a);
            double x1 = before.get(0, n) - (r * g[0] - q * g[1]) / (p * r - q * q);
            double x2 = before.get(1, n) - (p * g[1] - q * g[0]) / (p * r - q * q);
            assertEquals(x1, found.points().get(0, n), 3 * FLOW, "row " + n);
            assertEquals(x2, found.points().get(1, n), 3 * FLOW, "row " + n);
        }
        for (int k = 1; k < found.rounds().size(); k++) {
            double gain = found.rounds().get(k).regularised()
                    - found.rounds().get(k - 1).regularised();
            assertTrue(gain >= -1e-12, "round " + k + " loses " + gain);
        }
    }

    private static double[] times(double[][] b, double[] x, double[] a) {
        double[] d = {x[0] - a[0], x[1] - a[1]};
        return new double[] {b[0][0] * d[0] + b[0][1] * d[1], b[1][0] * d[0] + b[1][1] * d[1]};
    }

    /** Of a mixture samples climb within reach of their starts, and those of an objective that bounds nothing are still finite. */
    @Test
    void samplesOfAMixtureClimb() {
        Law law = new ExactLaw(
                new ExactMixture(
                        new OrnsteinUhlenbeck(2, 1e-4),
                        new double[] {0.4, 0.6},
                        new double[][] {{2, 0}, {-2, 0.5}},
                        new double[] {0.5, 0.7}),
                COLUMNS);
        Objective waves = new Function(x -> Math.sin(3 * x[0]) + x[1] * x[1], x ->
                new double[] {3 * Math.cos(3 * x[0]), 2 * x[1]});
        Optimisation.Settings own = new Optimisation.Settings(
                15, OptionalDouble.empty(), OptionalDouble.empty(), false, OptionalInt.empty());
        List<Optimisation.Round> rounds =
                new AdjointAscent(law, waves, own).run(60, RunContext.quiet(2)).rounds();
        for (int k = 1; k < rounds.size(); k++) {
            assertTrue(rounds.get(k).regularised() >= rounds.get(k - 1).regularised() - 1e-12, "round " + k);
        }
        assertTrue(
                rounds.get(15).objective()
                        > rounds.get(0).objective() + 5 * rounds.get(0).error(),
                rounds.get(0).objective() + " to " + rounds.get(15).objective());
    }

    @Test
    void objectivesThatAreNotFiniteOrDoNotVaryAreRefused() {
        Objective logarithm = new Function(x -> Math.log(x[0]), x -> new double[] {1 / x[0], 0});
        AdjointAscent none = new AdjointAscent(gaussian(), logarithm, settings(2));
        String said = assertThrows(InputException.class, () -> none.run(40, RunContext.quiet(5)))
                .getMessage();
        assertTrue(said.contains("expected a finite number"), said);
        Objective flat = new Function(x -> 1, x -> new double[2]);
        AdjointAscent still = new AdjointAscent(
                gaussian(),
                flat,
                new Optimisation.Settings(
                        2, OptionalDouble.empty(), OptionalDouble.empty(), false, OptionalInt.empty()));
        said = assertThrows(InputException.class, () -> still.run(40, RunContext.quiet(5)))
                .getMessage();
        assertTrue(said.contains("nothing to gain"), said);
    }
}
