package org.eigendrift.solvers.ridge;

import java.lang.invoke.MethodHandles;
import java.util.OptionalInt;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.RidgePath;
import org.eigendrift.api.linear.RidgeRule;
import org.eigendrift.api.linear.RidgeRuleProvider;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * The discrepancy principle (Morozov 1966): the largest ridge whose misfit |b - A x_rho| does not exceed the noise in b, the
 * 2-norm of its standard errors. The ridge of the smallest misfit where all exceed the noise.
 */
public final class DiscrepancyRule implements RidgeRuleProvider<DiscrepancyRule.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** No options. */
    public record Options() {}

    /** Creates the provider. */
    public DiscrepancyRule() {}

    @Override
    public String name() {
        return "discrepancy";
    }

    @Override
    public String summary() {
        return "the discrepancy principle: the largest ridge whose misfit is within the noise of b";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public RidgeRule create(Options options, RunContext context) {
        return evidence -> {
            double squares = 0;
            for (double error : evidence.errors()) {
                squares += error * error;
            }
            return pick(evidence.path(), Math.sqrt(squares));
        };
    }

    /** The largest ridge within the noise, among those whose solve converged. */
    private static OptionalInt pick(RidgePath path, double noise) {
        int best = -1;
        for (int k = 0; k < path.solutions().size(); k++) {
            if (path.solutions().get(k).converged() && (best < 0 || better(path, k, best, noise))) {
                best = k;
            }
        }
        return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
    }

    private static boolean better(RidgePath path, int one, int other, double noise) {
        boolean fits = path.misfit(one) <= noise;
        boolean otherFits = path.misfit(other) <= noise;
        if (fits != otherFits) {
            return fits;
        }
        return fits ? path.ridge(one) > path.ridge(other) : path.misfit(one) < path.misfit(other);
    }
}
