package org.eigendrift.bases.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;

/**
 * The pyramid of Mallat on a lattice of rows x width sites, periodic: at each level every line of the coarse block is
 * split into low_i = sum_t h_t x_(2i+t) and high_i = sum_t (-1)^t h_(L-1-t) x_(2i+t), the lows first, along rows and,
 * if there is more than one, along columns; then the block of lows is the next coarse block. Orthonormal, so the
 * log-Jacobian is 0 and the inverse is the transpose.
 */
final class WaveletTransform implements Frame {
    private static final int TILE = 128;

    private final int rows;
    private final int width;
    private final int levels;
    private final double[] low;
    private final double[] high;
    private final List<Column> columns;

    WaveletTransform(int rows, int width, int levels, double[] taps) {
        this.rows = rows;
        this.width = width;
        this.levels = levels;
        this.low = taps;
        this.high = new double[taps.length];
        for (int t = 0; t < taps.length; t++) {
            high[t] = (t % 2 == 0 ? 1 : -1) * taps[taps.length - 1 - t];
        }
        List<Column> names = new ArrayList<>();
        for (int i = 1; i <= rows * width; i++) {
            names.add(Column.real("w" + i));
        }
        this.columns = List.copyOf(names);
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public void forward(Points x, Points z, double[] logJacobian) {
        transform(x, z, true);
    }

    @Override
    public void inverse(Points z, Points x) {
        transform(z, x, false);
    }

    private void transform(Points from, Points to, boolean analyse) {
        double[][] sites = new double[rows * width][TILE];
        double[][] line = new double[Math.max(rows, width)][TILE];
        for (int start = 0; start < from.size(); start += TILE) {
            int count = Math.min(TILE, from.size() - start);
            for (int i = 0; i < sites.length; i++) {
                System.arraycopy(from.values(), from.offset(i) + start, sites[i], 0, count);
            }
            for (int step = 0; step < levels; step++) {
                int level = analyse ? step : levels - 1 - step;
                split(sites, line, level, count, analyse);
            }
            for (int i = 0; i < sites.length; i++) {
                System.arraycopy(sites[i], 0, to.values(), to.offset(i) + start, count);
            }
        }
    }

    /** One level, of which rows and columns commute. */
    private void split(double[][] sites, double[][] line, int level, int count, boolean analyse) {
        int blockWidth = width >> level;
        int blockRows = rows > 1 ? rows >> level : 1;
        for (int r = 0; r < blockRows; r++) {
            split(sites, r * width, 1, blockWidth, line, count, analyse);
        }
        for (int c = 0; c < blockWidth && blockRows > 1; c++) {
            split(sites, c, width, blockRows, line, count, analyse);
        }
    }

    private void split(
            double[][] sites, int first, int stride, int length, double[][] line, int count, boolean analyse) {
        int half = length / 2;
        for (int i = 0; i < length; i++) {
            Arrays.fill(line[i], 0, count, 0);
        }
        for (int i = 0; i < half; i++) {
            for (int t = 0; t < low.length; t++) {
                int fine = (2 * i + t) % length;
                if (analyse) {
                    add(low[t], sites[first + fine * stride], line[i], count);
                    add(high[t], sites[first + fine * stride], line[half + i], count);
                } else {
                    add(low[t], sites[first + i * stride], line[fine], count);
                    add(high[t], sites[first + (half + i) * stride], line[fine], count);
                }
            }
        }
        for (int i = 0; i < length; i++) {
            System.arraycopy(line[i], 0, sites[first + i * stride], 0, count);
        }
    }

    private static void add(double factor, double[] from, double[] to, int count) {
        for (int n = 0; n < count; n++) {
            to[n] += factor * from[n];
        }
    }

    @Override
    public boolean affine() {
        return true;
    }

    @Override
    public State state() {
        return State.EMPTY;
    }
}
