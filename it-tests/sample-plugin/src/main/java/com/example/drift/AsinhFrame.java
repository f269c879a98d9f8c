package com.example.drift;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.OptionSchema;

/** z = asinh(x): long tails to short ones, and next to nothing within one unit. It fits nothing. */
public final class AsinhFrame implements FrameProvider<AsinhFrame.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Nothing to choose. */
    public record Options() {}

    /** Creates the provider. */
    public AsinhFrame() {}

    @Override
    public String name() {
        return "asinh";
    }

    @Override
    public String summary() {
        return "inverse hyperbolic sine of every column";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Plan<Frame> plan(Options options, List<Column> columns) {
        return Plan.of(restore(options, columns, State.EMPTY));
    }

    @Override
    public Frame restore(Options options, List<Column> columns, State state) {
        for (Column column : columns) {
            if (column.kind() != Column.Kind.REAL) {
                throw new InputException("column '" + column.name()
                        + "' is not real, which the frame asinh needs; use the frame box, or none");
            }
        }
        return new Asinh(List.copyOf(columns));
    }

    private record Asinh(List<Column> columns) implements Frame {
        @Override
        public void forward(Points x, Points z, double[] logJacobian) {
            for (int n = 0; n < x.size(); n++) {
                for (int i = 0; i < x.dim(); i++) {
                    double value = x.get(i, n);
                    double root = Math.hypot(1, value);
                    z.set(i, n, Math.copySign(Math.log1p(Math.abs(value) + (root - 1)), value));
                    logJacobian[n] -= Math.log(root);
                }
            }
        }

        @Override
        public void inverse(Points z, Points x) {
            for (int n = 0; n < z.size(); n++) {
                for (int i = 0; i < z.dim(); i++) {
                    x.set(i, n, Math.sinh(z.get(i, n)));
                }
            }
        }

        @Override
        public State state() {
            return State.EMPTY;
        }
    }
}
