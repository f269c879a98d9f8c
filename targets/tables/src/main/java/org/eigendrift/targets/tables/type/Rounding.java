package org.eigendrift.targets.tables.type;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.eigendrift.api.data.Column;

/** Numbers of a column with its decimals. */
public final class Rounding {
    private Rounding() {}

    /**
     * The nearest number with so many decimals that the column may have: of 0.04 that must be positive 0.1, of 359.97 degrees 0.0.
     * Where it may have neither neighbour, the nearest of all.
     *
     * @param value a finite number
     * @param decimals digits behind the decimal mark
     * @param column its column
     * @return the number
     */
    public static BigDecimal of(double value, int decimals, Column column) {
        BigDecimal exact = new BigDecimal(value);
        BigDecimal nearest = exact.setScale(decimals, RoundingMode.HALF_EVEN);
        if (allows(column, nearest)) {
            return nearest;
        }
        if (column.kind() == Column.Kind.ANGLE) {
            BigDecimal turn = new BigDecimal(column.upper() - column.lower());
            BigDecimal turned = (nearest.doubleValue() < column.lower() ? exact.add(turn) : exact.subtract(turn))
                    .setScale(decimals, RoundingMode.HALF_EVEN);
            if (allows(column, turned)) {
                return turned;
            }
        }
        BigDecimal other =
                exact.setScale(decimals, nearest.compareTo(exact) > 0 ? RoundingMode.FLOOR : RoundingMode.CEILING);
        return allows(column, other) ? other : nearest;
    }

    /**
     * The nearest double of a number with the decimals of its column's step.
     *
     * @param value a number, possibly not finite
     * @param column its column
     * @return the number as it is where the column has no steps, or levels
     */
    public static double of(double value, Column column) {
        if (column.step() == 0 || column.kind().levelled() || !Double.isFinite(value)) {
            return value;
        }
        double nearest = column.stepped(value);
        if (allows(column, nearest)) {
            return nearest + 0.0;
        }
        int decimals = new BigDecimal(Double.toString(column.step()))
                .stripTrailingZeros()
                .scale();
        return of(value, decimals, column).doubleValue();
    }

    /** Angles may be any number, but are written within their period. */
    private static boolean allows(Column column, BigDecimal number) {
        return allows(column, number.doubleValue());
    }

    private static boolean allows(Column column, double value) {
        return column.kind() == Column.Kind.ANGLE
                ? value >= column.lower() && value < column.upper()
                : column.allows(value);
    }
}
