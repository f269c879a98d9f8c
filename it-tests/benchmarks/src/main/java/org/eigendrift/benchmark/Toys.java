package org.eigendrift.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;

/** Rows of a Gaussian chain with neighbour correlation, made as they are read: any number of them in no memory. */
final class Toys implements Dataset {
    private static final double CORRELATION = 0.6;

    private final int dim;
    private final long rows;
    private final CounterRandom random = new CounterRandom(5);

    Toys(int dim, long rows) {
        this.dim = dim;
        this.rows = rows;
    }

    @Override
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < dim; i++) {
            columns.add(Column.real("x" + i));
        }
        return columns;
    }

    @Override
    public OptionalLong rows() {
        return OptionalLong.of(rows);
    }

    @Override
    public Reader open() {
        return new Reader() {
            private long next;

            @Override
            public int read(Points buffer) {
                int count = (int) Math.min(buffer.size(), rows - next);
                for (int n = 0; n < count; n++) {
                    double previous = random.normal(next + n, 0);
                    buffer.set(0, n, previous);
                    for (int i = 1; i < dim; i++) {
                        previous = CORRELATION * previous
                                + Math.sqrt(1 - CORRELATION * CORRELATION) * random.normal(next + n, i);
                        buffer.set(i, n, previous);
                    }
                }
                next += count;
                return count;
            }

            @Override
            public void close() {
                next = rows;
            }
        };
    }
}
