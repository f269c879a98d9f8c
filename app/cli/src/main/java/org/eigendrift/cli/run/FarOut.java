package org.eigendrift.cli.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;

/** Tells of single values so far from all others that they are likely to be mistakes, and a flow loses what other rows have in common. */
final class FarOut {
    /** The first rows tell enough: in more of them one value no longer outweighs the others. */
    private static final int ROWS = 50_000;

    /**
     * How many times as far from the middle as any other value. The two largest of Cauchy numbers, whose tails are as heavy as any that
     * people fit, are so far apart in one column of a hundred.
     */
    private static final double TIMES = 100;

    private FarOut() {}

    /**
     * Looks at columns of numbers.
     *
     * @param rows the rows
     * @return a sentence for each such value
     */
    static List<String> remarks(Dataset rows) {
        Points first = InMemory.read(rows, ROWS);
        List<String> remarks = new ArrayList<>();
        for (int i = 0; i < first.dim(); i++) {
            Column column = rows.columns().get(i);
            if (first.size() > 2 && column.smooth() && column.kind() != Column.Kind.ANGLE) {
                remark(column, first.column(i), remarks);
            }
        }
        return remarks;
    }

    private static void remark(Column column, double[] values, List<String> remarks) {
        double middle = Center.quantile(Center.sorted(values), 0.5, column);
        int far = 0;
        for (int n = 1; n < values.length; n++) {
            far = Math.abs(values[n] - middle) > Math.abs(values[far] - middle) ? n : far;
        }
        int farthest = far;
        double next = 0;
        for (int n = 0; n < values.length; n++) {
            next = n == farthest ? next : Math.max(next, Math.abs(values[n] - middle));
        }
        double times = Math.abs(values[far] - middle) / next;
        if (times > TIMES && next > 0) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "column '%s': one row has %s, %,.0f times as far from the middle as any other: if it is a mistake, correct it or leave the"
                            + " row out, for a flow loses what the other rows have in common; law: {type: table} goes by ranks",
                    column.name(),
                    Double.toString(values[far]),
                    times));
        }
    }
}
