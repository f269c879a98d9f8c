package org.eigendrift.bases.frame;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/**
 * Maps angles of any period to [0, 2 pi): z = 2 pi (x - lower) / (upper - lower), values outside the period wrapped
 * into it. Other columns pass through.
 */
public final class AngleFrame implements FrameProvider<AngleFrame.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param columns names of the columns to map
     */
    public record Options(
            @Option(doc = "names of the columns to map; empty for all angles", value = "[]")
            List<String> columns) {}

    /** Creates the provider. */
    public AngleFrame() {}

    @Override
    public String name() {
        return "angle";
    }

    @Override
    public String summary() {
        return "maps angles of any period to [0, 2 pi), wrapping values outside it";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Optional<Offer> offer(FrameUse use) {
        return use instanceof FrameUse.Turn ? Optional.of(Offer.of(1)) : Optional.empty();
    }

    @Override
    public Plan<Frame> plan(Options options, List<Column> columns) {
        return Plan.of(frame(options, columns));
    }

    @Override
    public Frame restore(Options options, List<Column> columns, State state) {
        return frame(options, columns);
    }

    private Frame frame(Options options, List<Column> columns) {
        return new Wrapped(
                columns, Selection.of(name(), columns, options.columns(), kind -> kind == Column.Kind.ANGLE));
    }

    /** The map of given columns. */
    private static final class Wrapped implements Frame {
        private static final double TURN = 2 * Math.PI;

        private final List<Column> before;
        private final List<Column> columns;
        private final boolean[] mapped;
        private final double logJacobian;

        Wrapped(List<Column> before, boolean[] mapped) {
            this.before = List.copyOf(before);
            this.mapped = mapped;
            List<Column> after = new ArrayList<>(before);
            double sum = 0;
            for (int i = 0; i < mapped.length; i++) {
                if (mapped[i]) {
                    after.set(i, Column.angle(before.get(i).name(), 0, TURN));
                    sum += Math.log(
                            TURN / (before.get(i).upper() - before.get(i).lower()));
                }
            }
            this.columns = List.copyOf(after);
            this.logJacobian = sum;
        }

        @Override
        public List<Column> columns() {
            return columns;
        }

        @Override
        public void forward(Points x, Points z, double[] logJacobian) {
            for (int i = 0; i < mapped.length; i++) {
                int at = x.offset(i);
                if (!mapped[i]) {
                    System.arraycopy(x.values(), at, z.values(), at, x.size());
                    continue;
                }
                double lower = before.get(i).lower();
                double period = before.get(i).upper() - lower;
                for (int n = at; n < at + x.size(); n++) {
                    double turns = (x.values()[n] - lower) / period;
                    double angle = TURN * (turns - Math.floor(turns));
                    // Rounding can carry a value just below the lower end to the full turn.
                    z.values()[n] = angle < TURN ? angle : 0;
                }
            }
            for (int n = 0; n < x.size(); n++) {
                logJacobian[n] += this.logJacobian;
            }
        }

        @Override
        public void inverse(Points z, Points x) {
            for (int i = 0; i < mapped.length; i++) {
                int at = x.offset(i);
                if (!mapped[i]) {
                    System.arraycopy(z.values(), at, x.values(), at, x.size());
                    continue;
                }
                double lower = before.get(i).lower();
                double upper = before.get(i).upper();
                double last = Math.nextDown(upper);
                for (int n = at; n < at + x.size(); n++) {
                    x.values()[n] = Math.min(last, lower + (upper - lower) * (z.values()[n] / TURN));
                }
            }
        }

        @Override
        public State state() {
            return State.EMPTY;
        }
    }
}
