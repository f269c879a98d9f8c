package org.eigendrift.engine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SingleColumnTest {
    /** The same rows, but not known to be in memory. */
    private record Elsewhere(InMemory memory) implements Dataset {
        @Override
        public List<Column> columns() {
            return memory.columns();
        }

        @Override
        public OptionalLong rows() {
            return OptionalLong.empty();
        }

        @Override
        public Reader open() {
            return memory.open();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 8})
    void columnsAreReadTheSameFromMemoryAndElsewhere(int buffer) {
        Points points = Points.zeros(3, 7);
        for (int n = 0; n < points.values().length; n++) {
            points.values()[n] = 1.0 + n;
        }
        InMemory rows = InMemory.of(points);
        for (int column = 0; column < 3; column++) {
            for (Dataset data : List.of(rows, new Elsewhere(rows))) {
                SingleColumn single = new SingleColumn(data, column);
                assertEquals(List.of(rows.columns().get(column)), single.columns());
                double[] read = new double[7];
                int at = 0;
                try (Dataset.Reader reader = single.open()) {
                    Points some = Points.zeros(1, buffer);
                    for (int count = reader.read(some); count > 0; count = reader.read(some)) {
                        System.arraycopy(some.values(), 0, read, at, count);
                        at += count;
                    }
                }
                assertEquals(7, at);
                assertArrayEquals(points.column(column), read);
            }
        }
    }
}
