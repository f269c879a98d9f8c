package org.eigendrift.bases.frame;

import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;

/** z_i = (x_i - shift_i) / scale_i, with log |det| = -sum log scale_i. */
final class ColumnwiseAffine implements Frame {
    private final List<Column> columns;
    private final double[] shift;
    private final double[] scale;
    private final double logJacobian;

    /**
     * Creates the frame.
     *
     * @param columns the coordinates z
     * @param shift one a column; shared
     * @param scale one a column, positive; shared
     */
    ColumnwiseAffine(List<Column> columns, double[] shift, double[] scale) {
        this.columns = List.copyOf(columns);
        this.shift = shift;
        this.scale = scale;
        double sum = 0;
        for (double s : scale) {
            sum -= Math.log(s);
        }
        this.logJacobian = sum;
    }

    /**
     * Makes a frame again.
     *
     * @param columns the coordinates z
     * @param state what {@link #state()} returned
     * @return the frame
     * @throws InputException if the state is damaged
     */
    static ColumnwiseAffine restore(List<Column> columns, State state) {
        double[] shift = state.get("shift", columns.size());
        double[] scale = state.get("scale", columns.size());
        for (int i = 0; i < scale.length; i++) {
            if (!(scale[i] > 0) || !Double.isFinite(scale[i]) || !Double.isFinite(shift[i])) {
                throw new InputException("the model file maps column '"
                        + columns.get(i).name() + "' with shift " + shift[i] + " and scale " + scale[i]
                        + "; expected finite numbers, the scale above 0");
            }
        }
        return new ColumnwiseAffine(columns, shift, scale);
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public void forward(Points x, Points z, double[] logJacobian) {
        for (int i = 0; i < scale.length; i++) {
            int at = x.offset(i);
            for (int n = at; n < at + x.size(); n++) {
                z.values()[n] = (x.values()[n] - shift[i]) / scale[i];
            }
        }
        for (int n = 0; n < x.size(); n++) {
            logJacobian[n] += this.logJacobian;
        }
    }

    @Override
    public void inverse(Points z, Points x) {
        for (int i = 0; i < scale.length; i++) {
            int at = x.offset(i);
            for (int n = at; n < at + x.size(); n++) {
                x.values()[n] = shift[i] + scale[i] * z.values()[n];
            }
        }
    }

    @Override
    public boolean affine() {
        return true;
    }

    @Override
    public State state() {
        return State.of(Map.of("shift", shift, "scale", scale));
    }
}
