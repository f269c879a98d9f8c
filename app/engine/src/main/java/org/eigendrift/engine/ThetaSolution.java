package org.eigendrift.engine;

import java.util.List;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.engine.assembly.Assembler;
import org.eigendrift.engine.assembly.TimePlan;
import org.eigendrift.engine.assembly.TimeSolver;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.kernel.Parallel;
import org.eigendrift.engine.model.ThetaPath;
import org.eigendrift.engine.moment.MomentTable;

/**
 * Theta from a moment table: the one way from the sufficient statistic to a model, for fits, merges and unlearning.
 *
 * @param path theta along the times
 * @param plan times, ridges and sizes as they were solved, by which theta of other sums is solved again
 * @param solves how each time was solved
 */
record ThetaSolution(ThetaPath path, TimePlan plan, List<TimeSolver.Solve> solves) {

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
        List<TimeSolver.Solve> solves = List.of(path.solves());
        return new ThetaSolution(
                new ThetaPath(plan.grid(), theta, plan.end()),
                TimeSolver.Solve.plan(plan.grid(), solves, plan.end()),
                solves);
    }
}
