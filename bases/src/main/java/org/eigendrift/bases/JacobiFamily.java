package org.eigendrift.bases;

import java.lang.invoke.MethodHandles;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eigendrift.api.InputException;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.bases.marginal.ColumnSummary;

/** The Jacobi (Wright-Fisher) diffusion: the {@code jacobi} family, see {@link JacobiBasis}. */
public final class JacobiFamily implements BasisFamily<JacobiFamily.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Members of the family that have names. */
    public enum Member {
        /** alpha = beta = 0: uniform law. */
        LEGENDRE,
        /** alpha = beta = -1/2: arcsine law. */
        CHEBYSHEV,
        /** alpha and beta as given. */
        JACOBI
    }

    /**
     * Options.
     *
     * @param kind a named member, or {@code jacobi} for given exponents
     * @param alpha exponent of (upper - x)
     * @param beta exponent of (x - lower)
     */
    public record Options(
            @Option(
                    doc = "legendre (uniform law), chebyshev (arcsine law), or jacobi with alpha and beta",
                    value = "jacobi")
            Member kind,

            @Option(
                    doc = "exponent of (upper - x) in the stationary density, above -1; auto is 0",
                    value = "auto",
                    min = -1,
                    open = true,
                    max = 64)
            OptionalDouble alpha,

            @Option(
                    doc = "exponent of (x - lower) in the stationary density, above -1; auto is 0",
                    value = "auto",
                    min = -1,
                    open = true,
                    max = 64)
            OptionalDouble beta) {

        /**
         * Checks that exponents are given only where the member leaves them open.
         *
         * @param kind a named member
         * @param alpha exponent of (upper - x)
         * @param beta exponent of (x - lower)
         * @throws InputException if they contradict the member
         */
        public Options {
            if (kind != Member.JACOBI && (alpha.isPresent() || beta.isPresent())) {
                throw new InputException("kind " + kind.name().toLowerCase(Locale.ROOT)
                        + " fixes alpha and beta; leave them out, or choose kind jacobi");
            }
        }

        double exponentAtUpper() {
            return kind == Member.CHEBYSHEV ? -0.5 : alpha.orElse(0);
        }

        double exponentAtLower() {
            return kind == Member.CHEBYSHEV ? -0.5 : beta.orElse(0);
        }
    }

    /** Creates the provider. */
    public JacobiFamily() {}

    @Override
    public String name() {
        return "jacobi";
    }

    @Override
    public String summary() {
        return "Jacobi polynomials on an interval (Legendre, Chebyshev): Wright-Fisher diffusion, beta law";
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
        Eigenbasis basis = basis(options, column, degree);
        return ColumnSummary.within(
                        column,
                        column.lower(),
                        column.upper(),
                        "declare wider bounds, or declare it real and use family 'mean-field' or 'hermite'")
                .map(summary -> basis);
    }

    @Override
    public Eigenbasis restore(Options options, Column column, int degree, State state) {
        return basis(options, column, degree);
    }

    private Eigenbasis basis(Options options, Column column, int degree) {
        Refusal.kind(this, column);
        Refusal.degree(
                this,
                column,
                degree,
                JacobiBasis.LARGEST_DEGREE,
                "derivatives at the ends, which grow like the square of the degree, lose the accuracy promised");
        return new JacobiBasis(
                column.lower(), column.upper(), options.exponentAtUpper(), options.exponentAtLower(), degree);
    }
}
