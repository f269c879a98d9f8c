package org.eigendrift.engine.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.linear.RidgeRule;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.engine.assembly.MomentCosts;
import org.eigendrift.engine.assembly.TimePlan;
import org.eigendrift.engine.assembly.TimeSolver;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.judge.HeldoutShares;
import org.eigendrift.engine.moment.GridLayout;
import org.eigendrift.engine.moment.MomentLayout;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.moment.SumLayout;
import org.eigendrift.engine.selection.Folds;
import org.eigendrift.engine.selection.Horizon;
import org.eigendrift.engine.selection.RuledRidges;
import org.eigendrift.engine.selection.TimeScale;
import org.eigendrift.engine.selection.TimeSelection;
import org.eigendrift.engine.settings.FitSettings;
import org.eigendrift.engine.settings.ProcessOptions;

/**
 * What of a fit depends on times: which sums are made of the rows, and then the horizon, the earliest time, and for each time ridge and
 * number of functions.
 */
final class FitTimes {
    private static final long MANY_ROWS = 20_000;

    private final FitSettings settings;
    private final ProcessOptions process;
    private final ProductBasis basis;
    private final RunContext run;
    private final Parallel parallel;
    private final List<Decision> decisions = new ArrayList<>();

    /**
     * Prepares.
     *
     * @param settings with a solver
     * @param basis the functions
     * @param run cancellation, seed
     * @param parallel runs shares of the work
     */
    FitTimes(FitSettings settings, ProductBasis basis, RunContext run, Parallel parallel) {
        this.settings = settings;
        this.process = settings.process();
        this.basis = basis;
        this.run = run;
        this.parallel = parallel;
    }

    /** What was decided so far. */
    List<Decision> decisions() {
        return decisions;
    }

    /**
     * What is summed over the rows. The times of a grid must be known before: the horizon from moments of the functions
     * alone, and the earliest from the resolution of the basis, unless they are given.
     *
     * @param framed the rows in frame coordinates
     */
    SumLayout layout(Dataset framed) {
        MomentLayout table = new MomentLayout(basis);
        double earliest = process.earliest().orElse(TimeScale.resolution(basis));
        double longest = Math.max(process.horizon().orElse(Horizon.LONGEST), 2 * earliest);
        MomentCosts costs = MomentCosts.of(
                table, TimeScale.grid(longest, earliest, process.times()).times());
        boolean grid = process.moments() == ProcessOptions.Moments.AUTO
                ? costs.gridIsCheaper()
                : process.moments() == ProcessOptions.Moments.GRID;
        decisions.add(costs.decision(grid));
        if (!grid) {
            return table;
        }
        RowSums sums = RowSums.of(basis, framed.columns(), MomentLayout.ofCandidates(basis));
        MomentTable functions = RowPass.gather(sums, framed, run, parallel).table();
        return new GridLayout(
                basis,
                TimeScale.grid(horizon(functions), earliest, process.times()).times());
    }

    /**
     * Sums over the rows. Few are validated fold by fold; of many, one fold says enough.
     *
     * @param framed the rows in frame coordinates
     * @param layout what is summed
     * @throws InputException if there are too few rows
     */
    Folds sums(Dataset framed, SumLayout layout) {
        boolean many = framed.rows().orElseThrow() > MANY_ROWS;
        int tables = many ? 2 : HeldoutShares.FOLDS;
        RowSums sums = new RowSums(layout.basis(), framed.columns(), layout, tables, false, RowSums.Outside.REFUSE);
        List<MomentTable> summed = RowPass.gather(sums, framed, run, parallel).tables();
        Folds folds =
                many ? new Folds(summed.subList(0, 1), summed.get(1)) : new Folds(summed, new MomentTable(layout));
        if (folds.all().rows() < FittedModel.FEWEST_ROWS) {
            throw InputException.at(
                    "target",
                    "expected at least " + FittedModel.FEWEST_ROWS + " rows to fit, found "
                            + folds.all().rows());
        }
        return folds;
    }

    /**
     * Times, ridges and numbers of functions: what was given, else what held-out rows gain by, else what the rule picks that was
     * named.
     *
     * @param folds the sums
     */
    TimePlan plan(Folds folds) {
        OptionalDouble ridge = settings.solver().ridge().fixed();
        TimeScale scale = scale(folds.all());
        boolean given = ridge.isPresent() && process.earliest().isPresent();
        if (given || folds.count() == 0) {
            double earliest = process.earliest().orElse(0.01 * scale.coarse().first());
            return TimePlan.constant(scale.until(earliest), ridge.orElse(1));
        }
        TimeSolver solver =
                new TimeSolver(folds.all().layout(), basis, settings.solver().inOrder(), run);
        TimeSelection selection = new TimeSelection(folds, basis, solver, parallel);
        TimePlan plan = selection.choose(scale, ridge, process.earliest().isPresent());
        decisions.addAll(selection.decisions());
        Optional<Chosen<RunContext, RidgeRule>> rule = settings.solver().ridge().rule();
        return rule.isPresent() ? ruled(plan, rule.get(), folds, solver) : plan;
    }

    private TimePlan ruled(TimePlan plan, Chosen<RunContext, RidgeRule> rule, Folds folds, TimeSolver solver) {
        RuledRidges ridges = new RuledRidges(rule, folds, basis, solver, run);
        RuledRidges.Ruled ruled = ridges.choose(plan, parallel);
        decisions.add(ruled.decision());
        return ruled.plan();
    }

    /** The times that the sums leave to choose. */
    private TimeScale scale(MomentTable table) {
        return table.layout()
                .onlyTimes()
                .map(times -> TimeScale.of(TimeGrid.of(times)))
                .orElseGet(() -> TimeScale.any(
                        horizon(table), process.earliest().orElse(TimeScale.resolution(basis)), process.times()));
    }

    /** The horizon that was given or follows from moments, which must lie after a time that was given. */
    private double horizon(MomentTable table) {
        double horizon =
                process.horizon().isPresent() ? process.horizon().getAsDouble() : chosen(table.functionMeans(basis));
        if (process.earliest().isPresent() && !(process.earliest().getAsDouble() < horizon)) {
            throw InputException.at(
                    "process.earliest", process.earliest().getAsDouble() + " must lie before the horizon " + horizon);
        }
        return horizon;
    }

    private double chosen(double[] functionMeans) {
        double[] rates = new double[basis.size()];
        Arrays.setAll(rates, basis::rate);
        Horizon horizon = Horizon.of(rates, functionMeans);
        decisions.add(horizon.decision());
        return horizon.time();
    }
}
