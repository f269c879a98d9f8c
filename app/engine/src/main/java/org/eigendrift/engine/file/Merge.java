package org.eigendrift.engine.file;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.engine.FittedModel;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.moment.MomentTable;

/**
 * Adds and subtracts fits without their rows: the moment table is a sum over rows (METHOD 3), so the table of all rows
 * is the sum of the tables, and theta follows from it with the times, ridges and sizes of the first model.
 */
public final class Merge {
    private Merge() {}

    /**
     * The model of the rows of all models together.
     *
     * @param models models with the same columns, frames, bases and clusters, fitted to disjoint rows; at least one
     * @param run threads, progress
     * @return the model, with the settings, times and ridges of the first
     * @throws InputException if two do not go together; the message names every key in which they differ
     * @throws org.eigendrift.api.NumericalException if a system cannot be solved
     */
    public static FittedModel merge(List<FittedModel> models, RunContext run) {
        FittedModel first = models.get(0);
        MomentTable table = first.table().copy();
        List<String> rows = new ArrayList<>();
        rows.add(Long.toString(table.rows()));
        for (int m = 1; m < models.size(); m++) {
            FittedModel other = models.get(m);
            requireAlike(first, other, "models 1 and " + (m + 1) + " cannot be merged");
            try {
                table.add(other.table());
            } catch (ArithmeticException e) {
                throw new InputException("the moment sums of model " + (m + 1) + " overflow when added", e);
            }
            rows.add(Long.toString(other.table().rows()));
        }
        FittedModel merged = first.withMoments(table, List.of("merged: " + String.join(" + ", rows) + " rows"), run);
        for (FittedModel other : models) {
            merged = merged.trustedIn(other.basis().coordinates().stream()
                    .map(CoordinateBasis::range)
                    .toList());
        }
        return merged;
    }

    /**
     * The model without some of its rows. Its functions stay trusted where the taken rows were seen.
     *
     * @param model a model
     * @param part a model of some of its rows, with the same columns, frames, bases and clusters
     * @param run threads, progress
     * @return the model of the other rows
     * @throws InputException if the models do not go together, or fewer than two rows would remain
     * @throws org.eigendrift.api.NumericalException if a system cannot be solved
     */
    public static FittedModel unlearn(FittedModel model, FittedModel part, RunContext run) {
        requireAlike(model, part, "the rows of the second model cannot be taken from the first");
        return unlearn(model, part.table(), run);
    }

    /**
     * The model without some of its rows.
     *
     * @param model a model
     * @param rows some of the rows it was fitted to; that they are is not checked
     * @param run threads, progress
     * @return the model of the other rows
     * @throws InputException if the rows have other columns, one lies where the model cannot have had it, or fewer than
     *     two would remain
     * @throws org.eigendrift.api.NumericalException if a system cannot be solved
     */
    public static FittedModel unlearn(FittedModel model, Dataset rows, RunContext run) {
        return unlearn(model, model.moments(rows, run), run);
    }

    private static FittedModel unlearn(FittedModel model, MomentTable part, RunContext run) {
        if (part.rows() > model.table().rows() - FittedModel.FEWEST_ROWS) {
            throw new InputException("cannot take " + part.rows() + " rows from a model of "
                    + model.table().rows() + ": at least " + FittedModel.FEWEST_ROWS + " must remain");
        }
        MomentTable table = model.table().copy();
        try {
            table.subtract(part);
        } catch (ArithmeticException e) {
            throw new InputException("the moment sums overflow when subtracted", e);
        }
        return model.withMoments(table, List.of("taken back: " + part.rows() + " rows"), run);
    }

    private static void requireAlike(FittedModel first, FittedModel second, String refusal) {
        List<String> differences = ModelDifference.of(first, second);
        if (!differences.isEmpty()) {
            throw new InputException(refusal + ": " + String.join("; ", differences));
        }
    }
}
