package com.example.drift;

import java.lang.invoke.MethodHandles;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * The Wright-Fisher-like diffusion on [lower, upper] with the arcsine law: a(x) = (x - lower)(upper - x), eigenvalues
 * k^2, eigenfunctions sqrt2 cos(k theta) with x = lower + (upper - lower) (1 - cos theta) / 2.
 */
public final class ArcsineFamily implements BasisFamily<ArcsineFamily.Options> {
    private static final int MAX_DEGREE = 128;
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Nothing to choose. */
    public record Options() {}

    /** Creates the provider. */
    public ArcsineFamily() {}

    @Override
    public String name() {
        return "arcsine";
    }

    @Override
    public String summary() {
        return "cosines in the angle of the arcsine law on an interval";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public boolean accepts(Column.Kind kind) {
        return kind == Column.Kind.BOUNDED;
    }

    @Override
    public Optional<String> frame() {
        return Optional.of("box");
    }

    @Override
    public Plan<Eigenbasis> plan(Options options, Column column, int degree) {
        if (!accepts(column.kind())) {
            throw new InputException("column '" + column.name()
                    + "' has no bounds, which the family arcsine needs; use the frame box or the family hermite");
        }
        if (degree < 1 || degree > MAX_DEGREE) {
            throw new InputException("degree " + degree + " of column '" + column.name()
                    + "': the family arcsine serves degrees 1 to " + MAX_DEGREE);
        }
        return Plan.of(new ArcsineBasis(column.lower(), column.upper(), degree));
    }

    @Override
    public Eigenbasis restore(Options options, Column column, int degree, State state) {
        return new ArcsineBasis(column.lower(), column.upper(), degree);
    }
}
