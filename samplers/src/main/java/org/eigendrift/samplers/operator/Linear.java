package org.eigendrift.samplers.operator;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.guidance.ObjectiveProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/** A weighted sum of the columns. */
public final class Linear implements ObjectiveProvider<Linear.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Linear() {}

    /**
     * The options.
     *
     * @param weights weights
     */
    public record Options(
            @Option(doc = "a weight for each column") List<Double> weights) {}

    @Override
    public String name() {
        return "linear";
    }

    @Override
    public String summary() {
        return "a weighted sum of the columns";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Objective create(Options options, List<Column> columns) {
        double[] weights = Near.numbers("linear.weights", options.weights, columns.size());
        return new Objective() {
            @Override
            public void value(Points x, double[] out) {
                Arrays.fill(out, 0, x.size(), 0);
                for (int i = 0; i < weights.length; i++) {
                    for (int n = 0; n < x.size(); n++) {
                        out[n] += weights[i] * x.get(i, n);
                    }
                }
            }

            @Override
            public void gradient(Points x, Points out) {
                for (int i = 0; i < weights.length; i++) {
                    Arrays.fill(out.values(), out.offset(i), out.offset(i) + out.size(), weights[i]);
                }
            }
        };
    }
}
