package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.plugin.Nearest;

/** Reads one value of each given column. */
final class Observation {
    private static final String NEAR = "near";

    private Observation() {}

    /**
     * Reads values.
     *
     * @param texts each {@code COLUMN = VALUE}, in any order
     * @param names of the given columns
     * @return their values in the order of the names
     */
    static double[] of(List<String> texts, List<String> names) {
        double[] values = new double[names.size()];
        Arrays.fill(values, Double.NaN);
        for (String text : texts) {
            int at = text.lastIndexOf('=');
            if (at < 0) {
                throw InputException.at(NEAR, "found '" + text + "', expected COLUMN = VALUE");
            }
            String name = text.substring(0, at).trim();
            int column = names.indexOf(name);
            if (column < 0) {
                throw InputException.at(NEAR, "no given column '" + name + "'" + Nearest.hint(name, names));
            }
            if (!Double.isNaN(values[column])) {
                throw InputException.at(NEAR, "says two values of '" + name + "'; leave out one");
            }
            values[column] = value(text, text.substring(at + 1).trim());
        }
        List<String> missing = new ArrayList<>(names);
        missing.removeIf(name -> !Double.isNaN(values[names.indexOf(name)]));
        if (!missing.isEmpty()) {
            throw InputException.at(
                    NEAR, "says no value of " + String.join(", ", missing) + "; add '" + missing.get(0) + " = VALUE'");
        }
        return values;
    }

    private static double value(String text, String number) {
        try {
            double value = Double.parseDouble(number);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw InputException.at(NEAR, "found '" + text + "', expected COLUMN = VALUE, a number");
        }
        throw InputException.at(NEAR, "found '" + text + "', expected COLUMN = VALUE, a finite number");
    }
}
