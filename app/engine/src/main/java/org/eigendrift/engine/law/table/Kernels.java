package org.eigendrift.engine.law.table;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.eigendrift.engine.kernel.LowerTriangle;
import org.eigendrift.engine.kernel.MatrixKernel;
import org.eigendrift.engine.kernel.Normal;

/**
 * A mixture of laws around rows, and between near ones: normal in the scores of columns with an order, of one
 * covariance and a width of the row's own, and in columns of levels the row's level or, sometimes, any. A law around a row is a
 * chain of probabilities of cells, a score given those before it, so the mixture sums to 1 over all cells. Immutable.
 *
 * @param coded the columns
 * @param relations what columns before fix of each, null if nothing; shared
 * @param numbers places in the chain of the columns with normal scores; shared
 * @param lower inverse of the Cholesky factor of the scores' covariance, row-major; shared
 * @param centres of each kernel the centre, multiplied by that inverse; shared
 * @param widths a factor for each kernel's standard deviations; shared
 * @param logWeights logarithms of the kernels' weights; shared
 * @param levels of each column of levels the cells of all rows, of numbers with gaps 0 for a gap and 1 for a value, null where
 *     neither matters; shared
 * @param blur how much of a column of levels is any level
 */
record Kernels(
        Coded coded,
        Relation[] relations,
        int[] numbers,
        double[] lower,
        double[][] centres,
        double[] widths,
        double[] logWeights,
        int[][] levels,
        double blur) {
    /** What lies so many nats below another kernel is nothing beside it. */
    private static final double NOTHING = 40;

    /** Nats that another level counts where a near row is sought. */
    private static final double APART = 3;

    int size() {
        return centres.length;
    }

    /** The kernel that a number in (0, 1) chooses. */
    int choose(double uniform) {
        double left = uniform;
        int i = 0;
        while (i < size() - 1 && (left -= Math.exp(logWeights[i])) > 0) {
            i++;
        }
        return i;
    }

    /** The log-probability of cells. */
    double logProbability(int[] cells) {
        return logProbability(cells, NOTHING);
    }

    private double logProbability(int[] cells, double nothing) {
        Row row = new Row(cells);
        int nearest = row.nearest();
        double most = logWeights[nearest] + row.log(nearest, Double.NEGATIVE_INFINITY);
        double total = 1;
        for (int i = 0; i < size(); i++) {
            if (i != nearest) {
                double log = logWeights[i] + row.log(i, most - nothing - logWeights[i]);
                if (log > most) {
                    total = total * Math.exp(most - log) + 1;
                    most = log;
                } else {
                    total += log == Double.NEGATIVE_INFINITY ? 0 : Math.exp(log - most);
                }
            }
        }
        return most == Double.NEGATIVE_INFINITY ? most : most + Math.log(total);
    }

    /** A row, with what of it does not depend on a kernel. */
    private final class Row {
        private final int[] cells;
        private final int[] places = places();
        private final double[] sums;
        /** Of each number the cell's ends and its middle in the units of the kernels; of one that may be a gap ends without end. */
        private final double[] lows;

        private final double[] highs;
        private final double[] middles;

        Row(int[] cells) {
            int p = numbers.length;
            this.cells = cells;
            this.sums = sums(cells);
            this.lows = new double[p];
            this.highs = new double[p];
            this.middles = new double[p];
            for (int k = 0; k < p; k++) {
                int j = numbers[k];
                double unit = lower[k * p + k];
                boolean gaps = coded.scales()[j].hasGap();
                lows[k] = gaps ? Double.NEGATIVE_INFINITY : unit * coded.ends(j)[cells[j]] + sums[k];
                highs[k] = gaps ? Double.POSITIVE_INFINITY : unit * coded.ends(j)[cells[j] + 1] + sums[k];
                middles[k] = sums[k] + unit * coded.scores(j)[cells[j]];
            }
        }

        int nearest() {
            int nearest = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < size(); i++) {
                double distance = 2 * (numbers.length * Math.log(widths[i]) - logWeights[i]);
                double[] centre = centres[i];
                for (int k = 0; k < centre.length; k++) {
                    double difference = (middles[k] - centre[k]) / widths[i];
                    distance += difference * difference;
                }
                for (int j = 0; j < levels.length; j++) {
                    distance += levels[j] == null || levels[j][i] == (places[j] < 0 ? cells[j] : Math.min(1, cells[j]))
                            ? 0
                            : 2 * APART;
                }
                if (distance < least) {
                    least = distance;
                    nearest = i;
                }
            }
            return nearest;
        }

        /** The log-probability under one kernel, or minus infinity once it is below a bound. */
        double log(int i, double bound) {
            if (bound > Double.NEGATIVE_INFINITY && isBelow(i, bound)) {
                return Double.NEGATIVE_INFINITY;
            }
            double product = 1;
            double log = 0;
            double least = Math.exp(bound);
            for (int j = 0; j < cells.length; j++) {
                product *= probability(i, j);
                if (product < least) {
                    return Double.NEGATIVE_INFINITY;
                }
                if (product < 1e-100) {
                    log += Math.log(product);
                    product = 1;
                    least = Math.exp(bound - log);
                }
            }
            return log + Math.log(product);
        }

        /** Whether the log-probability is below a bound for sure: beyond a deviations a normal law has at most exp(-a^2 / 2) / 2. */
        private boolean isBelow(int i, double bound) {
            double[] centre = centres[i];
            double squares = 0;
            for (int k = 0; k < centre.length && -squares / 2 >= bound; k++) {
                double away = Math.max(lows[k] - centre[k], centre[k] - highs[k]) / widths[i];
                squares += away > 0 ? away * away : 0;
            }
            return -squares / 2 < bound;
        }

        private double probability(int i, int j) {
            int number = places[j];
            return number < 0 || lows[number] == Double.NEGATIVE_INFINITY && coded.scales()[j].hasGap()
                    ? Kernels.this.probability(i, j, number, number < 0 ? 0 : sums[number], cells)
                    : between(
                            (lows[number] - centres[i][number]) / widths[i],
                            (highs[number] - centres[i][number]) / widths[i]);
        }
    }

    /** The log-probabilities of rows, of each column the cells of all of them. */
    double[] logProbabilities(int[][] rows) {
        return logProbabilities(rows, NOTHING);
    }

    /**
     * The log-probabilities of rows, without kernels that are far below another.
     *
     * @param rows of each column the cells of all of them
     * @param nothing how many nats below another a kernel is left out
     */
    double[] logProbabilities(int[][] rows, double nothing) {
        double[] logs = new double[rows[0].length];
        int[] row = new int[rows.length];
        for (int n = 0; n < logs.length; n++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = rows[j][n];
            }
            logs[n] = logProbability(row, nothing);
        }
        return logs;
    }

    /**
     * The log-probabilities of cells of which one column takes each of its cells in turn. What does not depend on that column is
     * evaluated once for each kernel, and only for kernels that are not nothing beside others.
     *
     * @param cells of the other columns; not modified
     * @param open the column
     * @param beside of each cell a log-probability beside which kernels may be nothing, too; infinity where it is not asked for
     */
    double[] logProbabilities(int[] cells, int open, double[] beside) {
        double least = Arrays.stream(beside).min().orElse(Double.NEGATIVE_INFINITY);
        Opened opened = new Opened(cells.clone(), open, least);
        double[] logs = new double[beside.length];
        Arrays.setAll(logs, c -> beside[c] == Double.POSITIVE_INFINITY ? beside[c] : opened.log(c, beside[c]));
        return logs;
    }

    /** A row of which one column is open. */
    private final class Opened {
        private final int[] cells;
        private final int open;
        private final int[] places = places();
        /** Columns whose probability depends on the open one: numbers without gaps by their places, and others. */
        private final int[] numbered;

        private final int[] others;
        /** Kernels that may matter to some cell, those with the most of what does not depend on the open column first. */
        private final int[] kernels;

        /** Of these kernels what does not depend on it, their widths, and their centres among the moving numbers. */
        private final double[] fixed;

        private final double[] widths;
        private final double[] middles;
        private final double[] start;
        private double[] sums;
        /** Of the moving numbers the cell's ends in the units of the kernels. */
        private final double[] lows;

        private final double[] highs;

        Opened(int[] cells, int open, double beside) {
            this.cells = cells;
            this.open = open;
            int number = places[open];
            int[] moving = IntStream.range(0, cells.length)
                    .filter(j -> j == open
                            || relations[j] != null && relations[j].column() == open
                            || number >= 0 && places[j] > number)
                    .toArray();
            this.numbered = Arrays.stream(moving)
                    .filter(this::isNumber)
                    .map(j -> places[j])
                    .toArray();
            this.others = Arrays.stream(moving).filter(j -> !isNumber(j)).toArray();
            this.lows = new double[numbered.length];
            this.highs = new double[numbered.length];
            int[] still = IntStream.range(0, cells.length)
                    .filter(j -> Arrays.binarySearch(moving, j) < 0)
                    .toArray();
            cells[open] = 0;
            this.start = sums(cells);
            this.sums = start;
            double[] logs = new double[size()];
            Arrays.setAll(
                    logs,
                    i -> logWeights[i] + most(i, still) < beside - NOTHING
                            ? Double.NEGATIVE_INFINITY
                            : logWeights[i] + product(i, still));
            this.kernels = IntStream.range(0, logs.length)
                    .filter(i -> logs[i] > Double.NEGATIVE_INFINITY)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -logs[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            this.fixed = Arrays.stream(kernels).mapToDouble(i -> logs[i]).toArray();
            this.widths = Arrays.stream(kernels)
                    .mapToDouble(i -> Kernels.this.widths[i])
                    .toArray();
            this.middles = Arrays.stream(kernels)
                    .boxed()
                    .flatMapToDouble(i -> Arrays.stream(numbered).mapToDouble(k -> centres[i][k]))
                    .toArray();
        }

        private boolean isNumber(int j) {
            return places[j] >= 0 && !coded.scales()[j].hasGap();
        }

        double log(int cell, double beside) {
            cells[open] = cell;
            moveSums();
            double most = Double.NEGATIVE_INFINITY;
            double total = 1;
            for (int at = 0; at < kernels.length && fixed[at] >= Math.max(most, beside) - NOTHING; at++) {
                double bound = Math.max(most, beside) - NOTHING;
                double log = isFar(at, fixed[at] - bound) ? Double.NEGATIVE_INFINITY : fixed[at] + moved(at);
                if (log > most) {
                    total = total * Math.exp(most - log) + 1;
                    most = log;
                } else {
                    total += log == Double.NEGATIVE_INFINITY ? 0 : Math.exp(log - most);
                }
            }
            return most == Double.NEGATIVE_INFINITY ? most : most + Math.log(total);
        }

        private void moveSums() {
            int number = places[open];
            int p = numbers.length;
            if (number >= 0) {
                double further = coded.scores(open)[cells[open]] - coded.scores(open)[0];
                sums = start.clone();
                for (int k = number + 1; k < p; k++) {
                    sums[k] += lower[k * p + number] * further;
                }
            }
            for (int m = 0; m < numbered.length; m++) {
                int k = numbered[m];
                double[] ends = coded.ends(numbers[k]);
                int cell = cells[numbers[k]];
                lows[m] = lower[k * p + k] * ends[cell] + sums[k];
                highs[m] = lower[k * p + k] * ends[cell + 1] + sums[k];
            }
        }

        /** Whether the moving numbers leave less than exp(-left): beyond a deviations a normal law has at most exp(-a^2 / 2) / 2. */
        private boolean isFar(int at, double left) {
            double most = 2 * left * widths[at] * widths[at];
            double squares = 0;
            for (int m = 0; m < numbered.length; m++) {
                double middle = middles[at * numbered.length + m];
                double away = Math.max(lows[m] - middle, middle - highs[m]);
                squares += away > 0 ? away * away : 0;
            }
            return squares > most;
        }

        private double moved(int at) {
            double product = 1;
            double log = others.length == 0 ? 0 : product(kernels[at], others);
            for (int m = 0; m < numbered.length; m++) {
                double middle = middles[at * numbered.length + m];
                product *= between((lows[m] - middle) / widths[at], (highs[m] - middle) / widths[at]);
                if (product < 1e-100) {
                    log += Math.log(product);
                    product = 1;
                }
            }
            return log + Math.log(product);
        }

        private double product(int i, int[] columns) {
            double product = 1;
            double log = 0;
            for (int j : columns) {
                int number = places[j];
                product *= probability(i, j, number, number < 0 ? 0 : sums[number], cells);
                if (product < 1e-100) {
                    log += Math.log(product);
                    product = 1;
                }
            }
            return log + Math.log(product);
        }

        private double most(int i, int[] columns) {
            double squares = 0;
            for (int j : columns) {
                if (places[j] >= 0) {
                    squares += squareAway(i, places[j], sums[places[j]], cells);
                }
            }
            return -squares / 2;
        }
    }

    /** For each number what the scores before it contribute. */
    private double[] sums(int[] cells) {
        int p = numbers.length;
        double[] scores = new double[p];
        double[] sums = new double[p];
        for (int k = 0; k < p; k++) {
            sums[k] = MatrixKernel.dot(k, lower, k * p, scores, 0);
            scores[k] = coded.scores(numbers[k])[cells[numbers[k]]];
        }
        return sums;
    }

    /** The log-probability of cells under one kernel. */
    double logProbability(int i, int[] cells) {
        return new Row(cells).log(i, Double.NEGATIVE_INFINITY);
    }

    /** Of each column its place among the numbers, -1 for others. */
    private int[] places() {
        int[] places = new int[relations.length];
        Arrays.fill(places, -1);
        for (int k = 0; k < numbers.length; k++) {
            places[numbers[k]] = k;
        }
        return places;
    }

    /**
     * The same normal laws of scores, cut into cells in another order.
     *
     * @param to the numbers in that order; shared
     */
    Kernels reordered(int[] to) {
        int p = numbers.length;
        int[] places = places();
        double[] root = LowerTriangle.inverse(lower, p);
        double[] moved = new double[p * p];
        for (int k = 0; k < p; k++) {
            System.arraycopy(root, places[to[k]] * p, moved, k * p, p);
        }
        double[] covariance = new double[p * p];
        for (int k = 0; k < p; k++) {
            for (int q = 0; q <= k; q++) {
                covariance[k * p + q] = MatrixKernel.dot(p, moved, k * p, moved, q * p);
            }
        }
        LowerTriangle.factor(covariance, p);
        double[] inverse = LowerTriangle.inverse(covariance, p);
        double[] turn = new double[p * p];
        for (int k = 0; k < p; k++) {
            for (int q = 0; q <= k; q++) {
                for (int m = 0; m < p; m++) {
                    turn[k * p + m] += inverse[k * p + q] * moved[q * p + m];
                }
            }
        }
        double[][] turned = new double[centres.length][p];
        for (int i = 0; i < turned.length; i++) {
            for (int k = 0; k < p; k++) {
                turned[i][k] = MatrixKernel.dot(p, turn, k * p, centres[i], 0);
            }
        }
        return new Kernels(coded, relations, to, inverse, turned, widths, logWeights, levels, blur);
    }

    /** The square of deviations between what is expected and a cell, 0 where a gap can stand beside it. */
    private double squareAway(int i, int k, double sum, int[] cells) {
        int j = numbers[k];
        if (coded.scales()[j].hasGap()) {
            return 0;
        }
        double low = bound(i, k, sum, coded.ends(j)[cells[j]]);
        double high = bound(i, k, sum, coded.ends(j)[cells[j] + 1]);
        double away = Math.max(0, Math.max(low, -high));
        return away * away;
    }

    private double probability(int i, int j, int number, double sum, int[] cells) {
        if (number >= 0) {
            return coded.scales()[j].hasGap()
                    ? valueOrGap(i, j, number, sum, cells[j])
                    : score(i, j, number, sum, cells[j]);
        }
        if (levels[j] != null) {
            return level(i, j, cells[j]);
        }
        int fixed = fixed(j, cells);
        double base = mass(j, cells[j]);
        double value = cells[j] == 0 ? 0 : base / (1 - mass(j, 0));
        return fixed == -1 ? base : relations[j].probability(fixed, cells[j], base, value);
    }

    /** What the cells of other columns fix of a column, -1 if nothing. */
    private int fixed(int j, int[] cells) {
        return relations[j] == null ? -1 : relations[j].cell(cells);
    }

    private double score(int i, int j, int number, double sum, int c) {
        double[] ends = coded.ends(j);
        return between(bound(i, number, sum, ends[c]), bound(i, number, sum, ends[c + 1]));
    }

    /** Near a row with a gap there are gaps, and values of any size. */
    private double valueOrGap(int i, int j, int number, double sum, int c) {
        boolean gap = levels[j][i] == 0;
        double gaps = blur * coded.gap(j) + (gap ? 1 - blur : 0);
        if (c == 0) {
            return gaps;
        }
        return (1 - gaps) * (gap ? mass(j, c) / (1 - coded.gap(j)) : score(i, j, number, sum, c));
    }

    private double level(int i, int j, int cell) {
        return blur * mass(j, cell) + (levels[j][i] == cell ? 1 - blur : 0);
    }

    private double mass(int j, int cell) {
        double[] edges = coded.scales()[j].edges();
        return edges[cell + 1] - edges[cell];
    }

    /** An end of a cell in standard deviations from what is expected. */
    private double bound(int i, int k, double sum, double end) {
        return (lower[k * numbers.length + k] * end + sum - centres[i][k]) / widths[i];
    }

    private static double between(double low, double high) {
        return low > 0 ? Normal.below(-low) - Normal.below(-high) : Normal.below(high) - Normal.below(low);
    }

    /**
     * Draws the cells of a row near another, given evidence.
     *
     * @param i number of the other row
     * @param order the columns in the order in which they are drawn: numbers in theirs, and a column after one that fixes it
     * @param factors what the evidence makes of cells
     * @param uniforms a number in (0, 1) for each column
     * @param cells receives the cells
     * @return the log-probability of the evidence on the way, 0 without any, minus infinity if there was none left
     */
    double follow(int i, int[] order, CellFactors factors, IntToDoubleFunction uniforms, int[] cells) {
        double[] scores = new double[numbers.length];
        double log = 0;
        int[] places = places();
        for (int j : order) {
            int number = places[j];
            double sum = number < 0 ? 0 : MatrixKernel.dot(number, lower, number * numbers.length, scores, 0);
            double uniform = uniforms.applyAsDouble(j);
            double[] factor = factors.of()[j];
            if (factors.single(j)) {
                int c = factors.only()[j];
                cells[j] = c;
                log += Math.log(probability(i, j, number, sum, cells) * factor[c]);
            } else if (factor == null && number >= 0 && levels[j] == null) {
                cells[j] = near(i, j, number, sum, uniform);
            } else if (factor == null && fixed(j, cells) >= 0) {
                cells[j] = fixed(j, cells);
            } else {
                double[] weights = weights(i, j, number, sum, cells, factor);
                // Probabilities leave room for rows in which nothing is fixed; draws are none of these.
                weights[0] = factor == null && fixed(j, cells) == Relation.VALUE ? 0 : weights[0];
                log += factor == null ? 0 : Math.log(Arrays.stream(weights).sum());
                cells[j] = log == Double.NEGATIVE_INFINITY ? 0 : Draw.place(weights, uniform);
            }
            if (log == Double.NEGATIVE_INFINITY) {
                return log;
            }
            if (number >= 0) {
                scores[number] = coded.scores(j)[cells[j]];
            }
        }
        return log;
    }

    private double[] weights(int i, int j, int number, double sum, int[] cells, double[] factor) {
        double[] weights = new double[coded.scales()[j].size()];
        for (int c = 0; c < weights.length; c++) {
            cells[j] = c;
            weights[c] = factor != null && factor[c] == 0
                    ? 0
                    : probability(i, j, number, sum, cells) * (factor == null ? 1 : factor[c]);
        }
        return weights;
    }

    private int near(int i, int j, int number, double sum, double uniform) {
        double score = (centres[i][number] + widths[i] * Normal.quantile(uniform) - sum)
                / lower[number * numbers.length + number];
        double[] ends = coded.ends(j);
        int c = Arrays.binarySearch(ends, score);
        return Math.max(0, Math.min(ends.length - 2, c >= 0 ? c : -c - 2));
    }
}
