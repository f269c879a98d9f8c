package org.eigendrift.bases;

import org.eigendrift.api.Domain;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.basis.ProductTable;

/**
 * Reflected Brownian motion on [lower, upper] of width w: pi = 1/w, a = 1, phi_0 = 1, phi_k = sqrt2 cos(k pi u) with
 * u = (x - lower) / w, lambda_k = (k pi / w)^2.
 *
 * <p>Products: phi_a phi_b = (phi_(a+b) + phi_|a-b|) / sqrt2 for a, b &gt; 0, where phi_0 counts as sqrt2.
 */
final class CosineBasis implements Eigenbasis {
    /** Beyond it the table of products takes seconds to build and rotations leave the 1e-12 that contracts ask for. */
    static final int LARGEST_DEGREE = 512;

    private final Domain.Interval domain;
    private final int degree;
    private final double width;
    private final ProductTable products;

    CosineBasis(double lower, double upper, int degree) {
        this.domain = new Domain.Interval(lower, upper);
        this.degree = degree;
        this.width = upper - lower;
        this.products = Trigonometric.cosineProducts(degree);
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
        double frequency = k * Math.PI / width;
        return frequency * frequency;
    }

    @Override
    public void values(int functions, double[] x, int from, int count, double[] values) {
        Trigonometric.cosines(functions, Math.PI / width, domain.lower(), x, from, count, values, null);
    }

    @Override
    public void valuesAndDerivatives(
            int functions, double[] x, int from, int count, double[] values, double[] derivatives) {
        Trigonometric.cosines(functions, Math.PI / width, domain.lower(), x, from, count, values, derivatives);
    }

    @Override
    public ProductTable products() {
        return products;
    }

    @Override
    public double logDensity(double x) {
        return domain.contains(x) ? -Math.log(width) : Double.NEGATIVE_INFINITY;
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
        return Math.min(domain.upper(), domain.lower() + u * width);
    }

    @Override
    public State state() {
        return State.EMPTY;
    }
}
