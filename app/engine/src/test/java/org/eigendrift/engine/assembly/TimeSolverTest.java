package org.eigendrift.engine.assembly;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.MomentLayout;
import org.eigendrift.engine.moment.MomentTable;
import org.junit.jupiter.api.Test;

/** What is left to the ladder of rates, against all functions. */
class TimeSolverTest {
    private static final List<String> FAMILIES = List.of("cosine", "cosine");
    private static final RunContext RUN = RunContext.quiet(1);

    @SuppressWarnings("unchecked")
    private static Chosen<RunContext, Solver> cholesky() {
        Provider<?, ?, ?> provider = Families.CATALOG.find(SolverProvider.class, "cholesky");
        return new Chosen<>(
                (Provider<?, RunContext, Solver>) provider, provider.options().defaults());
    }

    @Test
    void whatFunctionsLeftOutWouldCarryIsWithinTheTolerance() {
        ProductBasis basis = Families.complete(Families.coordinates(FAMILIES, 14), 2);
        MomentLayout layout = new MomentLayout(basis);
        MomentTable table = new MomentTable(layout);
        TimeSolver solver = new TimeSolver(layout, basis, List.of(cholesky()), RUN);
        TimeGrid grid = TimeGrid.geometric(2, 2e-3, 12);
        TimeSolver.Path adaptive;
        Parallel parallel = new Parallel(1);
        layout.pass().add(Families.rows(FAMILIES, 500, 3), table, parallel);
        adaptive = solver.solve(table.means(), table.functionMeans(basis), TimePlan.constant(grid, 1e-2), parallel);
        TimeSolver.Series all = solver.series(table.means(), table.functionMeans(basis));
        boolean few = false;
        for (int j = 0; j <= grid.steps(); j++) {
            double t = grid.time(j);
            all.solve(t, 1e-2, solver.ladder()[0]);
            double[] y = all.solution();
            double beyond = 0;
            for (int a = 0; a < y.length; a++) {
                beyond += basis.rate(a) > adaptive.solves()[j].largestRate() * (1 + 1e-12) ? t * y[a] * y[a] : 0;
            }
            few |= adaptive.solves()[j].size() < basis.size();
            // A shell below 1e-6, of functions that carry less the higher their rate; the largest eigenvalue of A is
            // some
            // units, so couplings raise it by no more than ten.
            assertTrue(beyond <= 1e-5, "t = " + t + ": " + beyond + " nats are left out");
        }
        assertTrue(few, "the ladder is used");
    }
}
