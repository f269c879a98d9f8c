package org.eigendrift.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.eigendrift.api.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocatedTest {

    private static InputException wrong(String message) {
        return new InputException(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rows.csv: there is no such file|<target>: target: rows.csv: there is no such file",
                "target.columns: no column 'a'|<target.columns>: target.columns: no column 'a'",
                "frame[0]: x|<frame[0]>: frame[0]: x"
            })
    void aBlocksWorkIsPrefixedOnce(String message, String expected) {
        assertEquals(
                expected,
                assertThrows(
                                InputException.class,
                                () -> Located.in(path -> "<" + path + ">", "target", () -> {
                                    throw wrong(message);
                                }))
                        .getMessage());
    }

    @Test
    void elsewhereOnlyMessagesThatNameAKeyAreLocated() {
        assertEquals(
                "<basis.columns.x1>: basis.columns.x1: bad",
                assertThrows(
                                InputException.class,
                                () -> Located.anywhere(path -> "<" + path + ">", () -> {
                                    throw wrong("basis.columns.x1: bad");
                                }))
                        .getMessage());
        assertEquals(
                "targets are fine: x",
                assertThrows(
                                InputException.class,
                                () -> Located.anywhere(path -> "<" + path + ">", () -> {
                                    throw wrong("targets are fine: x");
                                }))
                        .getMessage());
    }
}
