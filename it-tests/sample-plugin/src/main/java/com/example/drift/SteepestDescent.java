package com.example.drift;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/** Steepest descent: steps along the residual, each to the least error along it. */
public final class SteepestDescent implements SolverProvider<SteepestDescent.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param tolerance relative residual at which it ends
     * @param iterations most steps
     */
    public record Options(
            @Option(doc = "Relative residual at which it ends", value = "1e-9", min = 1e-14, max = 0.1)
            double tolerance,

            @Option(doc = "Most steps", value = "100000", min = 1)
            int iterations) {}

    /** Creates the provider. */
    public SteepestDescent() {}

    @Override
    public String name() {
        return "steepest-descent";
    }

    @Override
    public String summary() {
        return "steps along the residual; matrix-free, for well-conditioned systems";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Solver create(Options options, RunContext run) {
        return (system, guess) -> solve(options, system, guess);
    }

    private static Solution solve(Options options, LinearSystem system, double[] guess) {
        int n = system.rhs().length;
        double[] x = guess == null ? new double[n] : guess.clone();
        double[] product = new double[n];
        double[] residual = new double[n];
        for (int step = 0; ; step++) {
            double relative = system.relativeResidual(x);
            if (Double.isNaN(relative)) {
                return end(system, x, step, relative, Solution.Status.NOT_FINITE);
            }
            if (relative <= options.tolerance()) {
                return new Solution(x, step, relative, Double.NaN, Solution.Status.CONVERGED, "");
            }
            if (step == options.iterations()) {
                return end(system, x, step, relative, Solution.Status.NOT_CONVERGED);
            }
            system.apply(x, product);
            for (int i = 0; i < n; i++) {
                residual[i] = system.rhs()[i] - product[i];
            }
            system.apply(residual, product);
            double curvature = dot(residual, product);
            if (curvature <= 0) {
                return end(system, x, step, relative, Solution.Status.INDEFINITE);
            }
            double length = dot(residual, residual) / curvature;
            for (int i = 0; i < n; i++) {
                x[i] += length * residual[i];
            }
        }
    }

    private static Solution end(LinearSystem system, double[] x, int step, double residual, Solution.Status status) {
        String detail = status + " after " + step + " steps at t = " + system.time() + ", residual " + residual;
        return new Solution(x, step, residual, Double.NaN, status, detail);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
