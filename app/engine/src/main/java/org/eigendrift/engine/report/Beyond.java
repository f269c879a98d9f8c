package org.eigendrift.engine.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Conditioned;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.eigendrift.api.law.Law;
import org.eigendrift.engine.conditional.Admissible;

/** Tells of what is asked about far beyond where a model's rows were seen: laws answer there too, and nothing that was seen tells whether they are right. */
public final class Beyond {
    /**
     * Shares of the range that was seen. A hundred normal numbers lie within five deviations, and one in a thousand more lies half a
     * deviation beyond.
     */
    private static final double FAR = 0.1;

    private final Law law;
    /** Laws of columns given others tell of these themselves. */
    private final Set<Integer> told;

    /**
     * Prepares.
     *
     * @param law the law that is asked
     */
    public Beyond(Law law) {
        this.law = law;
        this.told = law instanceof Conditioned conditioned
                ? Arrays.stream(conditioned.given()).boxed().collect(Collectors.toSet())
                : Set.of();
    }

    /**
     * What is said of conditions that leave a column nothing near what was seen of it.
     *
     * @param evidence what is known of all rows
     * @return a sentence for each such condition
     */
    public List<String> remarks(Evidence evidence) {
        List<String> remarks = new ArrayList<>();
        for (Condition condition : evidence.conditions()) {
            if (condition instanceof Condition.Equal equal) {
                add(equal.column(), DoubleStream.of(equal.value()), remarks);
            } else if (condition instanceof Condition.OneOf one) {
                add(one.column(), DoubleStream.of(one.values()), remarks);
            } else if (condition instanceof Condition.Within within) {
                Column.Span span = law.columns().get(within.column()).within();
                double nearest =
                        within.lower() > span.upper() ? within.lower() : Math.min(within.upper(), span.upper());
                add(within.column(), DoubleStream.of(nearest), remarks);
            }
        }
        return remarks;
    }

    private void add(int number, DoubleStream values, List<String> remarks) {
        Column column = law.columns().get(number);
        Column.Span seen = column.within();
        if (!told.contains(number) && values.allMatch(value -> far(column, value))) {
            remarks.add("column '" + column.name() + "' was seen from " + Admissible.text(column, seen.lower()) + " to "
                    + Admissible.text(column, seen.upper())
                    + ", and the condition lies beyond: the law is extrapolated");
        }
    }

    /**
     * What is said of cells of rows.
     *
     * @param rows rows of the law's columns, NaN in open cells; not modified
     * @param target a column that is open in any case; -1 for none
     * @return a sentence for each column with such cells
     */
    public List<String> remarks(Points rows, int target) {
        List<String> remarks = new ArrayList<>();
        for (int i = 0; i < rows.dim(); i++) {
            Column column = law.columns().get(i);
            double[] cells = rows.column(i);
            int far = i == target || told.contains(i)
                    ? 0
                    : (int) Arrays.stream(cells)
                            .filter(cell -> far(column, cell))
                            .count();
            if (far > 0) {
                remarks.add("column '" + column.name() + "' was seen from "
                        + Admissible.text(column, column.within().lower()) + " to "
                        + Admissible.text(column, column.within().upper()) + ", and " + far
                        + (far == 1 ? " cell lies" : " cells lie") + " far beyond: the law is extrapolated");
            }
        }
        return remarks;
    }

    private static boolean far(Column column, double value) {
        Column.Span seen = column.within();
        // Written so that gaps, and columns of which nothing was seen, are not far.
        return column.allows(value) && Math.abs(value - seen.nearest(value)) > FAR * (seen.upper() - seen.lower());
    }
}
