package org.eigendrift.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Law;

/** Rows with their log-densities, computed a batch at a time: a density depends on its row alone. */
final class ScoredRows implements Iterator<Row> {
    private static final int BATCH = 1024;

    private final Iterator<Row> rows;
    private final String[] names;
    private final boolean skip;
    private final Law law;
    private final Queue<Row> scored = new ArrayDeque<>();

    ScoredRows(Iterator<Row> rows, String[] names, boolean skip, LawParcel law) {
        this.rows = rows;
        this.names = names;
        this.skip = skip;
        this.law = law.open();
    }

    @Override
    public boolean hasNext() {
        while (scored.isEmpty() && rows.hasNext()) {
            score();
        }
        return !scored.isEmpty();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return scored.remove();
    }

    private void score() {
        List<Row> batch = new ArrayList<>();
        Points x = Points.zeros(names.length, BATCH);
        while (batch.size() < BATCH && rows.hasNext()) {
            Row row = rows.next();
            if (put(row, x, batch.size())) {
                batch.add(row);
            }
        }
        if (batch.isEmpty()) {
            return;
        }
        double[] nats =
                law.logDensity(x.slice(0, batch.size()), RunContext.quiet(0)).nats();
        for (int n = 0; n < nats.length; n++) {
            Row row = batch.get(n);
            Object[] cells = new Object[row.size() + 1];
            for (int c = 0; c < row.size(); c++) {
                cells[c] = row.get(c);
            }
            cells[row.size()] = nats[n];
            scored.add(RowFactory.create(cells));
        }
    }

    /** Whether the row is to be scored. */
    private boolean put(Row row, Points x, int n) {
        for (int i = 0; i < names.length; i++) {
            int at = row.fieldIndex(names[i]);
            double value = row.isNullAt(at) ? Double.NaN : ((Number) row.get(at)).doubleValue();
            if (!Double.isFinite(value)) {
                if (skip) {
                    return false;
                }
                throw new InputException("column '" + names[i] + "' has "
                        + (Double.isNaN(value) ? "a gap (null or NaN)" : "the value " + value)
                        + ", expected finite numbers; handleInvalid = 'skip' leaves such rows out");
            }
            x.set(i, n, value);
        }
        return true;
    }
}
