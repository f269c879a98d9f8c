package org.eigendrift.bases.frame;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.bases.marginal.RowSample;

/**
 * {@link Whitening} of many columns of few rows, by the components of a {@link WideNormal} law. Directions beside them are
 * completed by Householder's reflections, so that a row costs 4 r multiply-adds a column for r components, and nothing has as
 * many entries as there are pairs of columns.
 */
final class WideWhitening implements Frame {
    /** A tile of 2,000 columns is 1 MB. */
    private static final int TILE = 64;

    /**
     * Rows that a component needs for functions to say more of it than the normal law. Of 35 rows of 300 columns, functions of
     * one, three or ten components come out within 0.2 nats.
     */
    private static final int ROWS_A_COMPONENT = 10;

    /**
     * With as many rows for each column, all components are told from chance. Made rows of 150 columns, 203 of them, gain 120 nats by
     * this; charts of the 30 columns of the breast cancer data, some 150 rows each, lose 0.6.
     */
    private static final long ROWS_A_COLUMN = 2;

    /** What a variance from few rows costs adds up over columns; models of fewer columns are measured without this. */
    private static final int MANY_COLUMNS = 17;

    private final List<Column> columns;
    private final int[] mapped;
    private final double[] mean;
    private final double[] unit;
    private final double[] sigma;
    private final double[] directions;
    private final double[] reflections;
    private final double[] signs;
    private final int within;
    private final int rank;
    private final double logJacobian;

    private WideWhitening(List<Column> before, int[] mapped, WideNormal law, int rank) {
        int size = mapped.length;
        this.columns = Whitening.named(before, mapped);
        this.mapped = mapped;
        this.mean = law.mean();
        this.unit = law.unit();
        this.sigma = law.sigma();
        this.directions = law.directions();
        this.within = law.within();
        this.rank = rank;
        this.reflections = directions.clone();
        this.signs = new double[within];
        reflect(size);
        double sum = 0;
        for (int k = 0; k < size; k++) {
            sum -= Math.log(sigma[k]) + Math.log(unit[k]);
        }
        this.logJacobian = sum;
    }

    /** Whether rows are few enough for this, and columns many enough to matter; no row is left out of a sample of them. */
    static boolean serves(long rows, int dim, int size) {
        return rows > 1 && size >= MANY_COLUMNS && rows < ROWS_A_COLUMN * size && rows <= RowSample.most(dim);
    }

    /**
     * Fits.
     *
     * @param rows all rows
     * @param wanted components that functions may hold; empty for as many as the rows can tell of
     */
    static WideWhitening of(List<Column> before, int[] mapped, RowSample rows, OptionalInt wanted) {
        int count = rows.column(mapped[0]).length;
        double[][] values = new double[count][mapped.length];
        for (int i = 0; i < mapped.length; i++) {
            double[] column = rows.column(mapped[i]);
            for (int n = 0; n < count; n++) {
                values[n][i] = column[n];
            }
        }
        WideNormal law = WideNormal.of(values);
        int rank = wanted.orElse(Math.max(1, Math.min(law.within(), count / ROWS_A_COMPONENT)));
        return new WideWhitening(before, mapped, law, rank);
    }

    /** Householder vectors of the directions, each of length 1 and zero before its own place, and the signs they leave. */
    private void reflect(int size) {
        for (int k = 0; k < within; k++) {
            double norm = 0;
            for (int i = k; i < size; i++) {
                norm += reflections[k * size + i] * reflections[k * size + i];
            }
            double head = reflections[k * size + k];
            signs[k] = head > 0 ? -1 : 1;
            Arrays.fill(reflections, k * size, k * size + k, 0);
            reflections[k * size + k] -= signs[k] * Math.sqrt(norm);
            normalise(k * size + k, (k + 1) * size);
            for (int later = k + 1; later < within; later++) {
                double along = 0;
                for (int i = k; i < size; i++) {
                    along += reflections[k * size + i] * reflections[later * size + i];
                }
                for (int i = k; i < size; i++) {
                    reflections[later * size + i] -= 2 * along * reflections[k * size + i];
                }
            }
        }
    }

    private void normalise(int from, int to) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += reflections[i] * reflections[i];
        }
        double length = Math.sqrt(squares);
        for (int i = from; i < to; i++) {
            reflections[i] /= length;
        }
    }

    static WideWhitening restore(List<Column> before, int[] mapped, State state) {
        int size = mapped.length;
        double[] sigma = state.get("sigma", size);
        double[] unit = state.get("unit", size);
        double[] mean = state.get("mean", size);
        double[] directions = state.get("directions");
        double rank = state.get("rank", 1)[0];
        Whitening.requireFinite(mean, unit, sigma);
        if (directions.length % size != 0 || !(rank >= 1 && rank <= size)) {
            throw new InputException("the model file's whitening of " + size + " columns has " + directions.length
                    + " entries of directions and rank " + rank
                    + "; expected whole directions and a rank up to the columns");
        }
        return new WideWhitening(before, mapped, new WideNormal(mean, unit, sigma, directions), (int) rank);
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
        Whitening.copyOthers(mapped, x, z);
        double[] tile = new double[mapped.length * TILE];
        for (int start = 0; start < x.size(); start += TILE) {
            int count = Math.min(TILE, x.size() - start);
            for (int i = 0; i < mapped.length; i++) {
                int at = x.offset(mapped[i]) + start;
                for (int n = 0; n < count; n++) {
                    tile[i * TILE + n] = (x.values()[at + n] - mean[i]) / unit[i];
                }
            }
            for (int k = 0; k < within; k++) {
                reflect(k, tile, count);
            }
            for (int i = 0; i < mapped.length; i++) {
                double factor = (i < within ? signs[i] : 1) / sigma[i];
                int at = z.offset(mapped[i]) + start;
                for (int n = 0; n < count; n++) {
                    z.values()[at + n] = factor * tile[i * TILE + n];
                }
            }
        }
        for (int n = 0; n < x.size(); n++) {
            logJacobian[n] += this.logJacobian;
        }
    }

    @Override
    public void inverse(Points z, Points x) {
        Whitening.copyOthers(mapped, z, x);
        double[] tile = new double[mapped.length * TILE];
        for (int start = 0; start < z.size(); start += TILE) {
            int count = Math.min(TILE, z.size() - start);
            for (int i = 0; i < mapped.length; i++) {
                double factor = (i < within ? signs[i] : 1) * sigma[i];
                int at = z.offset(mapped[i]) + start;
                for (int n = 0; n < count; n++) {
                    tile[i * TILE + n] = factor * z.values()[at + n];
                }
            }
            for (int k = within - 1; k >= 0; k--) {
                reflect(k, tile, count);
            }
            for (int i = 0; i < mapped.length; i++) {
                int at = x.offset(mapped[i]) + start;
                for (int n = 0; n < count; n++) {
                    x.values()[at + n] = mean[i] + unit[i] * tile[i * TILE + n];
                }
            }
        }
    }

    /** y - 2 v (v . y) for the points of a tile. */
    private void reflect(int k, double[] tile, int count) {
        int size = mapped.length;
        double[] along = new double[TILE];
        for (int i = k; i < size; i++) {
            add(reflections[k * size + i], tile, i * TILE, along, 0, count);
        }
        for (int i = k; i < size; i++) {
            add(-2 * reflections[k * size + i], along, 0, tile, i * TILE, count);
        }
    }

    private static void add(double factor, double[] from, int fromAt, double[] to, int toAt, int count) {
        for (int n = 0; n < count; n++) {
            to[toAt + n] += factor * from[fromAt + n];
        }
    }

    @Override
    public boolean affine() {
        return true;
    }

    @Override
    public State state() {
        return State.of(Map.of(
                "mean", mean, "unit", unit, "sigma", sigma, "directions", directions, "rank", new double[] {rank}));
    }
}
