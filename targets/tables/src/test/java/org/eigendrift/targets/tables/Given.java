package org.eigendrift.targets.tables;

import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;

/** A table of given rows. */
record Given(String label, List<String> names, double[]... values) implements Table {

    /** Columns a, b, c, ... */
    static Given of(double[]... rows) {
        return new Given(
                "given",
                IntStream.range(0, rows[0].length)
                        .mapToObj(i -> "" + (char) ('a' + i))
                        .toList(),
                rows);
    }

    @Override
    public String unit() {
        return "row";
    }

    @Override
    public Cells open(boolean[] asText) {
        return new Cells() {
            private int next;

            @Override
            public int read(Points buffer, String[][] texts, long[] places) {
                int count = Math.min(buffer.size(), values.length - next);
                for (int n = 0; n < count; n++) {
                    for (int i = 0; i < buffer.dim(); i++) {
                        buffer.set(i, n, values[next][i]);
                    }
                    places[n] = ++next;
                }
                return count;
            }

            @Override
            public void close() {
                next = values.length;
            }
        };
    }
}
