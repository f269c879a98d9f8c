package org.eigendrift.engine.moment;

import java.util.Arrays;
import org.eigendrift.api.NumericalException;

/**
 * An array of sums in 128-bit fixed point: 64 bits before and 64 after the binary point. Addition of fixed-point
 * numbers is associative, so the sum of chunk sums does not depend on the order in which chunks or partial tables are
 * added, adding two tables equals one table over both sets of chunks to the last bit, and subtraction takes back
 * exactly what was added.
 *
 * <p>A chunk's sum is rounded once, to a multiple of 2^-64 (5e-20); orthonormal functions make chunk sums of order
 * one and more, so this is far below the rounding of the chunk's own double arithmetic. Not thread-safe, except that
 * threads may add to disjoint ranges.
 */
public final class ExactSums {
    private static final double HALF_RANGE = 0x1p62;

    private final long[] whole;
    private final long[] fraction;

    /**
     * Sums of zero.
     *
     * @param size how many
     */
    public ExactSums(int size) {
        this(new long[size], new long[size]);
    }

    private ExactSums(long[] whole, long[] fraction) {
        this.whole = whole;
        this.fraction = fraction;
    }

    /**
     * Sums from their limbs.
     *
     * @param limbs for each sum the integer part (floor) and then the fraction in units of 2^-64, unsigned; copied
     * @return the sums
     */
    public static ExactSums ofLimbs(long[] limbs) {
        int size = limbs.length / 2;
        ExactSums sums = new ExactSums(size);
        for (int i = 0; i < size; i++) {
            sums.whole[i] = limbs[2 * i];
            sums.fraction[i] = limbs[2 * i + 1];
        }
        return sums;
    }

    /**
     * The limbs, as {@link #ofLimbs} takes them.
     *
     * @return a new array of twice the size
     */
    public long[] limbs() {
        long[] limbs = new long[2 * whole.length];
        for (int i = 0; i < whole.length; i++) {
            limbs[2 * i] = whole[i];
            limbs[2 * i + 1] = fraction[i];
        }
        return limbs;
    }

    /**
     * The number of sums.
     *
     * @return the size
     */
    public int size() {
        return whole.length;
    }

    /**
     * Adds one number to one sum.
     *
     * @param i which sum
     * @param value the number
     * @throws NumericalException if it is not finite or beyond 2^62, or if the sum leaves the range of 64 bits before
     *     the point
     */
    public void add(int i, double value) {
        if (!(Math.abs(value) < HALF_RANGE)) {
            throw new NumericalException("a chunk's moment sum is " + value
                    + ", beyond what the table holds; a row lies far outside the frame's range");
        }
        // Taken from the magnitude: of a small negative number, value - floor(value) would round, even to 1.
        double magnitude = Math.abs(value);
        long floor = (long) magnitude;
        // The fraction is exact and in [0, 1); its 64 leading bits are taken in two steps of 32.
        double rest = (magnitude - floor) * 0x1p32;
        long high = (long) rest;
        long low = (long) ((rest - high) * 0x1p32);
        long bits = (high << 32) | low;
        // Both limbs of the negative number, without a branch: signs of sums follow no pattern that a processor could
        // learn.
        long sign = Double.doubleToRawLongBits(value) >> 63;
        long carry = bits == 0 ? sign : 0;
        addLimbs(i, (floor ^ sign) - carry, (bits ^ sign) - sign);
    }

    private void addLimbs(int i, long addWhole, long addFraction) {
        long sum = fraction[i] + addFraction;
        long carry = Long.compareUnsigned(sum, addFraction) < 0 ? 1 : 0;
        set(i, sum, whole[i], addWhole, whole[i] + addWhole + carry);
    }

    private void subtractLimbs(int i, long takeWhole, long takeFraction) {
        long difference = fraction[i] - takeFraction;
        long borrow = Long.compareUnsigned(fraction[i], takeFraction) < 0 ? 1 : 0;
        set(i, difference, whole[i], ~takeWhole, whole[i] - takeWhole - borrow);
    }

    /** Overflow shows as a result whose sign differs from that of both terms. */
    private void set(int i, long newFraction, long left, long right, long newWhole) {
        if (((left ^ newWhole) & (right ^ newWhole)) < 0) {
            throw new NumericalException("moment sum " + i + " leaves the range of the table, 2^63 either way");
        }
        fraction[i] = newFraction;
        whole[i] = newWhole;
    }

    /**
     * Adds other sums, one by one.
     *
     * @param other sums of the same size; not modified
     * @throws NumericalException if a sum leaves the range of 64 bits before the point
     */
    public void add(ExactSums other) {
        checkSize(other);
        for (int i = 0; i < whole.length; i++) {
            addLimbs(i, other.whole[i], other.fraction[i]);
        }
    }

    /**
     * Subtracts other sums, one by one.
     *
     * @param other sums of the same size; not modified
     * @throws NumericalException if a sum leaves the range of 64 bits before the point
     */
    public void subtract(ExactSums other) {
        checkSize(other);
        for (int i = 0; i < whole.length; i++) {
            subtractLimbs(i, other.whole[i], other.fraction[i]);
        }
    }

    private void checkSize(ExactSums other) {
        if (other.whole.length != whole.length) {
            throw new IllegalArgumentException(other.whole.length + " sums and " + whole.length);
        }
    }

    /**
     * One sum, rounded to double.
     *
     * @param i which sum
     * @return the nearest double, to one unit in the last place
     */
    public double get(int i) {
        // For a negative sum floor and fraction cancel: fold the fraction's sign first so no digit is lost.
        if (whole[i] < 0 && fraction[i] != 0) {
            return (whole[i] + 1) - toDouble(-fraction[i]);
        }
        return whole[i] + toDouble(fraction[i]);
    }

    private static double toDouble(long unsigned) {
        return (unsigned >>> 32) * 0x1p-32 + (unsigned & 0xFFFFFFFFL) * 0x1p-64;
    }

    /**
     * A copy.
     *
     * @return sums of their own
     */
    public ExactSums copy() {
        return new ExactSums(whole.clone(), fraction.clone());
    }

    /**
     * The first of the sums.
     *
     * @param size how many, at most {@link #size()}
     * @return sums of their own
     */
    ExactSums first(int size) {
        return new ExactSums(Arrays.copyOf(whole, size), Arrays.copyOf(fraction, size));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExactSums o && Arrays.equals(whole, o.whole) && Arrays.equals(fraction, o.fraction);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(whole) + Arrays.hashCode(fraction);
    }
}
