package org.eigendrift.solvers.precondition;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.solvers.Systems;
import org.eigendrift.solvers.factor.CholeskyFactor;

/**
 * Solves with the diagonal blocks, one a cluster of coordinates. A block that is not positive definite is replaced by
 * its diagonal: whether the whole matrix is definite is for the solver to find out.
 */
public final class BlockJacobiPreconditioner implements PreconditionerProvider<BlockJacobiPreconditioner.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** No options. */
    public record Options() {}

    /** Creates the provider. */
    public BlockJacobiPreconditioner() {}

    @Override
    public String name() {
        return "block-jacobi";
    }

    @Override
    public String summary() {
        return "solves with the diagonal blocks of the clusters";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Preconditioner create(Options options, LinearSystem system) {
        SymmetricMatrix matrix = Systems.entries("preconditioner block-jacobi", system, "jacobi, polynomial or none");
        CholeskyFactor[] factors = new CholeskyFactor[matrix.blocks()];
        for (int b = 0; b < factors.length; b++) {
            factors[b] = new CholeskyFactor();
            if (!factor(factors[b], matrix, b, system.shift())) {
                factors[b] = null;
            }
        }
        double[] inverse = Systems.inverseDiagonal(system);
        return (r, z) -> {
            System.arraycopy(r, 0, z, 0, r.length);
            for (int b = 0; b < factors.length; b++) {
                if (factors[b] != null) {
                    factors[b].solve(z, matrix.blockStart(b));
                    continue;
                }
                for (int i = matrix.blockStart(b); i < matrix.blockStart(b + 1); i++) {
                    z[i] *= inverse[i];
                }
            }
        };
    }

    private static boolean factor(CholeskyFactor factor, SymmetricMatrix matrix, int block, double shift) {
        int start = matrix.blockStart(block);
        int width = matrix.blockStart(block + 1) - start;
        if (matrix instanceof BlockSymmetric blocks) {
            return factor.factor(blocks.entries(blocks.rowStart(block)), 0, width, width, shift) < 0;
        }
        int n = matrix.size();
        return factor.factor(((DenseSymmetric) matrix).values(), start * n + start, n, width, shift) < 0;
    }
}
