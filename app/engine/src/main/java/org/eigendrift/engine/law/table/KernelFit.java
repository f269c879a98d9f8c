package org.eigendrift.engine.law.table;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.engine.kernel.LowerTriangle;
import org.eigendrift.engine.kernel.MatrixKernel;

/**
 * Fits kernels around rows. Their covariance is that of differences between near rows (Vincent and Bengio, "Manifold Parzen
 * windows", NIPS 15, 2003, of one covariance for all), their widths follow the distances of near rows (Abramson, Annals of Statistics
 * 10, 1982, in the nearest-neighbour form of Breiman, Meisel and Purcell, Technometrics 19, 1977), and centres are drawn together so
 * far that the covariance of kernels around rows is that of the rows (Silverman and Young, Biometrika 74, 1987). Where rows are few there
 * are kernels half way to near rows, too (as Chawla, Bowyer, Hall and Kegelmeyer, "SMOTE", Journal of Artificial Intelligence Research
 * 16, 2002, put rows on the lines between near ones).
 */
final class KernelFit {
    /** Differences to so many near rows give the covariance. */
    private static final int NEAR = 10;
    /** Kernels half way to other rows, at most; no more than for so many kernels in all. */
    private static final int HALFWAY = 3;

    private static final int MANY = 1_500;
    /** What so large a share of the rows has is no number between others, but one that stands for itself. */
    private static final double ATOM = 0.05;
    /** The distance to which near row gives the width. */
    private static final int NEIGHBOUR = 3;
    /** Widths beyond this factor are cut. */
    private static final double WIDEST = 8;

    /** Columns of so many cells, or fewer, are levels. */
    private static final int FEW = 12;
    /** Width of narrow kernels. */
    private static final double NARROWEST = 0.4;

    private static final double[] WIDTHS = {0.4, 0.55, 0.75, 1, 1.4, 2};
    private static final double[] SHRINKAGES = {0.001, 0.01, 0.03, 0.1, 0.3};
    private static final double[] BLURS = {0.02, 0.1, 0.3};
    /** Held-out rows that choose a shape, at most. */
    private static final int JUDGES = 300;
    /** Nats a column below which a row counts no more. */
    private static final double LEAST = 50;
    /** Kernels so many nats below another do not decide between shapes: 2,000 of them would count 4e-6. */
    private static final double LITTLE = 20;
    /** Steps of the iteration for a root, which converges quadratically. */
    private static final int STEPS = 30;

    private final Coded coded;
    private final Relation[] relations;
    private final int[][] cells;
    private final int rows;
    private final int[] numbers;
    private final int[][] levels;
    /** Those of the levels that are told, and what one that differs counts in the square of a distance. */
    private final int[][] told;

    private final double apart;
    private final double[][] scores;
    private final double[] mean;
    private final double[] spread;
    private final double[] local;
    /** Which scores are not known but filled, null if all are known. */
    private final boolean[][] gaps;

    /** Of each row those near it, the nearest first. */
    private final int[][] near;

    /**
     * What is chosen by held-out rows.
     *
     * @param width factor of the differences' standard deviations
     * @param shrinkage share of the diagonal in their covariance
     * @param blur share of any level
     */
    record Shape(double width, double shrinkage, double blur) {
        /** The shape whose part has the value beside its own, null beyond the last. */
        private Shape next(int part, int step) {
            double[] values = part == 0 ? WIDTHS : part == 1 ? SHRINKAGES : BLURS;
            double now = part == 0 ? width : part == 1 ? shrinkage : blur;
            int at = Arrays.binarySearch(values, now) + step;
            if (at < 0 || at >= values.length) {
                return null;
            }
            return new Shape(
                    part == 0 ? values[at] : width, part == 1 ? values[at] : shrinkage, part == 2 ? values[at] : blur);
        }
    }

    /**
     * Prepares fits.
     *
     * @param coded the columns
     * @param relations what columns before fix of each, null if nothing; shared
     * @param cells of each column the cells of the rows; shared
     */
    KernelFit(Coded coded, Relation[] relations, int[][] cells) {
        this.coded = coded;
        this.relations = relations;
        this.cells = cells;
        this.rows = cells[0].length;
        this.numbers = IntStream.range(0, coded.dim())
                .filter(j -> relations[j] == null && numeric(coded.scales()[j]))
                .toArray();
        this.levels = new int[coded.dim()][];
        for (int j = 0; j < levels.length; j++) {
            boolean number = numeric(coded.scales()[j]);
            int[] kinds = !number
                    ? cells[j]
                    : coded.scales()[j].hasGap()
                            ? Arrays.stream(cells[j]).map(c -> Math.min(1, c)).toArray()
                            : null;
            levels[j] = relations[j] == null ? kinds : null;
        }
        this.told = Arrays.stream(levels).filter(column -> column != null).toArray(int[][]::new);
        this.apart = 4.0 * Math.max(1, numbers.length) / Math.max(1, told.length);
        this.scores = new double[rows][numbers.length];
        for (int n = 0; n < rows; n++) {
            for (int k = 0; k < numbers.length; k++) {
                scores[n][k] = coded.scores(numbers[k])[cells[numbers[k]][n]];
            }
        }
        this.gaps = gaps();
        double[] filled = gaps == null ? null : fill();
        this.mean = mean();
        this.spread = filled == null ? covariance() : filled;
        int count = Math.min(NEAR, rows - 1);
        this.near = new int[rows][];
        Arrays.setAll(near, n -> nearest(distances(scores, n), n, count));
        this.local = gaps == null ? differences() : differencesOfKnown();
    }

    /** Whether a column has normal scores: an order, and more than a few cells, whose middles say little of scores within. */
    private static boolean numeric(CellScale scale) {
        return !scale.nominal() && scale.size() > FEW;
    }

    /** The shape that is best for held-out rows, one part after another, by steps to neighbouring values as long as they gain. */
    static Shape choose(List<KernelFit> fits, List<int[][]> heldout) {
        Shape best = new Shape(1, 0.1, 0.1);
        double most = score(best, fits, heldout);
        boolean blurred = fits.stream().anyMatch(fit -> fit.told.length > 0);
        for (int part : blurred ? new int[] {1, 0, 2} : new int[] {1, 0}) {
            boolean gained = false;
            for (int step = -1; step <= 1 && !gained; step += 2) {
                Shape next = best.next(part, step);
                while (next != null) {
                    double score = score(next, fits, heldout);
                    boolean better = score > most;
                    gained |= better;
                    best = better ? next : best;
                    most = Math.max(most, score);
                    next = better ? next.next(part, step) : null;
                }
            }
        }
        return best;
    }

    private static double score(Shape shape, List<KernelFit> fits, List<int[][]> heldout) {
        double sum = 0;
        for (int f = 0; f < fits.size(); f++) {
            int[][] rows = heldout.get(f);
            int[] first = IntStream.range(0, Math.min(JUDGES, rows[0].length)).toArray();
            for (double log : fits.get(f).fit(shape).logProbabilities(Coded.select(rows, first), LITTLE)) {
                // A row that no kernel reaches speaks against a shape, but not without end: there are other parts.
                sum += Math.max(log, -LEAST * rows.length);
            }
        }
        return sum;
    }

    private double[] covariance() {
        int p = numbers.length;
        double[] out = new double[p * p];
        for (double[] row : scores) {
            add(row, mean, 1.0 / rows, out);
        }
        return out;
    }

    private double[] mean() {
        double[] out = new double[numbers.length];
        for (double[] row : scores) {
            Arrays.setAll(out, k -> out[k] + row[k] / rows);
        }
        return out;
    }

    /** Adds the square of a difference to a lower triangle. */
    private static void add(double[] a, double[] b, double weight, double[] out) {
        int p = a.length;
        for (int i = 0; i < p; i++) {
            double scaled = weight * (a[i] - b[i]);
            for (int k = 0; k <= i; k++) {
                out[i * p + k] += scaled * (a[k] - b[k]);
            }
        }
    }

    /** Both triangles, shrunk towards the diagonal. */
    private static double[] shrunk(double[] lower, double share) {
        int p = (int) Math.round(Math.sqrt(lower.length));
        double[] out = new double[lower.length];
        for (int i = 0; i < p; i++) {
            for (int k = 0; k <= i; k++) {
                double value = i == k ? lower[i * p + i] + 1e-5 : (1 - share) * lower[i * p + k];
                out[i * p + k] = value;
                out[k * p + i] = value;
            }
        }
        return out;
    }

    /** Half the mean square of differences between a row and those near it, lower triangle. */
    private double[] differences() {
        double[] out = new double[numbers.length * numbers.length];
        for (int n = 0; n < rows; n++) {
            for (int m : near[n]) {
                add(scores[n], scores[m], 0.5 / rows / near[n].length, out);
            }
        }
        return out;
    }

    private boolean gap(int n, int k) {
        return coded.scales()[numbers[k]].hasGap() && cells[numbers[k]][n] == 0;
    }

    private boolean[][] gaps() {
        boolean[][] out = new boolean[rows][numbers.length];
        boolean any = false;
        for (int n = 0; n < rows; n++) {
            for (int k = 0; k < numbers.length; k++) {
                out[n][k] = gap(n, k);
                any |= out[n][k];
            }
        }
        return any ? out : null;
    }

    /** Fills scores of gaps with what is expected, and gives the covariance. */
    private double[] fill() {
        for (int n = 0; n < rows; n++) {
            for (int k = 0; k < numbers.length; k++) {
                scores[n][k] = gaps[n][k] ? Double.NaN : scores[n][k];
            }
        }
        return new GappedMoments(scores, false).covariance();
    }

    /** The same of rows of which some scores are not known. */
    private double[] differencesOfKnown() {
        double[][] all = new double[rows * near[0].length][];
        for (int n = 0, at = 0; n < rows; n++) {
            for (int m : near[n]) {
                double[] difference = new double[numbers.length];
                for (int k = 0; k < difference.length; k++) {
                    difference[k] =
                            gaps[n][k] || gaps[m][k] ? Double.NaN : (scores[n][k] - scores[m][k]) * Math.sqrt(0.5);
                }
                all[at++] = difference;
            }
        }
        return all.length == 0
                ? new double[numbers.length * numbers.length]
                : new GappedMoments(all, true).covariance();
    }

    /** Rows that kernels stand around: one alone, or with one near it, half way to it. */
    private int[][] pairs() {
        int halfway = numbers.length == 0 ? 0 : Math.min(Math.min(HALFWAY, MANY / rows), rows - 1);
        int[][] out = new int[rows * (1 + halfway)][];
        for (int n = 0; n < rows; n++) {
            out[n] = new int[] {n, n};
            for (int m = 0; m < halfway; m++) {
                out[rows * (m + 1) + n] = new int[] {n, near[n][m]};
            }
        }
        return out;
    }

    /** A score half way between those of two rows, as expected where there is a gap, that of the first where a value stands for itself. */
    private double halfway(int[] pair, int k) {
        double[] edges = coded.scales()[numbers[k]].edges();
        int[] column = cells[numbers[k]];
        for (int n : pair) {
            if (!gap(n, k) && edges[column[n] + 1] - edges[column[n]] > ATOM) {
                return scores[pair[0]][k];
            }
        }
        return (scores[pair[0]][k] + scores[pair[1]][k]) / 2;
    }

    private int[] nearest(double[] distances, int n, int count) {
        int[] best = new int[count];
        int size = 0;
        for (int m = 0; m < rows; m++) {
            if (m == n || size == count && distances[m] >= distances[best[count - 1]]) {
                continue;
            }
            int at = size < count ? size++ : count - 1;
            while (at > 0 && distances[best[at - 1]] > distances[m]) {
                best[at] = best[at - 1];
                at--;
            }
            best[at] = m;
        }
        return best;
    }

    private double[] distances(double[][] points, int n) {
        double[] out = new double[rows];
        Arrays.setAll(out, m -> distance(points, n, m));
        return out;
    }

    /** The square of a distance; that all levels differ counts like four for each number. */
    private double distance(double[][] points, int n, int m) {
        double[] a = points[n];
        double[] b = points[m];
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            double difference = a[k] - b[k];
            sum += difference * difference;
        }
        for (int[] column : told) {
            sum += column[n] != column[m] ? apart : 0;
        }
        return sum;
    }

    /** Whether narrow kernels are others than those of a shape. */
    boolean hasNarrow(Shape shape) {
        return numbers.length > 0 && shape.width > NARROWEST;
    }

    /** Kernels of a shape. */
    Kernels fit(Shape shape) {
        return fit(shape, 0);
    }

    /**
     * Kernels of a shape, of which a share is narrow.
     *
     * @param shape the shape of the others
     * @param narrow share of narrow ones, from 0 to 1
     */
    Kernels fit(Shape shape, double narrow) {
        int[][] pairs = pairs();
        double factor = Math.min(1, NARROWEST / shape.width);
        double[] scales =
                narrow == 0 ? new double[] {1} : narrow == 1 ? new double[] {factor} : new double[] {1, factor};
        int size = scales.length * pairs.length;
        double[] logs = new double[size];
        int[][] kinds = new int[levels.length][];
        for (int i = 0; i < size; i++) {
            double share = scales.length == 1 ? 1 : i < pairs.length ? 1 - narrow : narrow;
            logs[i] = Math.log(share / pairs.length);
        }
        for (int j = 0; j < levels.length; j++) {
            if (levels[j] != null) {
                int[] column = levels[j];
                kinds[j] = IntStream.range(0, size)
                        .map(i -> column[pairs[i % pairs.length][0]])
                        .toArray();
            }
        }
        int p = numbers.length;
        if (p == 0) {
            double[] ones = new double[size];
            Arrays.fill(ones, 1);
            return new Kernels(
                    coded, relations, numbers, new double[0], new double[size][0], ones, logs, kinds, shape.blur);
        }
        double[] root = factor(shrunk(spread, shape.shrinkage), p);
        double[] inverse = LowerTriangle.inverse(root, p);
        double[] noise = noise(shape, inverse);
        double[] own = sandwich(root, noise, p);
        LowerTriangle.factor(own, p);
        double[] lower = LowerTriangle.inverse(own, p);
        double[] widths = widths(whole(lower));
        double[][] centres = new double[size][];
        double[] factors = new double[size];
        for (int s = 0; s < scales.length; s++) {
            // In coordinates in which the rows are white centres have what kernels leave of the covariance.
            double[] rest = new double[p * p];
            for (int i = 0; i < rest.length; i++) {
                rest[i] = (i % (p + 1) == 0 ? 1 : 0) - scales[s] * scales[s] * noise[i];
            }
            double[] shrinking = product(product(lower, root, p), product(root(rest, p), inverse, p), p);
            for (int i = 0; i < pairs.length; i++) {
                centres[s * pairs.length + i] =
                        withoutGaps(pairs[i][0], centre(pairs[i], shrinking, lower), own, lower);
                factors[s * pairs.length + i] = scales[s] * widths[pairs[i][0]];
            }
        }
        return new Kernels(coded, relations, numbers, lower, centres, factors, logs, kinds, shape.blur);
    }

    /** A Cholesky factor with zeros above its diagonal. */
    private static double[] factor(double[] symmetric, int p) {
        LowerTriangle.factor(symmetric, p);
        for (int i = 0; i < p; i++) {
            Arrays.fill(symmetric, i * p + i + 1, (i + 1) * p, 0);
        }
        return symmetric;
    }

    /** The covariance of kernels in coordinates in which the rows are white: h^2 S (1 + h^2 S)^-1. */
    private double[] noise(Shape shape, double[] inverse) {
        int p = numbers.length;
        double[] white = sandwich(inverse, shrunk(local, shape.shrinkage), p);
        double[] sum = new double[p * p];
        for (int i = 0; i < sum.length; i++) {
            white[i] *= shape.width * shape.width;
            sum[i] = white[i] + (i % (p + 1) == 0 ? 1 : 0);
        }
        return product(white, LowerTriangle.inverseOfSymmetric(sum, p), p);
    }

    /** Rows' scores in units of the kernels. */
    private double[][] whole(double[] lower) {
        int p = numbers.length;
        double[][] out = new double[rows][p];
        for (int n = 0; n < rows; n++) {
            for (int i = 0; i < p; i++) {
                out[n][i] = MatrixKernel.dot(i + 1, lower, i * p, scores[n], 0);
            }
        }
        return out;
    }

    private double[] centre(int[] pair, double[] shrinking, double[] lower) {
        int p = numbers.length;
        double[] away = new double[p];
        Arrays.setAll(away, k -> halfway(pair, k) - mean[k]);
        double[] centre = new double[p];
        Arrays.setAll(
                centre,
                i -> MatrixKernel.dot(p, shrinking, i * p, away, 0) + MatrixKernel.dot(i + 1, lower, i * p, mean, 0));
        return centre;
    }

    /** A gap has the score 0, as in rows that are told: it is no sign of what stands behind it. */
    private double[] withoutGaps(int row, double[] centre, double[] own, double[] lower) {
        int p = numbers.length;
        if (gaps == null) {
            return centre;
        }
        double[] out = centre.clone();
        for (int k = 0; k < p; k++) {
            if (gaps[row][k]) {
                double score = MatrixKernel.dot(k + 1, own, k * p, centre, 0);
                for (int i = k; i < p; i++) {
                    out[i] -= lower[i * p + k] * score;
                }
            }
        }
        return out;
    }

    private double[] ones() {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Distances to a near row, in units of their geometric mean over rows with gaps, and over those without. */
    private double[] widths(double[][] points) {
        if (rows <= NEIGHBOUR) {
            return ones();
        }
        double[] distances = neighbours(points);
        double[] sorted = Arrays.stream(distances).filter(d -> d > 0).sorted().toArray();
        if (sorted.length == 0) {
            return ones();
        }
        double middle = sorted[sorted.length / 2];
        double[] cut = Arrays.stream(distances)
                .map(d -> Math.max(middle / WIDEST, Math.min(middle * WIDEST, d)))
                .toArray();
        // Rows with gaps lie closer, having fewer numbers that differ: they have a mean of their own.
        double[] means = new double[2];
        int[] counts = new int[2];
        for (int n = 0; n < rows; n++) {
            means[known(n)] += Math.log(cut[n]);
            counts[known(n)]++;
        }
        double[] out = new double[rows];
        Arrays.setAll(out, n -> cut[n] / Math.exp(means[known(n)] / counts[known(n)]));
        return out;
    }

    /** Distance of each row to that near it which gives its width. */
    private double[] neighbours(double[][] points) {
        double[][] least = new double[rows][NEIGHBOUR];
        for (int n = 0; n < rows; n++) {
            Arrays.fill(least[n], Double.POSITIVE_INFINITY);
            for (int m = 0; m < n; m++) {
                double distance = distance(points, n, m);
                insert(distance, least[n]);
                insert(distance, least[m]);
            }
        }
        return Arrays.stream(least)
                .mapToDouble(d -> Math.sqrt(d[NEIGHBOUR - 1]))
                .toArray();
    }

    private static void insert(double distance, double[] least) {
        int at = least.length - 1;
        if (distance < least[at]) {
            while (at > 0 && distance < least[at - 1]) {
                least[at] = least[at - 1];
                at--;
            }
            least[at] = distance;
        }
    }

    /** 1 where all numbers are known, 0 for a row with gaps. */
    private int known(int n) {
        return gaps == null || IntStream.range(0, numbers.length).noneMatch(k -> gaps[n][k]) ? 1 : 0;
    }

    private static double[] product(double[] a, double[] b, int p) {
        double[] out = new double[p * p];
        for (int i = 0; i < p; i++) {
            for (int q = 0; q < p; q++) {
                double factor = a[i * p + q];
                for (int k = 0; factor != 0 && k < p; k++) {
                    out[i * p + k] += factor * b[q * p + k];
                }
            }
        }
        return out;
    }

    /** A S A' of a lower triangle A, made symmetric to the last bit. */
    private static double[] sandwich(double[] lower, double[] s, int p) {
        double[] a = new double[p * p];
        double[] transposed = new double[p * p];
        for (int i = 0; i < p; i++) {
            for (int k = 0; k <= i; k++) {
                a[i * p + k] = lower[i * p + k];
                transposed[k * p + i] = lower[i * p + k];
            }
        }
        double[] out = product(product(a, s, p), transposed, p);
        for (int i = 0; i < p; i++) {
            for (int k = 0; k < i; k++) {
                double mean = (out[i * p + k] + out[k * p + i]) / 2;
                out[i * p + k] = mean;
                out[k * p + i] = mean;
            }
        }
        return out;
    }

    /** The symmetric root of a positive definite matrix (Denman and Beavers, Appl. Math. Comput. 2, 1976). */
    private static double[] root(double[] of, int p) {
        double[] y = of.clone();
        double[] z = new double[p * p];
        for (int i = 0; i < p; i++) {
            z[i * p + i] = 1;
        }
        for (int step = 0; step < STEPS; step++) {
            double[] yInverse = LowerTriangle.inverseOfSymmetric(y, p);
            double[] zInverse = LowerTriangle.inverseOfSymmetric(z, p);
            double change = 0;
            for (int i = 0; i < y.length; i++) {
                double next = (y[i] + zInverse[i]) / 2;
                change = Math.max(change, Math.abs(next - y[i]));
                z[i] = (z[i] + yInverse[i]) / 2;
                y[i] = next;
            }
            if (change < 1e-12) {
                break;
            }
        }
        return y;
    }
}
