package org.eigendrift.engine.assembly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.SumLayout;
import org.eigendrift.engine.report.SolvedTime;

/**
 * Solves the systems of a time grid.
 *
 * <p>The basis depends on time: as t grows, functions of high rate stop to matter. A ladder of bases, each holding the
 * functions up to a rate, is climbed from the coarsest until neither the right-hand side beyond a level nor the
 * solution in its outermost shell carries more than {@link #SHELL_TOLERANCE} nats for each factor e of time.
 *
 * <p>The times are dealt to a fixed number of series that may run in parallel; within a series times run downwards,
 * each solve starting from the last one's solution. Solvers that learn along the sequence get it whole.
 */
public final class TimeSolver {
    /** What a shell may carry and be left out: t y^2 summed over its functions, in nats for each unit of log t. */
    private static final double SHELL_TOLERANCE = 1e-6;

    private static final double LADDER = 0.6;
    private static final int SMALLEST = 64;
    private static final int SHARES = 4;

    private final ProductBasis basis;
    private final List<Level> levels = new ArrayList<>();
    private final List<Chosen<RunContext, Solver>> solvers;
    private final RunContext run;
    private final AtomicBoolean logged = new AtomicBoolean();

    /** The functions up to a rate, and the rate above which they form the outermost shell. */
    private record Level(Assembler assembler, int[] indices, double largest, double shell) {}

    /**
     * Prepares the solves.
     *
     * @param layout layout of the moments
     * @param basis the functions: those of the layout's basis, or some of them
     * @param solvers the solver, then its fallbacks
     * @param run the run
     */
    public TimeSolver(SumLayout layout, ProductBasis basis, List<Chosen<RunContext, Solver>> solvers, RunContext run) {
        this.basis = basis;
        this.solvers = List.copyOf(solvers);
        this.run = run;
        double largest = 0;
        for (int a = 0; a < basis.size(); a++) {
            largest = Math.max(largest, basis.rate(a));
        }
        ProductBasis here = basis;
        for (double rate = largest; ; rate *= LADDER) {
            ProductBasis coarser = here.upTo(rate * LADDER);
            boolean last = coarser.size() < SMALLEST;
            levels.add(new Level(new Assembler(layout, here), here.indicesIn(basis), rate, last ? -1 : rate * LADDER));
            if (last) {
                break;
            }
            here = coarser;
        }
    }

    /**
     * The solutions of a grid.
     *
     * @param scaled for each time y, with theta = Lambda^{-1/2} y, 0 for functions that do not matter then
     * @param solves how each was solved
     */
    public record Path(double[][] scaled, SolvedTime[] solves) {}

    /**
     * Solves for every time of a grid.
     *
     * @param means all moments; not modified
     * @param functionMeans m_alpha of the basis; not modified
     * @param plan times, ridges and sizes
     * @param parallel runs shares
     * @return the solutions
     * @throws NumericalException if no solver reaches its tolerance; the message gives time, solvers and residuals
     */
    public Path solve(double[] means, double[] functionMeans, TimePlan plan, Parallel parallel) {
        int times = plan.grid().steps() + 1;
        double[][] scaled = new double[times][];
        SolvedTime[] solves = new SolvedTime[times];
        boolean sequential = series(means, functionMeans).sequential();
        int shares = sequential ? 1 : Math.min(SHARES, times);
        parallel.forEach(shares, s -> {
            Series turn = series(means, functionMeans);
            // Dealt one by one, so that each series has its share of the dear small times.
            for (int j = s; j < times; j += shares) {
                run.checkCancelled();
                solves[j] = turn.solve(plan.grid().time(j), plan.ridge(j), plan.largestRate(j));
                scaled[j] = turn.solution();
            }
        });
        return new Path(scaled, solves);
    }

    /** The coarsest level that holds all functions up to a rate. */
    private int levelOf(double largestRate) {
        int level = levels.size() - 1;
        while (level > 0 && levels.get(level).largest < largestRate * (1 - 1e-12)) {
            level--;
        }
        return level;
    }

    /**
     * Begins a series of solves.
     *
     * @param means all moments; shared, not to be modified
     * @param functionMeans m_alpha of the basis; shared, not to be modified
     * @return a series, for one thread
     */
    public Series series(double[] means, double[] functionMeans) {
        return new Series(means, functionMeans);
    }

    /**
     * The rates of the ladder.
     *
     * @return the largest rate of each level, descending
     */
    public double[] ladder() {
        return levels.stream().mapToDouble(Level::largest).toArray();
    }

    /** Times solved one after the other, downwards, by one set of solver instances. Not thread-safe. */
    public final class Series {
        private final double[] means;
        private final double[] functionMeans;
        private final List<CheckedSolver> instances;
        private final double[] y = new double[basis.size()];
        private int level = levels.size() - 1;
        private LinearSystem system;
        private Level systemLevel;

        private Series(double[] means, double[] functionMeans) {
            this.means = means;
            this.functionMeans = functionMeans;
            this.instances = solvers.stream()
                    .map(chosen -> new CheckedSolver(chosen, run, logged))
                    .toList();
        }

        private boolean sequential() {
            return instances.stream().anyMatch(Solver::sequential);
        }

        /**
         * The solution of the last time.
         *
         * @return y, 0 for functions that were not solved for; a copy
         */
        public double[] solution() {
            return y.clone();
        }

        /**
         * What the outermost functions of the last solve, and those beyond it, carry.
         *
         * @param t the time of the last solve
         * @return t y^2 summed over the outermost shell and t b^2 over what lies beyond, in nats a unit of log t; 0 if
         *     all functions were solved for
         */
        public double unresolved(double t) {
            return level == 0 ? 0 : shell(levels.get(level), t) + rhsBeyond(levels.get(level - 1).shell, t);
        }

        /**
         * Solves one time.
         *
         * @param t forward time, below that of the last solve
         * @param ridge rho
         * @param largestRate largest rate of the functions solved for, or {@link TimePlan#ADAPTIVE}
         * @return how it was solved
         * @throws NumericalException if no solver reaches its tolerance
         */
        public SolvedTime solve(double t, double ridge, double largestRate) {
            if (largestRate != TimePlan.ADAPTIVE) {
                level = levelOf(largestRate);
                clearBeyond(levels.get(level));
                return solve(levels.get(level), t, ridge);
            }
            while (level > 0 && rhsBeyond(levels.get(level - 1).shell, t) > SHELL_TOLERANCE) {
                level--;
            }
            while (true) {
                Level here = levels.get(level);
                SolvedTime solve = solve(here, t, ridge);
                if (level == 0 || shell(here, t) <= SHELL_TOLERANCE) {
                    return solve;
                }
                level--;
            }
        }

        private void clearBeyond(Level here) {
            double[] kept = new double[here.indices.length];
            for (int a = 0; a < kept.length; a++) {
                kept[a] = y[here.indices[a]];
            }
            Arrays.fill(y, 0);
            for (int a = 0; a < kept.length; a++) {
                y[here.indices[a]] = kept[a];
            }
        }

        /** t b^2 summed over the functions beyond a rate, the largest of the current level. */
        private double rhsBeyond(double bound, double t) {
            double sum = 0;
            for (int a = 0; a < y.length; a++) {
                double rate = basis.rate(a);
                if (rate > bound) {
                    double m = functionMeans[a] * Math.exp(-rate * t);
                    sum += t * rate * m * m;
                }
            }
            return sum;
        }

        private double shell(Level here, double t) {
            double sum = 0;
            for (int a : here.indices) {
                if (basis.rate(a) > here.shell) {
                    sum += t * y[a] * y[a];
                }
            }
            return sum;
        }

        private SolvedTime solve(Level here, double t, double ridge) {
            double[] guess = new double[here.indices.length];
            for (int a = 0; a < guess.length; a++) {
                guess[a] = y[here.indices[a]];
            }
            LinearSystem system = system(here, t).withShift(ridge);
            StringBuilder failures = new StringBuilder();
            for (int s = 0; s < instances.size(); s++) {
                Solution solution = instances.get(s).solve(system, guess);
                String name = solvers.get(s).name();
                if (solution.converged() && solution.residual() <= CheckedSolver.LARGEST_RESIDUAL) {
                    instances.subList(0, s).forEach(before -> before.tellReplaced(name));
                    for (int a = 0; a < guess.length; a++) {
                        y[here.indices[a]] = solution.x()[a];
                    }
                    return new SolvedTime(
                            t,
                            guess.length,
                            here.largest,
                            ridge,
                            name,
                            solution.iterations(),
                            solution.residual(),
                            solution.condition());
                }
                failures.append(failures.length() == 0 ? "" : "; ").append(describe(name, solution));
            }
            throw new NumericalException("no solver solved the system at t = " + t + " (" + failures
                    + "); raise solver.ridge or name another solver in solver.fallback");
        }

        /**
         * The system of one time.
         *
         * @param t forward time
         * @param largestRate largest rate of its functions, which are in the order of the basis
         * @return the system without ridge
         */
        public LinearSystem system(double t, double largestRate) {
            return system(levels.get(levelOf(largestRate)), t);
        }

        /**
         * The solver that is tried first.
         *
         * @return this series' instance
         */
        public Solver solver() {
            return instances.get(0);
        }

        /** The system without ridge, kept for another ridge at the same time. */
        private LinearSystem system(Level here, double t) {
            if (here != systemLevel || t != system.time()) {
                double[] moments = new double[here.indices.length];
                for (int a = 0; a < moments.length; a++) {
                    moments[a] = functionMeans[here.indices[a]];
                }
                system = here.assembler.system(means, moments, t, 0);
                systemLevel = here;
            }
            return system;
        }

        private static String describe(String name, Solution solution) {
            return String.format(Locale.ROOT, "%s: %s, residual %.2g", name, solution.status(), solution.residual())
                    + (solution.detail().isEmpty() ? "" : ", " + solution.detail());
        }
    }
}
