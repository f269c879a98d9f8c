package org.eigendrift.engine.guidance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.CurvedScoreModel;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.engine.assembly.Assembler;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.kernel.LowerTriangle;
import org.eigendrift.engine.model.EigenScoreModel;
import org.eigendrift.engine.model.ThetaPath;
import org.eigendrift.engine.moment.MomentLayout;
import org.eigendrift.engine.moment.MomentTable;
import org.junit.jupiter.api.Test;

/** Gradients of samples with respect to coefficients and moments of a fit, beside differences of whole fits and flows. */
class FitGradientTest {
    private static final List<String> FAMILIES = List.of("hermite", "hermite", "hermite");
    /** Pairs of functions and single ones: blocks that share both, one or no coordinates. */
    private static final ProductBasis BASIS = Families.complete(Families.coordinates(FAMILIES, 3), 2);

    private static final MomentLayout LAYOUT = new MomentLayout(BASIS);
    private static final TimeGrid GRID = TimeGrid.geometric(2, 0.1, 5);
    private static final double RIDGE = 0.05;
    private static final double[] RIDGES = java.util.stream.DoubleStream.generate(() -> RIDGE)
            .limit(GRID.steps() + 1)
            .toArray();
    private static final double[] MEANS = means();
    private static final Points START = Points.ofRows(new double[][] {{0.3, -0.8, 0.5}, {1.1, 0.4, -0.2}});

    private static double[] means() {
        MomentTable table = new MomentTable(LAYOUT);
        LAYOUT.pass().add(Families.rows(FAMILIES, 400, 3), table, new Parallel(1));
        return table.means();
    }

    /** (A + rho Lambda) theta = b at every time. */
    private static double[][] fit(double[] means) {
        Assembler assembler = Assembler.unscaled(LAYOUT, BASIS);
        double[] functions = new double[BASIS.size()];
        for (int c = 0; c < BASIS.clusters().size(); c++) {
            int[] places = LAYOUT.indicesOf(BASIS.clusters().get(c));
            for (int k = 0; k < places.length; k++) {
                functions[BASIS.start(c) + k] = means[places[k]];
            }
        }
        double[][] theta = new double[GRID.steps() + 1][];
        int n = BASIS.size();
        for (int j = 0; j < theta.length; j++) {
            SymmetricMatrix matrix = assembler.matrix(means, GRID.time(j));
            double[] dense = new double[n * n];
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < n; b++) {
                    dense[a * n + b] = matrix.get(a, b) + (a == b ? RIDGE * BASIS.rate(a) : 0);
                }
            }
            theta[j] = assembler.rhs(functions, GRID.time(j));
            LowerTriangle.factor(dense, n);
            LowerTriangle.solve(dense, n, theta[j]);
        }
        return theta;
    }

    private static EigenScoreModel model(double[][] theta) {
        return new EigenScoreModel(BASIS, new ThetaPath(GRID, theta));
    }

    private static double[] times(int steps) {
        return IntStream.rangeClosed(0, steps)
                .mapToDouble(k -> k == steps ? 0.1 : 2 * Math.pow(0.05, (double) k / steps))
                .toArray();
    }

    /** sin(x1) + x1 x2^2 - x3 of all samples. */
    private static double loss(CurvedScoreModel model) {
        Points x = new FlowAdjoint(model, times(60)).samples(START);
        double sum = 0;
        for (int n = 0; n < x.size(); n++) {
            sum += Math.sin(x.get(0, n)) + x.get(0, n) * x.get(1, n) * x.get(1, n) - x.get(2, n);
        }
        return sum;
    }

    private static FitGradient gradient(CurvedScoreModel model, EigenScoreModel fit, int steps) {
        FlowAdjoint flow = new FlowAdjoint(model, times(steps));
        Points end = flow.samples(START);
        Points slope = end.copy();
        for (int n = 0; n < end.size(); n++) {
            slope.set(0, n, Math.cos(end.get(0, n)) + end.get(1, n) * end.get(1, n));
            slope.set(1, n, 2 * end.get(0, n) * end.get(1, n));
            slope.set(2, n, -1);
        }
        FitGradient gradient = new FitGradient(fit.basis(), fit.path(), new FitGradient.Systems(LAYOUT, MEANS, RIDGES));
        flow.gradient(end, slope, gradient);
        return gradient;
    }

    /** Central differences of step 1e-4 are exact to 1e-8 and rounding 1e-11; sixty steps of fourth order to 1e-6 of the largest slope. */
    @Test
    void coefficientsMoveSamplesAsDifferencesSay() {
        double[][] theta = fit(MEANS);
        FitGradient gradient = gradient(model(theta), model(theta), 60);
        double largest = 0;
        for (double[] row : gradient.coefficients()) {
            for (double g : row) {
                largest = Math.max(largest, Math.abs(g));
            }
        }
        assertTrue(largest > 0.1, "largest " + largest);
        for (int j = 0; j < theta.length; j++) {
            for (int a = j; a < BASIS.size(); a += 5) {
                double before = theta[j][a];
                theta[j][a] = before + 1e-4;
                double up = loss(model(theta));
                theta[j][a] = before - 1e-4;
                double down = loss(model(theta));
                theta[j][a] = before;
                assertEquals((up - down) / 2e-4, gradient.coefficients()[j][a], 2e-6 * largest, "time " + j + ", " + a);
            }
        }
    }

    /** The same through the systems: every moment moved, fitted and drawn again. */
    @Test
    void momentsMoveSamplesAsDifferencesSay() {
        double[][] theta = fit(MEANS);
        FitGradient gradient = gradient(model(theta), model(theta), 60);
        double[] found = gradient.moments();
        assertEquals(MEANS.length, found.length);
        double largest = java.util.Arrays.stream(found).map(Math::abs).max().orElseThrow();
        assertTrue(largest > 0.01, "largest " + largest);
        double[] means = MEANS.clone();
        int compared = 0;
        for (int c = 0; c < means.length; c += 3) {
            means[c] = MEANS[c] + 1e-4;
            double up = loss(model(fit(means)));
            means[c] = MEANS[c] - 1e-4;
            double down = loss(model(fit(means)));
            means[c] = MEANS[c];
            assertEquals((up - down) / 2e-4, found[c], 1e-5 * largest, "moment " + c);
            compared += Math.abs(found[c]) > 1e-3 * largest ? 1 : 0;
        }
        assertTrue(compared > 10, compared + " moments matter");
    }

    @Test
    void lawsThatWereNotFittedAreRefused() {
        Law exact = new GaussianRows(new double[] {0, 0}, new double[] {1, 0, 0, 1});
        InputException refused = assertThrows(InputException.class, () -> FitGradient.of(exact));
        assertTrue(refused.getMessage().contains("components: 1"), refused.getMessage());
    }

    /** As many states for a hundred times the steps: what the model is asked at stands in the same arrays all the way. */
    @Test
    void statesThatAreKeptDoNotGrowWithSteps() {
        EigenScoreModel fit = model(fit(MEANS));
        Counted few = new Counted(fit);
        Counted many = new Counted(fit);
        gradient(few, fit, 5);
        gradient(many, fit, 500);
        assertEquals(few.states.size(), many.states.size());
        assertTrue(many.asked > 90 * few.asked, few.asked + " and " + many.asked);
    }

    /** A model that remembers every array it was asked at. */
    private static final class Counted implements CurvedScoreModel {
        private final EigenScoreModel model;
        private final Set<double[]> states = Collections.newSetFromMap(new IdentityHashMap<>());
        private int asked;

        Counted(EigenScoreModel model) {
            this.model = model;
        }

        private void seen(Points x) {
            states.add(x.values());
            asked++;
        }

        @Override
        public DiffusionProcess process() {
            return model.process();
        }

        @Override
        public Evaluator evaluator() {
            Evaluator inner = model.evaluator();
            return new Evaluator() {
                @Override
                public void curvature(double t, Points x, List<Points> directions, List<Points> out) {
                    seen(x);
                    directions.forEach(Counted.this::seen);
                    inner.curvature(t, x, directions, out);
                }

                @Override
                public void score(double t, Points x, Points out) {
                    seen(x);
                    inner.score(t, x, out);
                }

                @Override
                public void velocity(double t, Points x, Points out) {
                    seen(x);
                    seen(out);
                    inner.velocity(t, x, out);
                }

                @Override
                public void velocityAndRate(double t, Points x, Points out, double[] rate) {
                    seen(x);
                    inner.velocityAndRate(t, x, out, rate);
                }

                @Override
                public void logRatio(double t, Points x, double[] out) {
                    seen(x);
                    inner.logRatio(t, x, out);
                }
            };
        }
    }
}
