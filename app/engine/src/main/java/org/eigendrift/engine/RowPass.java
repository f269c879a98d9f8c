package org.eigendrift.engine;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.data.FramedDataset;
import org.eigendrift.engine.kernel.Parallel;
import org.eigendrift.engine.model.SummedModel;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.moment.SumLayout;
import org.eigendrift.engine.moment.SumPass;

/** Reads rows in chunks of fixed size, in order, and checks that they lie where the basis lives. */
final class RowPass {
    /** Folds for cross-validation. */
    static final int FOLDS = 5;

    private static final CounterRandom FOLD_KEY = new CounterRandom(FOLDS);

    private final RunContext run;
    private final ProductBasis basis;

    RowPass(ProductBasis basis, RunContext run) {
        this.basis = basis;
        this.run = run;
    }

    /** What to do with a row outside the domain. */
    enum Outside {
        REFUSE,
        SKIP
    }

    /**
     * The sums of rows, in a model's coordinates and for its functions.
     *
     * @throws InputException if the columns differ, or a row lies outside the model's support
     */
    static MomentTable sums(SummedModel model, Dataset rows, RunContext run) {
        if (!Column.agree(rows.columns(), model.columns())) {
            throw new InputException("the rows have the columns " + rows.columns() + ", the model " + model.columns());
        }
        return sums(model.table().layout(), new FramedDataset(rows, model.frames()), model.basis(), run);
    }

    /** The sums of rows in frame coordinates. */
    static MomentTable sums(SumLayout layout, Dataset framed, ProductBasis basis, RunContext run) {
        MomentTable table = new MomentTable(layout);
        try (Parallel parallel = new Parallel(run.threads())) {
            new RowPass(basis, run).fill(layout.pass(), framed, table, Outside.REFUSE, parallel);
        }
        return table;
    }

    /** Fills a table from rows in frame coordinates; returns the number of rows skipped. */
    long fill(SumPass pass, Dataset framed, MomentTable table, Outside outside, Parallel parallel) {
        List<MomentTable> same = Collections.nCopies(FOLDS, table);
        return fillFolds(pass, framed, same, outside, parallel);
    }

    /**
     * Fills one table for each fold. A chunk is always summed fold by fold, whether or not the tables are the same one,
     * so that the sums do not depend on whether folds were asked for.
     */
    long fillFolds(SumPass pass, Dataset framed, List<MomentTable> tables, Outside outside, Parallel parallel) {
        long[] skipped = {0};
        forEachChunk("moments", framed, outside, skipped, chunk -> {
            for (int fold = 0; fold < FOLDS; fold++) {
                int[] rows = foldRows(fold, chunk.size());
                if (rows.length > 0) {
                    pass.add(chunk.select(rows), tables.get(fold), parallel);
                }
            }
        });
        return skipped[0];
    }

    /** The rows of a fold depend on their place within the chunk alone, so chunks may be fitted apart and merged. */
    private static int[] foldRows(int fold, int size) {
        return IntStream.range(0, size)
                .filter(n -> Math.floorMod(FOLD_KEY.bits(0, n), FOLDS) == fold)
                .toArray();
    }

    private void forEachChunk(String name, Dataset framed, Outside outside, long[] skipped, Consumer<Points> consumer) {
        long row = 0;
        try (Progress.Task task = run.progress().begin(name, framed.rows().orElse(-1));
                Dataset.Reader reader = framed.open()) {
            Points buffer = Points.zeros(framed.dim(), SumPass.CHUNK);
            for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                run.checkCancelled();
                Points chunk = count == buffer.size() ? buffer : buffer.slice(0, count);
                Points inside = inside(chunk, framed, row, outside);
                skipped[0] += count - inside.size();
                consumer.accept(inside);
                row += count;
                task.advance(count);
            }
        }
    }

    private Points inside(Points chunk, Dataset framed, long firstRow, Outside outside) {
        int[] keep = new int[chunk.size()];
        int kept = 0;
        for (int n = 0; n < chunk.size(); n++) {
            int i = firstOutside(chunk, n);
            if (i < 0) {
                keep[kept++] = n;
            } else if (outside == Outside.REFUSE) {
                throw refusal(chunk.get(i, n), i, firstRow + n, framed);
            }
        }
        return kept == chunk.size() ? chunk : chunk.select(Arrays.copyOf(keep, kept));
    }

    private int firstOutside(Points chunk, int n) {
        for (int i = 0; i < chunk.dim(); i++) {
            if (!basis.coordinate(i).basis().domain().contains(chunk.get(i, n))) {
                return i;
            }
        }
        return -1;
    }

    private InputException refusal(double value, int i, long row, Dataset framed) {
        var domain = basis.coordinate(i).basis().domain();
        return new InputException(String.format(
                Locale.ROOT,
                "row %d, coordinate '%s': %s (after frames) lies outside [%s, %s], where the basis of this coordinate"
                        + " lives",
                row + 1,
                framed.columns().get(i).name(),
                value,
                domain.lower(),
                domain.upper()));
    }
}
