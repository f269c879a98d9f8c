package org.eigendrift.cli.run;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.plugin.Nearest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of a file as a model's columns: of their kinds, with angles brought into the model's period and levels by their texts. Levels
 * that the model does not have get the numbers after its last.
 */
final class ModelRows implements Dataset {
    private final Dataset source;
    private static final Logger LOG = LoggerFactory.getLogger(ModelRows.class);

    private final List<Column> columns;
    private final List<Column> written;
    /** For each column the model's number of each level of the file; empty for numbers. */
    private final double[][] codes;

    /**
     * A view of rows.
     *
     * @param source the rows, as many columns as the model, in its order
     * @param columns the model's columns
     * @param unknown what is said of a level that the model does not have: {@code rows with it are impossible}
     */
    ModelRows(Dataset source, List<Column> columns, String unknown) {
        this.source = source;
        List<Column> found = source.columns();
        this.columns = IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i).withObserved(found.get(i).observed()))
                .toList();
        this.codes = new double[columns.size()][];
        this.written = new ArrayList<>();
        for (int i = 0; i < codes.length; i++) {
            Column wanted = columns.get(i);
            List<String> texts = wanted.kind().levelled() ? found.get(i).levels() : List.of();
            List<String> levels = new ArrayList<>(wanted.levels());
            codes[i] = texts.stream()
                    .mapToDouble(text -> code(wanted, text, levels, unknown))
                    .toArray();
            written.add(levels.size() == wanted.levels().size() ? wanted : more(wanted, levels));
        }
    }

    /** The number of a level, which is added if the model does not have it. */
    private static int code(Column model, String text, List<String> levels, String unknown) {
        int code = model.level(text);
        if (code >= 0) {
            return code;
        }
        LOG.warn(
                "column '{}': the model has no level '{}'{}; {}",
                model.name(),
                text,
                Nearest.hint(text, model.levels()),
                unknown);
        levels.add(text);
        return levels.size() - 1;
    }

    private static Column more(Column model, List<String> levels) {
        String gap = model.format().gap();
        return Column.category(model.name(), levels)
                .withGaps(model.gaps())
                .withFormat(new Column.Format("category", "", gap));
    }

    /** The model's columns as rows of the file are written again: with the levels that only these have behind the model's. */
    List<Column> written() {
        return List.copyOf(written);
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
