package org.eigendrift.bases.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.bases.marginal.ColumnSummary;
import org.eigendrift.bases.marginal.RowSample;

/**
 * Brings each mapped column on its own to the standard normal law by a {@link MonotoneMap}, after the logarithm where the
 * column is positive; then, for the uniform law, through the normal distribution function.
 */
final class Columnwise implements Frame {
    private static final double ROOT = Math.sqrt(2);
    private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    /** The normal coordinate of uniform numbers stays finite: beyond these they are 0 or 1 to a double. */
    private static final double SMALLEST = Double.MIN_NORMAL;

    private static final double LARGEST = 1 - 0x1p-53;

    private final List<Column> columns;
    private final MonotoneMap[] maps;
    private final boolean[] logarithmic;
    private final boolean uniform;

    private Columnwise(List<Column> before, MonotoneMap[] maps, boolean uniform) {
        this.maps = maps;
        this.uniform = uniform;
        this.logarithmic = new boolean[maps.length];
        List<Column> after = new ArrayList<>(before);
        for (int i = 0; i < maps.length; i++) {
            logarithmic[i] = before.get(i).kind() == Column.Kind.POSITIVE;
            if (maps[i] != null) {
                String name = before.get(i).name();
                after.set(i, uniform ? Column.bounded(name, 0, 1) : Column.real(name));
            }
        }
        this.columns = List.copyOf(after);
    }

    static boolean[] selection(String frame, List<Column> columns, List<String> names) {
        return Selection.of(frame, columns, names, kind -> kind == Column.Kind.REAL || kind == Column.Kind.POSITIVE);
    }

    static Columnwise fit(String frame, boolean[] selected, FrameContext context, boolean uniform) {
        List<Column> columns = context.data().columns();
        ColumnSummary summary = ColumnSummary.of(context.data(), context.run());
        RowSample sample = RowSample.of(context.data(), context.run());
        MonotoneMap[] maps = new MonotoneMap[columns.size()];
        for (int i = 0; i < maps.length; i++) {
            if (!selected[i]) {
                continue;
            }
            summary.requireSpread(i, "frame '" + frame + "'");
            double min = summary.min(i);
            double max = summary.max(i);
            double[] sorted = sample.sorted(i).clone();
            if (columns.get(i).kind() == Column.Kind.POSITIVE) {
                summary.requireWithin(
                        i,
                        Double.MIN_VALUE,
                        Double.MAX_VALUE,
                        "declare the column real, or leave it out of frame '" + frame + "'");
                min = StrictMath.log(min);
                max = StrictMath.log(max);
                for (int n = 0; n < sorted.length; n++) {
                    sorted[n] = StrictMath.log(sorted[n]);
                }
            }
            maps[i] = MonotoneMap.fit(sorted, min, max, summary.rows());
        }
        return new Columnwise(columns, maps, uniform);
    }

    static Columnwise restore(List<Column> before, boolean[] selected, State state, boolean uniform) {
        double[] counts = state.get("knots", before.size());
        double[] x = state.get("x");
        double[] z = state.get("z", x.length);
        MonotoneMap[] maps = new MonotoneMap[before.size()];
        int at = 0;
        for (int i = 0; i < maps.length; i++) {
            int count = (int) counts[i];
            boolean valid = selected[i] ? count >= 2 && count <= x.length - at : count == 0;
            for (int q = at + 1; valid && q < at + count; q++) {
                valid = x[q] > x[q - 1] && z[q] > z[q - 1] && Double.isFinite((x[q] - x[q - 1]) / (z[q] - z[q - 1]));
            }
            if (!valid) {
                throw new InputException("the model file's map of column '"
                        + before.get(i).name() + "' is damaged; expected at least two knots in increasing order");
            }
            if (selected[i]) {
                maps[i] = new MonotoneMap(Arrays.copyOfRange(x, at, at + count), Arrays.copyOfRange(z, at, at + count));
            }
            at += count;
        }
        return new Columnwise(before, maps, uniform);
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public void forward(Points x, Points z, double[] logJacobian) {
        for (int i = 0; i < maps.length; i++) {
            int at = x.offset(i);
            if (maps[i] == null) {
                System.arraycopy(x.values(), at, z.values(), at, x.size());
                continue;
            }
            for (int n = 0; n < x.size(); n++) {
                double value = x.values()[at + n];
                double y = logarithmic[i] ? Math.log(value) : value;
                double normal = maps[i].map(y);
                logJacobian[n] += Math.log(maps[i].derivative(y)) - (logarithmic[i] ? y : 0);
                if (uniform) {
                    z.values()[at + n] = 0.5 * Erfc.value(-normal / ROOT);
                    logJacobian[n] -= 0.5 * normal * normal + LOG_ROOT_TWO_PI;
                } else {
                    z.values()[at + n] = normal;
                }
            }
        }
    }

    @Override
    public void inverse(Points z, Points x) {
        for (int i = 0; i < maps.length; i++) {
            int at = x.offset(i);
            if (maps[i] == null) {
                System.arraycopy(z.values(), at, x.values(), at, x.size());
                continue;
            }
            for (int n = at; n < at + x.size(); n++) {
                double value = z.values()[n];
                if (uniform) {
                    value = -ROOT * InverseErfc.value(2 * Math.max(SMALLEST, Math.min(LARGEST, value)));
                }
                double y = maps[i].invert(value);
                x.values()[n] = logarithmic[i] ? Math.exp(y) : y;
            }
        }
    }

    @Override
    public State state() {
        double[] counts = new double[maps.length];
        double[] x = new double[0];
        double[] z = new double[0];
        for (int i = 0; i < maps.length; i++) {
            if (maps[i] != null) {
                counts[i] = maps[i].x().length;
                x = joined(x, maps[i].x());
                z = joined(z, maps[i].z());
            }
        }
        return State.of(Map.of("knots", counts, "x", x, "z", z));
    }

    private static double[] joined(double[] first, double[] second) {
        double[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
