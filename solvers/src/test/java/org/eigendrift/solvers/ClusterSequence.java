package org.eigendrift.solvers;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.LinearSystem;

/**
 * Systems that behave like those of a fit along its time grid: functions of one coordinate and of pairs of
 * coordinates at most {@code range} apart on a chain, of degrees 1..K, with decay rates a = (sum of squared degrees) /
 * 2, and
 *
 * <pre>  A(t) = E G E + I - E^2,  E = diag(exp(-a_i t)),  b_i(t) = exp(-a_i t) m_i.</pre>
 *
 * G is a Gram matrix of unit diagonal, ill-conditioned, whose entries vanish for functions without a common
 * coordinate. So A(t) has unit diagonal, is positive definite, tends to I for large t and to G for small t.
 */
final class ClusterSequence {
    private final int[] starts;
    private final int[] rowStarts;
    private final int[] columns;
    private final double[][] gram;
    private final double[] rates;
    private final double[] moments;

    /**
     * Draws a sequence.
     *
     * @param coordinates length of the chain
     * @param range largest distance of a pair
     * @param degree K
     * @param floor smallest singular value of the features of a coordinate, relative to the largest
     * @param seed of G and m
     */
    ClusterSequence(int coordinates, int range, int degree, double floor, long seed) {
        CounterRandom random = new CounterRandom(seed);
        List<int[]> clusters = new ArrayList<>();
        for (int i = 0; i < coordinates; i++) {
            clusters.add(new int[] {i});
            for (int j = i + 1; j <= Math.min(i + range, coordinates - 1); j++) {
                clusters.add(new int[] {i, j});
            }
        }
        int blocks = clusters.size();
        starts = new int[blocks + 1];
        for (int b = 0; b < blocks; b++) {
            starts[b + 1] = starts[b] + (clusters.get(b).length == 1 ? degree : degree * degree);
        }
        int n = starts[blocks];
        rates = new double[n];
        moments = new double[n];
        for (int b = 0; b < blocks; b++) {
            for (int k = 0; k < starts[b + 1] - starts[b]; k++) {
                int first = 1 + k % degree;
                int second = clusters.get(b).length == 1 ? 0 : 1 + k / degree;
                rates[starts[b] + k] = (first * first + second * second) / 2.0;
                moments[starts[b] + k] = random.normal(1, starts[b] + k) / (first + second);
            }
        }
        List<Integer> stored = new ArrayList<>();
        rowStarts = new int[blocks + 1];
        for (int i = 0; i < blocks; i++) {
            rowStarts[i] = stored.size();
            for (int j = i; j < blocks; j++) {
                if (common(clusters.get(i), clusters.get(j), -1)) {
                    stored.add(j);
                }
            }
        }
        rowStarts[blocks] = stored.size();
        columns = stored.stream().mapToInt(Integer::intValue).toArray();
        gram = gram(clusters, coordinates, floor, random);
    }

    /** Whether two clusters have a coordinate in common, or, for c not negative, both have c. */
    private static boolean common(int[] a, int[] b, int c) {
        for (int i : a) {
            for (int j : b) {
                if (i == j && (c < 0 || i == c)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The sum over coordinates of the products of random features, their singular values falling geometrically. */
    private double[][] gram(List<int[]> clusters, int coordinates, double floor, CounterRandom random) {
        int samples = 60;
        int n = starts[clusters.size()];
        double[] norms = new double[n];
        double[][] entries = new double[columns.length][];
        for (int i = 0; i < clusters.size(); i++) {
            for (int k = rowStarts[i]; k < rowStarts[i + 1]; k++) {
                int j = columns[k];
                int width = starts[j + 1] - starts[j];
                entries[k] = new double[(starts[i + 1] - starts[i]) * width];
                for (int c = 0; c < coordinates; c++) {
                    if (common(clusters.get(i), clusters.get(j), c)) {
                        addProducts(entries[k], i, j, c, samples, floor, random);
                    }
                }
                for (int r = 0; i == j && r < width; r++) {
                    entries[k][r * width + r] += floor * floor;
                    norms[starts[i] + r] = Math.sqrt(entries[k][r * width + r]);
                }
            }
        }
        for (int i = 0; i < clusters.size(); i++) {
            for (int k = rowStarts[i]; k < rowStarts[i + 1]; k++) {
                int width = starts[columns[k] + 1] - starts[columns[k]];
                for (int at = 0; at < entries[k].length; at++) {
                    entries[k][at] /= norms[starts[i] + at / width] * norms[starts[columns[k]] + at % width];
                }
            }
        }
        return entries;
    }

    private void addProducts(
            double[] block, int i, int j, int coordinate, int samples, double floor, CounterRandom random) {
        int width = starts[j + 1] - starts[j];
        double[][] left = features(i, coordinate, samples, floor, random);
        double[][] right = features(j, coordinate, samples, floor, random);
        for (int r = 0; r < left.length; r++) {
            for (int c = 0; c < width; c++) {
                block[r * width + c] += Vectors.dot(left[r], right[c]);
            }
        }
    }

    private double[][] features(int block, int coordinate, int samples, double floor, CounterRandom random) {
        double[][] features = new double[starts[block + 1] - starts[block]][samples];
        for (int r = 0; r < features.length; r++) {
            for (int s = 0; s < samples; s++) {
                double weight = Math.pow(floor, (double) s / (samples - 1));
                features[r][s] = weight * random.normal(2 + coordinate, (long) (starts[block] + r) * samples + s);
            }
        }
        return features;
    }

    /** Number of unknowns. */
    int size() {
        return rates.length;
    }

    /** The system of one time. */
    LinearSystem at(double time) {
        double[] decay = new double[rates.length];
        double[] rhs = new double[rates.length];
        for (int i = 0; i < rates.length; i++) {
            decay[i] = Math.exp(-rates[i] * time);
            rhs[i] = decay[i] * moments[i];
        }
        double[][] entries = new double[gram.length][];
        for (int i = 0; i + 1 < starts.length; i++) {
            for (int k = rowStarts[i]; k < rowStarts[i + 1]; k++) {
                int width = starts[columns[k] + 1] - starts[columns[k]];
                entries[k] = gram[k].clone();
                for (int at = 0; at < entries[k].length; at++) {
                    int row = starts[i] + at / width;
                    int column = starts[columns[k]] + at % width;
                    entries[k][at] *= decay[row] * decay[column];
                    if (row == column) {
                        entries[k][at] += 1 - decay[row] * decay[row];
                    }
                }
            }
        }
        return new LinearSystem(new BlockSymmetric(starts, rowStarts, columns, entries), 0, rhs, time);
    }

    /** Times from the horizon down, geometric. */
    static double[] times(double horizon, double earliest, int count) {
        double[] times = new double[count];
        for (int k = 0; k < count; k++) {
            times[k] = horizon * Math.pow(earliest / horizon, (double) k / (count - 1));
        }
        return times;
    }
}
