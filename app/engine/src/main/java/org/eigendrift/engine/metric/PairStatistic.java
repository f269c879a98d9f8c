package org.eigendrift.engine.metric;

import java.util.function.DoubleUnaryOperator;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Figure.Better;
import org.eigendrift.engine.kernel.MatrixKernel;

/**
 * The unbiased two-sample statistic of a function k of the squared distance: mean k(x, x') + mean k(y, y') - 2 mean
 * k(x, y), over pairs of different rows. A kernel gives the squared maximum mean discrepancy, minus the distance gives
 * the energy distance. The work grows with the square of the rows.
 */
final class PairStatistic {
    /** Rows of one task; their sums are added in order, so that the number of threads changes nothing. */
    private static final int BLOCK = 64;

    private final DoubleUnaryOperator kernel;
    private final int threads;

    PairStatistic(DoubleUnaryOperator kernel, int threads) {
        this.kernel = kernel;
        this.threads = threads;
    }

    /** The statistic of the samples, its floor, and the floor's interval. */
    Figure figure(String name, SampleComparison comparison) {
        Points reference = comparison.reference();
        Parallel parallel = new Parallel(threads);
        Figure figure = Figure.of(SampleComparison.GROUP, name, value(comparison.samples(), reference, parallel))
                .better(Better.LESS);
        if (comparison.standIns().isEmpty()) {
            return figure;
        }
        Points standIns = comparison.standIns().get();
        double floor = value(standIns, reference, parallel);
        Figure withFloor = figure.withFloor(floor);
        double pairs = Math.pow(standIns.size() + reference.size(), 2) / 2;
        int divisions = Resplits.affordable(pairs);
        if (divisions == 0) {
            return withFloor;
        }
        Resplits resplits = new Resplits(standIns.size(), reference.size(), divisions);
        double[] values = resplit(Resplits.pool(standIns, reference), standIns.size(), resplits, parallel);
        return Resplits.interval(withFloor, values);
    }

    double value(Points x, Points y, Parallel parallel) {
        return combine(within(x, parallel), within(y, parallel), between(x, y, parallel), x.size(), y.size());
    }

    /** From sums over pairs, each pair once. */
    private static double combine(double xx, double yy, double xy, double a, double b) {
        return 2 * xx / (a * (a - 1)) + 2 * yy / (b * (b - 1)) - 2 * xy / (a * b);
    }

    private double within(Points x, Parallel parallel) {
        return sum(x.size(), parallel, (n, row) -> {
            SquaredDistances.fill(x, n, x, n + 1, row);
            return kernelSum(row, x.size() - n - 1);
        });
    }

    private double between(Points x, Points y, Parallel parallel) {
        return sum(
                x.size(),
                parallel,
                (n, row) -> {
                    SquaredDistances.fill(x, n, y, 0, row);
                    return kernelSum(row, y.size());
                },
                y.size());
    }

    /** The statistic for each division of the pooled rows, in one pass over their pairs. */
    double[] resplit(Points pool, int first, Resplits resplits, Parallel parallel) {
        int size = pool.size();
        int count = resplits.count();
        int blocks = (size + BLOCK - 1) / BLOCK;
        // For each block: the sum over pairs, then for each division the sum over pairs within the first set, and the
        // sum of how many rows of the first set a pair has.
        double[][] sums = new double[blocks][1 + 2 * count];
        parallel.forEach(blocks, block -> {
            double[] row = new double[size];
            for (int n = block * BLOCK; n < Math.min(size, (block + 1) * BLOCK); n++) {
                SquaredDistances.fill(pool, n, pool, n + 1, row);
                int others = size - n - 1;
                double total = 0;
                for (int k = 0; k < others; k++) {
                    row[k] = kernel.applyAsDouble(row[k]);
                    total += row[k];
                }
                sums[block][0] += total;
                addDivisions(row, n, others, total, resplits, sums[block]);
            }
        });
        return finish(sums, first, size - first, count);
    }

    private static void addDivisions(double[] row, int n, int others, double total, Resplits resplits, double[] sums) {
        for (int split = 0; split < resplits.count(); split++) {
            double[] members = resplits.members(split);
            double chosen = MatrixKernel.dot(others, row, 0, members, n + 1);
            sums[1 + 2 * split] += members[n] * chosen;
            sums[2 + 2 * split] += members[n] * total + chosen;
        }
    }

    private static double[] finish(double[][] sums, int first, int second, int count) {
        double[] values = new double[count];
        double[] together = new double[1 + 2 * count];
        for (double[] block : sums) {
            for (int k = 0; k < together.length; k++) {
                together[k] += block[k];
            }
        }
        for (int split = 0; split < count; split++) {
            double xx = together[1 + 2 * split];
            double xy = together[2 + 2 * split] - 2 * xx;
            values[split] = combine(xx, together[0] - xx - xy, xy, first, second);
        }
        return values;
    }

    /** What one row contributes; {@code buffer} is scratch. */
    private interface RowSum {
        double of(int row, double[] buffer);
    }

    private static double sum(int rows, Parallel parallel, RowSum rowSum) {
        return sum(rows, parallel, rowSum, rows);
    }

    private static double sum(int rows, Parallel parallel, RowSum rowSum, int bufferSize) {
        int blocks = (rows + BLOCK - 1) / BLOCK;
        double[] sums = new double[blocks];
        parallel.forEach(blocks, block -> {
            double[] buffer = new double[bufferSize];
            for (int n = block * BLOCK; n < Math.min(rows, (block + 1) * BLOCK); n++) {
                sums[block] += rowSum.of(n, buffer);
            }
        });
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        return total;
    }

    private double kernelSum(double[] squares, int count) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += kernel.applyAsDouble(squares[k]);
        }
        return sum;
    }
}
