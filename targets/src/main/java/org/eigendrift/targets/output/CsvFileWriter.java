package org.eigendrift.targets.output;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.output.WriterProvider;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.targets.tables.type.ColumnText;
import org.eigendrift.targets.tables.type.ColumnTypes;

/**
 * Writes CSV files: a line of column names, then cells as their columns' types and formats say, as in the file that came in;
 * columns of bare numbers so that these read back as the same doubles. UTF-8, LF at line ends.
 */
public final class CsvFileWriter implements WriterProvider<CsvFileWriter.Options> {

    /** There are no options. */
    public record Options() {}

    /** Creates the provider. */
    public CsvFileWriter() {}

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public String summary() {
        return "text with a header, cells in their columns' formats";
    }

    @Override
    public OptionSchema<Options> options() {
        return Schema.OPTIONS;
    }

    /** Made when first asked for: a run discovers every provider and uses few. */
    private static final class Schema {
        private static final OptionSchema<Options> OPTIONS = OptionSchema.of(MethodHandles.lookup(), Options.class);
    }

    @Override
    public PointWriter create(Options options, RunContext context) {
        Map<String, ColumnType> types = ColumnTypes.and(context);
        return new PointWriter() {
            @Override
            public String extension() {
                return "csv";
            }

            @Override
            public Sink open(Path file, List<Column> columns, long rows) throws IOException {
                return new CsvSink(file, columns, types, rows);
            }
        };
    }

    private static final class CsvSink implements PointWriter.Sink {
        private final CsvWriter out;
        private final List<ColumnText> texts;
        private final long rows;
        private long written;

        CsvSink(Path file, List<Column> columns, Map<String, ColumnType> types, long rows) throws IOException {
            this.texts = columns.stream()
                    .map(column -> new ColumnText(column, types))
                    .toList();
            this.rows = rows;
            this.out = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file, StandardCharsets.UTF_8);
            out.writeRecord(columns.stream().map(Column::name).toList());
        }

        @Override
        public void write(Points points) throws IOException {
            String[] cells = new String[texts.size()];
            try {
                for (int n = 0; n < points.size(); n++) {
                    for (int i = 0; i < cells.length; i++) {
                        cells[i] = texts.get(i).of(points.get(i, n));
                    }
                    out.writeRecord(cells);
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            written += points.size();
        }

        @Override
        public void close() throws IOException {
            out.close();
            if (written != rows) {
                throw new IOException(written + " rows were written, " + rows + " were announced");
            }
        }
    }
}
