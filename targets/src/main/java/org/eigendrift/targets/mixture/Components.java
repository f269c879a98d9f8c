package org.eigendrift.targets.mixture;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.InputException;

/** Parameters of a mixture's components, from lists as a configuration has them. */
final class Components {
    private Components() {}

    /**
     * The components' weights.
     *
     * @param weights as configured, empty for equal ones
     * @param count number of components
     * @param target the target, for messages
     * @return one positive number a component
     */
    static double[] weights(List<Double> weights, int count, String target) {
        if (!weights.isEmpty() && weights.size() != count) {
            throw new InputException(
                    target + ": " + weights.size() + " weights for " + count + " components; expected as many");
        }
        double[] out = new double[count];
        for (int k = 0; k < count; k++) {
            out[k] = weights.isEmpty() ? 1.0 / count : weights.get(k);
        }
        return out;
    }

    /**
     * The components' means.
     *
     * @param means as configured, one list a component
     * @param target the target, for messages
     * @return one array a component, all of one length
     */
    static double[][] means(List<List<Double>> means, String target) {
        if (means.isEmpty() || means.get(0).isEmpty()) {
            throw new InputException(target + ": means is empty; expected one list of coordinates a component");
        }
        double[][] out = new double[means.size()][];
        for (int k = 0; k < out.length; k++) {
            out[k] = finite(means.get(k), target + ": mean " + (k + 1));
            if (out[k].length != out[0].length) {
                throw new InputException(target + ": mean " + (k + 1) + " has " + out[k].length
                        + " coordinates, mean 1 has " + out[0].length);
            }
        }
        return out;
    }

    /**
     * Widths of the components: one list for all components or one for each, of one number for all coordinates or one
     * for each.
     *
     * @param widths as configured
     * @param count number of components
     * @param dim number of coordinates
     * @param name the option, for messages
     * @return one array of {@code dim} numbers a component
     */
    static double[][] widths(List<List<Double>> widths, int count, int dim, String name) {
        if (widths.size() != 1 && widths.size() != count) {
            throw new InputException(
                    name + ": " + widths.size() + " entries for " + count + " components; expected one or as many");
        }
        double[][] out = new double[count][dim];
        for (int k = 0; k < count; k++) {
            int entry = widths.size() == 1 ? 0 : k;
            double[] given = finite(widths.get(entry), name + ", entry " + (entry + 1));
            if (given.length != 1 && given.length != dim) {
                throw new InputException(name + ", entry " + (entry + 1) + ": " + given.length + " numbers for " + dim
                        + " coordinates; expected one or as many");
            }
            if (given.length == 1) {
                Arrays.fill(out[k], given[0]);
            } else {
                out[k] = given;
            }
        }
        return out;
    }

    private static double[] finite(List<Double> values, String name) {
        double[] out = values.stream().mapToDouble(v -> v).toArray();
        for (double value : out) {
            if (!Double.isFinite(value)) {
                throw new InputException(name + ": found " + value + ", expected finite numbers");
            }
        }
        return out;
    }
}
