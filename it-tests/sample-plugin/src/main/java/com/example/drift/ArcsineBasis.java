package com.example.drift;

import org.eigendrift.api.Domain;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.basis.ProductTable;

/** Eigenfunctions of {@link ArcsineFamily}. */
final class ArcsineBasis implements Eigenbasis {
    private static final double ROOT2 = Math.sqrt(2);

    private final Domain.Interval domain;
    private final int size;
    private final ProductTable products;

    ArcsineBasis(double lower, double upper, int degree) {
        this.domain = new Domain.Interval(lower, upper);
        this.size = degree + 1;
        // sqrt2 cos a . sqrt2 cos b = cos(a - b) + cos(a + b)
        this.products = ProductTable.of(size, 2 * size - 1, 0, ArcsineBasis::coefficient);
    }

    private static double coefficient(int a, int b, int c) {
        if (a == 0) {
            return b == c ? 1 : 0;
        }
        double scale = 1 / ROOT2;
        return (c == a + b ? scale : 0) + (c == b - a ? (c == 0 ? 1 : scale) : 0);
    }

    private double angle(double x) {
        double unit = (x - domain.lower()) / (domain.upper() - domain.lower());
        return Math.acos(Math.max(-1, Math.min(1, 1 - 2 * unit)));
    }

    @Override
    public Domain domain() {
        return domain;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int tableSize() {
        return 2 * size - 1;
    }

    @Override
    public double eigenvalue(int k) {
        return (double) k * k;
    }

    @Override
    public void values(int functions, double[] x, int from, int count, double[] values) {
        for (int n = 0; n < count; n++) {
            double theta = angle(x[from + n]);
            values[n] = 1;
            for (int k = 1; k < functions; k++) {
                values[k * count + n] = ROOT2 * Math.cos(k * theta);
            }
        }
    }

    @Override
    public void valuesAndDerivatives(
            int functions, double[] x, int from, int count, double[] values, double[] derivatives) {
        values(functions, x, from, count, values);
        double width = domain.upper() - domain.lower();
        for (int n = 0; n < count; n++) {
            double theta = angle(x[from + n]);
            derivatives[n] = 0;
            for (int k = 1; k < functions; k++) {
                // d theta / dx = 2 / (width sin theta); sin(k theta) / sin(theta) tends to k at the lower end and to
                // (-1)^(k+1) k at the upper.
                double sine = Math.sin(theta);
                double ratio = sine > 1e-9 ? Math.sin(k * theta) / sine : theta < 1 || k % 2 == 1 ? k : -k;
                derivatives[k * count + n] = -ROOT2 * k * ratio * 2 / width;
            }
        }
    }

    @Override
    public ProductTable products() {
        return products;
    }

    @Override
    public double logDensity(double x) {
        return domain.contains(x) ? -Math.log(Math.PI) - 0.5 * Math.log(diffusion(x)) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double logDensityDerivative(double x) {
        return -0.5 * (domain.lower() + domain.upper() - 2 * x) / diffusion(x);
    }

    @Override
    public double diffusion(double x) {
        return (x - domain.lower()) * (domain.upper() - x);
    }

    @Override
    public double drift(double x) {
        return 0.5 * (domain.lower() + domain.upper() - 2 * x);
    }

    @Override
    public double quantile(double u) {
        double unit = 0.5 * (1 - Math.cos(Math.PI * u));
        return domain.lower() + (domain.upper() - domain.lower()) * unit;
    }

    @Override
    public State state() {
        return State.EMPTY;
    }
}
