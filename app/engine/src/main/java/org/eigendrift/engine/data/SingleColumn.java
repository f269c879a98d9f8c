package org.eigendrift.engine.data;

import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;

/** One column of a data set. Thread-safe. */
public final class SingleColumn implements Dataset {
    private final Dataset data;
    private final int column;

    /**
     * Creates the view.
     *
     * @param data rows
     * @param column which column
     */
    public SingleColumn(Dataset data, int column) {
        this.data = data;
        this.column = column;
    }

    @Override
    public List<Column> columns() {
        return List.of(data.columns().get(column));
    }

    @Override
    public OptionalLong rows() {
        return data.rows();
    }

    @Override
    public Reader open() {
        return data instanceof InMemory memory ? ofMemory(memory.points()) : ofRows(data.open());
    }

    /** Rows in memory lie column by column: the others need not be touched. */
    private Reader ofMemory(Points points) {
        return new Reader() {
            private int next;

            @Override
            public int read(Points buffer) {
                int count = Math.min(buffer.size(), points.size() - next);
                System.arraycopy(points.values(), points.offset(column) + next, buffer.values(), 0, count);
                next += count;
                return count;
            }

            @Override
            public void close() {
                next = points.size();
            }
        };
    }

    private Reader ofRows(Reader reader) {
        return new Reader() {
            @Override
            public int read(Points buffer) {
                Points rows = Points.zeros(data.dim(), buffer.size());
                int count = reader.read(rows);
                System.arraycopy(rows.values(), rows.offset(column), buffer.values(), 0, count);
                return count;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
