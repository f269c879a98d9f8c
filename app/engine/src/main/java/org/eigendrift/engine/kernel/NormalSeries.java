package org.eigendrift.engine.kernel;

import org.apache.commons.numbers.gamma.Erfc;

/**
 * The standard normal law below a number by Taylor's series around the nearest of 64 places a unit. Its derivatives are Hermite
 * polynomials times the density (Abramowitz and Stegun, 26.2.31), and within 1/128 of a place the terms after the eleventh are below
 * 10^-15 of the sum (from -30, below 10^-16).
 */
final class NormalSeries {
    /** The series reach down to this. */
    static final double LEAST = -37;

    private static final int PLACES = 64;
    private static final int TERMS = 12;
    private static final double ROOT = Math.sqrt(2);
    /** What the root of 2 is more than the nearest number of 53 bits. */
    private static final double ROOT_REST = -9.667293313452913e-17;

    private static final double[] SERIES = series();

    private NormalSeries() {}

    /** The share below a number from -37 to 0. */
    static double below(double x) {
        int place = (int) (0.5 - x * PLACES);
        double d = x + (double) place / PLACES;
        double square = d * d;
        double[] s = SERIES;
        int at = place * TERMS;
        double even = s[at + 8] + square * s[at + 10];
        double odd = s[at + 9] + square * s[at + 11];
        even = s[at + 6] + square * even;
        odd = s[at + 7] + square * odd;
        even = s[at + 4] + square * even;
        odd = s[at + 5] + square * odd;
        even = s[at + 2] + square * even;
        odd = s[at + 3] + square * odd;
        return s[at] + square * even + d * (s[at + 1] + square * odd);
    }

    private static double[] series() {
        int places = (int) (-LEAST * PLACES) + 1;
        double[] out = new double[places * TERMS];
        for (int place = 0; place < places; place++) {
            double x = (double) place / PLACES;
            double density = Normal.density(x);
            out[place * TERMS] = below(x, density);
            double last = 0;
            double hermite = 1;
            double factorial = 1;
            for (int n = 1; n < TERMS; n++) {
                factorial *= n;
                out[place * TERMS + n] = density * hermite / factorial;
                double next = x * hermite - (n - 1) * last;
                last = hermite;
                hermite = next;
            }
        }
        return out;
    }

    /** The share below -x. That x over the root of 2 is rounded would count up to 10^-13 of it. */
    private static double below(double x, double density) {
        double y = x / ROOT;
        double more = Math.fma(y, ROOT, -x) + y * ROOT_REST;
        return 0.5 * Erfc.value(y) + more * density;
    }
}
