package com.example.drift;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/** Division by the diagonal of A + rho I, whose small entries are raised to a share of the largest. */
public final class FlooredDiagonal implements PreconditionerProvider<FlooredDiagonal.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param floor least entry
     */
    public record Options(
            @Option(doc = "Least entry, as a share of the largest", value = "0.01", min = 0, max = 1, open = true)
            double floor) {}

    /** Creates the provider. */
    public FlooredDiagonal() {}

    @Override
    public String name() {
        return "floored-diagonal";
    }

    @Override
    public String summary() {
        return "division by the diagonal, whose small entries are raised";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Preconditioner create(Options options, LinearSystem system) {
        double[] diagonal = new double[system.rhs().length];
        system.matrix().diagonal(diagonal);
        double largest = Double.MIN_NORMAL;
        for (double entry : diagonal) {
            largest = Math.max(largest, entry + system.shift());
        }
        double floor = options.floor() * largest;
        return (r, z) -> {
            for (int i = 0; i < r.length; i++) {
                z[i] = r[i] / Math.max(floor, diagonal[i] + system.shift());
            }
        };
    }
}
