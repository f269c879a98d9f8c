package org.eigendrift.solvers.precondition;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.solvers.Systems;

/**
 * Division by the diagonal of A + shift I. An entry that is not positive, which no definite matrix has, counts as 1:
 * whether the matrix is definite is for the solver to find out.
 */
public final class JacobiPreconditioner implements PreconditionerProvider<JacobiPreconditioner.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** No options. */
    public record Options() {}

    /** Creates the provider. */
    public JacobiPreconditioner() {}

    @Override
    public String name() {
        return "jacobi";
    }

    @Override
    public String summary() {
        return "division by the diagonal; matrix-free and never harmful";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Preconditioner create(Options options, LinearSystem system) {
        double[] inverse = Systems.inverseDiagonal(system);
        return (r, z) -> {
            for (int i = 0; i < inverse.length; i++) {
                z[i] = r[i] * inverse[i];
            }
        };
    }
}
