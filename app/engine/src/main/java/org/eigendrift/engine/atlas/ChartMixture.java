package org.eigendrift.engine.atlas;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Gate;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.engine.kernel.MatrixKernel;

/**
 * A mixture that says which chart a row belongs to: normal laws with full covariances over real columns, wrapped normal
 * laws, independent of the rest, over angles. Only its responsibilities matter: any partition of unity cuts the data
 * into laws p r_k / w_k whose mixture is p again. Immutable, thread-safe.
 */
public final class ChartMixture implements Gate {
    /** Its name as a kind of gate. */
    public static final String KIND = "normal-mixture";

    /** Rows whose densities are computed at a time. */
    static final int BLOCK = 256;

    /** Terms below exp of this times the largest are lost in a sum: a thousand of them are less than 2^-53 of it. */
    static final double LOST = -44;

    /** Nats by which a bound must fall below what counts, so that rounding cannot exclude a component. */
    private static final double MARGIN = 1;

    /** Of fewer components all are taken: to exclude some costs as much as one. */
    private static final int FEW = 4;

    /** Left out where there are none. */
    private static final String KNEES = "knees";

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

    private final WrappedNormal[][] wrapped;
    private final double[] logNorms;

    /** Logarithms of w_k times the largest density. */
    private final double[] peaks;

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
        this.wrapped = new WrappedNormal[weights.length][];
        this.logNorms = new double[weights.length];
        this.peaks = new double[weights.length];
        int real = coordinates.reals();
        for (int k = 0; k < weights.length; k++) {
            double log = Math.log(weights[k]) - 0.5 * real * LOG_TWO_PI;
            for (int i = 0; i < real; i++) {
                log += Math.log(whitenings[k][i * real + i]);
            }
            wrapped[k] = new WrappedNormal[deviations[k].length];
            for (int a = 0; a < wrapped[k].length; a++) {
                wrapped[k][a] = new WrappedNormal(deviations[k][a]);
                log -= Math.log(deviations[k][a]) + 0.5 * LOG_TWO_PI;
            }
            logNorms[k] = log;
            peaks[k] = log;
            for (WrappedNormal angle : wrapped[k]) {
                peaks[k] += angle.peak();
            }
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

    /** The mixture of the other components, whose weights keep their proportions. */
    ChartMixture without(int component) {
        int[] others = IntStream.range(0, size()).filter(k -> k != component).toArray();
        double rest = Arrays.stream(others).mapToDouble(k -> weights[k]).sum();
        return new ChartMixture(
                coordinates,
                Arrays.stream(others).mapToDouble(k -> weights[k] / rest).toArray(),
                Arrays.stream(others).mapToObj(k -> means[k]).toArray(double[][]::new),
                Arrays.stream(others).mapToObj(k -> whitenings[k]).toArray(double[][]::new),
                Arrays.stream(others).mapToObj(k -> deviations[k]).toArray(double[][]::new));
    }

    ChartCoordinates coordinates() {
        return coordinates;
    }

    double[] mean(int component) {
        return means[component];
    }

    /**
     * log w_k + log density of some components at rows, in the mixture's coordinates.
     *
     * @param active the components
     * @param u rows in the mixture's coordinates, real ones first; not modified
     * @param from first row
     * @param count rows, at most {@link #BLOCK}
     * @param out receives a row for each of these components, at its number; the others are left as they are
     */
    private void logJoint(int[] active, Points u, int from, int count, double[][] out, Work work) {
        for (int k : active) {
            logJoint(k, u, from, count, out[k], work);
        }
    }

    private void logJoint(int k, Points u, int from, int count, double[] log, Work work) {
        int real = coordinates.reals();
        Arrays.fill(log, 0, count, logNorms[k]);
        for (int i = 0; i < real; i++) {
            System.arraycopy(u.values(), u.offset(i) + from, work.centred[i], 0, count);
            subtract(means[k][i], work.centred[i], count);
            Arrays.fill(work.whitened[i], 0, count, 0);
        }
        MatrixKernel.multiplyAdd(real, real, count, whitenings[k], work.centred, 0, work.whitened);
        for (int i = 0; i < real; i++) {
            subtractHalfSquares(work.whitened[i], log, count);
        }
        for (int a = 0; a < deviations[k].length; a++) {
            wrapped[k][a].add(means[k][real + a], u, u.offset(real + a) + from, count, log);
        }
    }

    /**
     * Responsibilities of a block of rows.
     *
     * @param u rows in the mixture's coordinates, real ones first; not modified
     * @param from first row
     * @param count rows, at most {@link #BLOCK}
     * @param out receives a row for each of the components that have a share, at its number
     * @return those components, ascending, and the sum of the rows' log-densities
     */
    Shares shares(Points u, int from, int count, double[][] out, Work work) {
        int[] active = near(u, from, count, work);
        logJoint(active, u, from, count, out, work);
        return new Shares(active, normalise(out, active, count, work));
    }

    /**
     * The components that have a share in a block of rows.
     *
     * @param components ascending
     * @param logDensity sum over the rows
     */
    record Shares(int[] components, double logDensity) {}

    /**
     * The components that may have a share in any row of a block: those whose density is bounded, within the box that
     * holds the rows, by what is lost beside the likeliest component's smallest. Rows that lie close together have few.
     */
    private int[] near(Points u, int from, int count, Work work) {
        if (size() < FEW) {
            return work.all(size());
        }
        work.enclose(u, from, count);
        double[] bounds = work.bounds(size());
        int likeliest = 0;
        for (int k = 0; k < size(); k++) {
            bounds[k] = bound(k, work);
            likeliest = bounds[k] > bounds[likeliest] ? k : likeliest;
        }
        logJoint(likeliest, u, from, count, work.log, work);
        double least = Double.POSITIVE_INFINITY;
        for (int n = 0; n < count; n++) {
            least = Math.min(least, work.log[n]);
        }
        double lost = least + LOST - MARGIN - 0x1p-40 * Math.abs(least);
        // A bound that is not a number excludes nothing.
        return IntStream.range(0, size()).filter(k -> !(bounds[k] < lost)).toArray();
    }

    /** What log w_k + log density does not exceed in a box: coordinates of W (u - m) by interval arithmetic. */
    private double bound(int k, Work work) {
        int real = coordinates.reals();
        double bound = peaks[k];
        for (int i = 0; i < real; i++) {
            double centre = 0;
            double reach = 0;
            for (int j = 0; j <= i; j++) {
                double w = whitenings[k][i * real + j];
                centre += w * (work.middle[j] - means[k][j]);
                reach += Math.abs(w) * work.half[j];
            }
            double least = Math.max(0, Math.abs(centre) - reach);
            bound -= 0.5 * least * least;
        }
        return bound;
    }

    private static void subtract(double mean, double[] values, int count) {
        for (int n = 0; n < count; n++) {
            values[n] -= mean;
        }
    }

    private static void subtractHalfSquares(double[] y, double[] log, int count) {
        for (int n = 0; n < count; n++) {
            log[n] -= 0.5 * y[n] * y[n];
        }
    }

    /** Work space of one thread. */
    static final class Work {
        private final double[][] centred;
        private final double[][] whitened;
        private final double[] log = new double[BLOCK];
        private final double[] largest = new double[BLOCK];
        private final double[] sum = new double[BLOCK];
        /** Middle and half the width of the box that holds a block's rows. */
        private final double[] middle;

        private final double[] half;
        private double[] bounds = {};
        private int[] all = {};

        Work(ChartCoordinates coordinates) {
            centred = new double[coordinates.reals()][BLOCK];
            whitened = new double[coordinates.reals()][BLOCK];
            middle = new double[coordinates.reals()];
            half = new double[coordinates.reals()];
        }

        private double[] bounds(int size) {
            bounds = bounds.length < size ? new double[size] : bounds;
            return bounds;
        }

        private int[] all(int size) {
            all = all.length == size ? all : IntStream.range(0, size).toArray();
            return all;
        }

        private void enclose(Points u, int from, int count) {
            double[] values = u.values();
            for (int i = 0; i < middle.length; i++) {
                int at = u.offset(i) + from;
                double least = values[at];
                double most = values[at];
                for (int n = 1; n < count; n++) {
                    double value = values[at + n];
                    least = value < least ? value : least;
                    most = value > most ? value : most;
                }
                middle[i] = 0.5 * (least + most);
                // Wider by the rounding of both.
                half[i] = 0.5 * (most - least) + 0x1p-50 * Math.max(Math.abs(least), Math.abs(most));
            }
        }
    }

    /**
     * Turns joint log-densities into responsibilities, in place; those that are lost in the sum of a row are 0.
     *
     * @return the sum of log-densities of the rows
     */
    private static double normalise(double[][] joint, int[] active, int count, Work work) {
        double[] largest = work.largest;
        double[] sum = work.sum;
        Arrays.fill(largest, 0, count, Double.NEGATIVE_INFINITY);
        Arrays.fill(sum, 0, count, 0);
        for (int k : active) {
            raise(joint[k], largest, count);
        }
        for (int k : active) {
            double[] row = joint[k];
            for (int n = 0; n < count; n++) {
                double below = row[n] - largest[n];
                row[n] = below < LOST ? 0 : Math.exp(below);
                sum[n] += row[n];
            }
        }
        for (int k : active) {
            divide(joint[k], sum, count);
        }
        double total = 0;
        for (int n = 0; n < count; n++) {
            total += largest[n] + Math.log(sum[n]);
        }
        return total;
    }

    private static void raise(double[] row, double[] largest, int count) {
        for (int n = 0; n < count; n++) {
            largest[n] = Math.max(largest[n], row[n]);
        }
    }

    private static void divide(double[] row, double[] sum, int count) {
        for (int n = 0; n < count; n++) {
            row[n] /= sum[n];
        }
    }

    /** Mean log-density of rows in the mixture's coordinates. */
    double meanLogDensity(Points u) {
        double[][] joint = new double[weights.length][BLOCK];
        Work work = new Work(coordinates);
        double sum = 0;
        for (int from = 0; from < u.size(); from += BLOCK) {
            int count = Math.min(BLOCK, u.size() - from);
            sum += shares(u, from, count, joint, work).logDensity();
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
        double[][] joint = new double[weights.length][BLOCK];
        Work work = new Work(coordinates);
        for (int from = 0; from < u.size(); from += BLOCK) {
            int count = Math.min(BLOCK, u.size() - from);
            for (int k : shares(u, from, count, joint, work).components()) {
                System.arraycopy(joint[k], 0, out[k], from, count);
            }
        }
        return out;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int cells() {
        return weights.length;
    }

    @Override
    public Given give(Points x) {
        double[][] responsibilities = responsibilities(x);
        int[] cells = ChartRows.charts(responsibilities, x);
        double[] logs = new double[cells.length];
        Arrays.setAll(logs, n -> Math.log(responsibilities[cells[n]][n]));
        return new Given(cells, logs);
    }

    @Override
    public State state() {
        Map<String, double[]> arrays = new TreeMap<>(Map.of(
                "shift", coordinates.shift(),
                "scale", coordinates.scale(),
                "weights", weights,
                "means", joined(means),
                "whitenings", joined(whitenings),
                "deviations", joined(deviations)));
        if (!coordinates.knees().isEmpty()) {
            arrays.put(
                    KNEES,
                    coordinates.knees().stream().mapToDouble(knee -> knee).toArray());
        }
        return State.of(arrays);
    }

    private static double[] joined(double[][] parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    /**
     * Makes a mixture again.
     *
     * @param columns the data's columns
     * @param state what {@link #state} returned
     * @param providers finds the frames of its coordinates
     * @return the same mixture, bit for bit
     * @throws InputException if the state is damaged
     * @throws ArithmeticException if the state is damaged so that no array could be as large as it claims
     */
    public static ChartMixture restore(List<Column> columns, State state, ProviderLookup providers) {
        ChartCoordinates coordinates = ChartCoordinates.restore(
                columns,
                state.names().contains(KNEES)
                        ? Arrays.stream(state.get(KNEES)).boxed().toList()
                        : List.of(),
                state.get("shift", columns.size()),
                state.get("scale", columns.size()),
                new ChartFrames(providers));
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
