package org.eigendrift.engine.moment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eigendrift.api.NumericalException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fixed-point sums against BigDecimal. */
class ExactSumsTest {
    private static final BigDecimal UNIT = new BigDecimal(0x1p-64);

    /** Numbers of either sign over the whole range of the table, from far below its resolution up to 2^55. */
    @Provide
    Arbitrary<Double> numbers() {
        return Combinators.combine(
                        Arbitraries.doubles().between(-1, 1),
                        Arbitraries.integers().between(-80, 55))
                .as((mantissa, exponent) -> Math.scalb(mantissa, exponent));
    }

    @Provide
    Arbitrary<List<Double>> lists() {
        return numbers().list().ofMinSize(1).ofMaxSize(40);
    }

    private static ExactSums sum(List<Double> values) {
        ExactSums sums = new ExactSums(1);
        values.forEach(v -> sums.add(0, v));
        return sums;
    }

    private static BigDecimal exact(ExactSums sums) {
        long[] limbs = sums.limbs();
        BigInteger fraction = BigInteger.valueOf(limbs[1]).mod(BigInteger.ONE.shiftLeft(64));
        return BigDecimal.valueOf(limbs[0]).add(new BigDecimal(fraction).multiply(UNIT));
    }

    private static BigDecimal total(List<Double> values) {
        return values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Each number is rounded once, by less than 2^-64. */
    @Property
    void sumsAreThoseOfBigDecimal(@ForAll("lists") List<Double> values) {
        BigDecimal error = exact(sum(values)).subtract(total(values)).abs();
        BigDecimal allowed = UNIT.multiply(BigDecimal.valueOf(values.size()));
        assertTrue(error.compareTo(allowed) < 0, () -> values + ": off by " + error.doubleValue());
    }

    @Property
    void getIsTheSumToOneUnitInTheLastPlace(@ForAll("lists") List<Double> values) {
        ExactSums sums = sum(values);
        double exact = exact(sums).doubleValue();
        assertEquals(exact, sums.get(0), Math.ulp(exact), () -> values.toString());
    }

    @Property
    void oppositeNumbersCancel(@ForAll("numbers") double value) {
        assertEquals(new ExactSums(1), sum(List.of(value, -value)));
        assertEquals(0.0 - sum(List.of(value)).get(0), sum(List.of(-value)).get(0), 0.0);
    }

    @Property
    void additionIsAssociativeAndCommutative(
            @ForAll("lists") List<Double> x, @ForAll("lists") List<Double> y, @ForAll("lists") List<Double> z) {
        ExactSums left = sum(x);
        left.add(sum(y));
        left.add(sum(z));
        ExactSums right = sum(z);
        ExactSums middle = sum(y);
        middle.add(right);
        middle.add(sum(x));
        assertEquals(left, middle);
        assertArrayEquals(left.limbs(), middle.limbs());
        assertEquals(left.hashCode(), middle.hashCode());
    }

    @Property
    void subtractionTakesBack(@ForAll("lists") List<Double> x, @ForAll("lists") List<Double> y) {
        ExactSums sums = sum(x);
        sums.add(sum(y));
        sums.subtract(sum(y));
        assertEquals(sum(x), sums);
        sums.subtract(sum(x));
        assertEquals(new ExactSums(1), sums);
    }

    @Property
    void limbsHoldEverything(@ForAll("lists") List<Double> x) {
        ExactSums sums = sum(x);
        ExactSums again = ExactSums.ofLimbs(sums.limbs());
        assertEquals(sums, again);
        assertEquals(sums, sums.copy());
        again.add(0, 1);
        assertNotEquals(sums, again, "limbs are copied");
    }

    /** Carries and borrows between the two limbs, by hand. */
    @Test
    void carries() {
        assertEquals(new ExactSums(1), sum(List.of(-0x1p-64, 0x1p-64)));
        assertEquals(1, sum(List.of(0.5, 0.5)).get(0));
        assertEquals(-0x1p-64, sum(List.of(-0x1p-64)).get(0));
        assertArrayEquals(new long[] {-1, -1}, sum(List.of(-0x1p-64)).limbs());
        assertArrayEquals(new long[] {1, 0}, sum(List.of(1 - 0x1p-53, 0x1p-53)).limbs());
        assertArrayEquals(new long[] {-1, 1L << 63}, sum(List.of(-0.5)).limbs());
        assertArrayEquals(new long[] {-2, 1L << 62}, sum(List.of(-1.0, -0.75)).limbs());
    }

    /** Numbers below the resolution leave no trace, whatever their sign. */
    @ParameterizedTest
    @ValueSource(doubles = {0.0, -0.0, 1e-30, -1e-30, Double.MIN_VALUE, -Double.MIN_VALUE, 0x1p-65, -0x1p-65})
    void tinyNumbersVanish(double tiny) {
        assertEquals(new ExactSums(1), sum(List.of(tiny)));
    }

    /** sqrt 2 cos(3 pi / 2) in double: what a cosine at the middle of its interval sums to. */
    @Test
    void roundingErrorsOfEitherSignKeepTheirDigits() {
        double tiny = Math.sqrt(2) * Math.cos(1.5 * Math.PI);
        assertTrue(tiny < 0 && tiny > -1e-15);
        assertEquals(tiny, sum(List.of(tiny)).get(0), 0x1p-64);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0x1p62, -0x1p62, Double.MAX_VALUE
            })
    void whatTheTableCannotHoldIsRefused(double value) {
        ExactSums sums = sum(List.of(1.25));
        assertThrows(NumericalException.class, () -> sums.add(0, value));
        assertEquals(sum(List.of(1.25)), sums, "a refused number leaves the sum as it was");
    }

    /** Two numbers below 2^62 fit, three of one sign do not; nothing wraps around. */
    @Test
    void overflowIsRefused() {
        double large = Math.nextDown(0x1p62);
        for (double value : new double[] {large, -large}) {
            ExactSums sums = sum(List.of(value, value, Math.signum(value) * 0.75));
            ExactSums before = sums.copy();
            assertThrows(NumericalException.class, () -> sums.add(0, Math.signum(value) * 1024.5));
            assertThrows(NumericalException.class, () -> sums.add(before));
            assertThrows(NumericalException.class, () -> sums.subtract(sum(List.of(-value))));
            assertEquals(before, sums);
        }
    }

    @Test
    void sizesMustAgree() {
        assertThrows(IllegalArgumentException.class, () -> new ExactSums(2).add(new ExactSums(3)));
        assertThrows(IllegalArgumentException.class, () -> new ExactSums(2).subtract(new ExactSums(3)));
    }
}
