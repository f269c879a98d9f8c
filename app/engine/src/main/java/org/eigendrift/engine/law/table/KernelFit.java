package org.eigendrift.engine.law.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.engine.kernel.LowerTriangle;

/**
 * Fits kernels around rows. Their covariance is that of differences between near rows (Vincent and Bengio, "Manifold Parzen
 * windows", NIPS 15, 2003, of one covariance for all), their widths follow the distances of near rows (Abramson, Annals of Statistics
 * 10, 1982, in the nearest-neighbour form of Breiman, Meisel and Purcell, Technometrics 19, 1977), and centres are drawn together so
 * far that the covariance of the mixture is that of the rows (Silverman and Young, Biometrika 74, 1987).
 */
final class KernelFit {
    /** Differences to so many near rows give the covariance. */
    private static final int NEAR = 10;
    /** The distance to which near row gives the width. */
    private static final int NEIGHBOUR = 3;
    /** Widths beyond this factor are cut. */
    private static final double WIDEST = 8;

    private static final double[] WIDTHS = {0.4, 0.55, 0.75, 1, 1.4, 2};
    private static final double[] SHRINKAGES = {0.001, 0.01, 0.03, 0.1, 0.3};
    private static final double[] BLURS = {0.02, 0.1, 0.3};
    /** Held-out rows that choose a shape, at most. */
    private static final int JUDGES = 300;
    /** Nats a column below which a row counts no more. */
    private static final double LEAST = 50;
    /** Steps of the iteration for a root, which converges quadratically. */
    private static final int STEPS = 30;

    private final Coded coded;
    private final Relation[] relations;
    private final int[][] cells;
    private final int rows;
    private final int[] numbers;
    private final int[][] levels;
    private final double[][] scores;
    private final double[] spread;
    private final double[] local;

    /**
     * What is chosen by held-out rows.
     *
     * @param width factor of the differences' standard deviations
     * @param shrinkage share of the diagonal in their covariance
     * @param blur share of any level
     */
    record Shape(double width, double shrinkage, double blur) {}

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
        this.scores = new double[rows][numbers.length];
        for (int n = 0; n < rows; n++) {
            for (int k = 0; k < numbers.length; k++) {
                scores[n][k] = coded.scores(numbers[k])[cells[numbers[k]][n]];
            }
        }
        this.spread = covariance();
        this.local = differences();
    }

    /** Whether a column has normal scores: an order, and more than a few cells. */
    static boolean numeric(CellScale scale) {
        return !scale.nominal() && scale.size() > 4;
    }

    /** The shape that is best for held-out rows, one part after another. */
    static Shape choose(List<KernelFit> fits, List<int[][]> heldout) {
        Shape best = new Shape(1, 0.1, 0.1);
        double most = score(best, fits, heldout);
        for (int part : new int[] {1, 0, 2}) {
            Shape start = best;
            for (Shape shape : others(start, part)) {
                double score = score(shape, fits, heldout);
                if (score > most) {
                    most = score;
                    best = shape;
                }
            }
        }
        return best;
    }

    private static List<Shape> others(Shape start, int part) {
        List<Shape> others = new ArrayList<>();
        for (double value : part == 0 ? WIDTHS : part == 1 ? SHRINKAGES : BLURS) {
            Shape shape = new Shape(
                    part == 0 ? value : start.width,
                    part == 1 ? value : start.shrinkage,
                    part == 2 ? value : start.blur);
            if (!shape.equals(start)) {
                others.add(shape);
            }
        }
        return others;
    }

    private static double score(Shape shape, List<KernelFit> fits, List<int[][]> heldout) {
        double sum = 0;
        for (int f = 0; f < fits.size(); f++) {
            int[][] rows = heldout.get(f);
            int[] first = IntStream.range(0, Math.min(JUDGES, rows[0].length)).toArray();
            for (double log : fits.get(f).fit(shape).logProbabilities(Coded.select(rows, first))) {
                // A row that no kernel reaches speaks against a shape, but not without end: there are other parts.
                sum += Math.max(log, -LEAST * rows.length);
            }
        }
        return sum;
    }

    private double[] covariance() {
        int p = numbers.length;
        double[] mean = mean();
        double[] out = new double[p * p];
        for (double[] row : scores) {
            add(row, mean, 1.0 / rows, out);
        }
        return out;
    }

    private double[] mean() {
        double[] mean = new double[numbers.length];
        for (double[] row : scores) {
            Arrays.setAll(mean, k -> mean[k] + row[k] / rows);
        }
        return mean;
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
        int near = Math.min(NEAR, rows - 1);
        for (int n = 0; n < rows; n++) {
            for (int m : nearest(distances(scores, n), n, near)) {
                add(scores[n], scores[m], 0.5 / rows / near, out);
            }
        }
        return out;
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

    /** Squares of distances; that all levels differ counts like four for each number. */
    private double[] distances(double[][] points, int n) {
        int p = numbers.length;
        long count = Arrays.stream(levels).filter(column -> column != null).count();
        double other = 4.0 * Math.max(1, p) / Math.max(1, count);
        double[] out = new double[rows];
        for (int m = 0; m < rows; m++) {
            double sum = 0;
            for (int k = 0; k < p; k++) {
                double difference = points[n][k] - points[m][k];
                sum += difference * difference;
            }
            for (int[] column : levels) {
                sum += column != null && column[n] != column[m] ? other : 0;
            }
            out[m] = sum;
        }
        return out;
    }

    /** Kernels of a shape. */
    Kernels fit(Shape shape) {
        int p = numbers.length;
        if (p == 0) {
            return new Kernels(
                    coded, relations, numbers, new double[0], new double[rows][0], ones(), levels, shape.blur);
        }
        double[] root = shrunk(spread, shape.shrinkage);
        LowerTriangle.factor(root, p);
        double[] inverse = LowerTriangle.inverse(root, p);
        double[] near = shrunk(local, shape.shrinkage);
        // In coordinates in which the rows are white: kernels h^2 S (1 + h^2 S)^-1, centres times (1 + h^2 S)^-1/2.
        double[] white = sandwich(inverse, near, p);
        double[] sum = white.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] = shape.width * shape.width * white[i] + (i % (p + 1) == 0 ? 1 : 0);
        }
        double[] drawn = LowerTriangle.inverseOfSymmetric(sum, p);
        double[] noise = new double[p * p];
        for (int i = 0; i < p; i++) {
            for (int k = 0; k < p; k++) {
                for (int q = 0; q < p; q++) {
                    noise[i * p + k] += shape.width * shape.width * white[i * p + q] * drawn[q * p + k];
                }
            }
        }
        double[] own = sandwich(root, noise, p);
        LowerTriangle.factor(own, p);
        double[] lower = LowerTriangle.inverse(own, p);
        double[] shrinking = product(product(lower, root, p), product(root(drawn, p), inverse, p), p);
        double[] mean = mean();
        double[][] centres = new double[rows][p];
        double[][] whole = new double[rows][p];
        for (int n = 0; n < rows; n++) {
            for (int i = 0; i < p; i++) {
                for (int k = 0; k < p; k++) {
                    centres[n][i] += shrinking[i * p + k] * (scores[n][k] - mean[k]);
                    whole[n][i] += k <= i ? lower[i * p + k] * scores[n][k] : 0;
                }
                for (int k = 0; k <= i; k++) {
                    centres[n][i] += lower[i * p + k] * mean[k];
                }
            }
        }
        return new Kernels(coded, relations, numbers, lower, centres, widths(whole), levels, shape.blur);
    }

    private double[] ones() {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Distances to a near row, in units of their geometric mean. */
    private double[] widths(double[][] points) {
        if (rows <= NEIGHBOUR) {
            return ones();
        }
        double[] distances = new double[rows];
        for (int n = 0; n < rows; n++) {
            double[] others = distances(points, n);
            distances[n] = Math.sqrt(others[nearest(others, n, NEIGHBOUR)[NEIGHBOUR - 1]]);
        }
        double[] sorted = Arrays.stream(distances).filter(d -> d > 0).sorted().toArray();
        if (sorted.length == 0) {
            return ones();
        }
        double middle = sorted[sorted.length / 2];
        double mean = Arrays.stream(distances)
                        .map(d -> Math.log(Math.max(middle / WIDEST, Math.min(middle * WIDEST, d))))
                        .sum()
                / rows;
        return Arrays.stream(distances)
                .map(d -> Math.max(middle / WIDEST, Math.min(middle * WIDEST, d)) / Math.exp(mean))
                .toArray();
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
