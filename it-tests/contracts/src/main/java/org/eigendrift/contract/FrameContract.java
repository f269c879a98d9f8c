package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameProvider;
import org.junit.jupiter.api.Test;

/**
 * What every frame must satisfy. Extend it, name the provider, its options and rows it can be fitted to.
 *
 * @param <O> the frame's options
 */
public abstract class FrameContract<O extends Record> {

    /** For subclasses. */
    protected FrameContract() {}

    /**
     * The frame under test.
     *
     * @return the provider
     */
    protected abstract FrameProvider<O> provider();

    /**
     * The options under test.
     *
     * @return the provider's defaults unless overridden
     */
    protected O options() {
        return provider().options().defaults();
    }

    /**
     * Rows the frame is fitted to.
     *
     * @return at most a few thousand rows of at most a few dozen columns
     */
    protected abstract Dataset data();

    /**
     * How exactly the inverse undoes the map.
     *
     * @return 1e-12, relative to a column's largest value
     */
    protected double inverseTolerance() {
        return 1e-12;
    }

    private Frame create() {
        return provider().create(options(), new FrameContext(data(), RunContext.quiet(1)));
    }

    private Points rows() {
        return InMemory.read(data(), 4000);
    }

    @Test
    void namesAreWellFormed() {
        Named.check(provider());
    }

    @Test
    void columnsDescribeTheImages() {
        Frame frame = create();
        List<Column> columns = frame.columns();
        assertEquals(data().dim(), columns.size());
        assertEquals(
                columns.size(), columns.stream().map(Column::name).distinct().count(), "names are unique");
        Points x = rows();
        Points z = Points.zeros(x.dim(), x.size());
        frame.forward(x, z, new double[x.size()]);
        for (int i = 0; i < z.dim(); i++) {
            for (double value : z.column(i)) {
                assertTrue(
                        Double.isFinite(value)
                                && value >= columns.get(i).lower()
                                && value <= columns.get(i).upper(),
                        columns.get(i) + " holds " + value);
            }
        }
    }

    @Test
    void inverseUndoesTheMap() {
        Frame frame = create();
        Points x = rows();
        Points original = x.copy();
        Points z = Points.zeros(x.dim(), x.size());
        Points back = Points.zeros(x.dim(), x.size());
        frame.forward(x, z, new double[x.size()]);
        assertArrayEquals(original.values(), x.values(), "the map reads its argument only");
        Points image = z.copy();
        frame.inverse(z, back);
        assertArrayEquals(image.values(), z.values(), "the inverse reads its argument only");
        assertClose(x, back, 0);
        frame.forward(back, z, new double[x.size()]);
        // A coordinate in which the rows do not differ holds the rounding of the others.
        assertClose(image, z, 0.01);
    }

    /** Closeness by the size of a coordinate, at least a share of that of the largest. */
    private void assertClose(Points expected, Points actual, double share) {
        double largest = 0;
        for (double value : expected.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.dim(); i++) {
            double size = share * largest;
            for (double value : expected.column(i)) {
                size = Math.max(size, Math.abs(value));
            }
            for (int n = 0; n < expected.size(); n++) {
                assertEquals(
                        expected.get(i, n),
                        actual.get(i, n),
                        inverseTolerance() * size,
                        "coordinate " + (i + 1) + ", point " + (n + 1));
            }
        }
    }

    /** log |det dz/dx| against differences of fourth order; it is added to what the array holds. */
    @Test
    void logJacobianIsThatOfTheMap() {
        Frame frame = create();
        Points rows = rows();
        int dim = rows.dim();
        double[] spread = new double[dim];
        for (int i = 0; i < dim; i++) {
            double[] column = rows.column(i);
            Arrays.sort(column);
            spread[i] = (column[column.length - 1] - column[0]) / 4;
        }
        for (int n = 1; n < rows.size(); n += 1 + rows.size() / 7) {
            double[] logJacobian = {3};
            frame.forward(rows.slice(n, n + 1), Points.zeros(dim, 1), logJacobian);
            double[][] jacobian = new double[dim][];
            for (int j = 0; j < dim; j++) {
                jacobian[j] = partial(frame, rows.row(n), j, differenceStep() * spread[j]);
            }
            assertEquals(logDeterminant(jacobian), logJacobian[0] - 3, 1e-6, "row " + (n + 1));
        }
    }

    /**
     * The step of differences, as a fraction of a column's spread.
     *
     * @return 1e-4 unless overridden
     */
    protected double differenceStep() {
        return 1e-4;
    }

    private static double[] partial(Frame frame, double[] row, int j, double h) {
        double[][] around = new double[4][];
        double[] steps = {-2, -1, 1, 2};
        for (int q = 0; q < 4; q++) {
            around[q] = row.clone();
            around[q][j] += steps[q] * h;
        }
        Points z = Points.zeros(row.length, 4);
        frame.forward(Points.ofRows(around), z, new double[4]);
        double[] out = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            out[i] = (8 * (z.get(i, 2) - z.get(i, 1)) - (z.get(i, 3) - z.get(i, 0))) / (12 * h);
        }
        return out;
    }

    /** By elimination with row exchanges. */
    private static double logDeterminant(double[][] matrix) {
        int n = matrix.length;
        double sum = 0;
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                pivot = Math.abs(matrix[i][k]) > Math.abs(matrix[pivot][k]) ? i : pivot;
            }
            double[] swap = matrix[k];
            matrix[k] = matrix[pivot];
            matrix[pivot] = swap;
            sum += Math.log(Math.abs(matrix[k][k]));
            for (int i = k + 1; i < n; i++) {
                double factor = matrix[i][k] / matrix[k][k];
                for (int j = k; j < n; j++) {
                    matrix[i][j] -= factor * matrix[k][j];
                }
            }
        }
        return sum;
    }

    @Test
    void stateRestoresEveryBit() {
        Frame frame = create();
        State state = frame.state();
        Frame again = provider().restore(options(), data().columns(), state);
        assertEquals(frame.columns(), again.columns());
        assertSameMaps(frame, again);
        assertEquals(state.names(), again.state().names());
        for (String name : state.names()) {
            assertArrayEquals(state.get(name), again.state().get(name), name);
        }
    }

    /** Two fits to the same rows are the same frame. */
    @Test
    void fitsAreReproducible() {
        assertSameMaps(create(), create());
    }

    private void assertSameMaps(Frame frame, Frame again) {
        Points x = rows();
        Points[] z = {Points.zeros(x.dim(), x.size()), Points.zeros(x.dim(), x.size())};
        double[][] logJacobian = new double[2][x.size()];
        frame.forward(x, z[0], logJacobian[0]);
        again.forward(x, z[1], logJacobian[1]);
        assertArrayEquals(z[0].values(), z[1].values());
        assertArrayEquals(logJacobian[0], logJacobian[1]);
        Points[] back = {Points.zeros(x.dim(), x.size()), Points.zeros(x.dim(), x.size())};
        frame.inverse(z[0], back[0]);
        again.inverse(z[0], back[1]);
        assertArrayEquals(back[0].values(), back[1].values());
    }

    @Test
    void batchesDoNotChangeABit() {
        Frame frame = create();
        Points x = rows();
        Points z = Points.zeros(x.dim(), x.size());
        double[] logJacobian = new double[x.size()];
        frame.forward(x, z, logJacobian);
        Points back = Points.zeros(x.dim(), x.size());
        frame.inverse(z, back);
        for (int[] range : new int[][] {{0, 1}, {3, 10}, {x.size() / 2, x.size()}}) {
            Points part = x.slice(range[0], range[1]);
            Points image = Points.zeros(part.dim(), part.size());
            double[] partJacobian = new double[part.size()];
            frame.forward(part, image, partJacobian);
            assertArrayEquals(z.slice(range[0], range[1]).values(), image.values());
            assertArrayEquals(Arrays.copyOfRange(logJacobian, range[0], range[1]), partJacobian);
            frame.inverse(image, part);
            assertArrayEquals(back.slice(range[0], range[1]).values(), part.values());
        }
    }
}
