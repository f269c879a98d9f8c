package org.eigendrift.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.plugin.PluginException;
import org.junit.jupiter.api.Test;

/** Rows of a plugin that are what they should be, and rows that are not. */
class CheckedRowsTest {
    private static final List<Column> COLUMNS =
            List.of(Column.real("a"), Column.real("b").withGaps(true));

    /** Rows that may be others at each reading, numbered from 0. */
    private static final class Told implements Dataset {
        private final IntFunction<Points> readings;
        private int reading;

        Told(IntFunction<Points> readings) {
            this.readings = readings;
        }

        @Override
        public List<Column> columns() {
            return COLUMNS;
        }

        @Override
        public OptionalLong rows() {
            return OptionalLong.empty();
        }

        @Override
        public Reader open() {
            return new InMemory(COLUMNS, readings.apply(reading++)).open();
        }
    }

    private static Points rows(int count, double first) {
        Points points = Points.zeros(2, count);
        for (int n = 0; n < count; n++) {
            points.set(0, n, first + n);
            points.set(1, n, n % 2 == 0 ? 1 : Double.NaN);
        }
        return points;
    }

    private static Dataset checked(IntFunction<Points> readings) {
        return CheckedRows.of("a plugin", "training", new Told(readings));
    }

    /** Reads up to so many rows. */
    private static int read(Dataset data, int most) {
        int all = 0;
        try (Dataset.Reader reader = data.open()) {
            Points buffer = Points.zeros(2, 7);
            for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                all += count;
                if (all >= most) {
                    break;
                }
            }
        }
        return all;
    }

    private static String fault(Dataset data, int most) {
        return assertThrows(PluginException.class, () -> read(data, most)).getMessage();
    }

    @Test
    void theSameRowsMayBeReadOften() {
        Dataset data = checked(k -> rows(30, 5));
        assertEquals(30, read(data, 1000));
        assertEquals(14, read(data, 10));
        assertEquals(30, read(data, 1000));
        assertEquals(COLUMNS, data.columns());
        assertTrue(data.rows().isEmpty());
    }

    @Test
    void otherRowsAtAnotherReadingAreAFault() {
        Dataset values = checked(k -> rows(30, k));
        read(values, 1000);
        assertTrue(fault(values, 1000).contains("gave other training rows at another reading; expected"));
        Dataset counts = checked(k -> rows(30 + k, 5));
        read(counts, 1000);
        assertTrue(
                fault(counts, 1000).contains("gave other training rows at another reading (30 and then 31); expected"));
        // The first thousand rows tell, also of readings that were left.
        Dataset left = checked(k -> rows(3000, k));
        read(left, 1200);
        assertTrue(fault(left, 1200).contains("gave other training rows"));
        Dataset late = checked(k -> {
            Points points = rows(3000, 5);
            points.set(0, 1500, k);
            return points;
        });
        read(late, 10_000);
        assertEquals(3000, read(late, 10_000));
    }

    /** Of fewer rows than that a reading that was left says nothing. */
    @Test
    void readingsThatWereLeftEarlySayNothing() {
        Dataset data = checked(k -> rows(3000, k));
        read(data, 20);
        read(data, 20);
        assertEquals(3000, read(data, 10_000));
        assertTrue(fault(data, 10_000).contains("gave other training rows"));
    }

    @Test
    void valuesAreFinite() {
        Dataset infinite = checked(k -> {
            Points points = rows(30, 5);
            points.set(1, 18, Double.POSITIVE_INFINITY);
            return points;
        });
        assertTrue(
                fault(infinite, 1000)
                        .endsWith("gave Infinity in column 'b' of its training row 19; expected finite numbers"),
                fault(infinite, 1000));
        Dataset gap = checked(k -> {
            Points points = rows(30, 5);
            points.set(0, 8, Double.NaN);
            return points;
        });
        assertTrue(fault(gap, 1000)
                .endsWith("gave NaN in column 'a' of its training row 9; expected finite numbers, or a column that says"
                        + " it has gaps"));
        InMemory memory = new InMemory(COLUMNS, rows(5, 1));
        assertSame(memory, CheckedRows.of("a plugin", "training", memory));
        Points wrong = rows(5, 1);
        wrong.set(0, 4, Double.NaN);
        assertThrows(PluginException.class, () -> CheckedRows.of("a plugin", "training", new InMemory(COLUMNS, wrong)));
        assertThrows(PluginException.class, () -> CheckedRows.of("a plugin", "training", null));
    }

    @Test
    void readersKeepToTheirBuffers() {
        for (int count : new int[] {-1, 8}) {
            Dataset wrong = CheckedRows.of("a plugin", "training", new Dataset() {
                @Override
                public List<Column> columns() {
                    return COLUMNS;
                }

                @Override
                public OptionalLong rows() {
                    return OptionalLong.empty();
                }

                @Override
                public Reader open() {
                    return new Reader() {
                        @Override
                        public int read(Points buffer) {
                            return count;
                        }

                        @Override
                        public void close() {}
                    };
                }
            });
            assertTrue(fault(wrong, 1000)
                    .endsWith("read " + count
                            + " of its training rows into a buffer of 7; expected 0 to 7, 0 at the end"));
        }
    }

    @Test
    void rowsAreComparedByWhatWasRead() {
        InMemory memory = new InMemory(COLUMNS, rows(50, 5));
        Dataset same = checked(k -> rows(50, 5));
        assertFalse(CheckedRows.same(memory, same));
        read(same, 1000);
        assertTrue(CheckedRows.same(memory, same));
        assertTrue(CheckedRows.same(same, memory));
        assertFalse(CheckedRows.same(memory, new InMemory(COLUMNS, rows(50, 6))));
        assertFalse(CheckedRows.same(memory, new InMemory(COLUMNS, rows(49, 5))));
        assertFalse(CheckedRows.same(memory, new Told(k -> rows(50, 5))));
        Dataset left = checked(k -> rows(50, 5));
        read(left, 7);
        assertFalse(CheckedRows.same(memory, left));
    }
}
