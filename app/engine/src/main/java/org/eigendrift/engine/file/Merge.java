package org.eigendrift.engine.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.engine.FittedModel;
import org.eigendrift.engine.GibbsFit;
import org.eigendrift.engine.atlas.Atlas;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.moment.MomentTable;

/**
 * Adds and subtracts fits without their rows: the moment table is a sum over rows (METHOD 3), so the table of all rows
 * is the sum of the tables, and theta follows from it with the times, ridges and sizes of the first model.
 */
public final class Merge {
    private Merge() {}

    /**
     * The model of the rows of all models together, chart by chart: a row belongs to the same chart in whatever model
     * it was fitted. Weights follow from the rows.
     *
     * @param models models with the same columns, mixtures, frames, bases and clusters, fitted to disjoint rows; at
     *     least one
     * @param run threads, progress
     * @return the model, with the settings, times and ridges of the first
     * @throws InputException if two do not go together; the message names every key in which they differ
     * @throws org.eigendrift.api.NumericalException if a system cannot be solved
     */
    public static Atlas merge(List<Atlas> models, RunContext run) {
        Atlas first = models.get(0);
        for (int m = 1; m < models.size(); m++) {
            requireAlike(first, models.get(m), "models 1 and " + (m + 1) + " cannot be merged");
        }
        List<FittedModel> merged = new ArrayList<>();
        for (int k = 0; k < first.charts().size(); k++) {
            int chart = k;
            List<FittedModel> charts = models.stream()
                    .map(model -> model.charts().get(chart).model())
                    .toList();
            merged.add(first.inChart(k, () -> sum(charts, run)));
        }
        return first.withModels(
                merged,
                table -> {
                    MomentTable sum = table.copy();
                    for (Atlas other : models.subList(1, models.size())) {
                        sum.add(other.gibbs().orElseThrow().model().table());
                    }
                    return sum;
                },
                gibbs -> {
                    GibbsModel wider = gibbs;
                    for (Atlas other : models) {
                        wider = wider.trustedLike(other.gibbs().orElseThrow().model());
                    }
                    return wider;
                },
                run);
    }

    private static FittedModel sum(List<FittedModel> models, RunContext run) {
        FittedModel first = models.get(0);
        MomentTable table = first.table().copy();
        List<String> rows = new ArrayList<>();
        rows.add(Long.toString(table.rows()));
        for (int m = 1; m < models.size(); m++) {
            FittedModel other = models.get(m);
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
     * @param part a model of some of its rows, with the same columns, mixture, frames, bases and clusters
     * @param run threads, progress
     * @return the model of the other rows
     * @throws InputException if the models do not go together, or fewer than two rows would remain in a chart
     * @throws org.eigendrift.api.NumericalException if a system cannot be solved
     */
    public static Atlas unlearn(Atlas model, Atlas part, RunContext run) {
        requireAlike(model, part, "the rows of the second model cannot be taken from the first");
        return unlearn(
                model,
                chart -> part.charts().get(chart).model().table(),
                () -> part.gibbs().orElseThrow().model().table(),
                run);
    }

    /**
     * The model without some of its rows.
     *
     * @param model a model
     * @param rows some of the rows it was fitted to; that they are is not checked
     * @param run threads, progress
     * @return the model of the other rows
     * @throws InputException if the rows have other columns, one lies where the model cannot have had it, or fewer than
     *     two would remain in a chart
     * @throws org.eigendrift.api.NumericalException if a system cannot be solved
     */
    public static Atlas unlearn(Atlas model, Dataset rows, RunContext run) {
        return unlearn(
                model,
                chart -> model.charts().get(chart).model().moments(model.rowsOf(chart, rows), run),
                () -> GibbsFit.sums(model.gibbs().orElseThrow().model(), rows, run),
                run);
    }

    private static Atlas unlearn(
            Atlas model, IntFunction<MomentTable> parts, Supplier<MomentTable> gibbs, RunContext run) {
        List<FittedModel> rest = new ArrayList<>();
        for (int k = 0; k < model.charts().size(); k++) {
            int chart = k;
            FittedModel whole = model.charts().get(k).model();
            rest.add(model.inChart(k, () -> difference(whole, parts.apply(chart), run)));
        }
        return model.withModels(
                rest,
                table -> {
                    MomentTable difference = table.copy();
                    difference.subtract(gibbs.get());
                    return difference;
                },
                UnaryOperator.identity(),
                run);
    }

    private static FittedModel difference(FittedModel model, MomentTable part, RunContext run) {
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

    private static void requireAlike(Atlas first, Atlas second, String refusal) {
        List<String> differences = AtlasDifference.of(first, second);
        if (!differences.isEmpty()) {
            throw new InputException(refusal + ": " + String.join("; ", differences));
        }
    }
}
