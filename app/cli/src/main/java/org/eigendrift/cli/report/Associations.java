package org.eigendrift.cli.report;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.engine.comparison.PairTrends;

/**
 * How strongly pairs of columns of a table hang together: Pearson's correlation of two columns of numbers, the correlation ratio of
 * numbers given levels, Cramer's V of two columns of levels. A gap is a level of a column that has levels.
 */
final class Associations {
    private final List<Column> columns;
    private final Points points;

    private Associations(List<Column> columns, Points points) {
        this.columns = columns;
        this.points = points;
    }

    /**
     * The associations of all pairs.
     *
     * @return d x d numbers, from -1 for two columns of numbers, else from 0, to 1; NaN where one of them is constant
     */
    static double[] of(List<Column> columns, Points points) {
        Associations associations = new Associations(columns, points);
        int d = columns.size();
        double[] all = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                all[i * d + j] = i == j ? 1 : associations.pair(i, j);
                all[j * d + i] = all[i * d + j];
            }
        }
        return all;
    }

    private double pair(int i, int j) {
        boolean first = columns.get(i).kind().levelled();
        boolean second = columns.get(j).kind().levelled();
        if (first && second) {
            return cramer(i, j);
        }
        return first ? ratio(j, i) : second ? ratio(i, j) : PairTrends.correlation(points, i, j);
    }

    private int level(int column, int row) {
        int levels = columns.get(column).levels().size();
        double value = points.get(column, row);
        return value >= 0 && value < levels ? (int) value : levels;
    }

    /** The root of the share of the variance that the means of the levels have. */
    private double ratio(int number, int levelled) {
        int levels = columns.get(levelled).levels().size() + 1;
        double[] sums = new double[levels];
        int[] counts = new int[levels];
        for (int n = 0; n < points.size(); n++) {
            double x = points.get(number, n);
            if (Double.isFinite(x)) {
                sums[level(levelled, n)] += x;
                counts[level(levelled, n)]++;
            }
        }
        int all = Arrays.stream(counts).sum();
        double mean = Arrays.stream(sums).sum() / all;
        double between = 0;
        for (int k = 0; k < levels; k++) {
            between += counts[k] == 0 ? 0 : counts[k] * Math.pow(sums[k] / counts[k] - mean, 2);
        }
        double total = 0;
        for (int n = 0; n < points.size(); n++) {
            double x = points.get(number, n);
            total += Double.isFinite(x) ? (x - mean) * (x - mean) : 0;
        }
        boolean varied = Arrays.stream(counts).filter(c -> c > 0).count() > 1;
        return total > 0 && varied ? Math.min(1, Math.sqrt(between / total)) : Double.NaN;
    }

    private double cramer(int i, int j) {
        int rows = columns.get(i).levels().size() + 1;
        int width = columns.get(j).levels().size() + 1;
        long[] ofRows = new long[rows];
        long[] ofColumns = new long[width];
        long[] cells = new long[points.size()];
        for (int n = 0; n < points.size(); n++) {
            ofRows[level(i, n)]++;
            ofColumns[level(j, n)]++;
            cells[n] = (long) level(i, n) * width + level(j, n);
        }
        // Chi squared over n is the sum of n_ij^2 / (n_i n_j) less 1; of sorted rows each run is a cell.
        Arrays.sort(cells);
        double sum = 0;
        for (int from = 0; from < cells.length; ) {
            int to = from;
            while (to < cells.length && cells[to] == cells[from]) {
                to++;
            }
            double count = to - from;
            sum += count * count / ofRows[(int) (cells[from] / width)] / ofColumns[(int) (cells[from] % width)];
            from = to;
        }
        long fewest = Math.min(occurring(ofRows), occurring(ofColumns));
        return fewest < 2 ? Double.NaN : Math.sqrt(Math.max(0, Math.min(1, (sum - 1) / (fewest - 1))));
    }

    private static long occurring(long[] counts) {
        return Arrays.stream(counts).filter(c -> c > 0).count();
    }
}
