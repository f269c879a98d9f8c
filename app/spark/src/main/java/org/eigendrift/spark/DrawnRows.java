package org.eigendrift.spark;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Law;

/** Rows of given numbers, drawn a batch at a time. */
final class DrawnRows implements Iterator<Row> {
    private static final int BATCH = 4096;

    private final Iterator<Long> numbers;
    private final RunContext run;
    private final Law law;
    private final ModelCells model;
    private final DataType[] types;
    private Points drawn;
    private int next;

    /** The numbers of a partition, which follow one another. */
    DrawnRows(Iterator<Long> numbers, long seed, LawParcel law) {
        this.numbers = numbers;
        this.run = RunContext.quiet(seed);
        this.law = law.open();
        this.model = new ModelCells(this.law.columns());
        this.types = this.law.columns().stream().map(ModelCells::drawn).toArray(DataType[]::new);
        this.drawn = Points.zeros(this.law.columns().size(), 0);
    }

    @Override
    public boolean hasNext() {
        return next < drawn.size() || numbers.hasNext();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (next == drawn.size()) {
            long first = numbers.next();
            int count = 1;
            for (; count < BATCH && numbers.hasNext(); count++) {
                numbers.next();
            }
            drawn = law.draw(new DrawRequest(first, count, Optional.empty()), run)
                    .rows();
            next = 0;
        }
        Object[] cells = new Object[drawn.dim()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = model.cell(i, drawn.get(i, next), types[i]);
        }
        next++;
        return RowFactory.create(cells);
    }
}
