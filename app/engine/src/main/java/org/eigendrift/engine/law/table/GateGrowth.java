package org.eigendrift.engine.law.table;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;

/**
 * Grows gates greedily. A split is worth the log-likelihood that it gains on the rows at hand less what it would gain by chance:
 * of the node's own quantile groups of the target (so that a node is told apart as finely as it is narrow), or of a normal
 * target, whichever is more.
 */
final class GateGrowth {
    private static final int GROUPS = 8;
    private static final int BINS = 256;
    /** Rows on each side of a split from which their variances are told apart: of fewer they differ by chance. */
    private static final int SPREAD = 20;

    private final byte[][] predictors;
    private final boolean[] nominal;
    private final Options options;
    private final CounterRandom random;

    /**
     * How to grow.
     *
     * @param least rows of a leaf, at least 1
     * @param worth nats that a split has to gain beyond chance
     * @param share of the predictors that are looked at in a node, above 0, at most 1
     * @param depth of the tree, at most
     * @param groups whether groups of the target count, or its mean alone under a normal law, as in regression
     */
    record Options(int least, double worth, double share, int depth, boolean groups) {}

    /**
     * Prepares growth.
     *
     * @param predictors for each column the bins of all rows, unsigned; below 64 where there is no order; not modified
     * @param nominal which have no order
     * @param options how to grow
     * @param random chooses predictors
     */
    GateGrowth(byte[][] predictors, boolean[] nominal, Options options, CounterRandom random) {
        this.predictors = predictors;
        this.nominal = nominal;
        this.options = options;
        this.random = random;
    }

    /**
     * What is to be told apart.
     *
     * @param cells a cell of each row
     * @param size how many cells
     * @param scores a number of each row
     * @param ordered whether cells have an order
     */
    record Target(int[] cells, int size, double[] scores, boolean ordered) {}

    /**
     * Grows a gate.
     *
     * @param target what is to be told apart
     * @param rows the rows to grow from; their order is changed
     * @return the gate
     */
    Gate grow(Target target, int[] rows) {
        return new Growing(target, rows).run();
    }

    /** One tree while it grows. */
    private final class Growing {
        private final Target target;
        private final int[] rows;
        private int[] column = new int[64];
        private int[] cuts = new int[64];
        private long[] sets = new long[64];
        private int[] children = new int[64];
        private int nodes = 1;
        private final int[] group;
        private final double[] counts = new double[BINS * (GROUPS + 3)];
        /** Bins that occur in the node, whose counts are not 0, ascending, and the same as bits. */
        private final int[] present = new int[BINS];

        private final long[] occurs = new long[BINS / Long.SIZE];

        private int occurring;
        private int lastWidth;
        private final int[] scratch;
        /** Of the rows of a node, from its mean. */
        private final double[] deviations;

        private final double[] cellCounts;
        private final int[] cellGroup;
        /** n log n of each count of rows. */
        private final double[] logs;

        Growing(Target target, int[] rows) {
            this.target = target;
            this.rows = rows;
            this.group = new int[rows.length];
            this.scratch = new int[rows.length];
            this.deviations = new double[rows.length];
            this.cellCounts = new double[target.size()];
            this.cellGroup = new int[target.size()];
            this.logs = new double[rows.length + 1];
            for (int n = 2; n < logs.length; n++) {
                logs[n] = n * Math.log(n);
            }
        }

        Gate run() {
            node(0, 0, rows.length, 0);
            return new Gate(
                    Arrays.copyOf(column, nodes),
                    Arrays.copyOf(cuts, nodes),
                    Arrays.copyOf(sets, nodes),
                    Arrays.copyOf(children, nodes));
        }

        private void node(int at, int from, int to, int depth) {
            column[at] = -1;
            if (to - from < 2 * options.least() || depth >= options.depth()) {
                return;
            }
            Split best = best(at, from, to);
            if (best == null) {
                return;
            }
            int middle = partition(best, from, to);
            if (nodes + 2 > column.length) {
                column = Arrays.copyOf(column, 2 * nodes + 2);
                cuts = Arrays.copyOf(cuts, 2 * nodes + 2);
                sets = Arrays.copyOf(sets, 2 * nodes + 2);
                children = Arrays.copyOf(children, 2 * nodes + 2);
            }
            int left = nodes;
            nodes += 2;
            column[at] = best.column();
            cuts[at] = best.cut();
            sets[at] = best.set();
            children[at] = left;
            node(left, from, middle, depth + 1);
            node(left + 1, middle, to, depth + 1);
        }

        private int partition(Split split, int from, int to) {
            byte[] predictor = predictors[split.column()];
            int left = from;
            int right = 0;
            for (int n = from; n < to; n++) {
                if (Gate.left(split.cut(), split.set(), predictor[rows[n]])) {
                    rows[left++] = rows[n];
                } else {
                    scratch[right++] = rows[n];
                }
            }
            System.arraycopy(scratch, 0, rows, left, right);
            return left;
        }

        private Split best(int at, int from, int to) {
            double mean = 0;
            for (int n = from; n < to; n++) {
                mean += target.scores()[rows[n]];
            }
            mean /= to - from;
            return options.groups() ? told(at, from, to, mean) : means(at, from, to, mean);
        }

        private boolean looksAt(int at, int p) {
            return options.share() >= 1 || random.uniform(at, p) <= options.share();
        }

        private Split told(int at, int from, int to, double mean) {
            int groups = groups(from, to);
            Split best = null;
            for (int p = 0; p < predictors.length; p++) {
                if (looksAt(at, p)) {
                    tally(p, from, to, groups, mean);
                    Split split = scan(p, to - from, groups);
                    best = split != null && (best == null || split.gain() > best.gain()) ? split : best;
                }
            }
            return best;
        }

        /**
         * Of means alone: the split with the most variance between its sides, if a normal law gains what it has to. A gain of g nats, half a
         * nat being chance, leaves within the sides a share exp(-2 (g + 1/2) / n) of the squares.
         */
        private Split means(int at, int from, int to, double mean) {
            double squares = 0;
            for (int n = from; n < to; n++) {
                deviations[n] = target.scores()[rows[n]] - mean;
                squares += deviations[n] * deviations[n];
            }
            if (squares <= 1e-12 * (to - from)) {
                return null;
            }
            double least = -squares * Math.expm1(-(2 * options.worth() + 1) / (to - from));
            Split best = null;
            for (int p = 0; p < predictors.length; p++) {
                if (looksAt(at, p)) {
                    sum(p, from, to);
                    Split split = between(p, to - from, best == null ? least : best.gain());
                    best = split == null ? best : split;
                }
            }
            return best;
        }

        /** Rows and sums of deviations by level of the predictor. */
        private void sum(int p, int from, int to) {
            clear(2);
            byte[] predictor = predictors[p];
            for (int n = from; n < to; n++) {
                int bin = predictor[rows[n]] & 0xFF;
                occurs[bin / Long.SIZE] |= 1L << bin;
                counts[2 * bin]++;
                counts[2 * bin + 1] += deviations[n];
            }
            gather();
        }

        /** The split with the most squares between its sides, null if there are none more than so many; deviations sum to 0. */
        private Split between(int p, int size, double least) {
            if (occurring < 2) {
                return null;
            }
            int[] order = order(p, 2, 1, 0);
            double best = least;
            int cut = -1;
            double a = 0;
            double sum = 0;
            for (int i = 0; i < occurring - 1; i++) {
                a += counts[2 * order[i]];
                sum += counts[2 * order[i] + 1];
                double b = size - a;
                if (a >= options.least() && b >= options.least() && sum * sum * size > best * a * b) {
                    best = sum * sum * size / (a * b);
                    cut = i;
                }
            }
            return cut < 0 ? null : split(p, order, cut, best);
        }

        /** Groups of about equally many rows of the node; of levels without an order the most frequent ones and the rest. */
        private int groups(int from, int to) {
            Arrays.fill(cellCounts, 0);
            for (int n = from; n < to; n++) {
                cellCounts[target.cells()[rows[n]]]++;
            }
            int groups = target.ordered() ? ordered(to - from) : frequent();
            for (int n = from; n < to; n++) {
                group[n] = cellGroup[target.cells()[rows[n]]];
            }
            return groups;
        }

        private int ordered(int size) {
            double sum = 0;
            int groups = 0;
            double begun = 0;
            for (int c = 0; c < cellCounts.length; c++) {
                if (cellCounts[c] > 0) {
                    boolean next = sum > begun && (sum + cellCounts[c] / 2 - begun) * (GROUPS - groups) >= size - begun;
                    if (next && groups < GROUPS - 1) {
                        groups++;
                        begun = sum;
                    }
                    sum += cellCounts[c];
                }
                cellGroup[c] = groups;
            }
            return groups + 1;
        }

        private int frequent() {
            Arrays.fill(cellGroup, -1);
            int groups = 0;
            while (groups < GROUPS - 1) {
                int most = -1;
                for (int c = 0; c < cellCounts.length; c++) {
                    if (cellGroup[c] < 0 && cellCounts[c] > 0 && (most < 0 || cellCounts[c] > cellCounts[most])) {
                        most = c;
                    }
                }
                if (most < 0) {
                    return Math.max(1, groups);
                }
                cellGroup[most] = groups++;
            }
            boolean rest = false;
            for (int c = 0; c < cellCounts.length; c++) {
                rest |= cellGroup[c] < 0 && cellCounts[c] > 0;
                cellGroup[c] = cellGroup[c] < 0 ? groups : cellGroup[c];
            }
            return rest ? groups + 1 : groups;
        }

        /** Counts by level of the predictor: rows of each group, then all, sums and squares of scores. */
        private void tally(int p, int from, int to, int groups, double mean) {
            int width = groups + 3;
            clear(width);
            byte[] predictor = predictors[p];
            for (int n = from; n < to; n++) {
                int bin = predictor[rows[n]] & 0xFF;
                occurs[bin / Long.SIZE] |= 1L << bin;
                int base = bin * width;
                double score = target.scores()[rows[n]] - mean;
                counts[base + group[n]]++;
                counts[base + groups]++;
                counts[base + groups + 1] += score;
                counts[base + groups + 2] += score * score;
            }
            gather();
        }

        private void clear(int width) {
            for (int i = 0; i < occurring; i++) {
                Arrays.fill(counts, present[i] * lastWidth, (present[i] + 1) * lastWidth, 0);
            }
            lastWidth = width;
        }

        private void gather() {
            occurring = 0;
            for (int word = 0; word < occurs.length; word++) {
                for (long bits = occurs[word]; bits != 0; bits &= bits - 1) {
                    present[occurring++] = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                }
                occurs[word] = 0;
            }
        }

        private Split scan(int p, int size, int groups) {
            if (occurring < 2) {
                return null;
            }
            int width = groups + 3;
            int[] order = order(p, width, target.ordered() ? groups + 1 : 0, groups);
            double[] all = new double[width];
            for (int i = 0; i < occurring; i++) {
                for (int g = 0; g < width; g++) {
                    all[g] += counts[order[i] * width + g];
                }
            }
            double whole = entropy(all, null, groups);
            double[] left = new double[width];
            double best = options.worth();
            int cut = -1;
            for (int i = 0; i < occurring - 1; i++) {
                for (int g = 0; g < width; g++) {
                    left[g] += counts[order[i] * width + g];
                }
                if (left[groups] >= options.least() && size - left[groups] >= options.least()) {
                    double gain = gain(all, left, groups, whole, best);
                    cut = gain > best ? i : cut;
                    best = Math.max(best, gain);
                }
            }
            return cut < 0 ? null : split(p, order, cut, best);
        }

        /** What a split gains beyond chance, or anything no larger than what another one gains. */
        private double gain(double[] all, double[] left, int groups, double whole, double other) {
            double a = left[groups];
            double b = all[groups] - a;
            double gained = -1;
            if (groups > 1) {
                gained = entropy(left, null, groups) + entropy(all, left, groups) - whole - (groups - 1) / 2.0;
            }
            if (!target.ordered()) {
                return gained;
            }
            double total = all[groups + 2] - all[groups + 1] * all[groups + 1] / (a + b);
            double difference = left[groups + 1] / a - (all[groups + 1] - left[groups + 1]) / b;
            double within = total - difference * difference * a * b / (a + b);
            if (total > 1e-12 * (a + b)) {
                double share = Math.max(within / total, 1e-9);
                if (most(a + b, share) - 0.5 > other) {
                    gained = Math.max(gained, -0.5 * (a + b) * Math.log(share) - 0.5);
                }
                if (groups > 1 && Math.min(a, b) >= SPREAD) {
                    gained = Math.max(gained, widths(all, left, groups, total / (a + b), other));
                }
            }
            return gained;
        }

        /** No less than the gain of a variance that falls to a share of it, by log x >= 1 - 1/x. */
        private static double most(double rows, double share) {
            return 0.5 * rows * (1 / share - 1);
        }

        /** What two normal laws gain beyond chance, each of its own mean and variance. */
        private double widths(double[] all, double[] left, int groups, double variance, double other) {
            double a = left[groups];
            double b = all[groups] - a;
            double one = width(a, left[groups + 1], left[groups + 2]) / variance;
            double two = width(b, all[groups + 1] - left[groups + 1], all[groups + 2] - left[groups + 2]) / variance;
            one = Math.max(one, 1e-3);
            two = Math.max(two, 1e-3);
            return most(a, one) + most(b, two) - 1 > other
                    ? -1 - 0.5 * a * Math.log(one) - 0.5 * b * Math.log(two)
                    : -1;
        }

        private static double width(double count, double sum, double squares) {
            return (squares - sum * sum / count) / count;
        }

        /** Log-likelihood of groups by their own shares, of counts less others. */
        private double entropy(double[] of, double[] less, int groups) {
            double sum = 0;
            double total = 0;
            for (int g = 0; g < groups; g++) {
                double count = less == null ? of[g] : of[g] - less[g];
                total += count;
                sum += logs[(int) count];
            }
            return sum - logs[(int) total];
        }

        /** Levels that occur, those without an order by the mean of a sum over their counts; shared. */
        private int[] order(int p, int width, int key, int count) {
            int size = occurring;
            int[] order = present;
            if (nominal[p] && size > 2) {
                order = Arrays.copyOf(present, size);
                double[] keys = new double[BINS];
                for (int b : order) {
                    keys[b] = counts[b * width + key] / counts[b * width + count];
                }
                for (int i = 1; i < size; i++) {
                    for (int k = i; k > 0 && keys[order[k]] < keys[order[k - 1]]; k--) {
                        int swap = order[k];
                        order[k] = order[k - 1];
                        order[k - 1] = swap;
                    }
                }
            }
            return order;
        }

        private Split split(int p, int[] order, int last, double gain) {
            if (!nominal[p]) {
                return new Split(p, order[last], 0, gain);
            }
            long set = 0;
            for (int i = 0; i <= last; i++) {
                set |= 1L << order[i];
            }
            return new Split(p, -1, set, gain);
        }
    }

    /** A split, and what it gains beyond chance, or its squares between means. */
    private record Split(int column, int cut, long set, double gain) {}
}
