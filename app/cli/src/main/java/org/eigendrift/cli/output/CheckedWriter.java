package org.eigendrift.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.cli.console.Counted;

/**
 * A writer whose word is not taken: it gets copies, its ending is a word, and when it is done there is a file with something in it.
 *
 * @param writer the writer
 */
public record CheckedWriter(PointWriter writer) implements PointWriter {

    /**
     * Looks at the ending, of which names of files are made.
     *
     * @param writer the writer
     * @throws PluginException if it is no word
     */
    public CheckedWriter {
        String extension = writer.extension();
        if (extension == null || !extension.matches("[A-Za-z0-9]+")) {
            throw new PluginException(
                    writer, "has the ending '" + extension + "'; expected letters and digits, without the dot");
        }
    }

    @Override
    public String extension() {
        return writer.extension();
    }

    @Override
    public Sink open(Path file, List<Column> columns, long rows) throws IOException {
        Sink sink = writer.open(file, columns, rows);
        if (sink == null) {
            throw new PluginException(writer, "returned null for what rows are written to");
        }
        return new Sink() {
            @Override
            public void write(Points points) throws IOException {
                sink.write(points.copy());
            }

            @Override
            public void close() throws IOException {
                sink.close();
                if (!Files.isRegularFile(file) || rows > 0 && Files.size(file) == 0) {
                    throw new PluginException(
                            writer,
                            "wrote " + Counted.of(rows, "row") + " and left "
                                    + (Files.exists(file) ? "an empty file" : "no file")
                                    + "; expected them in the file that it was given");
                }
            }
        };
    }
}
