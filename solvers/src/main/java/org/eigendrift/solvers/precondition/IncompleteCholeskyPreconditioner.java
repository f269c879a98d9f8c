package org.eigendrift.solvers.precondition;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.solvers.Systems;

/**
 * Incomplete Cholesky factorisation without fill (Meijerink, van der Vorst 1977) on the pattern of the blocks, exact
 * within each. Where a pivot block is not positive definite, the diagonal is stretched and the factorisation begun
 * again (Manteuffel 1980).
 */
public final class IncompleteCholeskyPreconditioner
        implements PreconditionerProvider<IncompleteCholeskyPreconditioner.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param shift relative increase of the diagonal
     */
    public record Options(
            @Option(
                    doc = "Relative increase of the diagonal on a breakdown; doubled until the factorisation exists.",
                    value = "0.001",
                    min = 0,
                    max = 1,
                    open = true)
            double shift) {}

    /** Creates the provider. */
    public IncompleteCholeskyPreconditioner() {}

    @Override
    public String name() {
        return "ic0";
    }

    @Override
    public String summary() {
        return "incomplete Cholesky factorisation on the pattern of the clusters";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Preconditioner create(Options options, LinearSystem system) {
        SymmetricMatrix matrix = Systems.entries("preconditioner ic0", system, "jacobi, polynomial or none");
        if (!(positiveDiagonal(system))) {
            double[] inverse = Systems.inverseDiagonal(system);
            return (r, z) -> {
                for (int i = 0; i < z.length; i++) {
                    z[i] = r[i] * inverse[i];
                }
            };
        }
        BlockIncompleteCholesky factor = new BlockIncompleteCholesky(matrix);
        // A stretched diagonal dominates in the end: the doubling needs at most a few dozen steps.
        for (double stretch = 0; !factor.factor(system.shift(), 1 + stretch); ) {
            stretch = stretch == 0 ? options.shift() : 2 * stretch;
        }
        return factor;
    }

    /** No stretch helps against a diagonal entry that is not positive, as only matrices that are not definite have. */
    private static boolean positiveDiagonal(LinearSystem system) {
        double[] diagonal = new double[system.rhs().length];
        system.matrix().diagonal(diagonal);
        for (double entry : diagonal) {
            if (!(entry + system.shift() > 0)) {
                return false;
            }
        }
        return true;
    }
}
