package org.eigendrift.engine.atlas;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.engine.kernel.MatrixKernel;

/**
 * A mixture that says which chart a row belongs to: normal laws with full covariances over real columns, wrapped normal
 * laws, independent of the rest, over angles. Only its responsibilities matter: any partition of unity cuts the data
 * into laws p r_k / w_k whose mixture is p again. Immutable, thread-safe.
 */
public final class ChartMixture {
    /** Rows whose densities are computed at a time. */
    static final int BLOCK = 256;

    /** Deviations beyond which images of a wrapped normal law are lost in rounding: exp(-8.5^2 / 2) is 2^-52. */
    private static final double REACH = 8.5;

    /** No deviation of an angle means more than this; it bounds the work that a file can ask for. */
    private static final double WIDEST = 100;

    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private final ChartCoordinates coordinates;
    private final double[] weights;
    /** Mean of every coordinate, for every component. */
    private final double[][] means;
    /** Row-major lower triangles W with W covariance W' = 1, over the real coordinates. */
    private final double[][] whitenings;
    /** Deviations of the angles. */
    private final double[][] deviations;

    private final double[] logNorms;

    ChartMixture(
            ChartCoordinates coordinates,
            double[] weights,
            double[][] means,
            double[][] whitenings,
            double[][] deviations) {
        this.coordinates = coordinates;
        this.weights = weights;
        this.means = means;
        this.whitenings = whitenings;
        this.deviations = deviations;
        this.logNorms = new double[weights.length];
        int real = coordinates.reals();
        for (int k = 0; k < weights.length; k++) {
            double log = Math.log(weights[k]) - 0.5 * real * LOG_TWO_PI;
            for (int i = 0; i < real; i++) {
                log += Math.log(whitenings[k][i * real + i]);
            }
            for (double deviation : deviations[k]) {
                log -= Math.log(deviation) + 0.5 * LOG_TWO_PI;
            }
            logNorms[k] = log;
        }
    }

    /**
     * The number of components.
     *
     * @return at least 1
     */
    public int size() {
        return weights.length;
    }

    ChartCoordinates coordinates() {
        return coordinates;
    }

    double[] mean(int component) {
        return means[component];
    }

    /**
     * log w_k + log density of every component at rows, in the mixture's coordinates.
     *
     * @param u rows in the mixture's coordinates, real ones first; not modified
     * @param from first row
     * @param count rows, at most {@link #BLOCK}
     * @param out receives component by component, {@link #BLOCK} apart
     */
    void logJoint(Points u, int from, int count, double[] out, Work work) {
        int real = coordinates.reals();
        for (int k = 0; k < weights.length; k++) {
            int at = k * BLOCK;
            Arrays.fill(out, at, at + count, logNorms[k]);
            Arrays.fill(work.whitened, 0, real * count, 0);
            for (int i = 0; i < real; i++) {
                int source = u.offset(i) + from;
                double mean = means[k][i];
                for (int n = 0; n < count; n++) {
                    work.centred[i * count + n] = u.values()[source + n] - mean;
                }
            }
            MatrixKernel.multiplyAdd(
                    real, real, count, whitenings[k], 0, real, work.centred, 0, count, work.whitened, 0, count);
            for (int i = 0; i < real; i++) {
                for (int n = 0; n < count; n++) {
                    double y = work.whitened[i * count + n];
                    out[at + n] -= 0.5 * y * y;
                }
            }
            for (int a = 0; a < deviations[k].length; a++) {
                int source = u.offset(real + a) + from;
                for (int n = 0; n < count; n++) {
                    out[at + n] += logWrapped(u.values()[source + n] - means[k][real + a], deviations[k][a]);
                }
            }
        }
    }

    /** Work space of {@link #logJoint}. */
    static final class Work {
        private final double[] centred;
        private final double[] whitened;

        Work(ChartCoordinates coordinates) {
            centred = new double[coordinates.reals() * BLOCK];
            whitened = new double[coordinates.reals() * BLOCK];
        }
    }

    /** log sum over turns of exp(-(difference + 2 pi m)^2 / (2 deviation^2)). */
    private static double logWrapped(double difference, double deviation) {
        double turn = 2 * Math.PI;
        double nearest = difference - turn * Math.rint(difference / turn);
        int wraps = Math.max(1, (int) Math.ceil(REACH * deviation / turn));
        double sum = 0;
        for (int m = -wraps; m <= wraps; m++) {
            double y = (nearest + turn * m) / deviation;
            sum += Math.exp(0.5 * (nearest / deviation) * (nearest / deviation) - 0.5 * y * y);
        }
        return Math.log(sum) - 0.5 * (nearest / deviation) * (nearest / deviation);
    }

    /** Turns joint log-densities into responsibilities, in place; returns the sum of log-densities of the rows. */
    static double normalise(double[] joint, int components, int count) {
        double total = 0;
        for (int n = 0; n < count; n++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < components; k++) {
                largest = Math.max(largest, joint[k * BLOCK + n]);
            }
            double sum = 0;
            for (int k = 0; k < components; k++) {
                sum += Math.exp(joint[k * BLOCK + n] - largest);
            }
            double log = largest + Math.log(sum);
            for (int k = 0; k < components; k++) {
                joint[k * BLOCK + n] = Math.exp(joint[k * BLOCK + n] - log);
            }
            total += log;
        }
        return total;
    }

    /** Mean log-density of rows in the mixture's coordinates. */
    double meanLogDensity(Points u) {
        double[] joint = new double[weights.length * BLOCK];
        Work work = new Work(coordinates);
        double sum = 0;
        for (int from = 0; from < u.size(); from += BLOCK) {
            int count = Math.min(BLOCK, u.size() - from);
            logJoint(u, from, count, joint, work);
            sum += normalise(joint, weights.length, count);
        }
        return sum / u.size();
    }

    /**
     * Responsibilities of rows of data.
     *
     * @param x rows of data; not modified
     * @return for every component, one number a row; they sum to 1 over components
     */
    double[][] responsibilities(Points x) {
        Points u = coordinates.of(x);
        double[][] out = new double[weights.length][x.size()];
        double[] joint = new double[weights.length * BLOCK];
        Work work = new Work(coordinates);
        for (int from = 0; from < u.size(); from += BLOCK) {
            int count = Math.min(BLOCK, u.size() - from);
            logJoint(u, from, count, joint, work);
            normalise(joint, weights.length, count);
            for (int k = 0; k < weights.length; k++) {
                System.arraycopy(joint, k * BLOCK, out[k], from, count);
            }
        }
        return out;
    }

    /**
     * The numbers that make the mixture.
     *
     * @return its state
     */
    public State state() {
        return State.of(Map.of(
                "shift", coordinates.shift(),
                "scale", coordinates.scale(),
                "weights", weights,
                "means", joined(means),
                "whitenings", joined(whitenings),
                "deviations", joined(deviations)));
    }

    private static double[] joined(double[][] parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    /**
     * Makes a mixture again.
     *
     * @param columns the data's columns
     * @param state what {@link #state} returned
     * @return the same mixture, bit for bit
     * @throws InputException if the state is damaged
     * @throws ArithmeticException if the state is damaged so that no array could be as large as it claims
     */
    public static ChartMixture restore(List<Column> columns, State state) {
        ChartCoordinates coordinates = ChartCoordinates.restore(
                columns, state.get("shift", columns.size()), state.get("scale", columns.size()));
        int real = coordinates.reals();
        double[] weights = state.get("weights");
        int size = weights.length;
        double[] means = state.get("means", Math.multiplyExact(size, columns.size()));
        double[] whitenings = state.get("whitenings", Math.multiplyExact(size, Math.multiplyExact(real, real)));
        double[] deviations = state.get("deviations", Math.multiplyExact(size, columns.size() - real));
        boolean valid = size > 0;
        for (double weight : weights) {
            valid &= weight > 0 && weight <= 1;
        }
        for (double deviation : deviations) {
            valid &= deviation > 0 && deviation <= WIDEST;
        }
        for (int k = 0; valid && k < size; k++) {
            for (int i = 0; i < real; i++) {
                valid &= whitenings[(k * real + i) * real + i] > 0;
            }
        }
        for (double[] numbers : List.of(means, whitenings)) {
            for (double number : numbers) {
                valid &= Double.isFinite(number);
            }
        }
        if (!valid) {
            throw new InputException(
                    "the model file's charts are damaged; expected finite means, positive weights and" + " deviations");
        }
        return new ChartMixture(
                coordinates, weights, parts(means, size), parts(whitenings, size), parts(deviations, size));
    }

    private static double[][] parts(double[] joined, int size) {
        double[][] parts = new double[size][];
        int each = joined.length / size;
        Arrays.setAll(parts, k -> Arrays.copyOfRange(joined, k * each, (k + 1) * each));
        return parts;
    }
}
