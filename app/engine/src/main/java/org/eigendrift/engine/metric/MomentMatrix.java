package org.eigendrift.engine.metric;

import org.eigendrift.api.Points;
import org.eigendrift.engine.kernel.MatrixKernel;

/** Means and second-moment matrices of points. */
final class MomentMatrix {
    private MomentMatrix() {}

    static double[] means(Points x) {
        double[] means = new double[x.dim()];
        for (int i = 0; i < means.length; i++) {
            double sum = 0;
            int offset = x.offset(i);
            for (int n = 0; n < x.size(); n++) {
                sum += x.values()[offset + n];
            }
            means[i] = sum / x.size();
        }
        return means;
    }

    /** Standard deviations (n in the denominator), 1 for a constant coordinate. */
    static double[] deviations(Points x, double[] means) {
        double[] deviations = new double[x.dim()];
        for (int i = 0; i < deviations.length; i++) {
            double sum = 0;
            int offset = x.offset(i);
            for (int n = 0; n < x.size(); n++) {
                double centred = x.values()[offset + n] - means[i];
                sum += centred * centred;
            }
            deviations[i] = sum > 0 ? Math.sqrt(sum / x.size()) : 1;
        }
        return deviations;
    }

    /** (1/n) sum (x - centre)(x - centre)', d x d numbers. */
    static double[] of(Points x, double[] centre) {
        int d = x.dim();
        int size = x.size();
        double[] centred = x.values().clone();
        for (int i = 0; i < d; i++) {
            int offset = x.offset(i);
            for (int n = 0; n < size; n++) {
                centred[offset + n] -= centre[i];
            }
        }
        double[] matrix = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = i; j < d; j++) {
                double mean = MatrixKernel.dot(size, centred, x.offset(i), centred, x.offset(j)) / size;
                matrix[i * d + j] = mean;
                matrix[j * d + i] = mean;
            }
        }
        return matrix;
    }
}
