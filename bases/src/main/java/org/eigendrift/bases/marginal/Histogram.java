package org.eigendrift.bases.marginal;

import java.util.Map;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.pass.Summary;

/**
 * Linear binning of one column: a row is shared by the two bin centres next to it, which keeps its mean. Shares are whole
 * multiples of 2^-30 of a row, so that their sums are exact, in any order, up to 2^33 rows.
 *
 * @param stretch maps values before they are binned
 * @param origin the first bin's centre
 * @param spacing of the centres
 * @param bins there is one centre more
 */
record Histogram(Stretch stretch, double origin, double spacing, int bins) implements Summary<long[]> {
    private static final int BITS = 30;

    private static final long ROW = 1L << BITS;

    /** Numbers in a state are doubles: both halves of a sum are exact in them. */
    private static final int HALF = 32;

    @Override
    public String label() {
        return "histograms";
    }

    @Override
    public long[] zero() {
        return new long[bins + 1];
    }

    @Override
    public void add(long[] into, Points rows, long first) {
        for (int n = 0; n < rows.size(); n++) {
            double at = (stretch.map(rows.get(0, n)) - origin) / spacing;
            int bin = Math.max(0, Math.min(bins - 1, (int) at));
            long share = Math.round((at - bin) * ROW);
            into[bin] += ROW - share;
            into[bin + 1] += share;
        }
    }

    @Override
    public void merge(long[] into, long[] other) {
        for (int bin = 0; bin <= bins; bin++) {
            into[bin] += other[bin];
        }
    }

    /** Rows of a bin. */
    double count(long[] gathered, int bin) {
        return (double) gathered[bin] / ROW;
    }

    @Override
    public State write(long[] gathered) {
        double[] halves = new double[2 * gathered.length];
        for (int bin = 0; bin <= bins; bin++) {
            halves[2 * bin] = gathered[bin] >> HALF;
            halves[2 * bin + 1] = gathered[bin] & (1L << HALF) - 1;
        }
        return State.of(Map.of("shares", halves));
    }

    @Override
    public long[] read(State state) {
        double[] halves = state.get("shares", 2 * (bins + 1));
        long[] gathered = zero();
        for (int bin = 0; bin <= bins; bin++) {
            gathered[bin] = ((long) halves[2 * bin] << HALF) + (long) halves[2 * bin + 1];
        }
        return gathered;
    }
}
