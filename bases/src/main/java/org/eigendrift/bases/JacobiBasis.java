package org.eigendrift.bases;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.eigendrift.api.Domain;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.basis.ProductTable;
import org.eigendrift.bases.numeric.Inversion;
import org.eigendrift.bases.numeric.OrthonormalPolynomials;

/**
 * The Jacobi diffusion on [lower, upper]: pi proportional to (upper - x)^p (x - lower)^q,
 * a = (upper - x)(x - lower), phi_k the orthonormal Jacobi polynomials, lambda_k = k (k + p + q + 1).
 *
 * <p>On [-1, 1] that is a = 1 - x^2. The drift is (q + 1)(upper - x) - (p + 1)(x - lower).
 */
final class JacobiBasis implements Eigenbasis {
    /** At the ends phi_k' / phi_k is k^2: one rounding of x costs 128^2 / 2 roundings at twice the degree, near 1e-11. */
    static final int LARGEST_DEGREE = 128;

    private final Domain.Interval domain;
    private final double width;
    private final double p;
    private final double q;
    private final int degree;
    private final double logNormalisation;
    private final OrthonormalPolynomials polynomials;
    private final ProductTable products;

    /**
     * Creates the basis.
     *
     * @param lower lower end
     * @param upper upper end
     * @param p exponent of (upper - x), above -1
     * @param q exponent of (x - lower), above -1
     * @param degree highest degree
     */
    JacobiBasis(double lower, double upper, double p, double q, int degree) {
        this.domain = new Domain.Interval(lower, upper);
        this.width = upper - lower;
        this.p = p;
        this.q = q;
        this.degree = degree;
        this.logNormalisation = (p + q + 1) * Math.log(width) + LogBeta.value(p + 1, q + 1);
        double[] a = diagonal(p, q, tableSize() + 1);
        double[] b = offDiagonal(p, q, tableSize() + 1);
        this.polynomials = new OrthonormalPolynomials(a, b, lower + 0.5 * width, 0.5 * width);
        this.products = PolynomialProducts.of(a, b, degree);
    }

    /** The diagonal of the Jacobi matrix on [-1, 1] (Gautschi, table 1.1). */
    static double[] diagonal(double p, double q, int count) {
        double[] a = new double[count];
        a[0] = (q - p) / (p + q + 2);
        for (int k = 1; k < count; k++) {
            double s = 2 * k + p + q;
            a[k] = (q - p) * (q + p) / (s * (s + 2));
        }
        return a;
    }

    /** The off-diagonal; at k = 1 a factor (1 + p + q) of numerator and denominator cancels. */
    static double[] offDiagonal(double p, double q, int count) {
        double[] b = new double[count];
        if (count > 1) {
            b[1] = 2 / (p + q + 2) * Math.sqrt((1 + p) * (1 + q) / (p + q + 3));
        }
        for (int k = 2; k < count; k++) {
            double s = 2 * k + p + q;
            b[k] = 2 / s * Math.sqrt(k * (k + p) * (k + q) * (k + p + q) / ((s + 1) * (s - 1)));
        }
        return b;
    }

    @Override
    public Domain domain() {
        return domain;
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
        return k * (k + p + q + 1);
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
        if (!domain.contains(x)) {
            return Double.NEGATIVE_INFINITY;
        }
        return power(p, domain.upper() - x) + power(q, x - domain.lower()) - logNormalisation;
    }

    /** log y^e, which is 0 for e = 0 also at y = 0. */
    private static double power(double e, double y) {
        return e == 0 ? 0 : e * Math.log(y);
    }

    @Override
    public double logDensityDerivative(double x) {
        double score = 0;
        if (p != 0) {
            score -= p / (domain.upper() - x);
        }
        if (q != 0) {
            score += q / (x - domain.lower());
        }
        return score;
    }

    @Override
    public double diffusion(double x) {
        return Math.max(0, (domain.upper() - x) * (x - domain.lower()));
    }

    @Override
    public double drift(double x) {
        return (q + 1) * (domain.upper() - x) - (p + 1) * (x - domain.lower());
    }

    @Override
    public double quantile(double u) {
        if (p == 0 && q == 0) {
            return Math.min(domain.upper(), domain.lower() + width * u);
        } else if (p == -0.5 && q == -0.5) {
            double sine = Math.sin(0.5 * Math.PI * u);
            return Math.min(domain.upper(), domain.lower() + width * sine * sine);
        }
        double middle = (q + 1) / (p + q + 2);
        if (u <= RegularizedBeta.value(middle, q + 1, p + 1)) {
            return Math.min(domain.upper(), domain.lower() + width * fraction(u, q + 1, p + 1));
        }
        return Math.max(domain.lower(), domain.upper() - width * fraction(1 - u, p + 1, q + 1));
    }

    /** The quantile of Beta(c, d), solved for the logit s of y, where both tails keep their relative accuracy. */
    private static double fraction(double u, double c, double d) {
        double logBeta = LogBeta.value(c, d);
        double s = Inversion.solve(
                u,
                t -> RegularizedBeta.value(logistic(t), c, d),
                t -> Math.exp(c * Math.log(logistic(t)) + d * Math.log(logistic(-t)) - logBeta),
                -745,
                40,
                (Math.log(u) + Math.log(c) + logBeta) / c);
        return logistic(s);
    }

    private static double logistic(double t) {
        return 1 / (1 + Math.exp(-t));
    }

    @Override
    public State state() {
        return State.EMPTY;
    }
}
