package org.eigendrift.bases;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.eigendrift.api.Address;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;

/** The interval that a polynomial potential confines a coordinate to. */
final class ConfiningInterval {
    /** exp(-25) is 1e-11: less would not be resolved, more would be lost. */
    private static final double HEIGHT = 25;

    private static final int CELLS = 4096;

    private ConfiningInterval() {}

    /**
     * The domain: given ends and the column's bounds first, then where V is {@link #HEIGHT} above its minimum.
     *
     * @param column the column
     * @param potential coefficients, constant first
     * @param lower given lower end
     * @param upper given upper end
     * @return lower and upper end
     * @throws InputException if V does not confine, or the ends are not in order
     */
    static double[] of(Column column, double[] potential, OptionalDouble lower, OptionalDouble upper) {
        double from = Math.max(column.lower(), lower.orElse(Double.NEGATIVE_INFINITY));
        double to = Math.min(column.upper(), upper.orElse(Double.POSITIVE_INFINITY));
        if (!(from < to)) {
            throw InputException.at(
                    Address.ofColumn(column.name()),
                    "the potential's domain would be [" + from + ", " + to
                            + "]; expected the lower end below the upper");
        }
        if (Double.isInfinite(from) || Double.isInfinite(to)) {
            double radius = radius(column, potential, from, to);
            double smallest = Double.POSITIVE_INFINITY;
            double[] heights = new double[CELLS + 1];
            double left = Math.max(from, -radius);
            double right = Math.min(to, radius);
            for (int i = 0; i <= CELLS; i++) {
                heights[i] = value(potential, left + (right - left) * i / CELLS);
                smallest = Math.min(smallest, heights[i]);
            }
            int first = 0;
            while (Double.isInfinite(from) && heights[first + 1] > smallest + HEIGHT) {
                first++;
            }
            int last = CELLS;
            while (Double.isInfinite(to) && heights[last - 1] > smallest + HEIGHT) {
                last--;
            }
            from = left + (right - left) * first / CELLS;
            to = left + (right - left) * last / CELLS;
        }
        return new double[] {from, to};
    }

    /** A radius at which the potential is high on every open side; it grows until the leading term decides. */
    private static double radius(Column column, double[] potential, double from, double to) {
        int degree = potential.length - 1;
        while (degree > 0 && potential[degree] == 0) {
            degree--;
        }
        boolean risesRight = degree > 0 && potential[degree] > 0;
        boolean risesLeft = degree > 0 && (degree % 2 == 0 ? potential[degree] > 0 : potential[degree] < 0);
        if (Double.isInfinite(to) && !risesRight || Double.isInfinite(from) && !risesLeft) {
            throw InputException.at(
                    Address.ofColumn(column.name()),
                    "the potential " + Arrays.toString(potential)
                            + " does not confine it; expected one that rises without end, or lower and upper");
        }
        // Cauchy's bound of the zeros of V - V(0) - HEIGHT: beyond it V is above its value at 0 by the height.
        double largest = HEIGHT;
        for (int j = 1; j < degree; j++) {
            largest = Math.max(largest, Math.abs(potential[j]));
        }
        double bound = 1 + largest / Math.abs(potential[degree]);
        double finite =
                Math.max(Double.isInfinite(from) ? 0 : Math.abs(from), Double.isInfinite(to) ? 0 : Math.abs(to));
        return Math.max(bound, 2 * finite);
    }

    private static double value(double[] polynomial, double x) {
        double sum = 0;
        for (int j = polynomial.length - 1; j >= 0; j--) {
            sum = sum * x + polynomial[j];
        }
        return sum;
    }
}
