package org.eigendrift.engine.data;

import org.eigendrift.api.Points;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;

/** Rows that fit into an eighth of the memory are read once; the numbers are the same either way. */
public final class RowCache {
    private RowCache() {}

    /**
     * Reads rows into memory if there is room.
     *
     * @param source rows
     * @return the same rows
     */
    public static Dataset of(Dataset source) {
        if (source instanceof InMemory) {
            return source;
        }
        long budget = Math.min(Integer.MAX_VALUE / 2, Runtime.getRuntime().maxMemory() / 64) / source.dim();
        if (source.rows().orElse(0) > budget) {
            return source;
        }
        Points points = InMemory.read(source, (int) budget + 1);
        return points.size() > budget ? source : new InMemory(source.columns(), points);
    }
}
