package org.eigendrift.engine.law.mixture;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Gate;
import org.eigendrift.api.pass.Distributed;

/**
 * The rows of a data set that a gate gives to one cell, found again whenever they are read.
 *
 * @param data all rows
 * @param gate cuts them
 * @param cell which cell
 */
public record CellRows(Dataset data, Gate gate, int cell) implements Dataset {

    /**
     * The rows of one cell, chosen where they are.
     *
     * @param data all rows
     * @param gate cuts them
     * @param cell which cell
     * @return a view
     */
    public static Dataset of(Dataset data, Gate gate, int cell) {
        return data instanceof Distributed elsewhere
                ? elsewhere.chosen(new OfCell(gate, cell))
                : new CellRows(data, gate, cell);
    }

    private record OfCell(Gate gate, int cell) implements Distributed.Choice {
        @Override
        public int[] of(Points rows) {
            int[] cells = gate.give(rows).cells();
            return IntStream.range(0, cells.length)
                    .filter(n -> cells[n] == cell)
                    .toArray();
        }
    }

    @Override
    public List<Column> columns() {
        return data.columns();
    }

    @Override
    public OptionalLong rows() {
        return OptionalLong.empty();
    }

    @Override
    public Reader open() {
        Reader reader = data.open();
        return new Reader() {
            private Points rows = Points.zeros(data.dim(), 0);
            private int[] cells = {};
            private int next;

            @Override
            public int read(Points buffer) {
                int filled = 0;
                while (filled < buffer.size()) {
                    if (next == rows.size() && !more(buffer.size())) {
                        break;
                    }
                    for (; next < rows.size() && filled < buffer.size(); next++) {
                        if (cells[next] == cell) {
                            for (int i = 0; i < rows.dim(); i++) {
                                buffer.set(i, filled, rows.get(i, next));
                            }
                            filled++;
                        }
                    }
                }
                return filled;
            }

            private boolean more(int size) {
                Points part = Points.zeros(data.dim(), size);
                int count = reader.read(part);
                rows = part.slice(0, count);
                cells = gate.give(rows).cells();
                next = 0;
                return count > 0;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
