package org.eigendrift.samplers.guidance;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.plugin.Chosen;

/**
 * An objective as an operator of one output.
 *
 * @param objective f
 * @param inputs coordinates
 */
record ObjectiveOperator(Objective objective, int inputs) implements Operator {

    /** Of the model's coordinates. */
    static Operator of(String name, Chosen<List<Column>, Objective> chosen, GuidanceContext context) {
        Operator objective = new ObjectiveOperator(
                chosen.create(context.columns()), context.columns().size());
        Operator finite = FiniteOperator.asked(name + ".objective", chosen, objective);
        return context.data().<Operator>map(d -> new Composed(finite, d)).orElse(finite);
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public boolean affine() {
        return false;
    }

    @Override
    public void apply(Points x, Points out) {
        double[] values = new double[x.size()];
        objective.value(x, values);
        System.arraycopy(values, 0, out.values(), out.offset(0), x.size());
    }

    private Points gradient(Points x) {
        Points gradient = Points.zeros(x.dim(), x.size());
        objective.gradient(x, gradient);
        return gradient;
    }

    @Override
    public void tangent(Points x, Points v, Points out) {
        Points gradient = gradient(x);
        Arrays.fill(out.values(), 0);
        for (int i = 0; i < x.dim(); i++) {
            for (int n = 0; n < x.size(); n++) {
                out.set(0, n, out.get(0, n) + gradient.get(i, n) * v.get(i, n));
            }
        }
    }

    @Override
    public void adjoint(Points x, Points w, Points out) {
        Points gradient = gradient(x);
        for (int i = 0; i < x.dim(); i++) {
            for (int n = 0; n < x.size(); n++) {
                out.set(i, n, gradient.get(i, n) * w.get(0, n));
            }
        }
    }
}
