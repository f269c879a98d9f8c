package org.eigendrift.solvers.precondition;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.solvers.Systems;
import org.eigendrift.solvers.stationary.Sweep;

/**
 * Symmetric successive over-relaxation, M = omega / (2 - omega) (D / omega + L) D^-1 (D / omega + L^T) (Saad 10.2): one
 * pass forward and one back, together as dear as one product with the matrix.
 */
public final class SsorPreconditioner implements PreconditionerProvider<SsorPreconditioner.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param omega relaxation
     */
    public record Options(
            @Option(
                    doc = "Relaxation omega; 1 is symmetric Gauss-Seidel.",
                    value = "1",
                    min = 0,
                    max = 1.9999,
                    open = true)
            double omega) {}

    /** Creates the provider. */
    public SsorPreconditioner() {}

    @Override
    public String name() {
        return "ssor";
    }

    @Override
    public String summary() {
        return "a symmetric sweep of over-relaxation";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Preconditioner create(Options options, LinearSystem system) {
        Sweep sweep =
                Sweep.of(Systems.entries("preconditioner ssor", system, "jacobi, polynomial or none"), system.shift());
        double omega = options.omega();
        return (r, z) -> {
            System.arraycopy(r, 0, z, 0, r.length);
            sweep.solveLower(z, omega);
            for (int i = 0; i < z.length; i++) {
                // Rows that sweeps leave alone pass unchanged, which keeps the map definite.
                z[i] = sweep.diagonal(i) > 0 ? z[i] * sweep.diagonal(i) * (2 - omega) / omega : 0;
            }
            sweep.solveUpper(z, omega);
            for (int i = 0; i < z.length; i++) {
                z[i] = sweep.diagonal(i) > 0 ? z[i] : r[i];
            }
        };
    }
}
