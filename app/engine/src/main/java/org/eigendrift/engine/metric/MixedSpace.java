package org.eigendrift.engine.metric;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;

/**
 * Distances of rows with columns of all kinds (Gower 1971, as a sum): numbers differ by their distance over the training rows' range,
 * levels by 1 if they are not the same. A gap of a number counts as the median, and to be a gap or not as a level.
 */
final class MixedSpace {
    private static final int BLOCK = 32;
    /** What rounding leaves of equal distances. */
    static final double TIE = 1e-12;

    private final List<Column> columns;
    private final double[] lowest;
    private final double[] width;
    private final double[] median;

    /** A space of the training rows' ranges. */
    MixedSpace(List<Column> columns, Points train) {
        this.columns = columns;
        this.lowest = new double[columns.size()];
        this.width = new double[columns.size()];
        this.median = new double[columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            double[] sorted = Arrays.stream(train.column(i))
                    .filter(x -> !Double.isNaN(x))
                    .sorted()
                    .toArray();
            int n = sorted.length;
            lowest[i] = n == 0 ? 0 : sorted[0];
            median[i] = n == 0 ? 0 : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
            double range = n == 0 ? 0 : sorted[n - 1] - sorted[0];
            width[i] = range > 0 ? range : 1;
        }
    }

    /**
     * Rows one after the other.
     *
     * @param size rows
     * @param numbers of the first row, then of the second, and so on
     * @param levels likewise
     */
    record Rows(int size, double[] numbers, int[] levels) {}

    /** Rows in the coordinates of the space. */
    Rows rows(Points points) {
        int[] numeric = which(false);
        int[] levelled = which(true);
        int[] gapped = IntStream.of(numeric).filter(i -> columns.get(i).gaps()).toArray();
        int width = levelled.length + gapped.length;
        double[] numbers = new double[points.size() * numeric.length];
        int[] levels = new int[points.size() * width];
        for (int n = 0; n < points.size(); n++) {
            for (int k = 0; k < numeric.length; k++) {
                int i = numeric[k];
                double x = points.get(i, n);
                numbers[n * numeric.length + k] = ((Double.isNaN(x) ? median[i] : x) - lowest[i]) / this.width[i];
            }
            for (int k = 0; k < levelled.length; k++) {
                double level = points.get(levelled[k], n);
                levels[n * width + k] = Double.isNaN(level) ? -1 : (int) level;
            }
            for (int k = 0; k < gapped.length; k++) {
                levels[n * width + levelled.length + k] = Double.isNaN(points.get(gapped[k], n)) ? 1 : 0;
            }
        }
        return new Rows(points.size(), numbers, levels);
    }

    private int[] which(boolean levelled) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).kind().levelled() == levelled)
                .toArray();
    }

    /**
     * The closest of some records.
     *
     * @param distances of each row to its closest record
     * @param records those at that distance, up to rounding
     */
    record Closest(double[] distances, int[][] records) {}

    /** The records of y, at least one, that are closest to each row of x. */
    static Closest closest(Rows x, Rows y, Parallel parallel) {
        double[] distances = new double[x.size()];
        int[][] records = new int[x.size()][];
        parallel.forEach((x.size() + BLOCK - 1) / BLOCK, block -> {
            Search search = new Search(x, y);
            for (int n = block * BLOCK; n < Math.min(x.size(), (block + 1) * BLOCK); n++) {
                search.of(n);
                distances[n] = search.least;
                records[n] = Arrays.copyOf(search.closest, search.count);
            }
        });
        return new Closest(distances, records);
    }

    /** Goes through all records for one row after another. */
    private static final class Search {
        private final Rows x;
        private final Rows y;
        private final int numbers;
        private final int levels;
        private double least;
        private int count;
        private int[] closest = new int[16];

        Search(Rows x, Rows y) {
            this.x = x;
            this.y = y;
            this.numbers = y.numbers().length / y.size();
            this.levels = y.levels().length / y.size();
        }

        void of(int row) {
            least = Double.POSITIVE_INFINITY;
            count = 0;
            for (int record = 0; record < y.size(); record++) {
                double distance = distance(row, record);
                if (distance <= least + TIE) {
                    if (distance < least - TIE) {
                        count = 0;
                    }
                    least = Math.min(least, distance);
                    if (count == closest.length) {
                        closest = Arrays.copyOf(closest, 2 * count);
                    }
                    closest[count++] = record;
                }
            }
        }

        /** The distance, or some number above the least so far if it is above. */
        private double distance(int row, int record) {
            int a = row * levels;
            int b = record * levels;
            int unlike = 0;
            for (int k = 0; k < levels; k++) {
                unlike += x.levels[a + k] == y.levels[b + k] ? 0 : 1;
            }
            double limit = least + TIE;
            double sum = unlike;
            int u = row * numbers;
            int v = record * numbers;
            for (int k = 0; k < numbers && sum <= limit; k++) {
                sum += Math.abs(x.numbers[u + k] - y.numbers[v + k]);
            }
            return sum;
        }
    }
}
