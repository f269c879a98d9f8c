package org.eigendrift.engine.flow;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.engine.assembly.Assembler;
import org.eigendrift.engine.assembly.TimePlan;
import org.eigendrift.engine.assembly.TimeSolver;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.model.ThetaPath;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.report.SolvedTime;
import org.eigendrift.engine.settings.FitSettings;

/**
 * Theta from a moment table: the one way from the sufficient statistic to a model, for fits, merges and unlearning.
 *
 * @param path theta along the times
 * @param plan times, ridges and sizes as they were solved, by which theta of other sums is solved again
 * @param solves how each time was solved
 */
record ThetaSolution(ThetaPath path, TimePlan plan, List<SolvedTime> solves) {
    /** A ridge that was chosen is raised by this where the matrix of all rows is indefinite with it. */
    private static final double RAISE = Math.sqrt(10);

    private static final double LARGEST_RIDGE = 1;

    /**
     * Ridges are chosen at coarse times and for most of the rows; between those times, the truncated products of numerical
     * eigenfunctions may leave the matrix a little less definite. Ridges that the user gave stay. Ends: each turn raises the smallest
     * ridge, up to the largest.
     *
     * @param decided takes a decision for every time that ridges are raised
     * @throws NumericalException if a system cannot be solved with the largest ridge either
     */
    static ThetaSolution raising(
            MomentTable table,
            ProductBasis basis,
            TimePlan plan,
            FitSettings settings,
            RunContext run,
            Parallel parallel,
            Consumer<Decision> decided) {
        TimePlan here = plan;
        while (true) {
            try {
                return of(table, basis, here, settings.solver().inOrder(), run, parallel);
            } catch (NumericalException e) {
                double smallest = Arrays.stream(here.ridges()).min().orElseThrow();
                if (settings.solver().ridge().fixed().isPresent() || smallest >= LARGEST_RIDGE) {
                    throw e;
                }
                here = here.withRidges(Arrays.stream(here.ridges())
                        .map(ridge -> Math.min(LARGEST_RIDGE, RAISE * ridge))
                        .toArray());
                decided.accept(new Decision(
                        "ridges raised",
                        String.format(Locale.ROOT, "the smallest to %.2g", Math.min(LARGEST_RIDGE, RAISE * smallest)),
                        List.of(),
                        "with smaller ones a system of all rows could not be solved"));
            }
        }
    }

    static ThetaSolution of(
            MomentTable table,
            ProductBasis basis,
            TimePlan plan,
            List<Chosen<RunContext, Solver>> solvers,
            RunContext run,
            Parallel parallel) {
        TimeSolver solver = new TimeSolver(table.layout(), basis, solvers, run);
        TimeSolver.Path path = solver.solve(table.means(), table.functionMeans(basis), plan, parallel);
        Assembler assembler = new Assembler(table.layout(), basis);
        double[][] theta = new double[path.scaled().length][];
        for (int j = 0; j < theta.length; j++) {
            theta[j] = assembler.theta(path.scaled()[j]);
        }
        List<SolvedTime> solves = List.of(path.solves());
        return new ThetaSolution(
                new ThetaPath(plan.grid(), theta, plan.end()), TimePlan.of(plan.grid(), solves, plan.end()), solves);
    }
}
