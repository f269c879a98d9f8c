package com.example.drift;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.contract.WriterContract;

class JsonLinesTest extends WriterContract {
    @Override
    protected PointWriter writer() {
        return new JsonLines().create(new JsonLines.Options(), RunContext.quiet(1));
    }

    @Override
    protected Points read(Path file, int dim) throws IOException {
        return Points.ofRows(Files.readAllLines(file).stream()
                .map(line -> Arrays.stream(line.replaceAll("[\\[\\] ]", "").split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new));
    }
}
