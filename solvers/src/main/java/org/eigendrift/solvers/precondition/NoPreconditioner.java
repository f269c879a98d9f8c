package org.eigendrift.solvers.precondition;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** The identity. */
public final class NoPreconditioner implements PreconditionerProvider<NoPreconditioner.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** No options. */
    public record Options() {}

    /** Creates the provider. */
    public NoPreconditioner() {}

    @Override
    public String name() {
        return "none";
    }

    @Override
    public String summary() {
        return "no preconditioner";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Preconditioner create(Options options, LinearSystem system) {
        return (r, z) -> System.arraycopy(r, 0, z, 0, r.length);
    }
}
