package org.eigendrift.targets.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.contract.WriterContract;

class NpyWriterTest extends WriterContract {
    @Override
    protected PointWriter writer() {
        return new NpyWriter().create(new NpyWriter.Options(), RunContext.quiet(1));
    }

    /** Reads by the published layout, independently of this module's reader. */
    @Override
    protected Points read(Path file, int dim) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals((byte) 0x93, bytes.get(0));
        assertEquals(1, bytes.getShort(6), "version 1.0");
        int start = 10 + bytes.getShort(8);
        assertEquals(0, start % 64, "alignment");
        int rows = (bytes.capacity() - start) / (8 * dim);
        String header = new String(bytes.array(), 10, start - 10, StandardCharsets.US_ASCII);
        assertEquals(
                "{'descr': '<f8', 'fortran_order': False, 'shape': (" + rows + ", " + dim + "), }", header.strip());
        assertEquals('\n', header.charAt(header.length() - 1));
        Points points = Points.zeros(dim, rows);
        for (int n = 0; n < rows; n++) {
            for (int i = 0; i < dim; i++) {
                points.set(i, n, bytes.getDouble(start + 8 * (n * dim + i)));
            }
        }
        return points;
    }
}
