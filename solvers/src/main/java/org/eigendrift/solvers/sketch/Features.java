package org.eigendrift.solvers.sketch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Fused;
import org.eigendrift.api.InputException;
import org.eigendrift.api.linear.RowSampler;
import org.eigendrift.solvers.factor.CholeskyFactor;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Rows q_n = L^-1 phi_n with L L^T = sum phi phi', so that the q_n are the rows of an orthonormal basis of the columns.
 * Leverage scores are l_n = |q_n|^2; they lie in [0, 1] and add up to m.
 */
final class Features {
    private final int rows;
    private final int columns;
    private final double[] q;
    private final double[] leverage;

    Features(double[] design, int columns, int count) {
        this.columns = columns;
        this.rows = design.length / columns;
        if (rows < columns || count < columns) {
            throw new InputException("row sampling: " + rows + " rows and " + count + " draws for " + columns
                    + " columns; expected at least as many of both as columns");
        }
        q = design.clone();
        CholeskyFactor factor = new CholeskyFactor();
        double[] gram = gram();
        if (factor.factor(gram, 0, columns, columns, 0) >= 0 || dependent(factor, gram)) {
            throw new InputException("row sampling: the " + columns + " columns are linearly dependent");
        }
        leverage = new double[rows];
        for (int n = 0; n < rows; n++) {
            factor.solveLower(q, n * columns);
            leverage[n] = dot(n, q, n * columns);
        }
    }

    /** Whether a pivot is no more than the rounding of the sums, and of the elimination, leaves of 0. */
    private boolean dependent(CholeskyFactor factor, double[] gram) {
        for (int i = 0; i < columns; i++) {
            double pivot = factor.diagonal(i) * factor.diagonal(i);
            if (!(pivot > (rows + columns) * Math.ulp(1.0) * gram[i * columns + i])) {
                return true;
            }
        }
        return false;
    }

    private double[] gram() {
        double[] gram = new double[columns * columns];
        for (int n = 0; n < rows; n++) {
            for (int i = 0; i < columns; i++) {
                double factor = q[n * columns + i];
                for (int j = 0; j <= i; j++) {
                    gram[i * columns + j] = Fused.multiplyAdd(factor, q[n * columns + j], gram[i * columns + j]);
                }
            }
        }
        return gram;
    }

    private double dot(int row, double[] other, int at) {
        double sum = 0;
        for (int j = 0; j < columns; j++) {
            sum = Fused.multiplyAdd(q[row * columns + j], other[at + j], sum);
        }
        return sum;
    }

    /** Draws with probabilities l_n / m, independent. */
    List<Integer> independent(int count, CounterRandom random) {
        double[] cumulative = new double[rows];
        double sum = 0;
        for (int n = 0; n < rows; n++) {
            sum += leverage[n];
            cumulative[n] = sum;
        }
        List<Integer> drawn = new ArrayList<>(count);
        for (int k = 0; k < count; k++) {
            drawn.add(find(cumulative, random.uniform(0, k) * sum));
        }
        return drawn;
    }

    private static int find(double[] cumulative, double u) {
        int at = Arrays.binarySearch(cumulative, u);
        return Math.min(at >= 0 ? at : -at - 1, cumulative.length - 1);
    }

    /**
     * A draw of m rows from the projection determinantal process, P(S) = det(Q_S)^2, by the chain rule: each row with
     * probability proportional to the squared length of its q outside the span of those drawn.
     */
    List<Integer> determinantal(CounterRandom random) {
        double[] left = leverage.clone();
        double[][] directions = new double[columns][columns];
        List<Integer> drawn = new ArrayList<>(columns);
        double[] cumulative = new double[rows];
        for (int k = 0; k < columns; k++) {
            double sum = 0;
            for (int n = 0; n < rows; n++) {
                sum += left[n];
                cumulative[n] = sum;
            }
            int row = find(cumulative, random.uniform(1, k) * sum);
            drawn.add(row);
            double[] direction = directions[k];
            System.arraycopy(q, row * columns, direction, 0, columns);
            orthonormalise(direction, directions, k);
            for (int n = 0; n < rows; n++) {
                double projection = dot(n, direction, 0);
                left[n] = Math.max(left[n] - projection * projection, 0);
            }
            for (int chosen : drawn) {
                left[chosen] = 0;
            }
        }
        return drawn;
    }

    private void orthonormalise(double[] direction, double[][] others, int count) {
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < count; i++) {
                double projection = 0;
                for (int j = 0; j < columns; j++) {
                    projection += others[i][j] * direction[j];
                }
                for (int j = 0; j < columns; j++) {
                    direction[j] -= projection * others[i][j];
                }
            }
        }
        double norm = 0;
        for (double value : direction) {
            norm = Math.hypot(norm, value);
        }
        for (int j = 0; j < columns; j++) {
            direction[j] /= norm;
        }
    }

    /** Weights m / (count l_n) for each draw, added up, and what they make of the full matrix. */
    RowSampler.Sample weigh(List<Integer> drawn) {
        TreeMap<Integer, Double> weights = new TreeMap<>();
        for (int row : drawn) {
            weights.merge(row, columns / (drawn.size() * leverage[row]), Double::sum);
        }
        int[] chosen = weights.keySet().stream().mapToInt(Integer::intValue).toArray();
        double[] values =
                weights.values().stream().mapToDouble(Double::doubleValue).toArray();
        return new RowSampler.Sample(chosen, values, distortion(chosen, values));
    }

    /** Largest absolute eigenvalue of Q_S' W Q_S - I. */
    private double distortion(int[] chosen, double[] weights) {
        double[] difference = new double[columns * columns];
        for (int k = 0; k < chosen.length; k++) {
            int at = chosen[k] * columns;
            for (int i = 0; i < columns; i++) {
                for (int j = 0; j < columns; j++) {
                    difference[i * columns + j] += weights[k] * q[at + i] * q[at + j];
                }
            }
        }
        for (int i = 0; i < columns; i++) {
            difference[i * columns + i] -= 1;
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(columns, false, true);
        if (!eigen.decompose(DMatrixRMaj.wrap(columns, columns, difference))) {
            return Double.NaN;
        }
        double largest = 0;
        for (int i = 0; i < columns; i++) {
            largest = Math.max(largest, Math.abs(eigen.getEigenvalue(i).getReal()));
        }
        return largest;
    }
}
