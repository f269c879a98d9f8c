package org.eigendrift.engine.selection;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.RidgePath;
import org.eigendrift.api.linear.RidgeRule;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.engine.assembly.Assembler;
import org.eigendrift.engine.assembly.TimePlan;
import org.eigendrift.engine.assembly.TimeSolver;
import org.eigendrift.engine.basis.ProductBasis;

/**
 * The ridges of a plan by a rule, which looks at the rows of the fit alone, where {@link TimeSelection} looks at held-out
 * ones. At some times of the grid the system is solved along a path of ridges, whose work the solver shares; between them
 * the logarithm of the ridge is interpolated.
 */
public final class RuledRidges {
    /** Grid times from one path to the next: about one for each factor e of time. */
    private static final int STRIDE = 5;

    private static final double SMALLEST = 1e-8;
    private static final int PER_DECADE = 2;
    private static final int DECADES = 8;

    private final Chosen<RunContext, RidgeRule> chosen;
    private final RidgeRule rule;
    private final Folds folds;
    private final ProductBasis basis;
    private final TimeSolver solver;
    private final Assembler assembler;
    private final double[] means;
    private final double[] functionMeans;
    private final double[] errors;

    /**
     * Prepares the choice.
     *
     * @param chosen the rule
     * @param folds tables of all rows, and of folds, which tell how uncertain the right-hand side is
     * @param basis the functions
     * @param solver solves the systems
     * @param run what the rule is made with
     */
    public RuledRidges(
            Chosen<RunContext, RidgeRule> chosen, Folds folds, ProductBasis basis, TimeSolver solver, RunContext run) {
        this.chosen = chosen;
        this.rule = chosen.create(run);
        this.folds = folds;
        this.basis = basis;
        this.solver = solver;
        this.assembler = new Assembler(folds.all().layout(), basis);
        this.means = folds.all().means();
        this.functionMeans = folds.all().functionMeans(basis);
        double[][] ofFolds = new double[folds.count()][];
        double[] rows = new double[folds.count()];
        for (int f = 0; f < ofFolds.length; f++) {
            ofFolds[f] = folds.heldout(f).functionMeans(basis);
            rows[f] = folds.heldout(f).rows();
        }
        this.errors = MomentErrors.of(ofFolds, rows, functionMeans, folds.all().rows());
    }

    /**
     * Replaces the ridges of a plan.
     *
     * @param plan times, and the rates up to which they are solved
     * @param parallel runs times
     * @return the plan with ridges of the rule, and the decision
     */
    public Ruled choose(TimePlan plan, Parallel parallel) {
        double[] ridges = ladder();
        int last = plan.grid().steps();
        int nodes = 1 + (last + STRIDE - 1) / STRIDE;
        OptionalInt[] picked = new OptionalInt[nodes];
        parallel.forEach(nodes, k -> {
            int j = Math.min(k * STRIDE, last);
            picked[k] = pick(plan.grid().time(j), plan.largestRate(j), ridges);
        });
        double[] logs = new double[nodes];
        int none = 0;
        for (int k = 0; k < nodes; k++) {
            none += picked[k].isEmpty() ? 1 : 0;
            logs[k] = Math.log(
                    picked[k].isEmpty() ? plan.ridge(Math.min(k * STRIDE, last)) : ridges[picked[k].getAsInt()]);
        }
        double[] ruled = interpolate(plan, logs);
        Decision decision = new Decision(
                "ridge rule",
                chosen.name(),
                List.of(),
                String.format(
                        Locale.ROOT,
                        "it picked %.2g at T and %.2g at t_min%s",
                        ruled[0],
                        ruled[last],
                        none == 0
                                ? ""
                                : "; at " + none + " of " + nodes
                                        + " times it picked none, and what held-out rows gain by was taken"));
        return new Ruled(plan.withRidges(ruled), decision);
    }

    /**
     * A plan by the rule.
     *
     * @param plan times, ridges and rates
     * @param decision the rule, and what it came to
     */
    public record Ruled(TimePlan plan, Decision decision) {}

    private static double[] ladder() {
        double[] ridges = new double[DECADES * PER_DECADE + 1];
        // From the largest down: each solve of an iterative path starts from an easier neighbour's solution.
        Arrays.setAll(ridges, r -> SMALLEST * Math.pow(10, DECADES - (double) r / PER_DECADE));
        return ridges;
    }

    private OptionalInt pick(double t, double largestRate, double[] ridges) {
        TimeSolver.Series series = solver.series(means, functionMeans);
        LinearSystem system = series.system(t, largestRate);
        Solver first = series.solver();
        RidgePath path = RidgePath.solve(first, system, ridges);
        OptionalInt picked = rule.pick(new RidgeRule.Evidence(path, errors(t, largestRate), first));
        if (picked == null) {
            throw new PluginException(
                    chosen.provider(), "returned null for the ridge it picks; expected an index, or an empty one");
        }
        if (picked.isPresent() && (picked.getAsInt() < 0 || picked.getAsInt() >= ridges.length)) {
            throw new PluginException(
                    chosen.provider(),
                    String.format(
                            Locale.ROOT,
                            "picked the ridge of index %d among %d at t = %.3g",
                            picked.getAsInt(),
                            ridges.length,
                            t));
        }
        return picked;
    }

    /** Standard errors of b for the functions up to a rate, which are the system's. */
    private double[] errors(double t, double largestRate) {
        double[] deviation = assembler.rhs(errors, t);
        return IntStream.range(0, deviation.length)
                .filter(a -> basis.rate(a) <= largestRate)
                .mapToDouble(a -> deviation[a])
                .toArray();
    }

    private static double[] interpolate(TimePlan plan, double[] logs) {
        int last = plan.grid().steps();
        double[] ridges = new double[last + 1];
        for (int j = 0; j <= last; j++) {
            int k = j / STRIDE;
            int from = k * STRIDE;
            int to = Math.min(from + STRIDE, last);
            double w = to > from
                    ? Math.log(plan.grid().time(from) / plan.grid().time(j))
                            / Math.log(plan.grid().time(from) / plan.grid().time(to))
                    : 0;
            ridges[j] = Math.exp(w == 0 ? logs[k] : (1 - w) * logs[k] + w * logs[k + 1]);
        }
        return ridges;
    }
}
