package org.eigendrift.targets.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eigendrift.api.InputException;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.column.Finding;
import org.eigendrift.api.column.Guess;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.PluginException;
import org.junit.jupiter.api.Test;

/** Column types of the tests' own look at a table of numbers. */
class ColumnDetectionTest {
    private record Type(BooleanSupplier possible, Supplier<Optional<Guess>> guess) implements ColumnType {
        @Override
        public Detector detector(String name, List<String> arguments) {
            return new Detector() {
                @Override
                public boolean add(String cell) {
                    return possible.getAsBoolean();
                }

                @Override
                public boolean add(double cell) {
                    return possible.getAsBoolean();
                }

                @Override
                public Optional<Guess> guess(CellStatistics seen) {
                    return guess.get();
                }
            };
        }

        @Override
        public double parse(String text, Column column) {
            return Double.parseDouble(text);
        }

        @Override
        public String format(double value, Column column) {
            return Double.toString(value);
        }

        @Override
        public String expected(Column column) {
            return "a number";
        }
    }

    private static final Guess REAL = new Guess(Optional.of(Column.real("a")), 0.5, "numbers");

    private static List<Finding> found(ColumnType type, List<List<String>> declared, double... column) {
        double[][] rows = new double[column.length][];
        for (int n = 0; n < rows.length; n++) {
            rows[n] = new double[] {column[n]};
        }
        return new ColumnDetection(List.of(Given.of(rows)), declared, Map.of("own", type)).find();
    }

    private static String blamed(ColumnType type) {
        return assertThrows(PluginException.class, () -> found(type, List.of(), 1, 2, 3))
                .getMessage();
    }

    @Test
    void whatAColumnTypeDoesWrongIsItsOwnFault() {
        String thrown = blamed(new Type(
                () -> {
                    throw new IllegalStateException("no cells today");
                },
                () -> Optional.of(REAL)));
        assertTrue(thrown.contains(Type.class.getName()) && thrown.endsWith("no cells today"), thrown);
        String unsure = blamed(new Type(() -> true, () -> Optional.of(new Guess(REAL.column(), 7, "sure"))));
        assertTrue(unsure.contains(Type.class.getName()) && unsure.contains("confidence"), unsure);
        String none = blamed(new Type(() -> true, () -> null));
        assertTrue(none.endsWith("returned null for what it takes column 'a' for"), none);
        String renamed = blamed(new Type(
                () -> true, () -> Optional.of(new Guess(Optional.of(Column.real("b")), 0.5, "numbers"))));
        assertTrue(renamed.endsWith("calls column 'a' 'b'"), renamed);
    }

    /** Of a column that was declared, rows to be filled may lack every value; one that was not is left out. */
    @Test
    void aDeclaredColumnMayLackEveryValue() {
        Type own = new Type(() -> true, () -> Optional.of(REAL));
        Finding declared =
                found(own, List.of(List.of("a", "own")), Double.NaN, Double.NaN).get(0);
        assertEquals(Optional.of(Column.real("a").withGaps(true)), declared.column());
        assertEquals(2, declared.gaps());
        assertEquals(Optional.empty(), found(own, List.of(), Double.NaN).get(0).column());
        assertThrows(InputException.class, () -> found(new Type(() -> false, Optional::empty), List.of(), 1));
    }
}
