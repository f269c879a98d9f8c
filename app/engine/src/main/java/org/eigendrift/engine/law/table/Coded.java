package org.eigendrift.engine.law.table;

import java.util.Arrays;
import org.eigendrift.engine.kernel.Normal;

/**
 * How the columns of a table are cut into cells, and what gates and linear parts see of a cell. Immutable.
 */
final class Coded {
    /** Most levels without an order that a gate tells apart: bits of a long. */
    static final int LEVELS = 64;
    /** Most bins of others: numbers of a byte. */
    static final int BINS = 256;

    private final CellScale[] scales;
    private final byte[][] bins;
    private final double[][] scores;
    private final double[][] ends;

    /**
     * Prepares tables by cell.
     *
     * @param scales one for each column; shared
     */
    Coded(CellScale[] scales) {
        this.scales = scales;
        this.bins = new byte[scales.length][];
        this.scores = new double[scales.length][];
        this.ends = new double[scales.length][];
        for (int j = 0; j < scales.length; j++) {
            double[] edges = scales[j].edges();
            bins[j] = bins(scales[j]);
            scores[j] = new double[scales[j].size()];
            ends[j] = new double[scales[j].size() + 1];
            // A gap has no place among numbers: scores are those of the rows that have one, a gap's is their mean.
            int first = scales[j].hasGap() ? 1 : 0;
            double gap = first == 1 ? edges[1] : 0;
            for (int c = first; c < scores[j].length; c++) {
                scores[j][c] = Normal.quantile(((edges[c] + edges[c + 1]) / 2 - gap) / (1 - gap));
                ends[j][c] = c == first ? Double.NEGATIVE_INFINITY : Normal.quantile((edges[c] - gap) / (1 - gap));
            }
            ends[j][0] = Double.NEGATIVE_INFINITY;
            ends[j][scores[j].length] = scores[j].length == first ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
    }

    /** Bins of about equal mass; of many levels without an order the rarest share one. */
    private static byte[] bins(CellScale scale) {
        int size = scale.size();
        byte[] out = new byte[size];
        double[] edges = scale.edges();
        if (size <= (scale.nominal() ? LEVELS : BINS)) {
            for (int c = 0; c < size; c++) {
                out[c] = (byte) c;
            }
        } else if (scale.nominal()) {
            Integer[] order = new Integer[size];
            Arrays.setAll(order, c -> c);
            Arrays.sort(order, (a, b) -> Double.compare(edges[b + 1] - edges[b], edges[a + 1] - edges[a]));
            for (int at = 0; at < size; at++) {
                out[order[at]] = (byte) Math.min(at, LEVELS - 1);
            }
        } else {
            int bin = 0;
            double begun = 0;
            for (int c = 1; c < size; c++) {
                double target = (1 - begun) / (BINS - bin);
                boolean gap = c == 1 && scale.hasGap();
                if (bin < BINS - 1 && (gap || edges[c + 1] - begun > target)) {
                    bin++;
                    begun = edges[c];
                }
                out[c] = (byte) bin;
            }
        }
        return out;
    }

    CellScale[] scales() {
        return scales;
    }

    int dim() {
        return scales.length;
    }

    /** What a gate sees of a cell. */
    byte bin(int j, int cell) {
        return bins[j][cell];
    }

    /** Share of rows without a value. */
    double gap(int j) {
        return scales[j].hasGap() ? scales[j].edges()[1] : 0;
    }

    /** Normal scores of the middles of cells among the rows that have a value, 0 for a gap; shared. */
    double[] scores(int j) {
        return scores[j];
    }

    /** Normal scores of the ends of cells, from minus infinity to infinity; a gap's cell has no room; shared. */
    double[] ends(int j) {
        return ends[j];
    }

    /** Cells of some rows. */
    static int[][] select(int[][] cells, int[] rows) {
        int[][] out = new int[cells.length][rows.length];
        for (int j = 0; j < cells.length; j++) {
            for (int n = 0; n < rows.length; n++) {
                out[j][n] = cells[j][rows[n]];
            }
        }
        return out;
    }
}
