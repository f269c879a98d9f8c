package org.eigendrift.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.eigendrift.api.Points;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.CurvedScoreModel;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** h, its gradient and L h against loops, differences and an exactly solvable law. */
class EigenScoreModelTest {
    private static final double[] TIMES = {0.01, 0.0371, 0.5, 3};

    static Stream<List<String>> triples() {
        return Families.triples();
    }

    /** Everything at one point by loops over functions and coordinates. */
    private static final class Naive {
        final double h;
        final double rate;
        final double size;
        final double[] gradient;

        Naive(ProductBasis basis, int[][] degrees, double[] theta, double[] x) {
            double sum = 0;
            double generator = 0;
            double sizes = 0;
            this.gradient = new double[x.length];
            for (int f = 0; f < degrees.length; f++) {
                double phi = 1;
                for (int i = 0; i < x.length; i++) {
                    phi *= Families.value(basis.coordinate(i), degrees[f][i], x[i]);
                }
                sum += theta[f] * phi;
                generator -= theta[f] * basis.rate(f) * phi;
                sizes += Math.abs(theta[f] * phi) * (1 + basis.rate(f));
                for (int i = 0; i < x.length; i++) {
                    double slope = Families.derivative(basis.coordinate(i), degrees[f][i], x[i]);
                    for (int j = 0; j < x.length; j++) {
                        slope *= j == i ? 1 : Families.value(basis.coordinate(j), degrees[f][j], x[j]);
                    }
                    gradient[i] += theta[f] * slope;
                }
            }
            this.h = sum;
            this.rate = generator;
            this.size = sizes;
        }
    }

    @ParameterizedTest
    @MethodSource("triples")
    void fieldsAreThoseOfTheLoops(List<String> families) {
        for (int order = 1; order <= 3; order++) {
            EigenScoreModel model = Models.arbitrary(families, 3, order);
            ProductBasis basis = model.basis();
            int[][] degrees = Families.multiDegrees(basis);
            Points x = Families.rows(families, 9, 42);
            ScoreModel.Evaluator evaluator = model.evaluator();
            double[] theta = new double[basis.size()];
            for (double t : TIMES) {
                model.path().at(t, theta);
                Points score = Points.zeros(x.dim(), x.size());
                Points velocity = Points.zeros(x.dim(), x.size());
                Points again = Points.zeros(x.dim(), x.size());
                double[] rate = new double[x.size()];
                double[] ratio = new double[x.size()];
                evaluator.score(t, x, score);
                evaluator.velocity(t, x, velocity);
                evaluator.velocityAndRate(t, x, again, rate);
                evaluator.logRatio(t, x, ratio);
                assertArrayEquals(velocity.values(), again.values());
                for (int n = 0; n < x.size(); n++) {
                    Naive naive = new Naive(basis, degrees, theta, x.row(n));
                    // Rounding of a few hundred terms.
                    double tolerance = 1e-13 * (1 + naive.size);
                    assertEquals(naive.h, ratio[n], tolerance);
                    assertEquals(naive.rate, rate[n], tolerance);
                    for (int i = 0; i < x.dim(); i++) {
                        CoordinateBasis c = basis.coordinate(i);
                        double here = x.get(i, n);
                        double slopes = 1e-12 * (1 + naive.size + Math.abs(naive.gradient[i]));
                        assertEquals(naive.gradient[i] + c.basis().logDensityDerivative(here), score.get(i, n), slopes);
                        assertEquals(
                                c.timeScale() * c.basis().diffusion(here) * naive.gradient[i],
                                velocity.get(i, n),
                                slopes * Math.max(1, c.timeScale() * c.basis().diffusion(here)));
                    }
                }
            }
        }
    }

    /** Velocity is D a times the gradient of the one scalar that logRatio returns. */
    @ParameterizedTest
    @MethodSource("triples")
    void velocitiesAreGradientsOfTheLogRatio(List<String> families) {
        EigenScoreModel model = Models.arbitrary(families, 3, 3);
        Points x = Families.rows(families, 6, 43);
        ScoreModel.Evaluator evaluator = model.evaluator();
        double t = 0.2;
        Points velocity = Points.zeros(x.dim(), x.size());
        evaluator.velocity(t, x, velocity);
        double h = 1e-4;
        for (int i = 0; i < x.dim(); i++) {
            double[][] shifted = new double[4][x.size()];
            double[] steps = {-2 * h, -h, h, 2 * h};
            for (int s = 0; s < 4; s++) {
                Points moved = x.copy();
                for (int n = 0; n < x.size(); n++) {
                    moved.set(i, n, x.get(i, n) + steps[s]);
                }
                evaluator.logRatio(t, moved, shifted[s]);
            }
            for (int n = 0; n < x.size(); n++) {
                double slope = (shifted[0][n] - 8 * shifted[1][n] + 8 * shifted[2][n] - shifted[3][n]) / (12 * h);
                CoordinateBasis c = model.basis().coordinate(i);
                double factor = c.timeScale() * c.basis().diffusion(x.get(i, n));
                // Fourth-order differences: h^4 times fifth derivatives, and rounding 1e-15 / h.
                assertEquals(factor * slope, velocity.get(i, n), 1e-8 * (1 + Math.abs(velocity.get(i, n)) + factor));
            }
        }
    }

    /** The Hessian's products are directional derivatives of the score, also where functions level off. */
    @ParameterizedTest
    @MethodSource("triples")
    void curvatureIsTheScoresDerivative(List<String> families) {
        for (int order = 1; order <= 3; order++) {
            EigenScoreModel model = Models.arbitrary(families, 3, order);
            Points x = Families.rows(families, 7, 45);
            CurvedScoreModel.Evaluator evaluator = model.evaluator();
            Points u = Points.zeros(x.dim(), x.size());
            Points v = Points.zeros(x.dim(), x.size());
            for (int k = 0; k < v.values().length; k++) {
                v.values()[k] = Math.sin(1 + 3 * k);
                u.values()[k] = Math.cos(2 + 5 * k);
            }
            Points hu = Points.zeros(x.dim(), x.size());
            Points hv = Points.zeros(x.dim(), x.size());
            evaluator.curvature(0.2, x, List.of(u, v), List.of(hu, hv));
            double h = 1e-4;
            Points[] scores = new Points[4];
            double[] steps = {-2 * h, -h, h, 2 * h};
            for (int s = 0; s < 4; s++) {
                Points moved = x.copy();
                for (int k = 0; k < moved.values().length; k++) {
                    moved.values()[k] += steps[s] * v.values()[k];
                }
                scores[s] = Points.zeros(x.dim(), x.size());
                evaluator.score(0.2, moved, scores[s]);
            }
            for (int n = 0; n < x.size(); n++) {
                double ab = 0;
                double ba = 0;
                double size = 0;
                for (int i = 0; i < x.dim(); i++) {
                    double slope = (scores[0].get(i, n)
                                    - 8 * scores[1].get(i, n)
                                    + 8 * scores[2].get(i, n)
                                    - scores[3].get(i, n))
                            / (12 * h);
                    // Fourth-order differences: h^4 times fifth derivatives, and rounding 1e-15 / h of the score.
                    double tolerance = 1e-7 * (1 + Math.abs(slope) + Math.abs(scores[0].get(i, n)));
                    assertEquals(slope, hv.get(i, n), tolerance, families + " order " + order + " coordinate " + i);
                    ab += u.get(i, n) * hv.get(i, n);
                    ba += v.get(i, n) * hu.get(i, n);
                    size += Math.abs(hv.get(i, n)) + Math.abs(hu.get(i, n));
                }
                assertEquals(ab, ba, 1e-12 * (1 + size), "symmetric");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("triples")
    void resultsDoNotDependOnTheBatch(List<String> families) {
        EigenScoreModel model = Models.arbitrary(families, 3, 3);
        int size = 600;
        Points x = Families.rows(families, size, 44);
        double t = 0.07;
        Points whole = Points.zeros(x.dim(), size);
        double[] rate = new double[size];
        double[] ratio = new double[size];
        model.evaluator().velocityAndRate(t, x, whole, rate);
        model.evaluator().logRatio(t, x, ratio);
        ScoreModel.Evaluator evaluator = model.evaluator();
        for (int batch : new int[] {1, 7, 255, 256, 257}) {
            int last = batch == 1 ? 40 : size;
            for (int from = 0; from < last; from += batch) {
                Points part = x.slice(from, Math.min(size, from + batch));
                Points out = Points.zeros(x.dim(), part.size());
                double[] partRate = new double[part.size()];
                double[] partRatio = new double[part.size()];
                // An evaluator that has been elsewhere in time must not remember it.
                evaluator.velocity(2.5, part, out);
                evaluator.velocityAndRate(t, part, out, partRate);
                evaluator.logRatio(t, part, partRatio);
                for (int n = 0; n < part.size(); n++) {
                    assertEquals(rate[from + n], partRate[n], "batch of " + batch);
                    assertEquals(ratio[from + n], partRatio[n]);
                    for (int i = 0; i < x.dim(); i++) {
                        assertEquals(whole.get(i, from + n), out.get(i, n));
                    }
                }
            }
        }
    }

    /** Beyond the core h goes on as a smooth function that levels off; velocity and L h are its derivatives. */
    @Test
    void beyondTheCoreFunctionsLevelOff() {
        EigenScoreModel model = Models.arbitrary(List.of("mean-field", "hermite"), 3, 2);
        CoordinateBasis first = model.basis().coordinate(0);
        double end = first.basis().core().upper();
        double width = end - first.basis().core().lower();
        double y = 0.4;
        double step = 1e-3;
        for (double beyond : new double[] {-0.1, -0.019, -0.01, 1e-9, 0.01, 0.1, 50}) {
            double at = end + beyond * width;
            Points x = Points.ofRows(
                    new double[] {at, y},
                    new double[] {at - step, y},
                    new double[] {at + step, y},
                    new double[] {at, y - step},
                    new double[] {at, y + step});
            Points score = Points.zeros(2, 5);
            Points velocity = Points.zeros(2, 5);
            double[] rate = new double[5];
            double[] h = new double[5];
            ScoreModel.Evaluator evaluator = model.evaluator();
            evaluator.score(0.2, x, score);
            evaluator.velocityAndRate(0.2, x, velocity, rate);
            evaluator.logRatio(0.2, x, h);
            double along = (h[2] - h[1]) / (2 * step);
            double across = (h[4] - h[3]) / (2 * step);
            double drift = first.basis().drift(at);
            double generator = first.timeScale() * ((h[2] - 2 * h[0] + h[1]) / (step * step) + drift * along)
                    + (h[4] - 2 * h[0] + h[3]) / (step * step)
                    - y * across;
            // Differences err by a step's square times fourth derivatives, which are large where functions level off.
            double size = 1 + Math.abs(generator) + Math.abs(drift);
            assertEquals(generator, rate[0], 1e-3 * size, "L h at " + beyond);
            assertEquals(first.timeScale() * along, velocity.get(0, 0), 1e-3 * size, "velocity at " + beyond);
            assertEquals(velocity.get(0, 0) / first.timeScale() + drift, score.get(0, 0), 1e-9 * size);
            if (beyond == 50) {
                assertEquals(0, velocity.get(0, 0));
            }
        }
    }

    /** Where only slow functions are left, fewer are evaluated; the result is the same. */
    @Test
    void functionsWithoutCoefficientsAreLeftOut() {
        List<String> families = List.of("cosine", "hermite", "cosine");
        ProductBasis basis = Families.complete(Families.coordinates(families, 4), 3);
        TimeGrid grid = TimeGrid.of(2, 1, 0.5);
        double[][] theta = new double[3][basis.size()];
        int[][] degrees = Families.multiDegrees(basis);
        for (int f = 0; f < basis.size(); f++) {
            boolean slow = basis.rate(f) <= 2 && degrees[f][1] == 0;
            for (int j = 0; j < 3; j++) {
                theta[j][f] = slow ? 0.1 * (f + 1) : 0;
            }
        }
        EigenScoreModel model = new EigenScoreModel(basis, new ThetaPath(grid, theta));
        Points x = Families.rows(families, 5, 45);
        double[] ratio = new double[5];
        double[] rate = new double[5];
        Points velocity = Points.zeros(3, 5);
        model.evaluator().logRatio(1, x, ratio);
        model.evaluator().velocityAndRate(1, x, velocity, rate);
        for (int n = 0; n < 5; n++) {
            Naive naive = new Naive(basis, degrees, theta[1], x.row(n));
            assertEquals(naive.h, ratio[n], 1e-13 * (1 + naive.size));
            assertEquals(naive.rate, rate[n], 1e-13 * (1 + naive.size));
            assertEquals(0, velocity.get(1, n));
        }
    }

    /** A model without any coefficient is the stationary law. */
    @Test
    void zeroCoefficientsAreTheStationaryLaw() {
        List<String> families = List.of("hermite", "cosine");
        ProductBasis basis = Families.complete(Families.coordinates(families, 2), 2);
        EigenScoreModel model =
                new EigenScoreModel(basis, new ThetaPath(TimeGrid.of(2, 1), new double[2][basis.size()]));
        Points x = Families.rows(families, 4, 46);
        Points score = Points.zeros(2, 4);
        double[] rate = {1, 1, 1, 1};
        model.evaluator().score(1.5, x, score);
        for (int n = 0; n < 4; n++) {
            assertEquals(-x.get(0, n), score.get(0, n));
            assertEquals(0, score.get(1, n));
        }
        model.evaluator().velocityAndRate(1.5, x, score, rate);
        model.evaluator().logRatio(1.5, x, rate);
        assertArrayEquals(new double[8], score.values());
        assertArrayEquals(new double[4], rate);
        assertTrue(model.process().affine().isEmpty(), "only a process of hermite coordinates alone is affine");
    }
}
