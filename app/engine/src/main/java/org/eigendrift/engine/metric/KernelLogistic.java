package org.eigendrift.engine.metric;

import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.engine.kernel.LowerTriangle;
import org.eigendrift.engine.kernel.MatrixKernel;

/**
 * Logistic regression on Nystroem features of the Gaussian kernel k(x, y) = exp(-|x - y|^2 / (2 d)): with landmarks
 * u_1 .. u_m, the first known rows, and K = L L' their kernel matrix, a row's features are L^-1 (k(x, u_1), .., k(x,
 * u_m))'. (Williams and Seeger, "Using the Nystroem method to speed up kernel machines", 2001; any root of K gives
 * features that differ by a rotation, which the ridge does not see.)
 *
 * <p>Minimises |w|^2 / 2 + C sum log(1 + exp(-s (w'f + c))), s = 1 for the second set and -1 for the first, by
 * Newton's method with halved steps.
 */
final class KernelLogistic implements ClassifierTwoSample.Classifier {
    private static final int LANDMARKS = 150;
    /** C. */
    private static final double LOSS_WEIGHT = 10;
    /** Added to K's diagonal of ones: landmarks may coincide. */
    private static final double JITTER = 1e-10;

    private static final int MOST_STEPS = 100;
    /** Newton's decrement below which the objective is flat for any use of its classes. */
    private static final double FLAT = 1e-8;

    private final Parallel parallel;

    KernelLogistic(Parallel parallel) {
        this.parallel = parallel;
    }

    @Override
    public boolean[] classify(Points known, boolean[] second, Points unknown) {
        Points landmarks = SampleComparison.first(known, LANDMARKS);
        double[] root = kernelRoot(landmarks);
        double[] weights = fit(features(known, landmarks, root), second, landmarks.size() + 1);
        double[] features = features(unknown, landmarks, root);
        boolean[] answers = new boolean[unknown.size()];
        for (int n = 0; n < answers.length; n++) {
            answers[n] = dot(features, n * weights.length, weights) > 0;
        }
        return answers;
    }

    private static double[] kernelRoot(Points landmarks) {
        int m = landmarks.size();
        double[] matrix = new double[m * m];
        double[] row = new double[m];
        for (int i = 0; i < m; i++) {
            SquaredDistances.fill(landmarks, i, landmarks, 0, row);
            for (int j = 0; j <= i; j++) {
                matrix[i * m + j] = Math.exp(-row[j] / (2 * landmarks.dim()));
            }
            matrix[i * m + i] += JITTER;
        }
        factor(matrix, m);
        return matrix;
    }

    /** One row of features after another, each with a 1 at the end for the constant. */
    private double[] features(Points x, Points landmarks, double[] root) {
        int m = landmarks.size();
        double[] features = new double[x.size() * (m + 1)];
        parallel.forEach(x.size(), n -> {
            double[] row = new double[m];
            SquaredDistances.fill(x, n, landmarks, 0, row);
            for (int j = 0; j < m; j++) {
                row[j] = Math.exp(-row[j] / (2 * x.dim()));
            }
            forward(root, m, row);
            System.arraycopy(row, 0, features, n * (m + 1), m);
            features[n * (m + 1) + m] = 1;
        });
        return features;
    }

    /** The weights; the last one is the constant, which has no ridge. */
    static double[] fit(double[] features, boolean[] second, int p) {
        double[] weights = new double[p];
        double objective = objective(features, second, weights);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] gradient = new double[p];
            double[] hessian = new double[p * p];
            derivatives(features, second, weights, gradient, hessian);
            double[] direction = gradient.clone();
            factor(hessian, p);
            forward(hessian, p, direction);
            backward(hessian, p, direction);
            double decrement = dot(gradient, 0, direction);
            if (decrement <= FLAT) {
                return weights;
            }
            double length = 1;
            double[] next = moved(weights, direction, length);
            // The objective is convex: a halved step ends below unless rounding has the last word.
            while (objective(features, second, next) > objective - 0.25 * length * decrement && length > 1e-6) {
                length /= 2;
                next = moved(weights, direction, length);
            }
            weights = next;
            objective = objective(features, second, weights);
        }
        throw new NumericalException("c2st: the logistic regression did not settle in " + MOST_STEPS + " Newton steps");
    }

    private static double[] moved(double[] weights, double[] direction, double length) {
        double[] out = weights.clone();
        for (int j = 0; j < out.length; j++) {
            out[j] -= length * direction[j];
        }
        return out;
    }

    static double objective(double[] features, boolean[] second, double[] weights) {
        int p = weights.length;
        double sum = 0;
        for (int n = 0; n < second.length; n++) {
            double margin = dot(features, n * p, weights) * (second[n] ? 1 : -1);
            sum += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
        }
        double ridge = 0;
        for (int j = 0; j < p - 1; j++) {
            ridge += weights[j] * weights[j];
        }
        return ridge / 2 + LOSS_WEIGHT * sum;
    }

    static void derivatives(
            double[] features, boolean[] second, double[] weights, double[] gradient, double[] hessian) {
        int p = weights.length;
        for (int n = 0; n < second.length; n++) {
            int at = n * p;
            double probability = 1 / (1 + Math.exp(-dot(features, at, weights)));
            double slope = LOSS_WEIGHT * (probability - (second[n] ? 1 : 0));
            double curvature = LOSS_WEIGHT * probability * (1 - probability);
            for (int i = 0; i < p; i++) {
                gradient[i] += slope * features[at + i];
                double scaled = curvature * features[at + i];
                for (int j = 0; j <= i; j++) {
                    hessian[i * p + j] += scaled * features[at + j];
                }
            }
        }
        for (int j = 0; j < p - 1; j++) {
            gradient[j] += weights[j];
            hessian[j * p + j] += 1;
        }
        // The constant's curvature vanishes where all rows are classified beyond doubt.
        hessian[p * p - 1] += JITTER;
    }

    private static double dot(double[] a, int from, double[] b) {
        return MatrixKernel.dot(b.length, a, from, b, 0);
    }

    private static void factor(double[] matrix, int n) {
        try {
            LowerTriangle.factor(matrix, n);
        } catch (NumericalException e) {
            throw new NumericalException("c2st: a kernel matrix is " + e.getMessage(), e);
        }
    }

    private static void forward(double[] root, int n, double[] b) {
        for (int i = 0; i < n; i++) {
            b[i] = (b[i] - MatrixKernel.dot(i, root, i * n, b, 0)) / root[i * n + i];
        }
    }

    private static void backward(double[] root, int n, double[] b) {
        for (int i = n - 1; i >= 0; i--) {
            double sum = b[i];
            for (int k = i + 1; k < n; k++) {
                sum -= root[k * n + i] * b[k];
            }
            b[i] = sum / root[i * n + i];
        }
    }
}
