package com.example.drift;

import java.io.IOException;
import java.io.Writer;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.output.WriterProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** A JSON array of numbers a line, in the order of the columns. */
public final class JsonLines implements WriterProvider<JsonLines.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Nothing to choose. */
    public record Options() {}

    /** Creates the provider. */
    public JsonLines() {}

    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public String summary() {
        return "JSON lines, an array a row";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public PointWriter create(Options options, RunContext run) {
        return new PointWriter() {
            @Override
            public String extension() {
                return "jsonl";
            }

            @Override
            public Sink open(Path file, List<Column> columns, long rows) throws IOException {
                return new Lines(Files.newBufferedWriter(file), rows);
            }
        };
    }

    private static final class Lines implements PointWriter.Sink {
        private final Writer out;
        private final long announced;
        private long written;

        Lines(Writer out, long announced) {
            this.out = out;
            this.announced = announced;
        }

        @Override
        public void write(Points rows) throws IOException {
            for (int n = 0; n < rows.size(); n++) {
                out.write(Arrays.toString(rows.row(n)));
                out.write('\n');
            }
            written += rows.size();
        }

        @Override
        public void close() throws IOException {
            out.close();
            if (written != announced) {
                throw new IOException("wrote " + written + " rows of " + announced);
            }
        }
    }
}
