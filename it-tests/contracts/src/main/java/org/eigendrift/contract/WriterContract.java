package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.output.PointWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every writer of points promises. */
public abstract class WriterContract {
    @TempDir
    private Path directory;

    /** For subclasses. */
    protected WriterContract() {}

    /**
     * The writer under test.
     *
     * @return a writer
     */
    protected abstract PointWriter writer();

    /**
     * Reads a file that the writer wrote.
     *
     * @param file the file
     * @param dim its columns
     * @return all rows
     * @throws IOException if it cannot be read
     */
    protected abstract Points read(Path file, int dim) throws IOException;

    /** Values that text formats round if they are careless, among them the smallest and largest doubles. */
    private static Points awkward() {
        CounterRandom random = new CounterRandom(3);
        double[] special = {0, -0.0, 1.0 / 3, -1e-300, Double.MIN_VALUE, Double.MAX_VALUE, 1e22, 123456789.125, 0.1};
        Points points = Points.zeros(3, 50);
        for (int j = 0; j < points.values().length; j++) {
            points.values()[j] = j < special.length ? special[j] : random.normal(j, 0) * Math.exp(j % 40 - 20);
        }
        return points;
    }

    private Path write(String name, Points points, int chunk, long announced) throws IOException {
        List<Column> columns = IntStream.rangeClosed(1, points.dim())
                .mapToObj(i -> Column.real("column, \"" + i + "\""))
                .toList();
        Path file = directory.resolve(name + "." + writer().extension());
        try (PointWriter.Sink sink = writer().open(file, columns, announced)) {
            for (int at = 0; at < points.size(); at += chunk) {
                sink.write(points.slice(at, Math.min(points.size(), at + chunk)));
            }
        }
        return file;
    }

    @Test
    void whatIsWrittenReadsBackBitForBit() throws IOException {
        Points points = awkward();
        Points back = read(write("points", points, 50, 50), points.dim());
        assertArrayEquals(bits(points), bits(back));
    }

    private static long[] bits(Points points) {
        return Arrays.stream(points.values())
                .mapToLong(Double::doubleToRawLongBits)
                .toArray();
    }

    @Test
    void bytesDependOnTheRowsAlone() throws IOException {
        Points points = awkward();
        byte[] whole = Files.readAllBytes(write("whole", points, 50, 50));
        for (int chunk : new int[] {1, 7, 49}) {
            assertArrayEquals(whole, Files.readAllBytes(write("chunk" + chunk, points, chunk, 50)));
        }
    }

    @Test
    void oneRowAndOneColumnWork() throws IOException {
        Points one = Points.ofRows(new double[] {2.5});
        assertArrayEquals(new double[] {2.5}, read(write("one", one, 1, 1), 1).values());
    }

    @Test
    void writesWhatWasAnnounced() {
        assertThrows(IOException.class, () -> write("short", awkward(), 50, 51));
    }

    @Test
    void extensionIsAWord() {
        assertTrue(
                writer().extension().matches("[a-z0-9]+"),
                "the ending is '" + writer().extension() + "'; expected lower-case letters and digits");
    }
}
