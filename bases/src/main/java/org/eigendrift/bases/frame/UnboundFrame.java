package org.eigendrift.bases.frame;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.bases.marginal.Chunks;

/**
 * Maps positive columns by the logarithm and bounded ones by the logit, so that real columns are left:
 * z = log x, and z = log((x - lower) / (upper - x)). Other columns pass through.
 */
public final class UnboundFrame implements FrameProvider<UnboundFrame.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param columns names of the columns to map
     */
    public record Options(
            @Option(doc = "names of the columns to map; empty for all positive and bounded ones", value = "[]")
            List<String> columns) {}

    /** Creates the provider. */
    public UnboundFrame() {}

    @Override
    public String name() {
        return "unbound";
    }

    @Override
    public String summary() {
        return "logarithm of positive columns, logit of bounded ones";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Frame create(Options options, FrameContext context) {
        List<Column> columns = context.data().columns();
        Unbound frame = new Unbound(columns, selection(options, columns));
        long[] row = {0};
        Chunks.forEach(context.data(), context.run(), (points, count) -> {
            frame.requireInside(points, count, row[0]);
            row[0] += count;
        });
        return frame;
    }

    @Override
    public Frame restore(Options options, List<Column> columns, State state) {
        return new Unbound(columns, selection(options, columns));
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

        Unbound(List<Column> before, boolean[] mapped) {
            this.before = List.copyOf(before);
            this.mapped = mapped;
            List<Column> after = new ArrayList<>(before);
            for (int i = 0; i < mapped.length; i++) {
                if (mapped[i]) {
                    after.set(i, Column.real(before.get(i).name()));
                }
            }
            this.columns = List.copyOf(after);
        }

        void requireInside(Points x, int count, long firstRow) {
            for (int i = 0; i < mapped.length; i++) {
                Column column = before.get(i);
                for (int n = 0; mapped[i] && n < count; n++) {
                    double value = x.get(i, n);
                    if (!(value > column.lower() && value < column.upper())) {
                        throw new InputException("row " + (firstRow + n + 1) + ", column '" + column.name() + "': "
                                + value + " is not inside (" + column.lower() + ", " + column.upper()
                                + "), as frame 'unbound' needs; leave the column out of it, or give it wider bounds");
                    }
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
                } else if (column.kind() == Column.Kind.POSITIVE) {
                    for (int n = 0; n < x.size(); n++) {
                        double log = Math.log(x.values()[at + n]);
                        z.values()[at + n] = log;
                        logJacobian[n] -= log;
                    }
                } else {
                    logit(x.values(), z.values(), at, column, logJacobian);
                }
            }
        }

        private static void logit(double[] x, double[] z, int at, Column column, double[] logJacobian) {
            double width = Math.log(column.upper() - column.lower());
            for (int n = 0; n < logJacobian.length; n++) {
                double left = Math.log(x[at + n] - column.lower());
                double right = Math.log(column.upper() - x[at + n]);
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
                    if (mapped[i]) {
                        value = column.kind() == Column.Kind.POSITIVE
                                ? Math.max(Double.MIN_VALUE, Math.exp(value))
                                : inside(column, value);
                    }
                    x.values()[n] = value;
                }
            }
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
