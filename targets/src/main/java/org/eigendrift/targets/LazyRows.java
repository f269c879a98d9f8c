package org.eigendrift.targets;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;

/** Rows that are costly to draw: drawn at the first reading and kept. */
public final class LazyRows implements Dataset {
    /** Numbers that are kept, eight bytes each: two gigabytes. */
    private static final long MOST = 1L << 28;

    private final List<Column> columns;
    private final int rows;
    private final Supplier<Points> draw;
    private InMemory drawn;

    /**
     * Creates a data set.
     *
     * @param columns the columns
     * @param rows how many rows there are
     * @param draw draws them, called at most once
     * @throws InputException if they do not fit into memory
     */
    public LazyRows(List<Column> columns, int rows, Supplier<Points> draw) {
        if ((long) rows * columns.size() > MOST) {
            throw new InputException("rows: " + rows + " rows of " + columns.size()
                    + " coordinates are kept in memory; expected at most " + MOST / columns.size());
        }
        this.columns = List.copyOf(columns);
        this.rows = rows;
        this.draw = draw;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public OptionalLong rows() {
        return OptionalLong.of(rows);
    }

    @Override
    public Reader open() {
        return drawn().open();
    }

    private synchronized InMemory drawn() {
        if (drawn == null) {
            drawn = new InMemory(columns, draw.get());
        }
        return drawn;
    }
}
