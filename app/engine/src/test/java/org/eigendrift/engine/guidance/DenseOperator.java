package org.eigendrift.engine.guidance;

import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.Operator;

/** A dense matrix. */
record DenseOperator(double[][] rows) implements Operator {
    @Override
    public int inputs() {
        return rows[0].length;
    }

    @Override
    public int outputs() {
        return rows.length;
    }

    @Override
    public boolean affine() {
        return true;
    }

    @Override
    public void apply(Points x, Points out) {
        for (int n = 0; n < x.size(); n++) {
            for (int j = 0; j < rows.length; j++) {
                out.set(j, n, Ellipsoid.dot(rows[j], x.row(n)));
            }
        }
    }

    @Override
    public void tangent(Points x, Points v, Points out) {
        apply(v, out);
    }

    @Override
    public void adjoint(Points x, Points w, Points out) {
        for (int n = 0; n < w.size(); n++) {
            for (int i = 0; i < inputs(); i++) {
                double sum = 0;
                for (int j = 0; j < rows.length; j++) {
                    sum += rows[j][i] * w.get(j, n);
                }
                out.set(i, n, sum);
            }
        }
    }
}
