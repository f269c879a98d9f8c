package org.eigendrift.engine.check;

import org.eigendrift.api.Domain;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.basis.ProductTable;

/** A basis in every respect like another; subclasses plant a fault. */
class Altered implements Eigenbasis {
    final Eigenbasis right;

    Altered(Eigenbasis right) {
        this.right = right;
    }

    @Override
    public Domain domain() {
        return right.domain();
    }

    @Override
    public Domain core() {
        return right.core();
    }

    @Override
    public int size() {
        return right.size();
    }

    @Override
    public int tableSize() {
        return right.tableSize();
    }

    @Override
    public double eigenvalue(int k) {
        return right.eigenvalue(k);
    }

    /** A function times a number, 1 unless overridden, and so for its derivative. */
    double factor(int k) {
        return 1;
    }

    @Override
    public void values(int functions, double[] x, int from, int count, double[] values) {
        right.values(functions, x, from, count, values);
        scale(functions, count, values);
    }

    @Override
    public void valuesAndDerivatives(
            int functions, double[] x, int from, int count, double[] values, double[] derivatives) {
        right.valuesAndDerivatives(functions, x, from, count, values, derivatives);
        scale(functions, count, values);
        scale(functions, count, derivatives);
    }

    private void scale(int functions, int count, double[] numbers) {
        for (int k = 0; k < functions; k++) {
            for (int n = 0; n < count; n++) {
                numbers[k * count + n] *= factor(k);
            }
        }
    }

    @Override
    public ProductTable products() {
        return right.products();
    }

    @Override
    public double logDensity(double x) {
        return right.logDensity(x);
    }

    @Override
    public double logDensityDerivative(double x) {
        return right.logDensityDerivative(x);
    }

    @Override
    public double diffusion(double x) {
        return right.diffusion(x);
    }

    @Override
    public double drift(double x) {
        return right.drift(x);
    }

    @Override
    public double quantile(double u) {
        return right.quantile(u);
    }

    @Override
    public State state() {
        return right.state();
    }
}
