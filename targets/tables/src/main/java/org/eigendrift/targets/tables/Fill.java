package org.eigendrift.targets.tables;

/**
 * What a missing value is filled with; always computed from training rows alone. Columns of levels, whole numbers, days and
 * moments, which have no mean among their values, are filled as by {@link #DRAW} whatever was chosen.
 */
public enum Fill {
    /** The column's mean; of angles the direction of the mean vector. */
    MEAN("the column's mean"),
    /** The column's median, the lower of two; of angles as {@link #MEAN}. */
    MEDIAN("the column's median"),
    /** A value of the column from a random row: keeps the column's law, not its dependence on others. */
    DRAW("a value of the column from a random training row"),
    /**
     * A draw given the row's other values from a Gaussian fitted to incomplete rows: keeps means, variances and correlations. Positive
     * columns are treated on a logarithmic scale, draws of bounded ones are confined, angles are filled as by {@link #DRAW}.
     */
    CONDITIONAL("a Gaussian draw given the row's other values");

    private final String words;

    Fill(String words) {
        this.words = words;
    }

    /** For reports: what a value was filled with. */
    String words() {
        return words;
    }
}
