package org.eigendrift.api.linear;

import java.util.Optional;
import java.util.SplittableRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.Stability;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;

/**
 * A kernel for sums of products. {@link #create} refuses, as {@link InputException} with the remedy, a machine on which it cannot run.
 *
 * @param <O> options record, all of whose options have defaults: no configuration sets them
 */
@Stability(Stability.Status.EXPERIMENTAL)
public interface ProductKernelProvider<O extends Record> extends Provider<O, RunContext, ProductKernel> {
    /** The kind of all kernels. */
    Kind<RunContext, ProductKernel> KIND = new Kind<>("kernel", ProductKernelProvider.class);

    /** Whether a small product is right, to rounding or, if it says so, to the last bit. */
    @Override
    default Optional<String> fault(RunContext context, ProductKernel made) {
        int m = 5;
        int k = 7;
        int n = 19;
        SplittableRandom random = new SplittableRandom(1);
        double[] a = random.doubles(m * k, -1, 1).toArray();
        double[] b = random.doubles(k * n, -1, 1).toArray();
        double[] expected = new double[m * n];
        double[] found = new double[m * n];
        ProductKernels.PORTABLE.multiplyAdd(m, k, n, a, 0, k, b, 0, n, expected, 0, n);
        made.multiplyAdd(m, k, n, a, 0, k, b, 0, n, found, 0, n);
        for (int i = 0; i < found.length; i++) {
            // Each way of adding k products of at most 1 is within k^2 / 2 units in the last place of 1 of the sum.
            double rounding = made.exact() ? 0 : k * k * Math.ulp(1.0);
            if (!(Math.abs(found[i] - expected[i]) <= rounding)) {
                return Optional.of("formed " + found[i] + " where the sum of products is " + expected[i]);
            }
        }
        return Optional.empty();
    }
}
