package org.eigendrift.bases.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.bases.numeric.SymmetricEigen;

/**
 * z_k = sum_i U_ki (x_i - mean_i) / (unit_i sigma_k) over the mapped columns, with orthonormal rows U_k, the component
 * of largest variance first; x_i = mean_i + unit_i sum_k U_ki sigma_k z_k. The largest entry of every U_k is positive.
 */
final class Whitening implements Frame {
    private static final int TILE = 256;

    private final List<Column> columns;
    private final int[] mapped;
    private final double[] mean;
    private final double[] unit;
    private final double[] sigma;
    private final double[] directions;
    private final double[] forward;
    private final double[] inverse;
    private final double logJacobian;
    private final int rank;

    private Whitening(
            List<Column> before,
            int[] mapped,
            double[] mean,
            double[] unit,
            double[] sigma,
            double[] directions,
            int rank) {
        this.rank = rank;
        this.mapped = mapped;
        this.mean = mean;
        this.unit = unit;
        this.sigma = sigma;
        this.directions = directions;
        int size = mapped.length;
        this.columns = named(before, mapped);
        this.forward = new double[size * size];
        this.inverse = new double[size * size];
        double sum = 0;
        for (int k = 0; k < size; k++) {
            sum -= Math.log(sigma[k]) + Math.log(unit[k]);
            for (int i = 0; i < size; i++) {
                forward[k * size + i] = directions[k * size + i] / (unit[i] * sigma[k]);
                inverse[i * size + k] = directions[k * size + i] * (unit[i] * sigma[k]);
            }
        }
        this.logJacobian = sum;
    }

    /** Components are called pc1, pc2, ..., or component1, ... where a column that stays has such a name. */
    static List<Column> named(List<Column> before, int[] mapped) {
        List<Column> after = new ArrayList<>(before);
        boolean taken = false;
        for (int i = 0; i < before.size(); i++) {
            boolean stays = Arrays.binarySearch(mapped, i) < 0;
            taken |= stays && before.get(i).name().startsWith("pc");
        }
        for (int k = 0; k < mapped.length; k++) {
            after.set(mapped[k], Column.real((taken ? "component" : "pc") + (k + 1)));
        }
        return List.copyOf(after);
    }

    static Whitening of(
            List<Column> before, int[] mapped, double[] mean, double[] unit, SymmetricEigen components, int rank) {
        int size = mapped.length;
        double[] sigma = new double[size];
        double[] directions = new double[size * size];
        for (int k = 0; k < size; k++) {
            sigma[k] = Math.sqrt(components.values()[size - 1 - k]);
            double[] vector = components.vectors()[size - 1 - k];
            int largest = 0;
            for (int i = 1; i < size; i++) {
                largest = Math.abs(vector[i]) > Math.abs(vector[largest]) ? i : largest;
            }
            double sign = Math.signum(vector[largest]);
            for (int i = 0; i < size; i++) {
                directions[k * size + i] = sign * vector[i];
            }
        }
        return new Whitening(before, mapped, mean, unit, sigma, directions, rank);
    }

    static Whitening restore(List<Column> before, int[] mapped, State state, int rank) {
        int size = mapped.length;
        double[] sigma = state.get("sigma", size);
        double[] unit = state.get("unit", size);
        double[] mean = state.get("mean", size);
        double[] directions = state.get("directions", size * size);
        requireFinite(mean, unit, sigma);
        return new Whitening(before, mapped, mean, unit, sigma, directions, rank);
    }

    static void requireFinite(double[] mean, double[] unit, double[] sigma) {
        for (int i = 0; i < mean.length; i++) {
            if (!(sigma[i] > 0 && unit[i] > 0) || !Double.isFinite(sigma[i] * unit[i]) || !Double.isFinite(mean[i])) {
                throw new InputException("the model file's whitening has mean " + mean[i] + ", unit " + unit[i]
                        + " and deviation " + sigma[i] + "; expected finite numbers, the last two above 0");
            }
        }
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public int[] leftNormal() {
        return Arrays.copyOfRange(mapped, rank, mapped.length);
    }

    @Override
    public void forward(Points x, Points z, double[] logJacobian) {
        int size = mapped.length;
        double[] centred = new double[size * TILE];
        double[] sums = new double[TILE];
        for (int start = 0; start < x.size(); start += TILE) {
            int count = Math.min(TILE, x.size() - start);
            for (int i = 0; i < size; i++) {
                int at = x.offset(mapped[i]) + start;
                for (int n = 0; n < count; n++) {
                    centred[i * TILE + n] = x.values()[at + n] - mean[i];
                }
            }
            for (int k = 0; k < size; k++) {
                combine(forward, k * size, size, centred, sums, count);
                System.arraycopy(sums, 0, z.values(), z.offset(mapped[k]) + start, count);
            }
        }
        copyOthers(mapped, x, z);
        for (int n = 0; n < x.size(); n++) {
            logJacobian[n] += this.logJacobian;
        }
    }

    @Override
    public void inverse(Points z, Points x) {
        int size = mapped.length;
        double[] components = new double[size * TILE];
        double[] sums = new double[TILE];
        for (int start = 0; start < x.size(); start += TILE) {
            int count = Math.min(TILE, x.size() - start);
            for (int k = 0; k < size; k++) {
                System.arraycopy(z.values(), z.offset(mapped[k]) + start, components, k * TILE, count);
            }
            for (int i = 0; i < size; i++) {
                combine(inverse, i * size, size, components, sums, count);
                int at = x.offset(mapped[i]) + start;
                for (int n = 0; n < count; n++) {
                    x.values()[at + n] = mean[i] + sums[n];
                }
            }
        }
        copyOthers(mapped, z, x);
    }

    private static void combine(double[] matrix, int row, int size, double[] tile, double[] sums, int count) {
        Arrays.fill(sums, 0, count, 0);
        for (int j = 0; j < size; j++) {
            add(matrix[row + j], tile, j * TILE, sums, count);
        }
    }

    private static void add(double factor, double[] from, int at, double[] to, int count) {
        for (int n = 0; n < count; n++) {
            to[n] += factor * from[at + n];
        }
    }

    /** Copies the columns that are not mapped; the mapped ones ascend. */
    static void copyOthers(int[] mapped, Points from, Points to) {
        for (int i = 0; i < from.dim(); i++) {
            if (Arrays.binarySearch(mapped, i) < 0) {
                System.arraycopy(from.values(), from.offset(i), to.values(), to.offset(i), from.size());
            }
        }
    }

    @Override
    public boolean affine() {
        return true;
    }

    @Override
    public State state() {
        return State.of(Map.of("mean", mean, "unit", unit, "sigma", sigma, "directions", directions));
    }
}
