package org.eigendrift.targets.duckdb;

import java.nio.file.Path;
import java.util.Map;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.contract.WriterContract;

class ParquetWriterTest extends WriterContract {
    @Override
    protected PointWriter writer() {
        return new ParquetWriter().create(new ParquetWriter.Options(), RunContext.quiet(1));
    }

    @Override
    protected Points read(Path file, int dim) {
        return InMemory.read(
                Bound.target(new Parquet(), 1, Map.of("path", file.toString(), "holdout", 0))
                        .train(),
                1000);
    }
}
