package org.eigendrift.samplers.operator;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.guidance.ObjectiveProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/** Near a point: minus half the squared distance, in units of a width. */
public final class Near implements ObjectiveProvider<Near.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Near() {}

    /**
     * The options.
     *
     * @param point the point
     * @param width unit of distance
     */
    public record Options(
            @Option(doc = "the point, a value for each column")
            List<Double> point,

            @Option(doc = "distance that counts as one", value = "1", min = 0, open = true)
            double width) {}

    @Override
    public String name() {
        return "near";
    }

    @Override
    public String summary() {
        return "near a point: minus half the squared distance in units of a width";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    /** Finite numbers, as many as columns. */
    static double[] numbers(String where, List<Double> values, int columns) {
        double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
        if (numbers.length != columns) {
            throw new InputException(
                    where + ": expected " + columns + " numbers, one for each column, found " + numbers.length);
        }
        for (double number : numbers) {
            if (!Double.isFinite(number)) {
                throw new InputException(where + ": expected finite numbers, found " + number);
            }
        }
        return numbers;
    }

    @Override
    public Objective create(Options options, List<Column> columns) {
        double[] point = numbers("near.point", options.point, columns.size());
        double precision = 1 / (options.width * options.width);
        return new Objective() {
            @Override
            public void value(Points x, double[] out) {
                Arrays.fill(out, 0, x.size(), 0);
                for (int i = 0; i < point.length; i++) {
                    for (int n = 0; n < x.size(); n++) {
                        double z = x.get(i, n) - point[i];
                        out[n] -= 0.5 * precision * z * z;
                    }
                }
            }

            @Override
            public void gradient(Points x, Points out) {
                for (int i = 0; i < point.length; i++) {
                    for (int n = 0; n < x.size(); n++) {
                        out.set(i, n, -precision * (x.get(i, n) - point[i]));
                    }
                }
            }
        };
    }
}
