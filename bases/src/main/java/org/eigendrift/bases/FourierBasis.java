package org.eigendrift.bases;

import org.eigendrift.api.Domain;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.basis.ProductTable;

/**
 * Brownian motion on the circle [0, P): pi = 1/P, a = 1, and with y = 2 pi x / P the functions 1, sqrt2 cos y,
 * sqrt2 sin y, sqrt2 cos 2y, sqrt2 sin 2y, ...; functions 2k - 1 and 2k have lambda = (2 pi k / P)^2.
 *
 * <p>Degree K means 2K + 1 functions; products need harmonics up to 2K.
 */
final class FourierBasis implements Eigenbasis {
    /** Beyond it the table of products takes seconds to build and rotations leave the 1e-12 that contracts ask for. */
    static final int LARGEST_DEGREE = 256;

    private static final double SQRT_HALF = Math.sqrt(0.5);

    private final Domain.Circle domain;
    private final int degree;
    private final double frequency;
    private final ProductTable products;

    FourierBasis(double period, int degree) {
        this.domain = new Domain.Circle(period);
        this.degree = degree;
        this.frequency = 2 * Math.PI / period;
        this.products = ProductTable.of(size(), tableSize(), 0, FourierBasis::coefficient);
    }

    /**
     * C[a,b,c] from cos j cos k = (cos(j-k) + cos(j+k)) / 2, sin j sin k = (cos(j-k) - cos(j+k)) / 2 and
     * sin j cos k = (sin(j+k) + sin(j-k)) / 2, where sqrt2 cos 0 counts as sqrt2 phi_0 and sin(-m) = -sin m.
     */
    static double coefficient(int a, int b, int c) {
        if (a == 0 || b == 0) {
            return c == a + b ? 1 : 0;
        }
        int j = harmonic(a);
        int k = harmonic(b);
        int m = harmonic(c);
        boolean odd = sine(a) != sine(b);
        if (odd != sine(c)) {
            return 0;
        }
        if (odd) {
            int difference = sine(a) ? j - k : k - j;
            double lower = m == Math.abs(difference) ? Math.signum(difference) : 0;
            return SQRT_HALF * ((m == j + k ? 1 : 0) + lower);
        }
        double lower = m == Math.abs(j - k) ? (m == 0 ? 1 : SQRT_HALF) : 0;
        double upper = m == j + k ? SQRT_HALF : 0;
        return sine(a) ? lower - upper : lower + upper;
    }

    private static int harmonic(int function) {
        return (function + 1) / 2;
    }

    private static boolean sine(int function) {
        return function > 0 && (function & 1) == 0;
    }

    @Override
    public Domain domain() {
        return domain;
    }

    @Override
    public int size() {
        return 2 * degree + 1;
    }

    @Override
    public int tableSize() {
        return 4 * degree + 1;
    }

    @Override
    public double eigenvalue(int k) {
        double wave = harmonic(k) * frequency;
        return wave * wave;
    }

    @Override
    public void values(int functions, double[] x, int from, int count, double[] values) {
        Trigonometric.harmonics(functions, frequency, x, from, count, values, null);
    }

    @Override
    public void valuesAndDerivatives(
            int functions, double[] x, int from, int count, double[] values, double[] derivatives) {
        Trigonometric.harmonics(functions, frequency, x, from, count, values, derivatives);
    }

    @Override
    public ProductTable products() {
        return products;
    }

    @Override
    public double logDensity(double x) {
        return domain.contains(x) ? -Math.log(domain.period()) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double logDensityDerivative(double x) {
        return 0;
    }

    @Override
    public double diffusion(double x) {
        return 1;
    }

    @Override
    public double drift(double x) {
        return 0;
    }

    @Override
    public double quantile(double u) {
        return Math.min(Math.nextDown(domain.period()), u * domain.period());
    }

    @Override
    public State state() {
        return State.EMPTY;
    }
}
