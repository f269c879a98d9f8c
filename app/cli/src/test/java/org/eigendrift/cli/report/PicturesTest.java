package org.eigendrift.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.Test;

class PicturesTest {
    @Test
    void roundedNumbersAreThoseOfExactDecimals() {
        CounterRandom random = new CounterRandom(5);
        for (int n = 0; n < 2000; n++) {
            double value = random.normal(0, n) * Math.pow(10, n % 12 - 6);
            for (int scale = -3; scale < 9; scale++) {
                BigDecimal exact = new BigDecimal(value).setScale(scale, RoundingMode.HALF_EVEN);
                BigDecimal written = Pictures.decimal(value, scale);
                assertEquals(0, exact.compareTo(written), value + " to " + scale + " decimals: " + written);
            }
        }
    }

    @Test
    void whatIsTooLargeForAnIntegerIsRoundedExactly() {
        assertEquals(new BigDecimal("1E+300"), Pictures.decimal(1e300, -299).stripTrailingZeros());
        assertEquals(new BigDecimal(Math.PI).setScale(40, RoundingMode.HALF_EVEN), Pictures.decimal(Math.PI, 40));
        assertEquals(0, Pictures.decimal(-0.0, 3).signum());
        assertNull(Pictures.decimal(Double.NaN, 3));
        assertNull(Pictures.decimal(Double.NEGATIVE_INFINITY, 3));
    }
}
