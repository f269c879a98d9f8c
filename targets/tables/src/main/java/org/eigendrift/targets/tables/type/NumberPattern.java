package org.eigendrift.targets.tables.type;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.eigendrift.api.data.Column;

/**
 * How numbers are written: {@code 0.00} with two decimals, {@code 0.0##} with one to three, {@code 0} whole, {@code #,##0.00}
 * with marks between thousands, {@code 0,00} with a decimal comma; the empty pattern as the shortest text that reads back as
 * the same double. What stands beside all numbers of a column stands beside the pattern: {@code $#,##0.00}, {@code 0.0 %}.
 *
 * @param unit what stands beside the number
 * @param style the marks
 * @param least decimals that are always written, -1 for the shortest text
 * @param most decimals that may be written
 */
record NumberPattern(NumberUnit unit, NumberStyle style, int least, int most) {
    /** The shortest text that reads back. */
    static final NumberPattern SHORTEST = new NumberPattern(NumberUnit.NONE, NumberStyle.PLAIN, -1, -1);

    /**
     * Reads a pattern.
     *
     * @param text the pattern
     * @return empty if it is none
     */
    static Optional<NumberPattern> of(String text) {
        if (text.isEmpty()) {
            return Optional.of(SHORTEST);
        }
        NumberUnit unit = NumberUnit.of(text);
        return of(unit, unit.number(text));
    }

    private static Optional<NumberPattern> of(NumberUnit unit, String text) {
        boolean grouped = text.length() >= 5 && text.startsWith("#") && text.startsWith("##0", 2);
        char group = grouped ? text.charAt(1) : '\0';
        String rest = grouped ? text.substring(4) : text;
        if (!rest.startsWith("0") || rest.length() == 2) {
            return Optional.empty();
        }
        char decimal = rest.length() > 1 ? rest.charAt(1) : group == ',' || group == 0 ? '.' : group == '.' ? ',' : '.';
        String decimals = rest.length() > 1 ? rest.substring(2) : "";
        NumberStyle style = new NumberStyle(decimal, group);
        if (!NumberStyle.ALL.contains(style) || !decimals.matches("0*#*")) {
            return Optional.empty();
        }
        int least = decimals.indexOf('#') < 0 ? decimals.length() : decimals.indexOf('#');
        return Optional.of(new NumberPattern(unit, style, least, decimals.length()));
    }

    /** The pattern as text. */
    String text() {
        if (least < 0) {
            return bare() ? "" : unit.beside(whole() + style.decimal() + "###############");
        }
        return unit.beside(whole() + (most == 0 ? "" : style.decimal() + "0".repeat(least) + "#".repeat(most - least)));
    }

    /** Whether numbers are written as programs read them. */
    boolean bare() {
        return style.equals(NumberStyle.PLAIN) && unit.equals(NumberUnit.NONE);
    }

    /** The number of a cell; NaN if it is none that is written so. */
    double parse(String cell) {
        String number = unit.number(cell);
        return style.reads(number) ? style.parse(number) : Double.NaN;
    }

    private String whole() {
        return style.group() == 0 ? "0" : "#" + style.group() + "##0";
    }

    /** Writes a finite number. */
    String format(double value) {
        return least < 0
                ? ColumnTypes.shortest(value)
                : format(new BigDecimal(value).setScale(most, RoundingMode.HALF_EVEN));
    }

    /** Writes a finite number of a column, of which it stays one when it is rounded. */
    String format(double value, Column column) {
        return least < 0 ? ColumnTypes.shortest(value) : format(Rounding.of(value, most, column));
    }

    private String format(BigDecimal rounded) {
        // No negative zero.
        String text = rounded.signum() == 0 ? rounded.abs().toPlainString() : rounded.toPlainString();
        int end = text.length();
        for (int drop = most; drop > least && text.charAt(end - 1) == '0'; drop--) {
            end--;
        }
        if (end > 0 && text.charAt(end - 1) == '.') {
            end--;
        }
        return unit.beside(marked(text.substring(0, end)));
    }

    private String marked(String text) {
        if (style.equals(NumberStyle.PLAIN)) {
            return text;
        }
        int point = text.indexOf('.') < 0 ? text.length() : text.indexOf('.');
        StringBuilder out = new StringBuilder(text.length() + 8);
        int from = text.startsWith("-") ? 1 : 0;
        out.append(text, 0, from);
        for (int j = from; j < point; j++) {
            if (style.group() != 0 && j > from && (point - j) % 3 == 0) {
                out.append(style.group());
            }
            out.append(text.charAt(j));
        }
        return point == text.length()
                ? out.toString()
                : out.append(style.decimal())
                        .append(text, point + 1, text.length())
                        .toString();
    }
}
