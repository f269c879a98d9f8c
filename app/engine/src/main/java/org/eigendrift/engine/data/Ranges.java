package org.eigendrift.engine.data;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.pass.Summary;
import org.eigendrift.engine.basis.CoordinateBasis.Range;

/**
 * The smallest and largest value of each coordinate.
 *
 * @param columns the coordinates
 */
public record Ranges(List<Column> columns) implements Summary<Ranges.Ends> {

    /**
     * Ends of the ranges so far.
     *
     * @param lower smallest values; modified as rows are added
     * @param upper largest values; modified as rows are added
     */
    public record Ends(double[] lower, double[] upper) {

        /**
         * The ranges.
         *
         * @return one a coordinate, from infinity to minus infinity if there was no row
         */
        public List<Range> ranges() {
            Range[] ranges = new Range[lower.length];
            Arrays.setAll(ranges, i -> new Range(lower[i], upper[i]));
            return List.of(ranges);
        }
    }

    @Override
    public String label() {
        return "ranges";
    }

    @Override
    public Ends zero() {
        double[] lower = new double[columns.size()];
        double[] upper = new double[columns.size()];
        Arrays.fill(lower, Double.POSITIVE_INFINITY);
        Arrays.fill(upper, Double.NEGATIVE_INFINITY);
        return new Ends(lower, upper);
    }

    @Override
    public void add(Ends into, Points rows, long first) {
        for (int i = 0; i < columns.size(); i++) {
            for (int n = 0; n < rows.size(); n++) {
                into.lower[i] = Math.min(into.lower[i], rows.get(i, n));
                into.upper[i] = Math.max(into.upper[i], rows.get(i, n));
            }
        }
    }

    @Override
    public void merge(Ends into, Ends other) {
        for (int i = 0; i < columns.size(); i++) {
            into.lower[i] = Math.min(into.lower[i], other.lower[i]);
            into.upper[i] = Math.max(into.upper[i], other.upper[i]);
        }
    }

    @Override
    public State write(Ends gathered) {
        return State.of(Map.of("lower", gathered.lower, "upper", gathered.upper));
    }

    @Override
    public Ends read(State state) {
        return new Ends(
                state.get("lower", columns.size()).clone(),
                state.get("upper", columns.size()).clone());
    }

    /**
     * Ranges that are wider than a point.
     *
     * @param ends the ends of all rows
     * @return one range a coordinate
     * @throws InputException if a coordinate is the same in all rows
     */
    public List<Range> wide(Ends ends) {
        List<Range> ranges = ends.ranges();
        for (int i = 0; i < columns.size(); i++) {
            Range range = ranges.get(i);
            if (!(range.lower() < range.upper())) {
                throw new InputException("column '" + columns.get(i).name() + "' "
                        + (range.lower() == range.upper()
                                ? "is constant (" + range.lower() + " after frames)"
                                : "has no rows")
                        + "; leave it out of target.columns");
            }
        }
        return ranges;
    }
}
