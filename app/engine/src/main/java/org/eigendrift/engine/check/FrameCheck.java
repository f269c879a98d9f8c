package org.eigendrift.engine.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.plugin.PluginException;

/**
 * Whether a frame is the invertible map that it says it is, looked up at the first rows that pass through it: they come back, and
 * the log-Jacobian is that of differences. A frame may have kinks, so it is wrong only where it is so at every row.
 */
public final class FrameCheck {
    /** Fewer rows say nothing about the columns' spread, of which the steps of differences are made. */
    public static final int FEWEST = 8;

    private static final int ROWS = 3;
    private static final int ROWS_FOR_SPREAD = 256;

    /** Beyond this many columns a determinant for each row would cost more than a check should. */
    private static final int MOST_COLUMNS = 64;

    /** Of the columns' spread: central differences of a smooth map are off by about its square. */
    private static final double STEP = 1e-4;

    /** Of the columns' spread; inverses by iteration stop far below. */
    private static final double RETURN = 1e-4;

    /** Nats a row. Other constants than the right ones are off by more, and differences across a kink are excused. */
    private static final double OFF = 0.05;

    private FrameCheck() {}

    /**
     * A frame with a column for each coordinate.
     *
     * @param provider what made it
     * @param frame the frame, or null
     * @param dim coordinates
     * @return the same frame
     * @throws PluginException if it is null, or has other columns or no state
     */
    public static Frame shaped(Object provider, Frame frame, int dim) {
        if (frame == null) {
            throw new PluginException(provider, "returned null for a frame");
        }
        List<Column> columns = frame.columns();
        if (columns == null || columns.size() != dim || frame.state() == null) {
            throw new PluginException(
                    provider,
                    "is wrong: its frame has " + (columns == null ? "null" : columns.size()) + " columns and "
                            + (frame.state() == null ? "no" : "a") + " state; expected " + dim
                            + " columns and a state");
        }
        return frame;
    }

    /**
     * Checks a frame at rows.
     *
     * @param frame the frame
     * @param columns the coordinates before it
     * @param x at least {@link #FEWEST} rows in those coordinates; not modified
     * @throws PluginException if rows do not come back, or a log-Jacobian is wrong
     */
    public static void check(Frame frame, List<Column> columns, Points x) {
        double[] spread = spread(x);
        for (double width : spread) {
            if (!(width > 0) || !Double.isFinite(width)) {
                return;
            }
        }
        Images.of(frame, x, IntStream.range(0, ROWS).toArray()).requireFinite();
        int[] inside = IntStream.range(0, Math.min(ROWS_FOR_SPREAD, x.size()))
                .filter(n -> !onBound(columns, x.row(n)))
                .limit(ROWS)
                .toArray();
        if (inside.length < ROWS) {
            return;
        }
        Images images = Images.of(frame, x, inside);
        images.requireFinite();
        checkReturn(columns, images, spread);
        if (x.dim() <= MOST_COLUMNS) {
            checkJacobian(images, spread);
        }
    }

    /** Some rows, by their numbers, and what they are mapped to. */
    private record Images(Frame frame, int[] numbers, Points rows, Points z, double[] logJacobian) {
        static Images of(Frame frame, Points x, int[] numbers) {
            Points rows = x.select(numbers);
            Points z = Points.zeros(x.dim(), ROWS);
            double[] logJacobian = new double[ROWS];
            frame.forward(rows, z, logJacobian);
            return new Images(frame, numbers, rows, z, logJacobian);
        }

        private void requireFinite() {
            for (int n = 0; n < ROWS; n++) {
                boolean finite = Double.isFinite(logJacobian[n])
                        && Arrays.stream(z.row(n)).allMatch(Double::isFinite);
                if (!finite) {
                    throw wrong(
                            frame,
                            "it maps row %d, %s, to %s with a log-Jacobian of %g; expected finite numbers",
                            numbers[n] + 1,
                            FrameCheck.row(rows, n),
                            FrameCheck.row(z, n),
                            logJacobian[n]);
                }
            }
        }
    }

    /** Rounded values on a bound of open ends stand for others, and have no neighbours on one side. */
    private static boolean onBound(List<Column> columns, double[] row) {
        return IntStream.range(0, row.length)
                .anyMatch(i -> columns.get(i).kind() == Column.Kind.BOUNDED
                        && (row[i] == columns.get(i).lower()
                                || row[i] == columns.get(i).upper()));
    }

    private static void checkReturn(List<Column> columns, Images images, double[] spread) {
        Points rows = images.rows();
        Points back = Points.zeros(rows.dim(), ROWS);
        images.frame().inverse(images.z(), back);
        int lost = 0;
        for (int n = 0; n < ROWS; n++) {
            boolean here = true;
            for (int i = 0; i < rows.dim(); i++) {
                double difference = Math.abs(back.get(i, n) - rows.get(i, n));
                if (columns.get(i).kind() == Column.Kind.ANGLE) {
                    difference = Math.abs(Math.IEEEremainder(
                            difference, columns.get(i).upper() - columns.get(i).lower()));
                }
                here &= difference <= RETURN * spread[i] + 1e-9 * Math.abs(rows.get(i, n));
            }
            lost += here ? 0 : 1;
        }
        if (lost == ROWS) {
            throw wrong(
                    images.frame(),
                    "row %d, %s, is mapped to %s and back to %s; expected the row itself",
                    images.numbers()[0] + 1,
                    row(rows, 0),
                    row(images.z(), 0),
                    row(back, 0));
        }
    }

    private static void checkJacobian(Images images, double[] spread) {
        int off = 0;
        double found = 0;
        for (int n = 0; n < ROWS; n++) {
            found = byDifferences(images.frame(), images.rows(), n, spread);
            off += Math.abs(found - images.logJacobian()[n]) <= OFF ? 0 : 1;
        }
        if (off == ROWS) {
            throw wrong(
                    images.frame(),
                    "its log-Jacobian at row %d, %s, is %.4g; differences give %.4g",
                    images.numbers()[ROWS - 1] + 1,
                    row(images.rows(), ROWS - 1),
                    images.logJacobian()[ROWS - 1],
                    found);
        }
    }

    private static double byDifferences(Frame frame, Points rows, int n, double[] spread) {
        int dim = rows.dim();
        double[] steps = new double[dim];
        for (int i = 0; i < dim; i++) {
            steps[i] = Differences.step(rows.get(i, n), STEP * spread[i]);
        }
        Points around = Points.zeros(dim, 2 * dim);
        for (int j = 0; j < 2 * dim; j++) {
            for (int i = 0; i < dim; i++) {
                double step = i != j / 2 ? 0 : j % 2 == 0 ? steps[i] : -steps[i];
                around.set(i, j, rows.get(i, n) + step);
            }
        }
        Points images = Points.zeros(dim, 2 * dim);
        frame.forward(around, images, new double[2 * dim]);
        double[][] matrix = new double[dim][dim];
        for (int j = 0; j < dim; j++) {
            for (int i = 0; i < dim; i++) {
                matrix[i][j] = (images.get(i, 2 * j) - images.get(i, 2 * j + 1)) / (2 * steps[j]);
            }
        }
        return logDeterminant(matrix);
    }

    /** By elimination with pivots; the matrix is overwritten. */
    private static double logDeterminant(double[][] matrix) {
        double log = 0;
        for (int k = 0; k < matrix.length; k++) {
            int pivot = k;
            for (int i = k + 1; i < matrix.length; i++) {
                pivot = Math.abs(matrix[i][k]) > Math.abs(matrix[pivot][k]) ? i : pivot;
            }
            double[] row = matrix[pivot];
            matrix[pivot] = matrix[k];
            matrix[k] = row;
            log += Math.log(Math.abs(row[k]));
            for (int i = k + 1; i < matrix.length; i++) {
                double factor = matrix[i][k] / row[k];
                for (int j = k + 1; j < matrix.length; j++) {
                    matrix[i][j] -= factor * row[j];
                }
            }
        }
        return log;
    }

    private static double[] spread(Points x) {
        int rows = Math.min(ROWS_FOR_SPREAD, x.size());
        double[] spread = new double[x.dim()];
        for (int i = 0; i < spread.length; i++) {
            double mean = 0;
            double squares = 0;
            for (int n = 0; n < rows; n++) {
                double delta = x.get(i, n) - mean;
                mean += delta / (n + 1);
                squares += delta * (x.get(i, n) - mean);
            }
            spread[i] = Math.sqrt(squares / rows);
        }
        return spread;
    }

    private static String row(Points points, int n) {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < Math.min(4, points.dim()); i++) {
            text.append(i == 0 ? "" : ", ").append(String.format(Locale.ROOT, "%.4g", points.get(i, n)));
        }
        return text.append(points.dim() > 4 ? ", ...)" : ")").toString();
    }

    private static PluginException wrong(Frame frame, String format, Object... values) {
        return new PluginException(frame, "is wrong: " + String.format(Locale.ROOT, format, values));
    }
}
