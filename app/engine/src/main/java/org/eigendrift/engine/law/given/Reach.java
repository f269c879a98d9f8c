package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.eigendrift.api.data.Column;
import org.eigendrift.engine.conditional.Admissible;

/**
 * What is said of values beyond those that rows of a fit have: regressions answer there as well, and nothing that was seen tells whether they are right.
 *
 * @param columns of the table
 * @param regressions that were fitted
 * @param kept what is given in rows of the fit
 * @param rows how many were fitted
 */
record Reach(List<Column> columns, Regressions regressions, Kept kept, long rows) {
    /** Deviations beyond the least and the largest value that fresh rows have now and then. */
    private static final double FAR = 1;

    /** Remarks on what is given in a row. */
    List<String> remarks(double[] row) {
        List<String> remarks = new ArrayList<>();
        String known = kept.rows().length < rows
                ? String.format(Locale.ROOT, "the %,d rows that the model keeps", kept.rows().length)
                : "all rows of the fit";
        for (int k = 0; k < regressions.given().length; k++) {
            Column column = columns.get(regressions.given()[k]);
            double asked = row[regressions.given()[k]];
            double least = values(k).min().orElseThrow();
            double largest = values(k).max().orElseThrow();
            if (least == largest) {
                if (asked != least) {
                    remarks.add(
                            "column '" + column.name() + "' is " + Admissible.text(column, least) + " in " + known
                                    + ": what another value of it would change, the model cannot know, and it answers as for that one");
                }
            } else if (beyond(k, least, largest, asked) > FAR) {
                remarks.add(String.format(
                        Locale.ROOT,
                        "column '%s' lies between %s and %s in %s, and %s is %.3g deviations beyond: the law is extrapolated",
                        column.name(),
                        Admissible.text(column, least),
                        Admissible.text(column, largest),
                        known,
                        Admissible.text(column, asked),
                        beyond(k, least, largest, asked)));
            }
        }
        return remarks;
    }

    private DoubleStream values(int k) {
        return Arrays.stream(kept.rows()).mapToDouble(b -> b[k]);
    }

    /** In deviations of the column as it is modelled. */
    private double beyond(int k, double least, double largest, double asked) {
        Bend bend = regressions.known().coordinates().bends().get(k);
        double nearest = Math.max(least, Math.min(largest, asked));
        return Math.abs(bend.to(asked) - bend.to(nearest))
                / regressions.known().units().scale()[k];
    }
}
