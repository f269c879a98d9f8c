package org.eigendrift.engine.conditional;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;

/**
 * Rows of which cells that were not seen were drawn. A law that stands around single rows must leave these out: asked for the cells
 * again, it would answer with what was drawn, and be sure of it. Immutable.
 */
public final class Completed implements Dataset {
    private final InMemory rows;
    private final boolean[] drawn;

    /**
     * Rows completed.
     *
     * @param columns one for each coordinate
     * @param rows without gaps; shared, and not to be modified afterwards
     * @param drawn of which rows cells were drawn; copied
     */
    public Completed(List<Column> columns, Points rows, boolean[] drawn) {
        this.rows = new InMemory(columns, rows);
        this.drawn = drawn.clone();
    }

    /**
     * The rows that were seen as they are.
     *
     * @param data any rows, of which so many are read
     * @param count how many
     * @return their numbers, ascending
     */
    public static int[] seen(Dataset data, int count) {
        IntStream all = IntStream.range(0, count);
        return data instanceof Completed completed
                ? all.filter(n -> !completed.drawn[n]).toArray()
                : all.toArray();
    }

    @Override
    public List<Column> columns() {
        return rows.columns();
    }

    @Override
    public OptionalLong rows() {
        return rows.rows();
    }

    @Override
    public Reader open() {
        return rows.open();
    }
}
