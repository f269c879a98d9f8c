package org.eigendrift.samplers.guidance;

import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.Operator;

/** An operator of the data's coordinates, seen from the model's: A(F(z)). */
record Composed(Operator outer, Operator inner) implements Operator {
    @Override
    public int inputs() {
        return inner.inputs();
    }

    @Override
    public int outputs() {
        return outer.outputs();
    }

    @Override
    public boolean affine() {
        return outer.affine() && inner.affine();
    }

    private Points between(Points x) {
        Points out = Points.zeros(inner.outputs(), x.size());
        inner.apply(x, out);
        return out;
    }

    @Override
    public void apply(Points x, Points out) {
        outer.apply(between(x), out);
    }

    @Override
    public void tangent(Points x, Points v, Points out) {
        Points moved = Points.zeros(inner.outputs(), x.size());
        inner.tangent(x, v, moved);
        outer.tangent(between(x), moved, out);
    }

    @Override
    public void adjoint(Points x, Points w, Points out) {
        Points back = Points.zeros(inner.outputs(), x.size());
        outer.adjoint(between(x), w, back);
        inner.adjoint(x, back, out);
    }
}
