package org.eigendrift.cli.where;

import java.util.Arrays;

/**
 * One side of a comparison: a sum of columns and a number, or one value as it is written.
 *
 * @param weights one for each column; shared
 * @param constant what is added
 * @param text of a value that stands alone, null for sums
 * @param quoted whether it stands in quotes, so that it cannot be a misspelt column
 * @param place of its first character, from 1
 */
record Side(double[] weights, double constant, String text, boolean quoted, int place) {

    /** The only column, with weight 1 and nothing beside it; -1 if it is no such side. */
    int column() {
        int column = only();
        return column >= 0 && weights[column] == 1 && constant == 0 ? column : -1;
    }

    /** The only column with a weight; -1 if there are none or several. */
    int only() {
        int only = -1;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] != 0) {
                if (only >= 0) {
                    return -1;
                }
                only = i;
            }
        }
        return only;
    }

    boolean hasColumns() {
        return Arrays.stream(weights).anyMatch(w -> w != 0);
    }

    /** A number as it may be the text of a level. */
    Side asText() {
        return new Side(weights, constant, text(constant), true, place);
    }

    /** A number without a fraction if it is whole. */
    static String text(double number) {
        return number == Math.rint(number) && Math.abs(number) < WHOLE
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /** Below, whole numbers are exact. */
    private static final double WHOLE = 0x1p53;

    Side minus(Side other) {
        double[] difference = new double[weights.length];
        Arrays.setAll(difference, i -> weights[i] - other.weights[i]);
        return new Side(difference, constant - other.constant, null, false, place);
    }
}
