package org.eigendrift.spark;

import java.io.Serial;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Exact sums of any finite doubles: each is cut into digits of 32 bits, and each digit is summed by itself (Neal, Fast exact summation
 * using small and large superaccumulators, 2015). Addition is associative, so neither order nor partitions matter. Not thread-safe.
 */
final class WideSums implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    private static final int DIGIT = 32;

    /** The exponent of the last bit of the smallest double. */
    private static final int LOWEST = -1074;

    /** Bits from there to that of the largest, and room for as many terms as can be counted. */
    private static final int DIGITS = (1024 - LOWEST + Long.SIZE) / DIGIT + 2;

    /** Digits have as many bits left for carries: so many terms may be added before they are passed on. */
    private static final int TERMS = 1 << 29;

    private final int size;
    private final long[] digits;
    private int terms;

    /**
     * Sums of zero.
     *
     * @param size how many
     */
    WideSums(int size) {
        this.size = size;
        this.digits = new long[size * DIGITS];
    }

    /** Tells of terms that are added to any one sum next, so that no digit overflows. */
    void expect(int more) {
        if (terms > TERMS - more) {
            carry();
            terms = 0;
        }
        terms += more;
    }

    /**
     * Adds a term to a sum.
     *
     * @param i which sum
     * @param value finite
     */
    void add(int i, double value) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> 52) & 0x7FF;
        long mantissa = bits & 0xF_FFFF_FFFF_FFFFL;
        if (exponent > 0) {
            mantissa |= 1L << 52;
            exponent--;
        }
        int at = i * DIGITS + exponent / DIGIT;
        int shift = exponent % DIGIT;
        long sign = bits < 0 ? -1 : 1;
        // 53 bits shifted by up to 31 fill three digits.
        long low = mantissa & 0xFFFF_FFFFL;
        long high = mantissa >>> DIGIT;
        long first = low << shift;
        long second = (first >>> DIGIT) + (high << shift);
        digits[at] += sign * (first & 0xFFFF_FFFFL);
        digits[at + 1] += sign * (second & 0xFFFF_FFFFL);
        digits[at + 2] += sign * (second >>> DIGIT);
    }

    private void carry() {
        for (int i = 0; i < size; i++) {
            for (int d = i * DIGITS; d < (i + 1) * DIGITS - 1; d++) {
                long carried = digits[d] >> DIGIT;
                digits[d] -= carried << DIGIT;
                digits[d + 1] += carried;
            }
        }
    }

    /**
     * Adds other sums.
     *
     * @param other as many; its digits are carried, its sums stay what they are
     */
    void add(WideSums other) {
        carry();
        other.carry();
        for (int d = 0; d < digits.length; d++) {
            digits[d] += other.digits[d];
        }
        terms = 1;
    }

    /** A sum, exact. */
    BigDecimal get(int i) {
        BigInteger sum = BigInteger.ZERO;
        for (int d = DIGITS - 1; d >= 0; d--) {
            sum = sum.shiftLeft(DIGIT).add(BigInteger.valueOf(digits[i * DIGITS + d]));
        }
        return new BigDecimal(sum).divide(new BigDecimal(BigInteger.TWO.pow(-LOWEST)));
    }
}
