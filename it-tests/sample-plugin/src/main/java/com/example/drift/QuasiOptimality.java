package com.example.drift;

import java.lang.invoke.MethodHandles;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.RidgePath;
import org.eigendrift.api.linear.RidgeRule;
import org.eigendrift.api.linear.RidgeRuleProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** The quasi-optimality criterion (Tikhonov and Glasko, 1965): the ridge beside which the solution moves least. */
public final class QuasiOptimality implements RidgeRuleProvider<QuasiOptimality.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Nothing to choose. */
    public record Options() {}

    /** Creates the provider. */
    public QuasiOptimality() {}

    @Override
    public String name() {
        return "quasi-optimality";
    }

    @Override
    public String summary() {
        return "the ridge beside which the solution moves least";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public RidgeRule create(Options options, RunContext run) {
        return evidence -> pick(evidence.path());
    }

    private static OptionalInt pick(RidgePath path) {
        List<Integer> rising = IntStream.range(0, path.solutions().size())
                .filter(k -> path.solutions().get(k).converged())
                .boxed()
                .sorted(Comparator.comparingDouble(path::ridge))
                .toList();
        int best = rising.isEmpty() ? -1 : rising.get(0);
        double least = Double.POSITIVE_INFINITY;
        for (int k = 1; k < rising.size(); k++) {
            double move = distance(path, rising.get(k - 1), rising.get(k));
            if (move < least) {
                least = move;
                best = rising.get(k);
            }
        }
        return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
    }

    private static double distance(RidgePath path, int one, int other) {
        double[] a = path.solutions().get(one).x();
        double[] b = path.solutions().get(other).x();
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }
}
