package org.eigendrift.api.data;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;

/** Rows held in memory. */
public final class InMemory implements Dataset {
    private final List<Column> columns;
    private final Points points;

    /**
     * Creates a data set.
     *
     * @param columns one for each coordinate
     * @param points the rows; shared, and not to be modified afterwards
     * @throws IllegalArgumentException if the numbers of columns and coordinates differ
     */
    public InMemory(List<Column> columns, Points points) {
        if (columns.size() != points.dim()) {
            throw new IllegalArgumentException(columns.size() + " columns for " + points.dim() + " coordinates");
        }
        this.columns = List.copyOf(columns);
        this.points = points;
    }

    /**
     * Rows of real numbers, with columns named x1, x2, ...
     *
     * @param points the rows; shared, and not to be modified afterwards
     * @return the data set
     */
    public static InMemory of(Points points) {
        return new InMemory(
                IntStream.rangeClosed(1, points.dim())
                        .mapToObj(i -> Column.real("x" + i))
                        .toList(),
                points);
    }

    /**
     * Reads rows into memory.
     *
     * @param data where from
     * @param limit most rows to read
     * @return the first rows
     */
    public static Points read(Dataset data, int limit) {
        int chunk = Math.min(limit, 4096);
        List<Points> parts = new ArrayList<>();
        int total = 0;
        try (Reader reader = data.open()) {
            while (total < limit) {
                Points buffer = Points.zeros(data.dim(), Math.min(chunk, limit - total));
                int count = reader.read(buffer);
                if (count == 0) {
                    break;
                }
                parts.add(count == buffer.size() ? buffer : buffer.slice(0, count));
                total += count;
            }
        }
        Points all = Points.zeros(data.dim(), total);
        int at = 0;
        for (Points part : parts) {
            all.paste(at, part);
            at += part.size();
        }
        return all;
    }

    /**
     * The rows.
     *
     * @return the batch itself; shared, not to be modified
     */
    public Points points() {
        return points;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public OptionalLong rows() {
        return OptionalLong.of(points.size());
    }

    @Override
    public Reader open() {
        return new Reader() {
            private int next;

            @Override
            public int read(Points buffer) {
                int count = Math.min(buffer.size(), points.size() - next);
                for (int i = 0; i < points.dim(); i++) {
                    System.arraycopy(
                            points.values(), points.offset(i) + next, buffer.values(), buffer.offset(i), count);
                }
                next += count;
                return count;
            }

            @Override
            public void close() {
                next = points.size();
            }
        };
    }
}
