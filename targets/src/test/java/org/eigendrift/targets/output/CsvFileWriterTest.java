package org.eigendrift.targets.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.contract.WriterContract;

class CsvFileWriterTest extends WriterContract {
    @Override
    protected PointWriter writer() {
        return new CsvFileWriter().create(new CsvFileWriter.Options(), RunContext.quiet(1));
    }

    /** Splits lines at commas; the contract's column names need quoting, its numbers do not. */
    @Override
    protected Points read(Path file, int dim) throws IOException {
        String text = Files.readString(file);
        assertFalse(text.contains("\r"));
        List<String> lines = text.lines().toList();
        String header = IntStream.rangeClosed(1, dim)
                .mapToObj(i -> "\"column, \"\"" + i + "\"\"\"")
                .collect(Collectors.joining(","));
        assertEquals(header, lines.get(0));
        return Points.ofRows(lines.stream()
                .skip(1)
                .map(line -> Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new));
    }
}
