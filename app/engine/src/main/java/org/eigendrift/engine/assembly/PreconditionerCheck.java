package org.eigendrift.engine.assembly;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Origin;
import org.eigendrift.api.plugin.PluginException;

/**
 * Whether the preconditioner is why a solver failed. What a solve comes to is checked by its residual, so a wrong
 * preconditioner can do nothing but keep a solver from its solution: it is looked up only then.
 */
final class PreconditionerCheck {
    /** Of the norms: symmetric maps of thousands of rounded operations are symmetric far below. */
    private static final double SAME = 1e-8;

    private PreconditionerCheck() {}

    /**
     * The fault of the preconditioner that stands in a solver's options.
     *
     * @param solver the solver that failed
     * @param system the system that it did not solve
     * @return the fault with the plugin's name; empty if there is none, or no preconditioner
     */
    static Optional<String> fault(Chosen<?, ?> solver, LinearSystem system) {
        for (Chosen<?, ?> chosen : solver.provider().options().chosen(solver.options())) {
            if (chosen.provider() instanceof PreconditionerProvider<?>) {
                @SuppressWarnings("unchecked") // what providers of preconditioners create, and from what
                Chosen<LinearSystem, Preconditioner> preconditioner = (Chosen<LinearSystem, Preconditioner>) chosen;
                return found(preconditioner, system)
                        .map(what -> "the preconditioner " + chosen.name() + ", " + Origin.of(chosen.provider()) + ", "
                                + what);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> found(Chosen<LinearSystem, Preconditioner> chosen, LinearSystem system) {
        double[] u = vector(system.rhs().length, 0);
        double[] v = vector(system.rhs().length, 1);
        try {
            Preconditioner map = chosen.create(system);
            return fault(map, u, v);
        } catch (InputException | NumericalException e) {
            // What it says itself stands in the solver's failure already.
            return Optional.empty();
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            return Optional.of(PluginException.meaning(e));
        }
    }

    private static Optional<String> fault(Preconditioner map, double[] u, double[] v) {
        double[] mu = new double[u.length];
        double[] mv = new double[u.length];
        map.apply(u.clone(), mu);
        map.apply(v.clone(), mv);
        double there = dot(v, mu);
        double here = dot(u, mv);
        double square = dot(u, mu);
        if (!Double.isFinite(dot(mu, mu)) || !Double.isFinite(dot(mv, mv))) {
            return Optional.of("is wrong: it maps finite numbers to others");
        }
        if (!(square > 0)) {
            return Optional.of(String.format(
                    Locale.ROOT, "is wrong: it is not positive definite, u' M^-1 u is %.4g for a vector u", square));
        }
        double size = Math.sqrt(dot(mu, mu) * dot(v, v)) + Math.sqrt(dot(mv, mv) * dot(u, u));
        return Math.abs(there - here) <= SAME * size
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "is wrong: it is not symmetric, v' M^-1 u is %.6g and u' M^-1 v is %.6g",
                        there,
                        here));
    }

    private static double[] vector(int size, int stream) {
        double[] vector = new double[size];
        for (int i = 0; i < size; i++) {
            vector[i] = new CounterRandom(20).normal(stream, i);
        }
        return vector;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
