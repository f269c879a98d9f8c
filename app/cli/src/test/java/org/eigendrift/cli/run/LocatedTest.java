package org.eigendrift.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.eigendrift.api.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocatedTest {

    private static InputException wrong(String key, String message) {
        return key.isEmpty() ? new InputException(message) : InputException.at(key, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|rows.csv: there is no such file|<target>: target: rows.csv: there is no such file",
                "''|target.columns: is not a key here|<target>: target: target.columns: is not a key here",
                "target.columns|no column 'a'|<target.columns>: target.columns: no column 'a'",
                "frame[0]|x|<frame[0]>: frame[0]: x"
            })
    void aBlocksWorkIsPrefixedOnce(String key, String message, String expected) {
        assertEquals(
                expected,
                assertThrows(
                                InputException.class,
                                () -> Located.in(path -> "<" + path + ">", "target", () -> {
                                    throw wrong(key, message);
                                }))
                        .getMessage());
    }

    @Test
    void elsewhereOnlyMessagesAboutAKeyAreLocated() {
        assertEquals(
                "<basis.columns.x1>: basis.columns.x1: bad",
                assertThrows(
                                InputException.class,
                                () -> Located.anywhere(path -> "<" + path + ">", () -> {
                                    throw wrong("basis.columns.x1", "bad");
                                }))
                        .getMessage());
        assertEquals(
                "target: x",
                assertThrows(
                                InputException.class,
                                () -> Located.anywhere(path -> "<" + path + ">", () -> {
                                    throw wrong("", "target: x");
                                }))
                        .getMessage());
    }
}
