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
     * @param groups whether groups of the target count, or the normal law alone
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
        /** Bins that occur in the node, whose counts are not 0. */
        private final int[] present = new int[BINS];

        private int occurring;
        private int lastWidth;
        private final int[] scratch;
        private final double[] cellCounts;
        private final int[] cellGroup;

        Growing(Target target, int[] rows) {
            this.target = target;
            this.rows = rows;
            this.group = new int[rows.length];
            this.scratch = new int[rows.length];
            this.cellCounts = new double[target.size()];
            this.cellGroup = new int[target.size()];
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
            int groups = options.groups() ? groups(from, to) : 1;
            double mean = 0;
            for (int n = from; n < to; n++) {
                mean += target.scores()[rows[n]];
            }
            mean /= to - from;
            Split best = null;
            for (int p = 0; p < predictors.length; p++) {
                if (options.share() < 1 && random.uniform(at, p) > options.share()) {
                    continue;
                }
                tally(p, from, to, groups, mean);
                Split split = scan(p, to - from, groups);
                best = split != null && (best == null || split.gain() > best.gain()) ? split : best;
            }
            return best;
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
            for (int i = 0; i < occurring; i++) {
                Arrays.fill(counts, present[i] * lastWidth, (present[i] + 1) * lastWidth, 0);
            }
            occurring = 0;
            lastWidth = width;
            byte[] predictor = predictors[p];
            for (int n = from; n < to; n++) {
                int base = (predictor[rows[n]] & 0xFF) * width;
                if (counts[base + groups] == 0) {
                    present[occurring++] = predictor[rows[n]] & 0xFF;
                }
                double score = target.scores()[rows[n]] - mean;
                counts[base + group[n]]++;
                counts[base + groups]++;
                counts[base + groups + 1] += score;
                counts[base + groups + 2] += score * score;
            }
        }

        private Split scan(int p, int size, int groups) {
            int width = groups + 3;
            int[] order = order(p, width, groups);
            if (order.length < 2) {
                return null;
            }
            double[] all = new double[width];
            for (int b : order) {
                for (int g = 0; g < width; g++) {
                    all[g] += counts[b * width + g];
                }
            }
            double whole = entropy(all, null, groups);
            double[] left = new double[width];
            double best = options.worth();
            int cut = -1;
            for (int i = 0; i < order.length - 1; i++) {
                for (int g = 0; g < width; g++) {
                    left[g] += counts[order[i] * width + g];
                }
                if (left[groups] >= options.least() && size - left[groups] >= options.least()) {
                    double gain = gain(all, left, groups, whole);
                    cut = gain > best ? i : cut;
                    best = Math.max(best, gain);
                }
            }
            return cut < 0 ? null : split(p, order, cut, best);
        }

        private double gain(double[] all, double[] left, int groups, double whole) {
            double a = left[groups];
            double b = all[groups] - a;
            double gained = -1;
            if (groups > 1) {
                gained = entropy(left, null, groups) + entropy(all, left, groups) - whole - (groups - 1) / 2.0;
            }
            double total = all[groups + 2] - all[groups + 1] * all[groups + 1] / (a + b);
            double difference = left[groups + 1] / a - (all[groups + 1] - left[groups + 1]) / b;
            double within = total - difference * difference * a * b / (a + b);
            if (target.ordered() && total > 1e-12 * (a + b)) {
                double normal = -0.5 * (a + b) * Math.log(Math.max(within / total, 1e-9)) - 0.5;
                gained = Math.max(gained, normal);
                if (groups > 1 && Math.min(a, b) >= SPREAD) {
                    gained = Math.max(gained, widths(all, left, groups, total / (a + b)));
                }
            }
            return gained;
        }

        /** What two normal laws gain beyond chance, each of its own mean and variance. */
        private double widths(double[] all, double[] left, int groups, double variance) {
            double gained = -1;
            for (int side = 0; side < 2; side++) {
                double count = side == 0 ? left[groups] : all[groups] - left[groups];
                double sum = side == 0 ? left[groups + 1] : all[groups + 1] - left[groups + 1];
                double squares = side == 0 ? left[groups + 2] : all[groups + 2] - left[groups + 2];
                double own = (squares - sum * sum / count) / count;
                gained -= 0.5 * count * Math.log(Math.max(own / variance, 1e-3));
            }
            return gained;
        }

        /** Log-likelihood of groups by their own shares, of counts less others. */
        private double entropy(double[] of, double[] less, int groups) {
            double sum = 0;
            double total = 0;
            for (int g = 0; g < groups; g++) {
                double count = less == null ? of[g] : of[g] - less[g];
                total += count;
                sum += count > 0 ? count * Math.log(count) : 0;
            }
            return total > 0 ? sum - total * Math.log(total) : 0;
        }

        /** Levels that occur, those without an order by their mean score. */
        private int[] order(int p, int width, int groups) {
            int size = occurring;
            int[] order = Arrays.copyOf(present, size);
            Arrays.sort(order);
            if (nominal[p] && size > 2) {
                double[] keys = new double[BINS];
                for (int b : order) {
                    double key = target.ordered() ? counts[b * width + groups + 1] : counts[b * width];
                    keys[b] = key / counts[b * width + groups];
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

    /** A split, and what it gains beyond chance. */
    private record Split(int column, int cut, long set, double gain) {}
}
