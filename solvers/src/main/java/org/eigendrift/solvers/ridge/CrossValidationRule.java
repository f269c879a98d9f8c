package org.eigendrift.solvers.ridge;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.RidgePath;
import org.eigendrift.api.linear.RidgeRule;
import org.eigendrift.api.linear.RidgeRuleProvider;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Generalised cross-validation (Golub, Heath, Wahba 1979): the ridge that minimises
 *
 * <pre>  V(rho) = n |b - A x_rho|^2 / (rho tr (A + rho I)^-1)^2,</pre>
 *
 * the trace from products z' (A + rho I)^-1 z with random signs z (Hutchinson 1990), or exactly with all unit vectors if there
 * are at least as many probes as unknowns. It does not look at the errors of b.
 */
public final class CrossValidationRule implements RidgeRuleProvider<CrossValidationRule.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param probes products for the trace
     */
    public record Options(
            @Option(
                    doc =
                            "Products with random signs from which the trace is estimated; with as many as functions it is exact.",
                    value = "16",
                    min = 1,
                    max = 10000)
            int probes) {}

    /** Creates the provider. */
    public CrossValidationRule() {}

    @Override
    public String name() {
        return "gcv";
    }

    @Override
    public String summary() {
        return "generalised cross-validation: the least misfit for each degree of freedom left";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public RidgeRule create(Options options, RunContext context) {
        CounterRandom random = context.random(Purpose.RIDGE_SIGNS);
        return evidence -> pick(evidence.path(), evidence.solver(), options.probes(), random);
    }

    private static OptionalInt pick(RidgePath path, Solver solver, int probes, CounterRandom random) {
        double[][] signs = signs(path.system().rhs().length, probes, random);
        int n = path.system().rhs().length;
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < path.solutions().size(); k++) {
            // A trace for every ridge, wanted or not: what a solver learns must not depend on what converged.
            double freedom = path.ridge(k) * trace(path.system().withShift(path.ridge(k)), solver, signs);
            double value = n * path.misfit(k) * path.misfit(k) / (freedom * freedom);
            if (path.solutions().get(k).converged() && path.ridge(k) > 0 && value < least) {
                least = value;
                best = k;
            }
        }
        return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
    }

    /** Unit vectors if there are as many as unknowns. */
    private static double[][] signs(int n, int probes, CounterRandom random) {
        boolean exact = probes >= n;
        double[][] signs = new double[exact ? n : probes][n];
        for (int p = 0; p < signs.length; p++) {
            for (int i = 0; i < n; i++) {
                signs[p][i] = exact ? (i == p ? 1 : 0) : random.uniform(p, i) < 0.5 ? -1 : 1;
            }
        }
        return signs;
    }

    /** An estimate of tr (A + rho I)^-1; NaN where a solve did not converge. */
    private static double trace(LinearSystem shifted, Solver solver, double[][] signs) {
        // All probes of a ridge together: a direct solver factorises once for them.
        List<LinearSystem> probing = new ArrayList<>(signs.length);
        for (double[] z : signs) {
            probing.add(new LinearSystem(shifted.matrix(), shifted.shift(), z, shifted.time()));
        }
        List<Solution> solved = solver.solveAll(probing);
        boolean exact = signs.length == shifted.rhs().length;
        double trace = 0;
        for (int p = 0; p < signs.length; p++) {
            double product = solved.get(p).converged() ? 0 : Double.NaN;
            for (int i = 0; i < signs[p].length; i++) {
                product += signs[p][i] * solved.get(p).x()[i];
            }
            trace += exact ? product : product / signs.length;
        }
        return trace;
    }
}
