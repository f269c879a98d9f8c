package org.eigendrift.solvers.precondition;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.solvers.Lanczos;
import org.eigendrift.solvers.Systems;

/**
 * A fixed polynomial in D^-1 A: a few steps of Chebyshev semi-iteration from 0 (Saad 12.3.2) on the interval
 * [largest / ratio, largest], whose upper end is estimated by Lanczos. 1 - x p(x) stays within (-1, 1) on all of
 * (0, largest], so the preconditioner is definite whenever the matrix is.
 */
public final class PolynomialPreconditioner implements PreconditionerProvider<PolynomialPreconditioner.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Lanczos steps for the largest eigenvalue, which converges first; the margin covers what is missing. */
    private static final int STEPS = 10;

    private static final double MARGIN = 1.1;

    /**
     * Options.
     *
     * @param degree degree of the polynomial
     * @param ratio largest eigenvalue over the lower end of the interval
     */
    public record Options(
            @Option(
                    doc = "Degree of the polynomial; each costs one product with the matrix an application.",
                    value = "3",
                    min = 1,
                    max = 100)
            int degree,

            @Option(
                    doc = "Largest eigenvalue over the lower end of the interval on which the polynomial is best.",
                    value = "30",
                    min = 1,
                    open = true)
            double ratio) {}

    /** Creates the provider. */
    public PolynomialPreconditioner() {}

    @Override
    public String name() {
        return "polynomial";
    }

    @Override
    public String summary() {
        return "a Chebyshev polynomial in the matrix; matrix-free";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Preconditioner create(Options options, LinearSystem system) {
        double[] inverse = Systems.inverseDiagonal(system);
        Lanczos lanczos = new Lanczos().runScaled(system, inverse, STEPS);
        double largest = lanczos.largest() > 0 ? MARGIN * lanczos.largest() : 1;
        return new Chebyshev(system, inverse, largest / options.ratio(), largest, options.degree());
    }

    /** z = p(D^-1 A) D^-1 r with p of degree {@code degree}; the names are those of Saad's algorithm 12.1. */
    private static final class Chebyshev implements Preconditioner {
        private final LinearSystem system;
        private final double[] inverse;
        private final double theta;
        private final double delta;
        private final int degree;
        private final double[] residual;
        private final double[] step;
        private final double[] product;

        Chebyshev(LinearSystem system, double[] inverse, double low, double high, int degree) {
            this.system = system;
            this.inverse = inverse;
            this.theta = (high + low) / 2;
            this.delta = (high - low) / 2;
            this.degree = degree;
            this.residual = new double[inverse.length];
            this.step = new double[inverse.length];
            this.product = new double[inverse.length];
        }

        @Override
        public void apply(double[] r, double[] z) {
            double sigma = theta / delta;
            double rho = 1 / sigma;
            for (int i = 0; i < z.length; i++) {
                residual[i] = r[i];
                step[i] = inverse[i] * r[i] / theta;
                z[i] = step[i];
            }
            for (int k = 0; k < degree; k++) {
                system.apply(step, product);
                double next = 1 / (2 * sigma - rho);
                for (int i = 0; i < z.length; i++) {
                    residual[i] -= product[i];
                    step[i] = rho * next * step[i] + 2 * next / delta * inverse[i] * residual[i];
                    z[i] += step[i];
                }
                rho = next;
            }
        }
    }
}
