package org.eigendrift.bases.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.eigendrift.api.Domain;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.bases.marginal.ColumnSummary;
import org.eigendrift.bases.marginal.DyadicDensity;
import org.eigendrift.bases.marginal.PiecewiseDensity;
import org.eigendrift.bases.marginal.RowSample;
import org.eigendrift.bases.marginal.SmoothedMarginal;
import org.eigendrift.bases.marginal.Stretch;

/**
 * Brings each mapped column on its own to the standard normal law by a {@link NormalScore} and, where the rows have
 * structure that a smooth density does not follow, its {@link Refinement}; after the logarithm where the column is
 * positive; then, for the uniform law, through the normal distribution function.
 */
final class Columnwise implements Frame {
    private static final double ROOT = Math.sqrt(2);
    private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    /** The normal coordinate of uniform numbers stays finite: beyond these they are 0 or 1 to a double. */
    private static final double SMALLEST = Double.MIN_NORMAL;

    private static final double LARGEST = 1 - 0x1p-53;

    private final List<Column> columns;
    private final NormalScore[] maps;
    private final Refinement[] refinements;
    private final boolean[] logarithmic;
    private final boolean uniform;

    private Columnwise(List<Column> before, NormalScore[] maps, Refinement[] refinements, boolean uniform) {
        this.maps = maps;
        this.refinements = refinements;
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

    static Plan<Frame> plan(String frame, List<Column> columns, boolean[] selected, boolean uniform) {
        double[] lower = new double[selected.length];
        double[] upper = new double[selected.length];
        for (int i = 0; i < selected.length; i++) {
            boolean positive = columns.get(i).kind() == Column.Kind.POSITIVE;
            lower[i] = positive ? Double.MIN_VALUE : Double.NEGATIVE_INFINITY;
            upper[i] = positive ? Double.MAX_VALUE : Double.POSITIVE_INFINITY;
        }
        return ColumnSummary.of(columns, lower, upper)
                .with(
                        RowSample.of(columns.size()),
                        (summary, sample) -> fit(frame, columns, selected, summary, sample, uniform));
    }

    private static Frame fit(
            String frame,
            List<Column> columns,
            boolean[] selected,
            ColumnSummary summary,
            RowSample sample,
            boolean uniform) {
        NormalScore[] maps = new NormalScore[columns.size()];
        Refinement[] refinements = new Refinement[columns.size()];
        for (int i = 0; i < maps.length; i++) {
            if (!selected[i]) {
                continue;
            }
            summary.requireSpread(i, "frame '" + frame + "'");
            double[] values = sample.sorted(i);
            if (columns.get(i).kind() == Column.Kind.POSITIVE) {
                summary.requireWithin(i, "declare the column real, or leave it out of frame '" + frame + "'");
                for (int n = 0; n < values.length; n++) {
                    values[n] = StrictMath.log(values[n]);
                }
            }
            maps[i] = score(columns.get(i).name(), values);
            refinements[i] = refinement(maps[i], values);
        }
        return new Columnwise(columns, maps, refinements, uniform);
    }

    private static NormalScore score(String name, double[] values) {
        Dataset data = new InMemory(List.of(Column.real(name)), Points.wrap(1, values.length, values));
        return new NormalScore(
                SmoothedMarginal.fit(data, new Domain.Line(), OptionalDouble.empty(), 0, RunContext.quiet(0)));
    }

    private static Refinement refinement(NormalScore map, double[] values) {
        double[] shares = new double[values.length];
        for (int n = 0; n < values.length; n++) {
            shares[n] = 0.5 * Erfc.value(-map.map(values[n]) / ROOT);
        }
        return new Refinement(DyadicDensity.of(shares));
    }

    static Columnwise restore(List<Column> before, boolean[] selected, State state, boolean uniform) {
        int dim = before.size();
        double[] sizes = state.get("sizes", dim);
        double[] domains = state.get("domains", 3 * dim);
        double[] stretches = state.get("stretches", 2 * dim);
        double[] all = state.get("log_densities");
        Iterator<DyadicDensity> steps =
                StepDensities.read(state, Selection.count(selected)).iterator();
        NormalScore[] maps = new NormalScore[dim];
        Refinement[] refinements = new Refinement[dim];
        int at = 0;
        for (int i = 0; i < dim; i++) {
            int size = (int) sizes[i];
            if (selected[i] ? size < 1 || size > all.length - at : size != 0) {
                throw damaged(before.get(i), "it has " + size + " coefficients of " + all.length);
            }
            if (selected[i]) {
                try {
                    PiecewiseDensity density = PiecewiseDensity.restore(State.of(Map.of(
                            "domain", Arrays.copyOfRange(domains, 3 * i, 3 * i + 3),
                            "log_density", Arrays.copyOfRange(all, at, at + size))));
                    Stretch stretch = new Stretch(stretches[2 * i], stretches[2 * i + 1]);
                    maps[i] = new NormalScore(new SmoothedMarginal.Fitted(density, stretch));
                    refinements[i] = new Refinement(steps.next());
                } catch (InputException problem) {
                    throw damaged(before.get(i), problem.getMessage());
                }
            }
            at += size;
        }
        return new Columnwise(before, maps, refinements, uniform);
    }

    private static InputException damaged(Column column, String why) {
        return new InputException("the model file's map of column '" + column.name() + "' is damaged: " + why);
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
                double smooth = maps[i].map(y);
                double normal = refinements[i].map(smooth);
                logJacobian[n] += maps[i].logDerivative(y, smooth)
                        + refinements[i].logDerivative(smooth, normal)
                        - (logarithmic[i] ? y : 0);
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
                double y = maps[i].invert(refinements[i].invert(value));
                x.values()[n] = logarithmic[i] ? Math.exp(y) : y;
            }
        }
    }

    @Override
    public State state() {
        double[] sizes = new double[maps.length];
        double[] domains = new double[3 * maps.length];
        double[] stretches = new double[2 * maps.length];
        Numbers all = new Numbers();
        List<DyadicDensity> steps = new ArrayList<>();
        for (int i = 0; i < maps.length; i++) {
            if (maps[i] != null) {
                State density = maps[i].density().state();
                double[] coefficients = density.get("log_density");
                sizes[i] = coefficients.length;
                System.arraycopy(density.get("domain", 3), 0, domains, 3 * i, 3);
                stretches[2 * i] = maps[i].stretch().center();
                stretches[2 * i + 1] = maps[i].stretch().scale();
                all.add(coefficients);
                steps.add(refinements[i].steps());
            }
        }
        Map<String, double[]> arrays = new HashMap<>(
                Map.of("sizes", sizes, "domains", domains, "stretches", stretches, "log_densities", all.all()));
        StepDensities.write(steps, arrays);
        return State.of(arrays);
    }
}
