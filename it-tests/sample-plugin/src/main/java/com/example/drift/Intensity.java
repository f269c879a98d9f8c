package com.example.drift;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.guidance.OperatorProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** Squares of all columns: what is left of amplitudes where only intensities are seen. */
public final class Intensity implements OperatorProvider<Intensity.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Nothing to choose. */
    public record Options() {}

    /** Creates the provider. */
    public Intensity() {}

    @Override
    public String name() {
        return "intensity";
    }

    @Override
    public String summary() {
        return "squares of the columns";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Operator create(Options options, List<Column> columns) {
        return new Squares(columns.size());
    }

    private record Squares(int inputs) implements Operator {
        @Override
        public int outputs() {
            return inputs;
        }

        @Override
        public boolean affine() {
            return false;
        }

        @Override
        public void apply(Points x, Points out) {
            for (int k = 0; k < x.values().length; k++) {
                out.values()[k] = x.values()[k] * x.values()[k];
            }
        }

        @Override
        public void tangent(Points x, Points v, Points out) {
            for (int k = 0; k < x.values().length; k++) {
                out.values()[k] = 2 * x.values()[k] * v.values()[k];
            }
        }

        /** The Jacobian is diagonal: it is its own transpose. */
        @Override
        public void adjoint(Points x, Points w, Points out) {
            tangent(x, w, out);
        }
    }
}
