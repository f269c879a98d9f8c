package org.eigendrift.targets.tables.type;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * The marks with which a file writes numbers.
 *
 * @param decimal before the fraction, {@code .} or {@code ,}
 * @param group between groups of three digits, or 0 for none
 */
record NumberStyle(char decimal, char group) {
    /** What program text and most files have. */
    static final NumberStyle PLAIN = new NumberStyle('.', '\0');

    /** Significant digits that every decimal number keeps as a double. */
    private static final int EXACT_DIGITS = 15;

    private static final MathContext EXACT = new MathContext(EXACT_DIGITS);

    /** Digits that are left over, at least: fewer would be missing from one in a hundred doubles by chance. */
    private static final int LEFT_OVER = 4;

    /** All styles; where a column's cells fit several, the first of them is meant. */
    static final List<NumberStyle> ALL = List.of(
            PLAIN,
            new NumberStyle('.', ','),
            new NumberStyle(',', '\0'),
            new NumberStyle(',', '.'),
            new NumberStyle('.', '\''),
            new NumberStyle('.', '\u2019'),
            new NumberStyle('.', ' '),
            new NumberStyle('.', '\u00a0'),
            new NumberStyle('.', '\u202f'),
            new NumberStyle(',', '\''),
            new NumberStyle(',', ' '),
            new NumberStyle(',', '\u00a0'),
            new NumberStyle(',', '\u202f'));

    /**
     * Whether a cell is a number without marks between groups. Stricter than {@link Double#parseDouble}, which also takes
     * hexadecimal floats, type suffixes, NaN and Infinity.
     *
     * @param cell a cell
     * @param decimal the mark before the fraction
     * @return whether all of it is a number
     */
    static boolean plain(String cell, char decimal) {
        int j = sign(cell);
        int whole = digits(cell, j);
        return end(cell, j + whole, whole, decimal);
    }

    /** Whether a cell is a number whose whole part stands in groups of three, at least two of them. */
    boolean grouped(String cell) {
        int j = sign(cell);
        int digits = digits(cell, j);
        if (group == 0 || digits < 1 || digits > 3 || cell.charAt(j) == '0') {
            return false;
        }
        j += digits;
        int groups = 0;
        while (j < cell.length() && cell.charAt(j) == group) {
            if (digits(cell, j + 1) != 3) {
                return false;
            }
            j += 4;
            groups++;
        }
        return groups > 0 && end(cell, j, 1, decimal);
    }

    /** Whether a cell is a number in this style. */
    boolean reads(String cell) {
        return plain(cell, decimal) || grouped(cell);
    }

    /** The number; the cell must be one. */
    double parse(String cell) {
        String plain = group == 0 ? cell : cell.replace(String.valueOf(group), "");
        return Double.parseDouble(decimal == '.' ? plain : plain.replace(decimal, '.'));
    }

    /**
     * Digits behind the decimal mark, -1 if the cell has an exponent. Of more significant digits than every double holds the last
     * may be what arithmetic left over: 0.1 + 0.2 is written 0.30000000000000004, and has one decimal.
     */
    int decimals(String cell) {
        if (cell.indexOf('e') >= 0 || cell.indexOf('E') >= 0) {
            return -1;
        }
        int at = cell.indexOf(decimal);
        int written = at < 0 ? 0 : cell.length() - at - 1;
        double number = parse(cell);
        if (cell.length() <= EXACT_DIGITS || cell.endsWith("0") || Double.isInfinite(number)) {
            return written;
        }
        int meant = Math.max(
                0, new BigDecimal(number).round(EXACT).stripTrailingZeros().scale());
        return meant <= written - LEFT_OVER ? meant : written;
    }

    /** Characters that a sign takes. */
    static int sign(String cell) {
        return !cell.isEmpty() && (cell.charAt(0) == '-' || cell.charAt(0) == '+') ? 1 : 0;
    }

    private static boolean end(String cell, int from, int whole, char decimal) {
        int j = from;
        int length = cell.length();
        int fraction = 0;
        if (j < length && cell.charAt(j) == decimal) {
            fraction = digits(cell, j + 1);
            j += 1 + fraction;
        }
        if (whole + fraction == 0) {
            return false;
        }
        if (j < length && (cell.charAt(j) == 'e' || cell.charAt(j) == 'E')) {
            j++;
            if (j < length && (cell.charAt(j) == '-' || cell.charAt(j) == '+')) {
                j++;
            }
            int exponent = digits(cell, j);
            if (exponent == 0) {
                return false;
            }
            j += exponent;
        }
        return j == length;
    }

    private static int digits(String cell, int from) {
        int j = from;
        while (j < cell.length() && cell.charAt(j) >= '0' && cell.charAt(j) <= '9') {
            j++;
        }
        return j - from;
    }
}
