package org.eigendrift.samplers.guidance;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.plugin.Chosen;

/**
 * An objective as an operator of one output. Values and gradients that are not finite end here.
 *
 * @param name name of the guidance for messages
 * @param objective f
 * @param inputs coordinates
 */
record ObjectiveOperator(String name, Objective objective, int inputs) implements Operator {

    /** Of the model's coordinates. */
    static Operator of(String name, Chosen<List<Column>, Objective> objective, GuidanceContext context) {
        Operator operator = new ObjectiveOperator(
                name + ".objective",
                objective.create(context.columns()),
                context.columns().size());
        return context.data().<Operator>map(d -> new Composed(operator, d)).orElse(operator);
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
        for (int n = 0; n < x.size(); n++) {
            if (!Double.isFinite(values[n])) {
                throw notFinite("is " + values[n], "a finite number", x.row(n));
            }
            out.set(0, n, values[n]);
        }
    }

    /** Samples that ran away are no fault of what is asked about them, other than that it grows faster than the law falls. */
    private NumericalException notFinite(String what, String expected, double[] row) {
        String at = Arrays.toString(row);
        return new NumericalException(
                Arrays.stream(row).allMatch(Double::isFinite)
                        ? name + ": " + what + " at " + at + "; expected " + expected
                        : name + ": drives samples to " + at + ", where no law is; use a bounded objective or a smaller"
                                + " weight");
    }

    private Points gradient(Points x) {
        Points gradient = Points.zeros(x.dim(), x.size());
        objective.gradient(x, gradient);
        for (int n = 0; n < x.size(); n++) {
            for (int i = 0; i < x.dim(); i++) {
                if (!Double.isFinite(gradient.get(i, n))) {
                    throw notFinite("its gradient is " + Arrays.toString(gradient.row(n)), "finite numbers", x.row(n));
                }
            }
        }
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
