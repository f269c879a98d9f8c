package org.eigendrift.engine.metric;

import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.contract.GivenEvaluation;

/**
 * Tables whose cells are formulas of whole numbers, with a number, a whole number, a category with gaps, a boolean and a number with
 * gaps. The values that tests expect of them were computed with NumPy and SciPy from the published definitions, by a script that
 * shares no code with this project's and makes the same tables.
 */
public final class FormulaTable {
    /** The columns of all of them. */
    public static final List<Column> COLUMNS = List.of(
            Column.real("a"),
            Column.integer("b", 0, 30),
            Column.category("c", List.of("p", "q", "r", "s")).withGaps(true),
            Column.bool("d", "no", "yes"),
            Column.nonNegative("e").withGaps(true));

    private FormulaTable() {}

    /**
     * A table.
     *
     * @param rows rows
     * @param shift which of the tables
     * @return its rows
     */
    public static Points rows(int rows, int shift) {
        return Points.ofRows(
                IntStream.range(0, rows).mapToObj(k -> row(k, shift)).toArray(double[][]::new));
    }

    private static double[] row(int k, int s) {
        int u = (k * 7919 + s * 31) % 101;
        int v = (k * 104_729 + s * 17) % 97;
        int w = (k * 611_953 + s * 5) % 89;
        return new double[] {
            u * 0.25 - 3,
            (u + v) / 8,
            w % 11 == 3 ? Double.NaN : v * w / 700 % 4,
            u > 40 + s * 3 ? 1 : 0,
            w % 9 == 0 ? Double.NaN : w * 1.5 + u
        };
    }

    static GivenEvaluation evaluation(int train) {
        return GivenEvaluation.of(rows(300, 4), rows(train, 1), rows(80, 9)).withColumns(COLUMNS);
    }
}
