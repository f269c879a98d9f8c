package org.eigendrift.bases;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.eigendrift.api.Domain;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.basis.ProductTable;
import org.eigendrift.bases.numeric.OrthonormalPolynomials;

/**
 * The Ornstein-Uhlenbeck process dX = -X dt + sqrt2 dW: pi = N(0, 1), a = 1, phi_k = He_k / sqrt(k!), lambda_k = k.
 *
 * <p>Derivatives: phi_k' = sqrt(k) phi_(k-1). Products (DLMF 18.18.23, normalised): with c = a + b - 2r,
 *
 * <pre>C[a,b,c] = sqrt(a! b! c!) / (r! (a-r)! (b-r)!),  0 &lt;= r &lt;= min(a, b)</pre>
 */
final class HermiteBasis implements Eigenbasis {
    /** The largest coefficient of a product is 1e29 there; it grows by nearly a digit for every two degrees. */
    static final int LARGEST_DEGREE = 64;

    private static final double LOG_SQRT_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    private static final Domain LINE = new Domain.Line();

    private final int degree;
    private final OrthonormalPolynomials polynomials;
    private final ProductTable products;

    HermiteBasis(int degree) {
        this.degree = degree;
        double[] a = new double[tableSize()];
        double[] b = new double[tableSize()];
        for (int k = 1; k < b.length; k++) {
            b[k] = Math.sqrt(k);
        }
        this.polynomials = new OrthonormalPolynomials(a, b, 0, 1);
        this.products = ProductTable.of(size(), tableSize(), 0, HermiteBasis::coefficient);
    }

    /**
     * The coefficient, by its ratio from r to r + 1, so that no factorial is formed: from r = 0, where it is the root of
     * a binomial coefficient.
     */
    static double coefficient(int a, int b, int c) {
        int twice = a + b - c;
        if ((twice & 1) != 0 || twice < 0 || twice > 2 * Math.min(a, b)) {
            return 0;
        }
        double square = 1;
        for (int j = 1; j <= a; j++) {
            square *= (double) (b + j) / j;
        }
        double coefficient = Math.sqrt(square);
        for (int r = 0; r < twice / 2; r++) {
            int degree = a + b - 2 * r;
            coefficient *= (double) (a - r) * (b - r) / ((r + 1) * Math.sqrt((double) degree * (degree - 1)));
        }
        return coefficient;
    }

    @Override
    public Domain domain() {
        return LINE;
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
        polynomials.values(functions, x, from, count, values);
        Arrays.fill(derivatives, 0, count, 0);
        double[] row = new double[count];
        for (int k = 1; k < functions; k++) {
            System.arraycopy(values, (k - 1) * count, row, 0, count);
            scale(Math.sqrt(k), row);
            System.arraycopy(row, 0, derivatives, k * count, count);
        }
    }

    /** A loop from index 0, which the compiler makes vector instructions of. */
    private static void scale(double factor, double[] row) {
        for (int n = 0; n < row.length; n++) {
            row[n] *= factor;
        }
    }

    @Override
    public ProductTable products() {
        return products;
    }

    @Override
    public double logDensity(double x) {
        return -0.5 * x * x - LOG_SQRT_TWO_PI;
    }

    @Override
    public double logDensityDerivative(double x) {
        return -x;
    }

    @Override
    public double diffusion(double x) {
        return 1;
    }

    @Override
    public double drift(double x) {
        return -x;
    }

    @Override
    public double quantile(double u) {
        return -Math.sqrt(2) * InverseErfc.value(2 * u);
    }

    @Override
    public boolean ornsteinUhlenbeck() {
        return true;
    }

    @Override
    public State state() {
        return State.EMPTY;
    }
}
