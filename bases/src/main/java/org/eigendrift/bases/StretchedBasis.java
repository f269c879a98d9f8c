package org.eigendrift.bases;

import java.util.HashMap;
import java.util.Map;
import org.eigendrift.api.Domain;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.basis.ProductTable;
import org.eigendrift.bases.marginal.Stretch;

/**
 * The process of another basis in y, seen in x where y = g(x): the same eigenvalues and products, phi_k(g(x)), pi_x =
 * pi_y(g(x)) g'(x), and a_x = a_y / g'(x)^2. Noise thus grows with the distance from the bulk, and functions are spread
 * over the rows instead of the range.
 */
final class StretchedBasis implements Eigenbasis {
    private final Eigenbasis inner;
    private final Stretch stretch;
    private final Domain domain;
    private final Domain.Interval core;

    /**
     * Creates the basis.
     *
     * @param inner the basis in y
     * @param stretch g
     * @param domain where x lives
     */
    StretchedBasis(Eigenbasis inner, Stretch stretch, Domain domain) {
        this.inner = inner;
        this.stretch = stretch;
        this.domain = domain;
        Domain ends = inner.core();
        Domain whole = inner.domain();
        // The ends of the domain are its own to the last bit.
        this.core = new Domain.Interval(
                ends.lower() == whole.lower() ? domain.lower() : stretch.invert(ends.lower()),
                ends.upper() == whole.upper() ? domain.upper() : stretch.invert(ends.upper()));
    }

    @Override
    public Domain domain() {
        return domain;
    }

    @Override
    public Domain core() {
        return core;
    }

    @Override
    public int size() {
        return inner.size();
    }

    @Override
    public int tableSize() {
        return inner.tableSize();
    }

    @Override
    public double eigenvalue(int k) {
        return inner.eigenvalue(k);
    }

    @Override
    public double eigenvalueError() {
        return inner.eigenvalueError();
    }

    @Override
    public void values(int functions, double[] x, int from, int count, double[] values) {
        inner.values(functions, mapped(x, from, count), 0, count, values);
    }

    @Override
    public void valuesAndDerivatives(
            int functions, double[] x, int from, int count, double[] values, double[] derivatives) {
        double[] y = mapped(x, from, count);
        inner.valuesAndDerivatives(functions, y, 0, count, values, derivatives);
        for (int n = 0; n < count; n++) {
            y[n] = stretch.slope(y[n]);
        }
        for (int k = 0; k < functions; k++) {
            for (int n = 0; n < count; n++) {
                derivatives[k * count + n] *= y[n];
            }
        }
    }

    private double[] mapped(double[] x, int from, int count) {
        double[] y = new double[count];
        for (int n = 0; n < count; n++) {
            y[n] = stretch.map(x[from + n]);
        }
        return y;
    }

    @Override
    public ProductTable products() {
        return inner.products();
    }

    @Override
    public double logDensity(double x) {
        if (!domain.contains(x)) {
            return Double.NEGATIVE_INFINITY;
        }
        double y = stretch.map(x);
        return inner.logDensity(y) + stretch.logSlope(y);
    }

    /** (log pi_y)' g' + g'' / g', where g'' / g' = -(x - c) / (s^2 + (x - c)^2) = -g' tanh y. */
    @Override
    public double logDensityDerivative(double x) {
        double y = stretch.map(x);
        return stretch.slope(y) * (inner.logDensityDerivative(y) - Math.tanh(y));
    }

    @Override
    public double diffusion(double x) {
        double slope = stretch.slope(stretch.map(x));
        return 1 / (slope * slope);
    }

    /** a = s^2 + (x - c)^2 and a' = 2 (x - c) = 2 tanh y / g', so a' + a (log pi)' = ((log pi_y)' + tanh y) / g'. */
    @Override
    public double drift(double x) {
        double y = stretch.map(x);
        return (inner.drift(y) + Math.tanh(y)) / stretch.slope(y);
    }

    @Override
    public double quantile(double u) {
        double x = stretch.invert(inner.quantile(u));
        return Math.max(domain.lower(), Math.min(domain.upper(), x));
    }

    @Override
    public State state() {
        Map<String, double[]> all = new HashMap<>();
        State state = inner.state();
        for (String name : state.names()) {
            all.put(name, state.get(name));
        }
        all.put("stretch", new double[] {stretch.center(), stretch.scale()});
        return State.of(all);
    }
}
