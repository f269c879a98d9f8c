package org.eigendrift.bases.frame;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eigendrift.api.Address;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.frame.FrameUse;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Offer;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.bases.marginal.ColumnSummary;

/**
 * Maps positive columns by the logarithm and bounded ones by the logit, so that real columns are left:
 * z = log x, and z = log((x - lower) / (upper - x)). Other columns pass through.
 *
 * <p>A positive column may have a knee s, z = 2 log(exp(sqrt(x / s)) - 1): about log(x / s) below it and 2 sqrt(x / s)
 * beyond, where exponential tails then become those of a normal law.
 */
public final class UnboundFrame implements FrameProvider<UnboundFrame.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param columns names of the columns to map
     * @param knees of the positive columns among them
     */
    public record Options(
            @Option(doc = "names of the columns to map; empty for all positive and bounded ones", value = "[]")
            List<String> columns,

            @Option(
                    doc = "for every positive column mapped, in their order, the value about which the logarithm gives"
                            + " way to the square root, 0 for the logarithm everywhere; empty for that in all of them",
                    value = "[]",
                    min = 0)
            List<Double> knees) {}

    /** Creates the provider. */
    public UnboundFrame() {}

    @Override
    public String name() {
        return "unbound";
    }

    @Override
    public String summary() {
        return "logarithm of positive columns, or their square root beyond a knee; logit of bounded ones";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Optional<Offer> offer(FrameUse use) {
        return use instanceof FrameUse.Open open
                ? Optional.of(new Offer(1, Map.of("knees", open.knees())))
                : Optional.empty();
    }

    @Override
    public Plan<Frame> plan(Options options, List<Column> columns) {
        Unbound frame = frame(options, columns);
        return frame.summary().map(summary -> {
            frame.requireInside(summary);
            return frame;
        });
    }

    @Override
    public Frame restore(Options options, List<Column> columns, State state) {
        return frame(options, columns);
    }

    private Unbound frame(Options options, List<Column> columns) {
        boolean[] mapped = selection(options, columns);
        double[] knees = new double[mapped.length];
        int positive = 0;
        for (int i = 0; i < mapped.length; i++) {
            if (mapped[i] && columns.get(i).kind() == Column.Kind.POSITIVE) {
                if (positive < options.knees().size()) {
                    knees[i] = options.knees().get(positive);
                }
                positive++;
            }
        }
        if (!options.knees().isEmpty() && options.knees().size() != positive) {
            throw new InputException(
                    "frame 'unbound', option knees: " + options.knees().size() + " numbers for " + positive
                            + " positive columns that are mapped; expected one for each, or none");
        }
        return new Unbound(columns, mapped, knees);
    }

    private boolean[] selection(Options options, List<Column> columns) {
        return Selection.of(
                name(),
                columns,
                options.columns(),
                kind -> kind == Column.Kind.POSITIVE || kind == Column.Kind.BOUNDED);
    }

    private static final class Unbound implements Frame {
        private final List<Column> before;
        private final List<Column> columns;
        private final boolean[] mapped;
        /** Of every column; 0 for none. */
        private final double[] knees;

        Unbound(List<Column> before, boolean[] mapped, double[] knees) {
            this.before = List.copyOf(before);
            this.mapped = mapped;
            this.knees = knees;
            List<Column> after = new ArrayList<>(before);
            for (int i = 0; i < mapped.length; i++) {
                if (mapped[i]) {
                    after.set(i, Column.real(before.get(i).name()));
                }
            }
            this.columns = List.copyOf(after);
        }

        /** With the first value of each column that lies on a bound or outside; on a bound rounded values may lie. */
        Plan<ColumnSummary> summary() {
            double[] lower = new double[mapped.length];
            double[] upper = new double[mapped.length];
            for (int i = 0; i < mapped.length; i++) {
                lower[i] = mapped[i] ? least(before.get(i)) : Double.NEGATIVE_INFINITY;
                upper[i] = mapped[i] ? largest(before.get(i)) : Double.POSITIVE_INFINITY;
            }
            return ColumnSummary.of(before, lower, upper);
        }

        private static double least(Column column) {
            return rounded(column) ? column.lower() : Math.nextUp(column.lower());
        }

        private static double largest(Column column) {
            return rounded(column) ? column.upper() : Math.nextDown(column.upper());
        }

        private static boolean rounded(Column column) {
            return column.kind() == Column.Kind.BOUNDED && column.step() > 0;
        }

        /** A rounded value on a bound stands for what lies within half a step of it: it is taken in the middle of that. */
        private static double offBounds(Column column, double value) {
            double quarter = column.step() / 4;
            return value == column.lower() ? value + quarter : value == column.upper() ? value - quarter : value;
        }

        void requireInside(ColumnSummary summary) {
            for (int i = 0; i < mapped.length; i++) {
                Column column = before.get(i);
                OptionalLong row = summary.firstOutside(i);
                if (row.isPresent()) {
                    throw InputException.at(
                            Address.ofRow(row.getAsLong() + 1).in(column.name()),
                            summary.valueOutside(i) + " is not inside (" + column.lower() + ", " + column.upper()
                                    + "), as frame 'unbound' needs; leave the column out of it, or give it wider bounds");
                }
            }
        }

        @Override
        public List<Column> columns() {
            return columns;
        }

        @Override
        public void forward(Points x, Points z, double[] logJacobian) {
            for (int i = 0; i < mapped.length; i++) {
                int at = x.offset(i);
                Column column = before.get(i);
                if (!mapped[i]) {
                    System.arraycopy(x.values(), at, z.values(), at, x.size());
                } else if (column.kind() == Column.Kind.BOUNDED) {
                    logit(x.values(), z.values(), at, column, logJacobian);
                } else if (knees[i] > 0) {
                    rooted(x.values(), z.values(), at, knees[i], logJacobian);
                } else {
                    logarithm(x.values(), z.values(), at, logJacobian);
                }
            }
        }

        private static void logarithm(double[] x, double[] z, int at, double[] logJacobian) {
            for (int n = 0; n < logJacobian.length; n++) {
                double log = Math.log(x[at + n]);
                z[at + n] = log;
                logJacobian[n] -= log;
            }
        }

        /** z = 2 log(exp(u) - 1) with u = sqrt(x / s), and dz/dx = u / (x (1 - exp(-u))). */
        private static void rooted(double[] x, double[] z, int at, double knee, double[] logJacobian) {
            double root = Math.sqrt(knee);
            for (int n = 0; n < logJacobian.length; n++) {
                double u = Math.sqrt(x[at + n]) / root;
                double below = Math.log(-Math.expm1(-u));
                z[at + n] = 2 * (u + below);
                logJacobian[n] += Math.log(u) - below - Math.log(x[at + n]);
            }
        }

        private static void logit(double[] x, double[] z, int at, Column column, double[] logJacobian) {
            double width = Math.log(column.upper() - column.lower());
            for (int n = 0; n < logJacobian.length; n++) {
                double value = offBounds(column, x[at + n]);
                double left = Math.log(value - column.lower());
                double right = Math.log(column.upper() - value);
                z[at + n] = left - right;
                logJacobian[n] += width - left - right;
            }
        }

        @Override
        public void inverse(Points z, Points x) {
            for (int i = 0; i < mapped.length; i++) {
                int at = x.offset(i);
                Column column = before.get(i);
                for (int n = at; n < at + x.size(); n++) {
                    double value = z.values()[n];
                    if (mapped[i] && column.kind() == Column.Kind.BOUNDED) {
                        value = inside(column, value);
                    } else if (mapped[i]) {
                        value = Math.max(Double.MIN_VALUE, knees[i] > 0 ? squared(value, knees[i]) : Math.exp(value));
                    }
                    x.values()[n] = value;
                }
            }
        }

        private static double squared(double z, double knee) {
            double u = Math.max(0, z / 2) + Math.log1p(Math.exp(-Math.abs(z / 2)));
            return knee * u * u;
        }

        /** The value whose logit is given; rounding must not put it on a bound, whose logit is infinite. */
        private static double inside(Column column, double logit) {
            double width = column.upper() - column.lower();
            double value = logit < 0
                    ? column.lower() + width * (Math.exp(logit) / (1 + Math.exp(logit)))
                    : column.upper() - width * (Math.exp(-logit) / (1 + Math.exp(-logit)));
            return Math.max(Math.nextUp(column.lower()), Math.min(Math.nextDown(column.upper()), value));
        }

        @Override
        public State state() {
            return State.EMPTY;
        }
    }
}
