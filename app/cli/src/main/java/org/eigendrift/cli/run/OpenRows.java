package org.eigendrift.cli.run;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;

/** Rows with all of a model's columns, of which their file has some: cells of the others are open. */
final class OpenRows implements Dataset {
    private final ModelRows source;
    private final List<Column> columns;
    private final int[] places;

    /**
     * A view of rows.
     *
     * @param source the rows, of some of the columns, by name
     * @param columns all columns
     */
    OpenRows(ModelRows source, List<Column> columns) {
        this.source = source;
        this.columns = List.copyOf(columns);
        List<String> there = source.columns().stream().map(Column::name).toList();
        this.places = columns.stream()
                .mapToInt(column -> there.indexOf(column.name()))
                .toArray();
    }

    /** All columns as rows of the file are written again, with the levels that only these have. */
    List<Column> written() {
        return IntStream.range(0, places.length)
                .mapToObj(i -> places[i] < 0 ? columns.get(i) : source.written().get(places[i]))
                .toList();
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public OptionalLong rows() {
        return source.rows();
    }

    @Override
    public Reader open() {
        Reader reader = source.open();
        return new Reader() {
            @Override
            public int read(Points buffer) {
                Points own = Points.zeros(source.columns().size(), buffer.size());
                int count = reader.read(own);
                for (int i = 0; i < places.length; i++) {
                    for (int n = 0; n < count; n++) {
                        buffer.set(i, n, places[i] < 0 ? Double.NaN : own.get(places[i], n));
                    }
                }
                return count;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
