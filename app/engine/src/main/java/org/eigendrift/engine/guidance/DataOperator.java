package org.eigendrift.engine.guidance;

import java.util.Arrays;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.law.Flowing;
import org.eigendrift.engine.flow.FlowLaw;
import org.eigendrift.engine.transport.ExactLaw;

/**
 * The columns of a law seen from the coordinates of its score model. Where all frames are affine the Jacobian is computed once,
 * exact up to rounding; else by central differences, whose relative error is about 1e-10. Immutable, thread-safe.
 */
public final class DataOperator implements Operator {
    /** Central differences are most exact with steps of the cube root of the rounding. */
    private static final double STEP = Math.cbrt(Math.ulp(1.0));

    private final Flowing flow;
    private final int inputs;
    /** For each coordinate the change of the columns along it; null where it differs from point to point. */
    private final double[][] jacobian;

    private DataOperator(Flowing flow, boolean affine) {
        this.flow = flow;
        this.inputs = flow.scoreModel().process().dim();
        this.jacobian = affine ? columns() : null;
    }

    /**
     * The columns of a law.
     *
     * @param flow the law
     * @return the operator; empty where the score model's coordinates are the columns
     */
    public static Optional<Operator> of(Flowing flow) {
        return flow instanceof ExactLaw
                ? Optional.empty()
                : Optional.of(new DataOperator(
                        flow,
                        flow instanceof FlowLaw law && law.heaviest().frames().affine()));
    }

    private double[][] columns() {
        Points z = Points.zeros(inputs, inputs + 1);
        for (int i = 0; i < inputs; i++) {
            z.set(i, i, 1);
        }
        Points x = flow.toData(z);
        double[][] out = new double[inputs][outputs()];
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j < out[i].length; j++) {
                out[i][j] = x.get(j, i) - x.get(j, inputs);
            }
        }
        return out;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return flow.columns().size();
    }

    @Override
    public boolean affine() {
        return jacobian != null;
    }

    @Override
    public void apply(Points z, Points out) {
        out.copyFrom(flow.toData(z));
    }

    @Override
    public void tangent(Points z, Points v, Points out) {
        if (jacobian == null) {
            differences(z, v, out);
            return;
        }
        Arrays.fill(out.values(), 0);
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j < out.dim(); j++) {
                add(jacobian[i][j], v, i, out, j);
            }
        }
    }

    @Override
    public void adjoint(Points z, Points w, Points out) {
        Arrays.fill(out.values(), 0);
        for (int i = 0; i < inputs; i++) {
            if (jacobian != null) {
                for (int j = 0; j < w.dim(); j++) {
                    add(jacobian[i][j], w, j, out, i);
                }
            } else {
                along(i, z, w, out);
            }
        }
    }

    private static void add(double factor, Points from, int source, Points to, int goal) {
        if (factor != 0) {
            for (int n = 0; n < from.size(); n++) {
                to.set(goal, n, to.get(goal, n) + factor * from.get(source, n));
            }
        }
    }

    /** Row i of the transposed Jacobian. */
    private void along(int i, Points z, Points w, Points out) {
        Points unit = Points.zeros(inputs, z.size());
        Arrays.fill(unit.values(), unit.offset(i), unit.offset(i) + unit.size(), 1);
        Points moved = Points.zeros(w.dim(), w.size());
        differences(z, unit, moved);
        for (int j = 0; j < w.dim(); j++) {
            for (int n = 0; n < w.size(); n++) {
                out.set(i, n, out.get(i, n) + moved.get(j, n) * w.get(j, n));
            }
        }
    }

    private void differences(Points z, Points v, Points out) {
        Points ahead = z.copy();
        Points behind = z.copy();
        double[] step = new double[z.size()];
        for (int n = 0; n < step.length; n++) {
            double size = 0;
            double length = 0;
            for (int i = 0; i < inputs; i++) {
                size = Math.max(size, Math.abs(z.get(i, n)));
                length = Math.max(length, Math.abs(v.get(i, n)));
            }
            step[n] = length == 0 ? 1 : STEP * Math.max(1, size) / length;
            for (int i = 0; i < inputs; i++) {
                ahead.set(i, n, z.get(i, n) + step[n] * v.get(i, n));
                behind.set(i, n, z.get(i, n) - step[n] * v.get(i, n));
            }
        }
        Points up = flow.toData(ahead);
        Points down = flow.toData(behind);
        for (int j = 0; j < out.dim(); j++) {
            for (int n = 0; n < step.length; n++) {
                out.set(j, n, (up.get(j, n) - down.get(j, n)) / (2 * step[n]));
            }
        }
    }
}
