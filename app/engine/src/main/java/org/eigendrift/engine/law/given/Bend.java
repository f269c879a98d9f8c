package org.eigendrift.engine.law.given;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.eigendrift.engine.likelihood.Gain;

/**
 * A rising function of one column, in which it is modelled: the column itself, its logarithm, or asinh((x - c) / k), which is straight near c and
 * logarithmic far from it (Johnson, Biometrika 36, 1949) and has a value for every number.
 *
 * @param shape which function
 * @param center c of the last
 * @param knee k of the last, above 0
 */
record Bend(Shape shape, double center, double knee) {
    /** Which function. */
    enum Shape {
        /** The column itself. */
        PLAIN,
        /** Its logarithm. */
        LOGARITHM,
        /** asinh((x - c) / k). */
        ASINH
    }

    static final Bend PLAIN = new Bend(Shape.PLAIN, 0, 1);
    static final Bend LOGARITHM = new Bend(Shape.LOGARITHM, 0, 1);

    /** Ranks of distances from the centre, as shares of those that are not 0, at which a knee is tried: from deep within the rows to their edge. */
    private static final double[] KNEES = {0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9};

    /** Of the least distance: asinh is the logarithm there to a four-hundredth. */
    private static final double LOGARITHMIC = 0.1;

    /** Nats a row that a normal law must gain: a bend that is hardly one is not worth a second fit. */
    private static final double WORTH = 0.05;

    static Bend asinh(double center, double knee) {
        return new Bend(Shape.ASINH, center, knee);
    }

    /**
     * The bend in which a column is nearest to a normal law.
     *
     * @param values of the column, at least two; not modified
     * @return the plain one unless another gains beyond the scatter
     */
    static Bend of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        boolean onOneSide = sorted[0] >= 0 || sorted[sorted.length - 1] <= 0;
        double center = onOneSide ? 0 : sorted[sorted.length / 2];
        double[] distances = Arrays.stream(values)
                .map(v -> Math.abs(v - center))
                .filter(d -> d > 0)
                .sorted()
                .toArray();
        Bend best = PLAIN;
        double[] plain = PLAIN.normal(values);
        double[] nats = plain;
        for (double knee : knees(distances)) {
            Bend bend = asinh(center, knee);
            double[] own = bend.normal(values);
            if (Gain.of(own, nats).mean() > 0) {
                best = bend;
                nats = own;
            }
        }
        Gain gain = Gain.of(nats, plain);
        return gain.counts() && gain.mean() > WORTH ? best : PLAIN;
    }

    /** The first is a logarithm for all rows, and some way below the least. */
    private static double[] knees(double[] distances) {
        return distances.length == 0
                ? distances
                : DoubleStream.concat(
                                DoubleStream.of(LOGARITHMIC * distances[0]),
                                Arrays.stream(KNEES).map(share -> distances[(int) (share * distances.length)]))
                        .toArray();
    }

    /** Log-densities of values under the normal law of their own images. */
    private double[] normal(double[] values) {
        double[] u = Arrays.stream(values).map(this::to).toArray();
        double mean = Arrays.stream(u).average().orElseThrow();
        double deviation = Math.sqrt(
                Arrays.stream(u).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
        double[] nats = new double[u.length];
        Arrays.setAll(nats, n -> {
            double z = (u[n] - mean) / deviation;
            return -0.5 * z * z - Math.log(deviation) - logSlope(u[n]);
        });
        return nats;
    }

    double to(double x) {
        return switch (shape) {
            case PLAIN -> x;
            case LOGARITHM -> Math.log(x);
            case ASINH -> asinh((x - center) / knee);
        };
    }

    double from(double u) {
        return switch (shape) {
            case PLAIN -> u;
            case LOGARITHM -> Math.exp(u);
            case ASINH -> center + knee * Math.sinh(u);
        };
    }

    /** The derivative of {@link #from}. */
    double slope(double u) {
        return switch (shape) {
            case PLAIN -> 1;
            case LOGARITHM -> Math.exp(u);
            case ASINH -> knee * Math.cosh(u);
        };
    }

    /** The logarithm of {@link #slope}, where that is beyond the range of numbers too. */
    double logSlope(double u) {
        return switch (shape) {
            case PLAIN -> 0;
            case LOGARITHM -> u;
            case ASINH -> Math.log(knee) + Math.abs(u) + Math.log1p(Math.exp(-2 * Math.abs(u))) - Math.log(2);
        };
    }

    private static double asinh(double z) {
        double a = Math.abs(z);
        return Math.copySign(a < Double.POSITIVE_INFINITY ? Math.log1p(a + a * (a / (1 + Math.hypot(1, a)))) : a, z);
    }
}
