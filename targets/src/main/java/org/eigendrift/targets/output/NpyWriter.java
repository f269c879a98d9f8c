package org.eigendrift.targets.output;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.output.WriterProvider;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.targets.tables.type.Rounding;

/**
 * Writes NumPy array files, version 1.0: float64, little-endian, C order, rows x columns. Levels that are numbers are written as
 * these, others as their place among the levels; days and moments as days and seconds since 1970; whole numbers as such,
 * other numbers as they are. The bytes depend on the numbers alone.
 */
public final class NpyWriter implements WriterProvider<NpyWriter.Options> {

    /** There are no options. */
    public record Options() {}

    /** Creates the provider. */
    public NpyWriter() {}

    @Override
    public String name() {
        return "npy";
    }

    @Override
    public String summary() {
        return "NumPy array file, float64, rows x columns";
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
        return new PointWriter() {
            @Override
            public String extension() {
                return "npy";
            }

            @Override
            public Sink open(Path file, List<Column> columns, long rows) throws IOException {
                return new NpySink(file, columns, rows);
            }
        };
    }

    /** Writes the header at once, then rows as they come. */
    private static final class NpySink implements PointWriter.Sink {
        /** The header is padded so that the numbers begin at a multiple of this. */
        private static final int ALIGNMENT = 64;

        private final OutputStream out;
        private final int dim;
        private final List<Column> columns;
        private final double[][] values;
        private final long rows;
        private long written;

        NpySink(Path file, List<Column> columns, long rows) throws IOException {
            this.dim = columns.size();
            this.columns = List.copyOf(columns);
            this.values = columns.stream().map(LevelValues::of).toArray(double[][]::new);
            this.rows = rows;
            String text = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + rows + ", " + dim + "), }";
            int padding = Math.floorMod(-(10 + text.length() + 1), ALIGNMENT);
            byte[] header = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
            ByteBuffer prefix = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
            prefix.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
            prefix.put((byte) 1).put((byte) 0).putShort((short) header.length);
            out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
            out.write(prefix.array());
            out.write(header);
        }

        @Override
        public void write(Points points) throws IOException {
            ByteBuffer row = ByteBuffer.allocate(8 * dim).order(ByteOrder.LITTLE_ENDIAN);
            for (int n = 0; n < points.size(); n++) {
                row.clear();
                for (int i = 0; i < dim; i++) {
                    row.putDouble(cell(i, points.get(i, n)));
                }
                out.write(row.array());
            }
            written += points.size();
        }

        private double cell(int i, double code) {
            double value = LevelValues.value(values[i], code);
            return columns.get(i).whole() ? Rounding.of(value, columns.get(i)) : value;
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
