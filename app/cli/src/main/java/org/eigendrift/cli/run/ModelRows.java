package org.eigendrift.cli.run;

import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.plugin.Nearest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of a file as a model's columns: of their kinds, with angles brought into the model's period and levels by their texts. A level
 * that the model does not have gets the number after its last.
 */
final class ModelRows implements Dataset {
    private final Dataset source;
    private static final Logger LOG = LoggerFactory.getLogger(ModelRows.class);

    private final List<Column> columns;
    /** For each column the model's number of each level of the file; empty for numbers. */
    private final double[][] codes;

    /**
     * A view of rows.
     *
     * @param source the rows, as many columns as the model, in its order
     * @param columns the model's columns
     */
    ModelRows(Dataset source, List<Column> columns) {
        this.source = source;
        this.columns = List.copyOf(columns);
        this.codes = new double[columns.size()][];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = codes(source.columns().get(i), columns.get(i));
        }
    }

    private static double[] codes(Column found, Column wanted) {
        double[] codes = new double[wanted.kind().levelled() ? found.levels().size() : 0];
        for (int level = 0; level < codes.length; level++) {
            String text = found.levels().get(level);
            int code = wanted.level(text);
            if (code < 0) {
                LOG.warn(
                        "column '{}': the model has no level '{}'{}; rows with it are impossible",
                        wanted.name(),
                        text,
                        Nearest.hint(text, wanted.levels()));
            }
            codes[level] = code < 0 ? wanted.levels().size() : code;
        }
        return codes;
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
                recode(buffer, count);
                wrapAngles(buffer, count);
                return count;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    private void recode(Points buffer, int count) {
        for (int i = 0; i < codes.length; i++) {
            for (int n = 0; n < count && codes[i].length > 0; n++) {
                double value = buffer.get(i, n);
                if (!Double.isNaN(value)) {
                    buffer.set(i, n, codes[i][(int) value]);
                }
            }
        }
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
