package org.eigendrift.targets.tables;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.Address;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;

/**
 * What stands for missing values: {@link Fill}, computed from training rows when the first value is asked for, in memory that
 * does not grow with rows. Thread-safe.
 */
final class Imputation {
    /** Values of each column from which random ones are drawn. */
    private static final int DONORS = 4096;

    /** Rows from which a Gaussian is estimated. */
    private static final int ROWS = 20_000;

    /** Rows read at a time. */
    private static final int CHUNK = 4096;

    /** Bits of a value that one pass of the median's search decides. */
    private static final int DIGIT = 11;

    private final Dataset train;
    private final Fill fill;
    private final CounterRandom random;
    private final String label;
    /** One value for each column, or many to draw from; null until computed. */
    private double[][] values;

    /** For {@link Fill#CONDITIONAL}, the columns that are not angles, and the Gaussian of these; set with {@link #values}. */
    private int[] linear = new int[0];

    private GaussianFill gaussian;

    /**
     * An imputation from training rows.
     *
     * @param train training rows, NaN where a value is missing
     * @param fill how values are chosen
     * @param random random numbers, for values that are drawn
     * @param label the table, for messages
     */
    Imputation(Dataset train, Fill fill, CounterRandom random, String label) {
        this.train = train;
        this.fill = fill;
        this.random = random;
        this.label = label;
    }

    /**
     * Fills a row in.
     *
     * @param rows rows with NaN for missing values; modified
     * @param n the row's place among them
     * @param side number of the data set that lacks the values
     * @param row the row's number there
     * @throws InputException if no training row has a value of a column
     */
    void fill(Points rows, int n, long side, long row) {
        double[][] candidates = values();
        CounterRandom draws = random.derive(1 + side);
        if (gaussian != null) {
            fillGaussian(rows, n, draws, row);
        }
        for (int i = 0; i < rows.dim(); i++) {
            if (Double.isNaN(rows.get(i, n))) {
                double[] values = candidates[i];
                requireValues(i, values);
                int chosen = values.length == 1 ? 0 : (int) (draws.uniform(row, i) * values.length);
                rows.set(i, n, values[chosen]);
            }
        }
    }

    private void requireValues(int column, double[] values) {
        if (values.length == 0) {
            throw new InputException(
                    label + ": column '" + train.columns().get(column).name()
                            + "' has no value in any training row, so nothing can be filled in; leave it out with columns");
        }
    }

    /** Fills all columns but angles. */
    private void fillGaussian(Points rows, int n, CounterRandom draws, long row) {
        double[] values = new double[linear.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = linear(linear[k], rows.get(linear[k], n));
        }
        gaussian.draw(values, draws.derive(1), row);
        for (int k = 0; k < values.length; k++) {
            Column column = train.columns().get(linear[k]);
            if (Double.isNaN(rows.get(linear[k], n))) {
                double value = column.kind() == Column.Kind.POSITIVE
                        ? Math.min(Double.MAX_VALUE, Math.max(Double.MIN_NORMAL, Math.exp(values[k])))
                        : Math.max(column.lower(), Math.min(column.upper(), values[k]));
                rows.set(linear[k], n, value);
            }
        }
    }

    /** Positive columns are closer to a Gaussian on a logarithmic scale. */
    private double linear(int column, double value) {
        return train.columns().get(column).kind() == Column.Kind.POSITIVE ? Math.log(value) : value;
    }

    private synchronized double[][] values() {
        if (values == null) {
            values = switch (fill) {
                case MEAN -> drawingLevels(means());
                case MEDIAN -> drawingLevels(medians());
                case DRAW -> donors();
                case CONDITIONAL -> {
                    double[][] donors = donors();
                    fitGaussian(donors);
                    yield donors;
                }
            };
        }
        return values;
    }

    /** Columns of levels, whole numbers and days have no mean among their values: they are filled with draws. */
    private double[][] drawingLevels(double[][] means) {
        List<Column> columns = train.columns();
        if (columns.stream().allMatch(c -> c.kind().smooth())) {
            return means;
        }
        double[][] donors = donors();
        for (int i = 0; i < means.length; i++) {
            means[i] = columns.get(i).kind().smooth() ? means[i] : donors[i];
        }
        return means;
    }

    /** Estimates the Gaussian from a uniform sample of the training rows (Vitter 1985, algorithm R). */
    private void fitGaussian(double[][] donors) {
        linear = IntStream.range(0, train.dim())
                .filter(i -> train.columns().get(i).kind().smooth())
                .filter(i -> train.columns().get(i).kind() != Column.Kind.ANGLE)
                .toArray();
        for (int i : linear) {
            requireValues(i, donors[i]);
        }
        double[][] sample = new double[ROWS][];
        long[] count = new long[1];
        CounterRandom places = random.derive(-1);
        pass((rows, size) -> {
            for (int n = 0; n < size; n++) {
                long at = count[0] < ROWS ? count[0] : (long) (places.uniform(count[0], 0) * (count[0] + 1));
                count[0]++;
                if (at < ROWS) {
                    double[] row = new double[linear.length];
                    for (int k = 0; k < row.length; k++) {
                        row[k] = linear(linear[k], rows.get(linear[k], n));
                    }
                    sample[(int) at] = row;
                }
            }
        });
        if (linear.length > 0) {
            double[][] rows = Arrays.copyOf(sample, (int) Math.min(count[0], ROWS));
            for (int k = 0; k < linear.length; k++) {
                int column = k;
                if (Arrays.stream(rows).allMatch(row -> Double.isNaN(row[column]))) {
                    throw new InputException(
                            label + ": column '"
                                    + train.columns().get(linear[k]).name() + "' has a value in too few of " + count[0]
                                    + " training rows to be filled given the others; set impute: draw or leave it out with columns");
                }
            }
            gaussian = new GaussianFill(rows);
        }
    }

    /** Receives the training rows, a chunk at a time. */
    @FunctionalInterface
    private interface Pass {
        void chunk(Points rows, int count);
    }

    private void pass(Pass pass) {
        Points chunk = Points.zeros(train.dim(), CHUNK);
        try (Dataset.Reader reader = train.open()) {
            for (int count = reader.read(chunk); count > 0; count = reader.read(chunk)) {
                pass.chunk(chunk, count);
            }
        }
    }

    /** Means; of an angle the direction of the mean vector, at the period's beginning if that vector vanishes. */
    private double[][] means() {
        int dim = train.dim();
        double[] cos = new double[dim];
        double[] sum = new double[dim];
        long[] count = new long[dim];
        List<Column> columns = train.columns();
        pass((rows, size) -> {
            for (int i = 0; i < dim; i++) {
                boolean angle = columns.get(i).kind() == Column.Kind.ANGLE;
                double turn = angle
                        ? 2 * Math.PI / (columns.get(i).upper() - columns.get(i).lower())
                        : 1;
                for (int n = 0; n < size; n++) {
                    double value = rows.get(i, n);
                    if (!Double.isNaN(value)) {
                        count[i]++;
                        cos[i] += angle ? Math.cos(value * turn) : 0;
                        sum[i] += angle ? Math.sin(value * turn) : value;
                    }
                }
            }
        });
        double[][] means = new double[dim][];
        for (int i = 0; i < dim; i++) {
            Column column = columns.get(i);
            if (count[i] == 0) {
                means[i] = new double[0];
            } else if (column.kind() == Column.Kind.ANGLE) {
                double turn = (column.upper() - column.lower()) / (2 * Math.PI);
                double angle = Math.atan2(sum[i], cos[i]) * turn;
                means[i] = new double[] {ColumnKinds.check(column, angle, Address.of(label))};
            } else {
                means[i] = new double[] {sum[i] / count[i]};
            }
        }
        return means;
    }

    /**
     * The lower of the middle values, exactly, by radix selection: the order of doubles is that of whole numbers, of which each
     * pass decides the next {@value #DIGIT} bits of the one wanted.
     */
    private double[][] medians() {
        int dim = train.dim();
        long[] prefix = new long[dim];
        long[] rank = new long[dim];
        Arrays.fill(rank, -1);
        double[][] medians = means();
        for (int shift = Long.SIZE - DIGIT; shift > -DIGIT; shift -= DIGIT) {
            int low = Math.max(0, shift);
            int bits = DIGIT + Math.min(0, shift);
            long[][] histogram = histogram(prefix, low, bits);
            for (int i = 0; i < dim; i++) {
                descend(i, histogram[i], prefix, rank, low, bits);
            }
        }
        for (int i = 0; i < dim; i++) {
            if (medians[i].length > 0 && train.columns().get(i).kind() != Column.Kind.ANGLE) {
                medians[i][0] = value(prefix[i]);
            }
        }
        return medians;
    }

    /** Counts, by their next bits, the values whose higher bits are those already decided. */
    private long[][] histogram(long[] prefix, int low, int bits) {
        long[][] histogram = new long[train.dim()][1 << bits];
        int above = low + bits;
        pass((rows, size) -> {
            for (int i = 0; i < prefix.length; i++) {
                for (int n = 0; n < size; n++) {
                    double value = rows.get(i, n);
                    long key = key(value);
                    if (!Double.isNaN(value) && (above == Long.SIZE || key >>> above == prefix[i] >>> above)) {
                        histogram[i][(int) (key >>> low) & (1 << bits) - 1]++;
                    }
                }
            }
        });
        return histogram;
    }

    private static void descend(int i, long[] histogram, long[] prefix, long[] rank, int low, int bits) {
        if (rank[i] < 0) {
            rank[i] = Math.max(0, (Arrays.stream(histogram).sum() - 1) / 2);
        }
        int digit = 0;
        while (digit < (1 << bits) - 1 && rank[i] >= histogram[digit]) {
            rank[i] -= histogram[digit++];
        }
        prefix[i] |= (long) digit << low;
    }

    /** A whole number, unsigned, in the order of the doubles. */
    private static long key(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits < 0 ? ~bits : bits | Long.MIN_VALUE;
    }

    private static double value(long key) {
        return Double.longBitsToDouble(key < 0 ? key & Long.MAX_VALUE : ~key);
    }

    /** A uniform sample of each column's values (reservoir sampling; Vitter 1985, algorithm R). */
    private double[][] donors() {
        int dim = train.dim();
        double[][] donors = new double[dim][DONORS];
        long[] count = new long[dim];
        CounterRandom places = random.derive(0);
        pass((rows, size) -> {
            for (int i = 0; i < dim; i++) {
                for (int n = 0; n < size; n++) {
                    double value = rows.get(i, n);
                    if (!Double.isNaN(value)) {
                        long at = count[i] < DONORS ? count[i] : (long) (places.uniform(count[i], i) * (count[i] + 1));
                        if (at < DONORS) {
                            donors[i][(int) at] = value;
                        }
                        count[i]++;
                    }
                }
            }
        });
        for (int i = 0; i < dim; i++) {
            donors[i] = Arrays.copyOf(donors[i], (int) Math.min(count[i], DONORS));
        }
        return donors;
    }
}
