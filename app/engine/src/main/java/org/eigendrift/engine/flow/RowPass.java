package org.eigendrift.engine.flow;

import org.eigendrift.api.InputException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.pass.Distributed;
import org.eigendrift.api.pass.Passes;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.data.FramedDataset;
import org.eigendrift.engine.model.SummedModel;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.moment.SumLayout;

/** Reads rows for moment tables: here in order, every chunk on all threads, or where the rows are. */
final class RowPass {
    private RowPass() {}

    /**
     * The sums of rows, in a model's coordinates and for its functions.
     *
     * @throws InputException if the columns differ, or a row lies outside the model's support
     */
    static MomentTable sums(SummedModel model, Dataset rows, RunContext run) {
        if (!Column.agree(rows.columns(), model.columns())) {
            throw new InputException("the rows have the columns " + rows.columns() + ", the model " + model.columns());
        }
        return sums(model.table().layout(), FramedDataset.of(rows, model.frames()), model.basis(), run);
    }

    /** The sums of rows in frame coordinates. */
    static MomentTable sums(SumLayout layout, Dataset framed, ProductBasis basis, RunContext run) {
        Parallel parallel = run.parallel();
        return gather(RowSums.of(basis, framed.columns(), layout), framed, run, parallel)
                .table();
    }

    /** Gathers from rows in frame coordinates. */
    static RowSums.Gathered gather(RowSums sums, Dataset framed, RunContext run, Parallel parallel) {
        if (framed instanceof Distributed elsewhere) {
            return Plan.read(sums).run(elsewhere);
        }
        RowSums.Gathered gathered = sums.zero();
        try (Progress.Task task = run.progress().begin("moments", framed.rows().orElse(-1))) {
            Passes.blocks(framed, run, (rows, first) -> {
                sums.add(gathered, rows, first, parallel);
                task.advance(rows.size());
            });
        }
        return gathered;
    }
}
