package org.eigendrift.targets;

import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;

/** Rows of a law, each computed from its number when it is read: no memory, the same rows at every reading. */
public final class GeneratedRows implements Dataset {
    private final KnownLaw law;
    private final CounterRandom random;
    private final long rows;

    /**
     * Creates a data set.
     *
     * @param law where rows are drawn from
     * @param random random numbers of this data set
     * @param rows how many rows there are, at least 0
     */
    public GeneratedRows(KnownLaw law, CounterRandom random, long rows) {
        this.law = law;
        this.random = random;
        this.rows = rows;
    }

    @Override
    public List<Column> columns() {
        return law.columns();
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
                law.draw(random, next, count, buffer);
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
