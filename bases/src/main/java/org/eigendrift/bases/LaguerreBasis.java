package org.eigendrift.bases;

import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.eigendrift.api.Domain;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.basis.ProductTable;
import org.eigendrift.bases.numeric.Inversion;
import org.eigendrift.bases.numeric.OrthonormalPolynomials;

/**
 * The Cox-Ingersoll-Ross process on the half-line: pi the Gamma law of shape p + 1 and scale s, a = s x, phi_k the
 * Laguerre polynomials L_k^(p)(x / s), orthonormal and with positive leading coefficients, lambda_k = k. The drift is
 * s (p + 1) - x.
 */
final class LaguerreBasis implements Eigenbasis {
    /** The largest coefficient of a product is 1e59 there for shape 1/2; it grows by nearly a digit a degree. */
    static final int LARGEST_DEGREE = 64;

    private static final Domain HALF_LINE = new Domain.HalfLine();

    private final double shape;
    private final double scale;
    private final int degree;
    private final double logNormalisation;
    private final OrthonormalPolynomials polynomials;
    private final ProductTable products;

    LaguerreBasis(double shape, double scale, int degree) {
        this.shape = shape;
        this.scale = scale;
        this.degree = degree;
        this.logNormalisation = LogGamma.value(shape) + Math.log(scale);
        double p = shape - 1;
        // Gautschi, table 1.1: a_k = 2k + p + 1, b_k^2 = k (k + p).
        double[] a = new double[tableSize() + 1];
        double[] b = new double[tableSize() + 1];
        for (int k = 0; k < a.length; k++) {
            a[k] = 2 * k + p + 1;
            b[k] = Math.sqrt(k * (k + p));
        }
        this.polynomials = new OrthonormalPolynomials(a, b, 0, scale);
        this.products = PolynomialProducts.of(a, b, degree);
    }

    @Override
    public Domain domain() {
        return HALF_LINE;
    }

    @Override
    public int size() {
        return degree + 1;
    }

    @Override
    public int tableSize() {
        return 2 * degree + 1;
    }

    @Override
    public double eigenvalue(int k) {
        return k;
    }

    @Override
    public void values(int functions, double[] x, int from, int count, double[] values) {
        polynomials.values(functions, x, from, count, values);
    }

    @Override
    public void valuesAndDerivatives(
            int functions, double[] x, int from, int count, double[] values, double[] derivatives) {
        polynomials.valuesAndDerivatives(functions, x, from, count, values, derivatives);
    }

    @Override
    public ProductTable products() {
        return products;
    }

    @Override
    public double logDensity(double x) {
        if (!(x >= 0)) {
            return Double.NEGATIVE_INFINITY;
        }
        double y = x / scale;
        return (shape == 1 ? 0 : (shape - 1) * Math.log(y)) - y - logNormalisation;
    }

    @Override
    public double logDensityDerivative(double x) {
        return (shape == 1 ? 0 : (shape - 1) / x) - 1 / scale;
    }

    @Override
    public double diffusion(double x) {
        return Math.max(0, scale * x);
    }

    @Override
    public double drift(double x) {
        return scale * shape - x;
    }

    /** Solved for the logarithm s of y = x / scale, in the tail that is the smaller. */
    @Override
    public double quantile(double u) {
        boolean lowerTail = u <= RegularizedGamma.P.value(shape, shape);
        double logGamma = LogGamma.value(shape);
        double start = lowerTail ? (Math.log(u) + Math.log(shape) + logGamma) / shape : Math.log(shape);
        double s = Inversion.solve(
                lowerTail ? u : u - 1,
                t -> lowerTail
                        ? RegularizedGamma.P.value(shape, Math.exp(t))
                        : -RegularizedGamma.Q.value(shape, Math.exp(t)),
                t -> Math.exp(shape * t - Math.exp(t) - logGamma),
                -745,
                Math.log(shape + 750),
                start);
        return scale * Math.exp(s);
    }

    @Override
    public State state() {
        return LaguerreFamily.state(shape, scale);
    }
}
