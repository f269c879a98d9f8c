package org.eigendrift.targets.file;

import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;

/**
 * Whole numbers 0 to {@code levels - 1} made continuous: (x + u) / levels with u uniform on (0, 1), keyed by row and column
 * (Theis, van den Oord, Bethge, "A note on the evaluation of generative models", 2016). A density of the continuous values is
 * a lower bound of the whole numbers' log-probability.
 */
final class Dequantised implements Dataset {
    private final Dataset whole;
    private final int levels;
    private final CounterRandom random;
    private final List<Column> columns;

    /**
     * Wraps a data set.
     *
     * @param whole rows of whole numbers
     * @param levels how many values there are
     * @param bounded whether the columns are declared to lie in [0, 1]
     * @param random random numbers, with the row's number as stream
     */
    Dequantised(Dataset whole, int levels, boolean bounded, CounterRandom random) {
        this.whole = whole;
        this.levels = levels;
        this.random = random;
        this.columns = whole.columns().stream()
                .map(c -> bounded ? Column.bounded(c.name(), 0, 1) : Column.real(c.name()))
                .toList();
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public OptionalLong rows() {
        return whole.rows();
    }

    @Override
    public boolean incomplete() {
        return whole.incomplete();
    }

    @Override
    public Reader open() {
        Reader reader = whole.open();
        return new Reader() {
            private long row;

            @Override
            public int read(Points buffer) {
                int count = reader.read(buffer);
                for (int i = 0; i < buffer.dim(); i++) {
                    for (int n = 0; n < count; n++) {
                        buffer.set(i, n, (buffer.get(i, n) + random.uniform(row + n, i)) / levels);
                    }
                }
                row += count;
                return count;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
