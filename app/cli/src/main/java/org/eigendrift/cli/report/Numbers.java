package org.eigendrift.cli.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers for people. */
final class Numbers {
    private static final String[] SUPERSCRIPTS = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

    private static final Pattern FRACTION = Pattern.compile("[^×]*\\.\\d+");
    private static final Pattern ZEROS_AT_THE_END = Pattern.compile("\\.?0+$");

    private Numbers() {}

    /** About four significant digits: {@code 12,345}, {@code 0.0123}, {@code 1.2 × 10⁻⁷}, {@code not a number}. */
    static String text(double value) {
        String text = text(value, 4);
        return FRACTION.matcher(text).matches() ? ZEROS_AT_THE_END.matcher(text).replaceFirst("") : text;
    }

    /** The same with a given number of significant digits, zeros at the end included. */
    static String text(double value, int digits) {
        if (Double.isNaN(value)) {
            return "not a number";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (value == Math.rint(value) && Math.abs(value) < 1e7) {
            return minus(String.format(Locale.ROOT, "%,d", (long) value));
        }
        if (exponent >= -4 && exponent < 7) {
            return minus(String.format(Locale.ROOT, "%,." + Math.max(0, digits - 1 - exponent) + "f", rounded));
        }
        String mantissa = rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString();
        return minus(mantissa + " × 10" + superscript(exponent));
    }

    /** A value to the second digit of its error, six digits at most: {@code 1.0034 ± 0.0021}. */
    static String withError(double value, double error) {
        if (!Double.isFinite(value) || !Double.isFinite(error) || error <= 0) {
            return text(value);
        }
        int place = (int) Math.floor(Math.log10(error)) - 1;
        int first = value == 0 ? place : (int) Math.floor(Math.log10(Math.abs(value)));
        int digits = Math.max(1, Math.min(first - place + 1, 6));
        return (value == 0 ? "0" : text(value, digits)) + " ± " + text(error, 2);
    }

    /** Wall time: {@code 0.35 s}, {@code 12 s}, {@code 3 min 20 s}. */
    static String seconds(double seconds) {
        if (!(seconds >= 100)) {
            return text(seconds, seconds < 1 ? 2 : 3) + " s";
        }
        long whole = Math.round(seconds);
        return whole / 60 + " min " + whole % 60 + " s";
    }

    /** A typographic minus sign, so that signs line up and do not break. */
    private static String minus(String text) {
        return text.replace('-', '−');
    }

    private static String superscript(int exponent) {
        StringBuilder out = new StringBuilder(exponent < 0 ? "⁻" : "");
        for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
            out.append(SUPERSCRIPTS[digit - '0']);
        }
        return out.toString();
    }
}
