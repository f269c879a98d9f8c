package org.eigendrift.solvers.direct;

import java.lang.invoke.MethodHandles;
import java.util.OptionalDouble;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Truncated singular value decomposition. That of a symmetric matrix is its spectral decomposition up to signs, which
 * EJML computes by tridiagonalisation and implicit QR: some 30 times the work of Cholesky, once for a whole path of
 * ridges.
 */
public final class SvdProvider implements SolverProvider<SvdProvider.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param rankTolerance singular values up to this fraction of the largest count as 0
     * @param tolerance largest normwise backward error of a converged solve
     */
    public record Options(
            @Option(
                    doc = "Singular values up to this fraction of the largest count as 0. auto: n times the unit"
                            + " roundoff, what rounding leaves of a zero.",
                    value = "auto",
                    min = 0,
                    max = 1)
            OptionalDouble rankTolerance,

            @Option(
                    doc = "Largest normwise backward error |r| / (|A| |x| + |b|) of a converged solve.",
                    value = "1e-10",
                    min = 0,
                    open = true)
            double tolerance) {}

    /** Creates the provider. */
    public SvdProvider() {}

    @Override
    public String name() {
        return "svd";
    }

    @Override
    public String summary() {
        return "truncated singular value decomposition (EJML); least-norm solutions of singular systems, ridge paths";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Solver create(Options options, RunContext context) {
        return new SpectralSolver(options);
    }
}
