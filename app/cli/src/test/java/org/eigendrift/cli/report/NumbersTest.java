package org.eigendrift.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "-0.0 | 0",
                "12345 | 12,345",
                "-3 | −3",
                "0.5 | 0.5",
                "2.7701 | 2.77",
                "99999.7 | 100,000",
                "0.00012344 | 0.0001234",
                "0.000012344 | 1.234 × 10⁻⁵",
                "-1.5e12 | −1.5 × 10¹²",
                "9.99996e-5 | 0.0001",
                "1e300 | 1 × 10³⁰⁰",
                "NaN | not a number",
                "Infinity | ∞",
                "-Infinity | −∞"
            })
    void fourDigits(double value, String text) {
        assertEquals(text, Numbers.text(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1.00123 | 0.00013 | −1.00123 ± 0.00013",
                "4.8714 | 0.0142 | 4.871 ± 0.014",
                "127.13 | 3.51 | 127.1 ± 3.5",
                "0.0009 | 0.0014 | 0.0009 ± 0.0014",
                "-15.992571 | 7.7e-7 | −15.9926 ± 7.7 × 10⁻⁷",
                "0 | 0.1 | 0 ± 0.10",
                "-0.004 | 3.5 | −0.004 ± 3.5",
                "1.5 | 0 | 1.5",
                "1.5 | NaN | 1.5",
                "NaN | 0.1 | not a number"
            })
    void toTheSecondDigitOfTheError(double value, double error, String text) {
        assertEquals(text, Numbers.withError(value, error));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0.0123 | 0.012 s", "3.456 | 3.46 s", "99.4 | 99.4 s", "200 | 3 min 20 s", "NaN | not a number s"})
    void seconds(double value, String text) {
        assertEquals(text, Numbers.seconds(value));
    }
}
