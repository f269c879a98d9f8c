package org.eigendrift.engine.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.engine.assembly.Assembler;
import org.eigendrift.engine.assembly.HeldoutBound;
import org.eigendrift.engine.assembly.TimePlan;
import org.eigendrift.engine.assembly.TimeSolver;
import org.eigendrift.engine.basis.ProductBasis;

/**
 * Chooses, for each time, the ridge and the largest rate by what they gain on held-out rows, and the earliest time as
 * the one below which nothing is gained. The evidence bound is an integral over time of that gain, so each time can be
 * decided by itself; coarse times are searched from the horizon down, each starting from its neighbour's choice, and
 * the choices are interpolated. Below the earliest time rows may still gain by the coefficients that they have there: those are
 * held as far down as that is so, which takes the flow's last step to where the noise is all but gone.
 */
public final class TimeSelection {
    private static final double RIDGE_STEP = Math.sqrt(10);
    private static final double SMALLEST_RIDGE = 1e-8;
    private static final double LARGEST_RIDGE = 1;
    private static final double FIRST_RIDGE = 1e-3;

    /** Factors e below the earliest time, after which a fiftieth of what holding theta down to 0 gains is left. */
    private static final int MOST_HELD = 4;

    private final TimeSolver solver;
    private final Folds folds;
    private final Parallel parallel;
    private final double[] ladder;
    private final List<TimeSolver.Series[]> series = new ArrayList<>();
    private final Assembler assembler;
    private final double[][] heldoutMeans;
    private final double[][] heldoutFunctionMeans;
    private final SymmetricMatrix[] heldout;
    private final List<Decision> decisions = new ArrayList<>();
    private final int[] sizes;

    /**
     * Prepares a selection.
     *
     * @param folds tables to fit and to validate on, at least one fold
     * @param basis the functions
     * @param solver solves the systems
     * @param parallel runs folds and alternatives
     */
    public TimeSelection(Folds folds, ProductBasis basis, TimeSolver solver, Parallel parallel) {
        this.folds = folds;
        this.solver = solver;
        this.parallel = parallel;
        this.ladder = solver.ladder();
        this.sizes = Arrays.stream(ladder).mapToInt(rate -> size(basis, rate)).toArray();
        this.assembler = new Assembler(folds.all().layout(), basis);
        this.heldout = new SymmetricMatrix[folds.count()];
        this.heldoutMeans = new double[folds.count()][];
        this.heldoutFunctionMeans = new double[folds.count()][];
        for (int f = 0; f < folds.count(); f++) {
            heldoutMeans[f] = folds.heldout(f).means();
            heldoutFunctionMeans[f] = folds.heldout(f).functionMeans(basis);
            double[] means = folds.training(f).means();
            double[] functionMeans = folds.training(f).functionMeans(basis);
            TimeSolver.Series[] alternatives = new TimeSolver.Series[GainSearch.Trial.ALTERNATIVES];
            Arrays.setAll(alternatives, a -> solver.series(means, functionMeans));
            series.add(alternatives);
        }
    }

    private static int size(ProductBasis basis, double largestRate) {
        return (int) IntStream.range(0, basis.size())
                .filter(a -> basis.rate(a) <= largestRate)
                .count();
    }

    /**
     * What was chosen and why.
     *
     * @return t_min, and how many functions and which ridge there
     */
    public List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    /**
     * Chooses.
     *
     * @param scale the times to choose among
     * @param ridge the ridge if the user gave one
     * @param fixed whether the user gave t_min, the last time of the scale
     * @return times, ridges and rates
     */
    public TimePlan choose(TimeScale scale, OptionalDouble ridge, boolean fixed) {
        TimeGrid coarse = scale.coarse();
        int steps = coarse.steps();
        double[] ridges = ridge.isPresent() ? new double[] {ridge.getAsDouble()} : ridgeLadder();
        GainSearch.Choice here = new GainSearch.Choice(ladder.length - 1, nearest(ridges, FIRST_RIDGE));
        List<GainSearch.Best> found = new ArrayList<>();
        for (int j = 0; j <= steps; j++) {
            GainSearch.Best best = new GainSearch(new Trial(coarse.time(j), ridges), ridges.length).from(here);
            here = best.choice();
            found.add(best);
            boolean nothingLeft = !best.gains().counts(GainSearch.INDIFFERENT);
            if (!fixed && nothingLeft && coarse.time(j) * ladder[0] < 1) {
                break;
            }
        }
        List<FoldGains> gains = found.stream().map(GainSearch.Best::gains).toList();
        List<GainSearch.Choice> chosen =
                found.stream().map(GainSearch.Best::choice).toList();
        int last = fixed ? steps : lastGain(gains);
        TimeGrid grid = scale.until(coarse.time(last));
        boolean mayHold = !fixed && scale instanceof TimeScale.Any;
        Held held = mayHold ? held(grid.last(), chosen.get(last), ridges) : new Held(grid.last(), 0);
        TimeDecisions there = new TimeDecisions(ladder, sizes, ridges, folds.count());
        decisions.add(there.earliest(coarse, gains, last, fixed ? "given" : held.words()));
        decisions.add(there.functions(found.get(last)));
        decisions.add(there.ridge(found.get(0), found.get(last), ridge.isPresent()));
        return interpolate(grid, coarse, chosen, ridges, held.end);
    }

    /** How far coefficients are held, and what that gains in nats. */
    private record Held(double end, double gain) {
        String words() {
            return gain == 0
                    ? "below it held-out rows gain nothing"
                    : String.format(
                            Locale.ROOT,
                            "below it they gain %.1e nats by its coefficients, held to t = %.2g, by others nothing",
                            gain,
                            end);
        }
    }

    /** As far below a time as held-out rows gain by the coefficients of that time. */
    private Held held(double t, GainSearch.Choice choice, double[] ridges) {
        double[][] solutions = new double[folds.count()][];
        try {
            parallel.forEach(solutions.length, f -> {
                TimeSolver.Series solves = series.get(f)[1];
                solves.solve(t, ridges[choice.ridge()], ladder[choice.level()]);
                solutions[f] = solves.solution();
            });
        } catch (NumericalException e) {
            // Where no ridge was large enough for this fold there is nothing to hold.
            return new Held(t, 0);
        }
        Held held = new Held(t, 0);
        for (int k = 1; k <= MOST_HELD; k++) {
            double below = t * Math.exp(-k);
            double[] gains = new double[solutions.length];
            for (int f = 0; f < solutions.length; f++) {
                gains[f] = below * gainOf(f, assembler.matrix(heldoutMeans[f], below), below, solutions[f]);
            }
            FoldGains gain = new FoldGains(gains);
            if (!gain.counts(GainSearch.INDIFFERENT)) {
                break;
            }
            held = new Held(below, held.gain + (held.end / below - 1) * gain.mean());
        }
        return held;
    }

    private double gainOf(int fold, SymmetricMatrix matrix, double t, double[] solution) {
        return HeldoutBound.gain(matrix, assembler.rhs(heldoutFunctionMeans[fold], t), solution);
    }

    private static double[] ridgeLadder() {
        int count = 1 + (int) Math.round(Math.log(LARGEST_RIDGE / SMALLEST_RIDGE) / Math.log(RIDGE_STEP));
        double[] ridges = new double[count];
        for (int r = 0; r < count; r++) {
            ridges[r] = SMALLEST_RIDGE * Math.pow(RIDGE_STEP, r);
        }
        return ridges;
    }

    private static int nearest(double[] ridges, double ridge) {
        int best = 0;
        for (int r = 1; r < ridges.length; r++) {
            if (Math.abs(Math.log(ridges[r] / ridge)) < Math.abs(Math.log(ridges[best] / ridge))) {
                best = r;
            }
        }
        return best;
    }

    /** The last coarse time whose gain still counts, at least the second. */
    private static int lastGain(List<FoldGains> gains) {
        int last = gains.size() - 1;
        while (last > 1 && !gains.get(last).counts(GainSearch.INDIFFERENT)) {
            last--;
        }
        return last;
    }

    /** The fits and scores of one time. */
    private final class Trial implements GainSearch.Trial {
        private final double t;
        private final double[] ridges;
        private int[] last = {};

        Trial(double t, double[] ridges) {
            this.t = t;
            this.ridges = ridges;
            parallel.forEach(folds.count(), f -> heldout[f] = assembler.matrix(heldoutMeans[f], t));
        }

        @Override
        public FoldGains[] gains(int level, int[] places) {
            last = places.clone();
            double[][] gains = new double[places.length][folds.count()];
            parallel.forEach(folds.count() * places.length, task -> {
                int fold = task / places.length;
                int a = task % places.length;
                gains[a][fold] = t * gain(fold, a, t, ridges[places[a]], ladder[level]);
            });
            return Arrays.stream(gains).map(FoldGains::new).toArray(FoldGains[]::new);
        }

        @Override
        public double unresolved(int ridge) {
            // Of this ridge's series the last solve is that of the level.
            int a = Arrays.binarySearch(last, ridge);
            return series.stream()
                            .mapToDouble(alternatives -> alternatives[a].unresolved(t))
                            .sum()
                    / series.size();
        }
    }

    private double gain(int fold, int alternative, double t, double ridge, double largestRate) {
        TimeSolver.Series solves = series.get(fold)[alternative];
        try {
            solves.solve(t, ridge, largestRate);
        } catch (NumericalException e) {
            // A ridge too small for the solver is no choice; if it is the only one, the fit itself will say so.
            return Double.NEGATIVE_INFINITY;
        }
        return gainOf(fold, heldout[fold], t, solves.solution());
    }

    private TimePlan interpolate(
            TimeGrid grid, TimeGrid coarse, List<GainSearch.Choice> chosen, double[] ridges, double end) {
        double[] fineRidges = new double[grid.steps() + 1];
        double[] rates = new double[fineRidges.length];
        int k = 0;
        for (int j = 0; j < fineRidges.length; j++) {
            double t = grid.time(j);
            while (coarse.time(k + 1) > t) {
                k++;
            }
            double w = Math.log(coarse.time(k) / t) / Math.log(coarse.time(k) / coarse.time(k + 1));
            w = Math.max(0, Math.min(1, w));
            GainSearch.Choice above = chosen.get(k);
            GainSearch.Choice below = chosen.get(k + 1);
            fineRidges[j] = ridges.length == 1
                    ? ridges[0]
                    : Math.exp((1 - w) * Math.log(ridges[above.ridge()]) + w * Math.log(ridges[below.ridge()]));
            rates[j] = ladder[w == 0 ? above.level() : Math.min(above.level(), below.level())];
        }
        return new TimePlan(grid, fineRidges, rates, end);
    }
}
