package org.eigendrift.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.assembly.Assembler;
import org.eigendrift.engine.assembly.HeldoutBound;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.MomentLayout;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.transport.FlowLikelihood;
import org.junit.jupiter.api.Test;

/**
 * A normal law under the Ornstein-Uhlenbeck process stays normal, mean e^{-t} m and covariance e^{-2t} S + (1 -
 * e^{-2t}), and log f_t is a polynomial of degree 2: hermite functions of total degree 2 hold it exactly.
 */
class GaussianLawTest {
    private static final double[] MEAN = {0.4, -0.3};
    /** Lower triangular root of the covariance. */
    private static final double[][] ROOT = {{0.7, 0}, {0.5, 0.6}};

    private static final double HORIZON = 10;
    private static final double EARLIEST = 1e-3;

    /** p_t, by hand. */
    private record Law(double[] mean, double s00, double s01, double s11) {
        static Law at(double t) {
            double decay = Math.exp(-2 * t);
            double[] mean = {MEAN[0] * Math.exp(-t), MEAN[1] * Math.exp(-t)};
            double s00 = ROOT[0][0] * ROOT[0][0];
            double s01 = ROOT[0][0] * ROOT[1][0];
            double s11 = ROOT[1][0] * ROOT[1][0] + ROOT[1][1] * ROOT[1][1];
            return new Law(mean, decay * s00 + 1 - decay, decay * s01, decay * s11 + 1 - decay);
        }

        double determinant() {
            return s00 * s11 - s01 * s01;
        }

        double[] score(double x, double y) {
            double dx = x - mean[0];
            double dy = y - mean[1];
            return new double[] {-(s11 * dx - s01 * dy) / determinant(), -(s00 * dy - s01 * dx) / determinant()};
        }

        double logDensity(double x, double y) {
            double[] score = score(x, y);
            double quadratic = -(score[0] * (x - mean[0]) + score[1] * (y - mean[1]));
            return -0.5 * quadratic - 0.5 * Math.log(determinant()) - Math.log(2 * Math.PI);
        }

        /** KL divergence from the standard normal law. */
        double divergence() {
            double squares = mean[0] * mean[0] + mean[1] * mean[1];
            return 0.5 * (s00 + s11 + squares - 2 - Math.log(determinant()));
        }
    }

    /**
     * Rows with the law's moments up to degree 5: in each direction Gauss's rule of three nodes, -sqrt 3, 0, sqrt 3 with
     * weights 1/6, 4/6, 1/6, as six rows.
     */
    private static Points population() {
        double[] nodes = {-Math.sqrt(3), 0, 0, 0, 0, Math.sqrt(3)};
        Points rows = Points.zeros(2, 36);
        for (int a = 0; a < 6; a++) {
            for (int b = 0; b < 6; b++) {
                rows.set(0, 6 * a + b, MEAN[0] + ROOT[0][0] * nodes[a]);
                rows.set(1, 6 * a + b, MEAN[1] + ROOT[1][0] * nodes[a] + ROOT[1][1] * nodes[b]);
            }
        }
        return rows;
    }

    /** x, x^2 - 1, y, y^2 - 1 (scaled) and xy. */
    private static ProductBasis quadratic() {
        return new ProductBasis(
                Families.coordinates(List.of("hermite", "hermite"), 2),
                List.of(
                        Cluster.full(new int[] {0}, new int[] {2}),
                        Cluster.full(new int[] {1}, new int[] {2}),
                        new Cluster(new int[] {0, 1}, new int[] {2, 2}, new int[] {0})));
    }

    private static MomentTable table(ProductBasis basis) {
        MomentTable table = new MomentTable(new MomentLayout(basis));
        Parallel parallel = new Parallel(1);
        table.layout().pass().add(population(), table, parallel);
        return table;
    }

    private record Flows(ProductBasis basis, MomentTable table, TimeGrid grid, double[][] scaled) {
        static Flows of(int steps, double ridge) {
            ProductBasis basis = quadratic();
            MomentTable table = GaussianLawTest.table(basis);
            TimeGrid grid = TimeGrid.geometric(HORIZON, EARLIEST, steps);
            Assembler assembler = new Assembler(table.layout(), basis);
            double[][] scaled = new double[steps + 1][];
            for (int j = 0; j <= steps; j++) {
                scaled[j] =
                        solve(assembler.system(table.means(), table.functionMeans(basis), grid.time(j), ridge), ridge);
            }
            return new Flows(basis, table, grid, scaled);
        }

        Assembler assembler() {
            return new Assembler(table.layout(), basis);
        }

        EigenScoreModel model() {
            double[][] theta = new double[scaled.length][];
            for (int j = 0; j < theta.length; j++) {
                theta[j] = assembler().theta(scaled[j]);
            }
            return new EigenScoreModel(basis, new ThetaPath(grid, theta));
        }

        double bound() {
            Parallel parallel = new Parallel(2);
            return HeldoutBound.integral(
                    assembler(), table.means(), table.functionMeans(basis), grid, scaled, parallel);
        }
    }

    /** Elimination without pivoting, stable for positive definite matrices. */
    private static double[] solve(LinearSystem system, double ridge) {
        int n = system.rhs().length;
        double[][] a = new double[n][n];
        double[] x = system.rhs().clone();
        SymmetricMatrix matrix = (SymmetricMatrix) system.matrix();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = matrix.get(i, j) + (i == j ? ridge : 0);
            }
        }
        for (int k = 0; k < n; k++) {
            for (int i = k + 1; i < n; i++) {
                double factor = a[i][k] / a[k][k];
                for (int j = k; j < n; j++) {
                    a[i][j] -= factor * a[k][j];
                }
                x[i] -= factor * x[k];
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) {
                x[i] -= a[i][j] * x[j];
            }
            x[i] /= a[i][i];
        }
        return x;
    }

    private static Points points() {
        return Families.rows(List.of("hermite", "hermite"), 40, 51);
    }

    @Test
    void scoresAreThoseOfTheNormalLaw() {
        EigenScoreModel model = Flows.of(30, 0).model();
        Points x = points();
        Points score = Points.zeros(2, x.size());
        ScoreModel.Evaluator evaluator = model.evaluator();
        TimeGrid grid = model.path().grid();
        for (int j = 0; j <= grid.steps(); j++) {
            Law law = Law.at(grid.time(j));
            evaluator.score(grid.time(j), x, score);
            for (int n = 0; n < x.size(); n++) {
                double[] expected = law.score(x.get(0, n), x.get(1, n));
                // Condition numbers below 100 times rounding.
                assertEquals(expected[0], score.get(0, n), 1e-11);
                assertEquals(expected[1], score.get(1, n), 1e-11);
            }
        }
    }

    /** Along dx/dt = -v, log f_t(x_t) = log p_t - log pi changes at the rate L h (docs/method.md, 7). */
    @Test
    void ratesAreDerivativesAlongTheFlow() {
        EigenScoreModel model = Flows.of(30, 0).model();
        ScoreModel.Evaluator evaluator = model.evaluator();
        TimeGrid grid = model.path().grid();
        Points x = points();
        Points velocity = Points.zeros(2, x.size());
        double[] rate = new double[x.size()];
        for (int j = 0; j <= grid.steps(); j++) {
            double t = grid.time(j);
            evaluator.velocityAndRate(t, x, velocity, rate);
            double h = 1e-4 * t;
            for (int n = 0; n < x.size(); n++) {
                double later = alongFlow(t + h, x, velocity, n, -h);
                double earlier = alongFlow(t - h, x, velocity, n, h);
                // Curvature of the flow and differences err by h^2, rounding by 1e-15 / h.
                assertEquals((later - earlier) / (2 * h), rate[n], 1e-5 * (1 + Math.abs(rate[n])), "t = " + t);
            }
        }
    }

    private static double alongFlow(double t, Points x, Points velocity, int n, double step) {
        double x0 = x.get(0, n) + step * velocity.get(0, n);
        double x1 = x.get(1, n) + step * velocity.get(1, n);
        return Law.at(t).logDensity(x0, x1) + 0.5 * (x0 * x0 + x1 * x1) + Math.log(2 * Math.PI);
    }

    @Test
    void likelihoodsAreThoseOfTheNormalLaw() {
        EigenScoreModel model = Flows.of(300, 0).model();
        Points x = points();
        Scores likelihood;
        Parallel parallel = new Parallel(2);
        likelihood = new FlowLikelihood(model, 1e-7, parallel).of(x);
        assertTrue(likelihood.error() <= 1e-7);
        Law law = Law.at(EARLIEST);
        for (int n = 0; n < x.size(); n++) {
            // The reported error; theta between 300 times, (ln 10^4 / 300)^3 / 62 = 5e-7 of its third derivative; and
            // the start at pi instead of p_T, e^{-T} = 5e-5 times mean and point.
            assertEquals(law.logDensity(x.get(0, n), x.get(1, n)), likelihood.nats()[n], 2e-4, "row " + n);
        }
    }

    /** Draws of the flow are the law's at the earliest time: its moments within five standard errors. */
    @Test
    void drawsAreThoseOfTheNormalLaw() {
        int count = 4000;
        Points x;
        Parallel parallel = new Parallel(2);
        Points starts = Points.zeros(2, count);
        Flows.of(60, 0).model().process().prior(new CounterRandom(3), 0, starts);
        x = new FlowLikelihood(Flows.of(60, 0).model(), 1e-4, parallel).draw(starts);
        Law law = Law.at(EARLIEST);
        double[] sums = new double[5];
        for (int n = 0; n < count; n++) {
            double dx = x.get(0, n) - law.mean[0];
            double dy = x.get(1, n) - law.mean[1];
            double[] moments = {dx, dy, dx * dx, dx * dy, dy * dy};
            for (int k = 0; k < 5; k++) {
                sums[k] += moments[k] / count;
            }
        }
        double five = 5 / Math.sqrt(count);
        assertEquals(0, sums[0], five * Math.sqrt(law.s00));
        assertEquals(0, sums[1], five * Math.sqrt(law.s11));
        // Of a normal law E (x y)^2 - (E x y)^2 = s00 s11 + s01^2.
        assertEquals(law.s00, sums[2], five * law.s00 * Math.sqrt(2));
        assertEquals(law.s01, sums[3], five * Math.sqrt(law.s00 * law.s11 + law.s01 * law.s01));
        assertEquals(law.s11, sums[4], five * law.s11 * Math.sqrt(2));
    }

    /** With exact theta and moments the integral is KL(p_{t_min} | pi) - KL(p_T | pi) (docs/method.md, 8). */
    @Test
    void theEvidenceIntegralIsTheDivergence() {
        double expected = Law.at(EARLIEST).divergence() - Law.at(HORIZON).divergence();
        // Simpson's rule and its closing trapezoid: errors h^4 and h^3 with h = ln 10^4 / steps.
        assertEquals(expected, Flows.of(200, 0).bound(), 1e-7);
        assertEquals(expected, Flows.of(201, 0).bound(), 1e-6);
    }

    /** The evidence bound is attained by the exact model alone: E log p = E log pi + KL(p | pi). */
    @Test
    void theBoundFallsWithTheRidge() {
        double truth = Law.at(0).divergence();
        double last = Flows.of(60, 0).bound();
        assertTrue(last < truth, last + " above " + truth);
        for (double ridge : new double[] {1e-3, 1e-2, 0.1, 1}) {
            double bound = Flows.of(60, ridge).bound();
            assertTrue(bound < last, "ridge " + ridge + ": " + bound + " after " + last);
            last = bound;
        }
        assertTrue(last > 0, "even the strongest ridge gains over the stationary law");
    }
}
