package org.eigendrift.targets.tables;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;

/** The rows of a data set that have a value in every column. */
record WholeRows(Dataset all) implements Dataset {
    @Override
    public List<Column> columns() {
        return all.columns();
    }

    @Override
    public OptionalLong rows() {
        return OptionalLong.empty();
    }

    @Override
    public Reader open() {
        Reader reader = all.open();
        return new Reader() {
            @Override
            public int read(Points buffer) {
                int count = 0;
                while (count < buffer.size()) {
                    Points chunk = Points.zeros(buffer.dim(), buffer.size() - count);
                    int got = reader.read(chunk);
                    if (got == 0) {
                        break;
                    }
                    int[] whole = IntStream.range(0, got)
                            .filter(n -> IntStream.range(0, chunk.dim()).noneMatch(i -> Double.isNaN(chunk.get(i, n))))
                            .toArray();
                    buffer.paste(count, chunk.select(whole));
                    count += whole.length;
                }
                return count;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
