package org.eigendrift.targets.tables;

import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;

/**
 * The training or the held-out rows of a data set. Row n is held out if a random number keyed by n falls below the
 * fraction: a decision for each row alone, so the split needs no memory and no second pass.
 */
final class HoldoutRows implements Dataset {
    private final Dataset all;
    private final CounterRandom random;
    private final double fraction;
    private final boolean heldout;

    /**
     * Creates one side of the split.
     *
     * @param all all rows
     * @param random decides, keyed by the row's number
     * @param fraction probability of being held out
     * @param heldout which side this is
     */
    HoldoutRows(Dataset all, CounterRandom random, double fraction, boolean heldout) {
        this.all = all;
        this.random = random;
        this.fraction = fraction;
        this.heldout = heldout;
    }

    @Override
    public List<Column> columns() {
        return all.columns();
    }

    @Override
    public OptionalLong rows() {
        return OptionalLong.empty();
    }

    @Override
    public boolean incomplete() {
        return all.incomplete();
    }

    @Override
    public Reader open() {
        Reader reader = all.open();
        return new Reader() {
            private final int dim = all.dim();
            private Points chunk = Points.zeros(dim, 0);
            private int filled;
            private int next;
            private long row;

            @Override
            public int read(Points buffer) {
                int count = 0;
                while (count < buffer.size()) {
                    if (next == filled && !refill(buffer.size())) {
                        break;
                    }
                    if (random.uniform(row, 0) < fraction == heldout) {
                        for (int i = 0; i < dim; i++) {
                            buffer.set(i, count, chunk.get(i, next));
                        }
                        count++;
                    }
                    next++;
                    row++;
                }
                return count;
            }

            private boolean refill(int size) {
                if (chunk.size() < size) {
                    chunk = Points.zeros(dim, size);
                }
                filled = reader.read(chunk);
                next = 0;
                return filled > 0;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
