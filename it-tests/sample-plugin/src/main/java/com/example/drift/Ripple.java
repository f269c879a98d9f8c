package com.example.drift;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.guidance.ObjectiveProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/** The sum of cos(k x_i): likes rows whose columns are multiples of 2 pi / k. */
public final class Ripple implements ObjectiveProvider<Ripple.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param frequency k
     */
    public record Options(
            @Option(doc = "Waves in each 2 pi of a column", value = "4", min = 0, open = true)
            double frequency) {}

    /** Creates the provider. */
    public Ripple() {}

    @Override
    public String name() {
        return "ripple";
    }

    @Override
    public String summary() {
        return "cosines of the columns, summed";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Objective create(Options options, List<Column> columns) {
        double k = options.frequency();
        return new Objective() {
            @Override
            public void value(Points x, double[] out) {
                Arrays.fill(out, 0, x.size(), 0);
                for (int n = 0; n < x.size(); n++) {
                    for (int i = 0; i < x.dim(); i++) {
                        out[n] += Math.cos(k * x.get(i, n));
                    }
                }
            }

            @Override
            public void gradient(Points x, Points out) {
                for (int j = 0; j < x.values().length; j++) {
                    out.values()[j] = -k * Math.sin(k * x.values()[j]);
                }
            }
        };
    }
}
