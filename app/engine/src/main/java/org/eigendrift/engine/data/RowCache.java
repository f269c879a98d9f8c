package org.eigendrift.engine.data;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.pass.Distributed;
import org.eigendrift.api.pass.Summary;

/**
 * Rows that fit into an eighth of the memory are read once, others are counted; the numbers are the same either way. What goes
 * through here knows how many rows it has. Rows that lie elsewhere stay there.
 */
public final class RowCache {
    private RowCache() {}

    /**
     * Reads rows into memory if there is room.
     *
     * @param source rows
     * @return the same rows, whose number is known
     */
    public static Dataset of(Dataset source) {
        return of(source, Runtime.getRuntime().maxMemory() / 64);
    }

    /**
     * Reads rows into memory if they are few.
     *
     * @param source rows
     * @param numbers that may be held at most
     * @return the same rows, whose number is known
     */
    static Dataset of(Dataset source, long numbers) {
        if (source instanceof InMemory || source instanceof Distributed) {
            return source;
        }
        int budget = (int) (Math.min(Integer.MAX_VALUE / 2, numbers) / source.dim());
        if (source.rows().isEmpty()) {
            return counted(source, budget);
        } else if (source.rows().getAsLong() > budget) {
            return source;
        }
        return new InMemory(source.columns(), InMemory.read(source, budget));
    }

    /** Goes on to the end where the rows do not fit. */
    private static Dataset counted(Dataset source, int budget) {
        List<Points> parts = new ArrayList<>();
        long rows = 0;
        Points buffer = Points.zeros(source.dim(), Summary.BLOCK);
        try (Dataset.Reader reader = source.open()) {
            for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                rows += count;
                if (rows <= budget) {
                    parts.add(buffer.slice(0, count));
                } else {
                    parts.clear();
                }
            }
        }
        if (rows > budget) {
            return new Counted(source, OptionalLong.of(rows));
        }
        Points points = Points.zeros(source.dim(), (int) rows);
        int at = 0;
        for (Points part : parts) {
            points.paste(at, part);
            at += part.size();
        }
        return new InMemory(source.columns(), points);
    }

    private record Counted(Dataset data, OptionalLong rows) implements Dataset {
        @Override
        public List<Column> columns() {
            return data.columns();
        }

        @Override
        public Reader open() {
            return data.open();
        }
    }
}
