package org.eigendrift.cli.run;

import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;

/** Rows of a file as a model's columns: of their kinds, with angles brought into the model's period. */
final class ModelRows implements Dataset {
    private final Dataset source;
    private final List<Column> columns;

    /**
     * A view of rows.
     *
     * @param source the rows, as many columns as the model, in its order
     * @param columns the model's columns
     */
    ModelRows(Dataset source, List<Column> columns) {
        this.source = source;
        this.columns = List.copyOf(columns);
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
                int count = reader.read(buffer);
                wrapAngles(buffer, count);
                return count;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    private void wrapAngles(Points buffer, int count) {
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (column.kind() == Column.Kind.ANGLE) {
                double period = column.upper() - column.lower();
                for (int n = 0; n < count; n++) {
                    double turns = Math.floor((buffer.get(i, n) - column.lower()) / period);
                    buffer.set(i, n, buffer.get(i, n) - turns * period);
                }
            }
        }
    }
}
