package org.eigendrift.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever catches a refusal learns where rows are wrong without reading its message. */
class InputExceptionTest {
    private static final InputException CELL =
            InputException.at(Address.of("measured.csv").at("line", 7).in("x"), "found 'abc', expected a number");

    @Test
    void theAddressStandsBeforeTheMessage() {
        assertEquals("measured.csv line 7, column 'x': found 'abc', expected a number", CELL.getMessage());
        assertEquals(Optional.of(new Address("measured.csv", "line", 7, "x")), CELL.address());
        assertEquals(Optional.empty(), new InputException("too few rows").address());
        assertEquals(
                Optional.empty(), InputException.at("target.rows", "too few").address());
    }

    @Test
    void whatIsNotKnownIsNotSaid() {
        assertEquals("row 3", Address.ofRow(3).toString());
        assertEquals("column 'x'", Address.ofColumn("x").toString());
        assertEquals("row 3, column 'x'", Address.ofRow(3).in("x").toString());
        assertEquals("measured.csv", Address.of("measured.csv").toString());
        assertEquals(
                "measured.csv, column 'x'", Address.of("measured.csv").in("x").toString());
        assertThrows(IllegalArgumentException.class, () -> Address.ofRow(-1));
    }

    @Test
    void whoKnowsTheRowCompletesTheAddress() {
        InputException column = InputException.at(Address.ofColumn("x"), "found 7, expected 0 or 1");
        InputException row = column.within(Address.ofRow(3));
        assertEquals("row 3, column 'x': found 7, expected 0 or 1", row.getMessage());
        assertEquals(Optional.of(Address.ofRow(3).in("x")), row.address());
        assertSame(column, row.getCause());
        assertEquals(CELL.address(), CELL.within(Address.ofRow(1)).address(), "what is known stays");
        assertEquals(
                "row 3: the condition has no mass",
                new InputException("the condition has no mass")
                        .within(Address.ofRow(3))
                        .getMessage());
    }

    @Test
    void onWhoseBehalfIsSaidFirstAndTakesNothingAway() {
        InputException whole = CELL.within("run.yaml:4: target");
        assertEquals("run.yaml:4: target: " + CELL.getMessage(), whole.getMessage());
        assertEquals(CELL.address(), whole.address());
        InputException key = InputException.at("target.rows", "too few").within("run.yaml:4");
        assertEquals("run.yaml:4: target.rows: too few", key.getMessage());
        assertEquals(Optional.of("target.rows"), key.key());
        assertEquals(
                "row 2: " + whole.getMessage(), whole.within(Address.ofRow(2)).getMessage());
    }

    /** Refusals of rows come from other machines. */
    @Test
    void theAddressTravels() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(CELL);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            InputException read = (InputException) in.readObject();
            assertEquals(CELL.address(), read.address());
            assertEquals(CELL.getMessage(), read.getMessage());
        }
    }
}
