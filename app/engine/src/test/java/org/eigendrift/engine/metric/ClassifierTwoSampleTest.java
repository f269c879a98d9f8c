package org.eigendrift.engine.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.junit.jupiter.api.Test;

class ClassifierTwoSampleTest {
    private static final int SIZE = 1000;
    /** Standard deviation of an accuracy of 1/2 on as many rows, four times. */
    private static final double FOUR_SIGMA = 4 * 0.5 / Math.sqrt(SIZE);

    private static List<ClassifierTwoSample.Classifier> classifiers() {
        Parallel parallel = new Parallel(1);
        return List.of(new NeighbourVote(parallel), new KernelLogistic(parallel));
    }

    private static Points normal(int dim, double shift, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(dim, SIZE);
        for (int n = 0; n < SIZE; n++) {
            for (int i = 0; i < dim; i++) {
                points.set(i, n, random.normal(n, i) + (i == 0 ? shift : 0));
            }
        }
        return points;
    }

    @Test
    void oneLawCannotBeToldApart() {
        for (ClassifierTwoSample.Classifier classifier : classifiers()) {
            double accuracy = ClassifierTwoSample.accuracy(normal(2, 0, 1), normal(2, 0, 2), classifier);
            assertEquals(0.5, accuracy, FOUR_SIGMA, classifier.getClass().getSimpleName());
        }
    }

    /** Of N(0, I) and N(2 e_1, I) nobody can tell more than Phi(1) = 0.8413 right; both come near. */
    @Test
    void shiftedLawsReachTheBayesAccuracy() {
        for (ClassifierTwoSample.Classifier classifier : classifiers()) {
            double accuracy = ClassifierTwoSample.accuracy(normal(2, 0, 1), normal(2, 2, 2), classifier);
            assertTrue(
                    accuracy < 0.8413 + FOUR_SIGMA && accuracy > 0.8413 - 0.02 - FOUR_SIGMA,
                    accuracy + " by " + classifier);
        }
    }

    /** Points on a circle round a cluster: equal means, nothing linear tells them apart. */
    @Test
    void aRingRoundAClusterIsToldApart() {
        CounterRandom random = new CounterRandom(3);
        Points ring = Points.zeros(2, SIZE);
        Points cluster = Points.zeros(2, SIZE);
        for (int n = 0; n < SIZE; n++) {
            double angle = 2 * Math.PI * random.uniform(n, 0);
            ring.set(0, n, 3 * Math.cos(angle));
            ring.set(1, n, 3 * Math.sin(angle));
            cluster.set(0, n, 0.3 * random.normal(n, 2));
            cluster.set(1, n, 0.3 * random.normal(n, 3));
        }
        for (ClassifierTwoSample.Classifier classifier : classifiers()) {
            assertEquals(1, ClassifierTwoSample.accuracy(ring, cluster, classifier));
        }
    }

    /** Ties, a constant column, far outliers: nothing that data has may stop the classifiers. */
    @Test
    void awkwardRowsAreClassified() {
        CounterRandom random = new CounterRandom(5);
        Points x = Points.zeros(3, 400);
        Points y = Points.zeros(3, 400);
        for (int n = 0; n < 400; n++) {
            x.set(0, n, n % 3);
            y.set(0, n, n % 4);
            x.set(1, n, 7);
            y.set(1, n, 7);
            // Cauchy.
            x.set(2, n, Math.tan(Math.PI * (random.uniform(n, 0) - 0.5)));
            y.set(2, n, Math.tan(Math.PI * (random.uniform(n, 1) - 0.5)));
        }
        for (ClassifierTwoSample.Classifier classifier : classifiers()) {
            // A quarter of the second set has a value that the first never has: at best 5/8 are right.
            double accuracy = ClassifierTwoSample.accuracy(x, y, classifier);
            assertEquals(0.625, accuracy, 0.1, classifier.getClass().getSimpleName());
        }
        Points same = Points.zeros(2, 100);
        for (ClassifierTwoSample.Classifier classifier : classifiers()) {
            double accuracy = ClassifierTwoSample.accuracy(same, same, classifier);
            assertEquals(0.5, accuracy, 0.2, classifier.getClass().getSimpleName());
        }
    }

    /** Three known rows at 0, 1, 10 (first, second, second) and one voter: the nearest decides. */
    @Test
    void nearestNeighbourByHand() {
        Points known = Points.ofRows(new double[] {0}, new double[] {1}, new double[] {10});
        Points unknown = Points.ofRows(new double[] {0.4}, new double[] {0.6}, new double[] {9});
        assertArrayEquals(
                new boolean[] {false, true, true},
                new NeighbourVote(new Parallel(1)).classify(known, new boolean[] {false, true, true}, unknown));
    }

    /** Gradient and curvature against central differences of the objective. */
    @Test
    void derivativesAgreeWithDifferences() {
        double[] features = {0.3, -1.2, 1, 0.7, 0.4, 1, -0.5, 0.9, 1, 1.5, -0.1, 1};
        boolean[] second = {true, false, false, true};
        double[] weights = {0.4, -0.7, 0.2};
        double[] gradient = new double[3];
        double[] hessian = new double[9];
        KernelLogistic.derivatives(features, second, weights, gradient, hessian);
        // Central differences: error h^2 / 6 times third derivatives of order 10, plus rounding 1e-15 / h.
        double h = 1e-5;
        for (int j = 0; j < 3; j++) {
            double[] up = weights.clone();
            double[] down = weights.clone();
            up[j] += h;
            down[j] -= h;
            double slope =
                    (KernelLogistic.objective(features, second, up) - KernelLogistic.objective(features, second, down))
                            / (2 * h);
            assertEquals(slope, gradient[j], 1e-8);
            double[] gradientUp = new double[3];
            double[] gradientDown = new double[3];
            KernelLogistic.derivatives(features, second, up, gradientUp, new double[9]);
            KernelLogistic.derivatives(features, second, down, gradientDown, new double[9]);
            for (int i = j; i < 3; i++) {
                assertEquals((gradientUp[i] - gradientDown[i]) / (2 * h), hessian[i * 3 + j], 1e-8);
            }
        }
    }

    @Test
    void fitIsAMinimum() {
        double[] features = {0.3, -1.2, 1, 0.7, 0.4, 1, -0.5, 0.9, 1, 1.5, -0.1, 1};
        boolean[] second = {true, false, false, true};
        double[] weights = KernelLogistic.fit(features, second, 3);
        double[] gradient = new double[3];
        KernelLogistic.derivatives(features, second, weights, gradient, new double[9]);
        // The decrement g'H^-1 g is at most 1e-8, and H is of order 10 at most.
        assertArrayEquals(new double[3], gradient, 1e-3);
    }
}
