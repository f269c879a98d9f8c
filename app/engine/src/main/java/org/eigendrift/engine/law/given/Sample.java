package org.eigendrift.engine.law.given;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rows of modelled and given columns, and how much each counts.
 *
 * @param a of the modelled columns; shared
 * @param b of the given columns; shared
 * @param weights at least 0, of a sum that is the rows' effective number; shared
 */
record Sample(double[][] a, double[][] b, double[] weights) {

    /** Rows that count alike. */
    static Sample of(double[][] a, double[][] b) {
        double[] ones = new double[a.length];
        Arrays.fill(ones, 1);
        return new Sample(a, b, ones);
    }

    /** Rows that count as the exponentials of some logarithms and a shift. */
    static Sample of(double[][] a, double[][] b, double[] logs, double shift) {
        return new Sample(
                a, b, Arrays.stream(logs).map(log -> Math.exp(log + shift)).toArray());
    }

    /** The shift of logarithms w by which rows count as their effective number (sum e^w)^2 / sum e^2w (Kish). */
    static double shift(double[] logs) {
        double largest = Arrays.stream(logs).max().orElse(0);
        double sum = Arrays.stream(logs).map(log -> Math.exp(log - largest)).sum();
        double squares =
                Arrays.stream(logs).map(log -> Math.exp(2 * (log - largest))).sum();
        return Math.log(sum / squares) - largest;
    }

    int size() {
        return a.length;
    }

    double effective() {
        return Arrays.stream(weights).sum();
    }

    Sample select(int[] rows) {
        return new Sample(select(a, rows), select(b, rows), Gaussians.pick(weights, rows));
    }

    private static double[][] select(double[][] all, int[] rows) {
        return Arrays.stream(rows).mapToObj(n -> all[n]).toArray(double[][]::new);
    }

    Sample in(Scaling modelled, Known known) {
        return new Sample(modelled.to(a), known.to(b), weights);
    }

    /** What is given and what is modelled change places; rows count alike, whatever law the latter were drawn from. */
    Sample inverse() {
        return of(b, a);
    }

    /** The numbers of at most so many of some rows, evenly spaced. */
    static int[] evenly(int size, int most) {
        int count = Math.min(most, size);
        return IntStream.range(0, count)
                .map(n -> (int) ((long) n * size / count))
                .toArray();
    }

    /** Some rows, each as often as it counts, by systematic resampling: those that count 1 once. */
    int[] representative(int[] rows) {
        double below = 0;
        IntStream.Builder out = IntStream.builder();
        for (int n : rows) {
            long from = (long) Math.floor(below + 0.5);
            below += weights[n];
            for (long more = (long) Math.floor(below + 0.5) - from; more > 0; more--) {
                out.add(n);
            }
        }
        return out.build().toArray();
    }
}
