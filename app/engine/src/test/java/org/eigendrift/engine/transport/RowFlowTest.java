package org.eigendrift.engine.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.model.ProductProcess;
import org.junit.jupiter.api.Test;

/** The integrator against a flow in closed form: dx/ds = -c x with c the row's second coordinate, dn/ds = -x^2. */
class RowFlowTest {
    private static final double[] SCALES = {1, 1};

    /** Counts the rows it is asked for. */
    private static final class Decay implements ScoreModel {
        private long evaluations;

        @Override
        public DiffusionProcess process() {
            ProductBasis basis = Families.complete(Families.coordinates(List.of("hermite", "hermite"), 1), 1);
            return ProductProcess.of(basis, 2, 1);
        }

        @Override
        public Evaluator evaluator() {
            return new Evaluator() {
                @Override
                public void velocityAndRate(double t, Points x, Points out, double[] rate) {
                    evaluations += x.size();
                    for (int n = 0; n < x.size(); n++) {
                        out.set(0, n, x.get(1, n) * x.get(0, n) / t);
                        out.set(1, n, 0);
                        rate[n] = x.get(0, n) * x.get(0, n) / t;
                    }
                }

                @Override
                public void score(double t, Points x, Points out) {
                    throw new AssertionError("a flow needs no score");
                }

                @Override
                public void velocity(double t, Points x, Points out) {
                    throw new AssertionError("a flow asks for the rate too");
                }

                @Override
                public void logRatio(double t, Points x, double[] out) {
                    throw new AssertionError("a flow needs no ratio");
                }
            };
        }
    }

    private static Points rows(double... rates) {
        Points rows = Points.zeros(2, rates.length);
        for (int n = 0; n < rates.length; n++) {
            rows.set(0, n, 1);
            rows.set(1, n, rates[n]);
        }
        return rows;
    }

    private static double[] times(double length, int steps) {
        double[] times = new double[steps + 1];
        for (int j = 0; j <= steps; j++) {
            times[j] = length * j / steps;
        }
        return times;
    }

    private static double exact(double rate, double length) {
        return -(1 - Math.exp(-2 * rate * length)) / (2 * rate);
    }

    @Test
    void stepsAreOfFifthOrder() {
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            double[] nats = new double[1];
            Points x = rows(1);
            new RowFlow(new Decay(), SCALES, Double.POSITIVE_INFINITY)
                    .advance(x, times(2, 32 << k), nats, new double[nats.length]);
            errors[k] = Math.abs(x.get(0, 0) - Math.exp(-2));
        }
        // Halving steps of 1/16 divides the error by 32 (1 + O(h)).
        assertEquals(5, Math.log(errors[0] / errors[1]) / Math.log(2), 0.25);
    }

    @Test
    void stepsMeetTheirTolerance() {
        for (double tolerance : new double[] {1e-3, 1e-6, 1e-9}) {
            double[] rates = {0.5, 3, 20};
            double[] nats = new double[3];
            Points x = rows(rates);
            new RowFlow(new Decay(), SCALES, tolerance).advance(x, times(2, 2), nats, new double[nats.length]);
            for (int n = 0; n < 3; n++) {
                // The flow contracts, so errors of at most 2^8 halves of two steps never add up to more; most steps
                // are far longer.
                double bound = 20 * tolerance;
                assertEquals(Math.exp(-2 * rates[n]), x.get(0, n), bound);
                assertEquals(exact(rates[n], 2), nats[n], bound);
            }
        }
    }

    @Test
    void rowsNeitherChangeNorSlowEachOther() {
        double[] times = times(2, 4);
        double[] together = new double[4];
        Decay all = new Decay();
        Points x = rows(0.5, 30, 1, 7);
        new RowFlow(all, SCALES, 1e-6).advance(x, times, together, new double[4]);
        long apart = 0;
        for (int n = 0; n < 4; n++) {
            double[] alone = new double[1];
            Decay one = new Decay();
            Points row = rows(x.get(1, n));
            new RowFlow(one, SCALES, 1e-6).advance(row, times, alone, new double[1]);
            assertArrayEquals(new double[] {together[n]}, alone);
            assertEquals(x.get(0, n), row.get(0, 0));
            apart += one.evaluations;
        }
        assertEquals(apart, all.evaluations);
        assertTrue(all.evaluations > 4 * (1 + 6 * 4), "some row was halved");
    }

    @Test
    void rowsThatAreLostCostNoMoreSteps() {
        Decay model = new Decay();
        Points x = rows(1);
        x.set(0, 0, Double.NaN);
        new RowFlow(model, SCALES, 1e-9).advance(x, times(2, 4), new double[1], new double[1]);
        // One evaluation at the start, six a step.
        assertEquals(1 + 4 * 6, model.evaluations);
    }
}
