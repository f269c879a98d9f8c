package org.eigendrift.engine.law.given;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.LawWriter;
import org.eigendrift.engine.kernel.LowerTriangle;
import org.eigendrift.engine.likelihood.Stored;

/**
 * What lies near one observation of the given columns, in deviations of the rows after what columns share is taken out (Mahalanobis's
 * distance). Immutable, thread-safe.
 *
 * @param observation of the given columns, in their own units; shared
 * @param whitening lower triangle that takes differences to independent ones of deviation 1, row-major; shared
 * @param radius distance of the furthest row that counts as near, at least 0
 * @param rows how many rows count as near
 */
record Vicinity(double[] observation, double[] whitening, double radius, int rows) {
    /** Share of a deviation that columns have of their own, where others determine them. */
    private static final double OWN = 1e-6;

    private static final String NEAR = "near";
    private static final String WHITENING = "near.whitening";
    private static final String RADIUS = "near.radius";
    private static final String ROWS = "near.rows";

    /** Around an observation as far as all of some rows reach. */
    static Vicinity of(double[] observation, double[][] b) {
        int width = observation.length;
        Scaling units = Scaling.of(b, width);
        double[][] scaled = units.to(b);
        double[] covariance = new double[width * width];
        for (double[] row : scaled) {
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    covariance[i * width + j] += row[i] * row[j] / b.length;
                }
            }
        }
        for (int i = 0; i < width; i++) {
            covariance[i * width + i] += OWN;
        }
        LowerTriangle.factor(covariance, width);
        double[] whitening = LowerTriangle.inverse(covariance, width);
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < width; j++) {
                whitening[i * width + j] /= units.scale()[j];
            }
        }
        Vicinity open = new Vicinity(observation, whitening, Double.POSITIVE_INFINITY, b.length);
        return new Vicinity(
                observation,
                whitening,
                Arrays.stream(b).mapToDouble(open::distance).max().orElseThrow(),
                b.length);
    }

    double distance(double[] b) {
        return length(b, observation);
    }

    private double length(double[] b, double[] from) {
        int width = from.length;
        double squares = 0;
        for (int i = 0; i < width; i++) {
            double sum = 0;
            for (int j = 0; j <= i; j++) {
                sum += whitening[i * width + j] * (b[j] - from[j]);
            }
            squares += sum * sum;
        }
        return Math.sqrt(squares);
    }

    boolean holds(double[] b) {
        return distance(b) <= radius;
    }

    /** Rows in the order of their distance, those as far as each other in that of their numbers. */
    int[] order(double[][] b) {
        double[] distances = Arrays.stream(b).mapToDouble(this::distance).toArray();
        return IntStream.range(0, b.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(n -> distances[n]).thenComparing(n -> n))
                .mapToInt(n -> n)
                .toArray();
    }

    /** As far as the first of some ordered rows reach. */
    Vicinity of(double[][] b, int[] order, int first) {
        return new Vicinity(observation, whitening, distance(b[order[first - 1]]), first);
    }

    /** Share of rows that are further from their mean than the observation is. */
    double further(double[][] b) {
        double[] mean = Scaling.of(b, observation.length).center();
        double own = distance(mean);
        return (double) Arrays.stream(b).filter(row -> length(row, mean) > own).count() / b.length;
    }

    /** The observation, for a reader. */
    String words(List<String> names) {
        return IntStream.range(0, observation.length)
                .mapToObj(i -> names.get(i) + " = " + observation[i])
                .collect(Collectors.joining(", "));
    }

    void write(LawWriter out) {
        out.doubles(NEAR, observation);
        out.doubles(WHITENING, whitening);
        out.doubles(RADIUS, new double[] {radius});
        out.ints(ROWS, new int[] {rows});
    }

    static boolean isIn(LawReader in) {
        return in.has(NEAR);
    }

    /** What {@link #write} wrote. */
    static Vicinity read(LawReader in, int width) {
        double[] radius = Stored.numbers(in, RADIUS, 1);
        int[] rows = in.ints(ROWS);
        if (radius[0] < 0 || rows.length != 1 || rows[0] < 1) {
            throw Stored.damaged(NEAR, "reaches as far as " + radius[0] + ", with " + Arrays.toString(rows) + " rows");
        }
        return new Vicinity(
                Stored.numbers(in, NEAR, width), Stored.numbers(in, WHITENING, width * width), radius[0], rows[0]);
    }
}
