package org.eigendrift.engine.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.IntFunction;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.sampler.TimeGrid;

/**
 * What a search over times decided, in figures. Scores are gains on held-out rows in nats for each unit of log t; errors are those of the
 * difference from what was chosen, by its scatter over folds. A pure function of gains.
 *
 * @param ladder rates of the levels
 * @param sizes functions of the levels
 * @param ridges the ridges to choose among
 * @param folds held-out folds
 */
record TimeDecisions(double[] ladder, int[] sizes, double[] ridges, int folds) {

    /** The earliest time, among the coarse times that were tried. */
    Decision earliest(TimeGrid coarse, List<FoldGains> gains, int last, String reason) {
        List<Decision.Alternative> alternatives = new ArrayList<>();
        for (int j = 0; j < gains.size(); j++) {
            FoldGains there = gains.get(j);
            // What a time gains is gained against nothing: its own scatter says how sure that is.
            alternatives.add(Decision.Alternative.of(time(coarse.time(j)), there.mean(), error(there)));
        }
        return new Decision(
                "t_min",
                time(coarse.time(last)),
                alternatives,
                String.format(Locale.ROOT, "%s; %d held-out fold%s", reason, folds, folds == 1 ? "" : "s"));
    }

    /** How many functions there are at the earliest time. */
    Decision functions(GainSearch.Best there) {
        int level = there.choice().level();
        return new Decision(
                "functions at t_min",
                name(level),
                compared(there.levels(), level, this::name),
                String.format(Locale.ROOT, "those of rates up to %.3g", ladder[level]));
    }

    private String name(int level) {
        return Integer.toString(sizes[level]);
    }

    /** The ridge at the earliest time. */
    Decision ridge(GainSearch.Best first, GainSearch.Best there, boolean given) {
        int chosen = there.choice().ridge();
        return new Decision(
                "ridge at t_min",
                rho(chosen),
                compared(there.ridges(), chosen, this::rho),
                given
                        ? "given"
                        : "of those that gain as much the largest; at T "
                                + rho(first.choice().ridge()));
    }

    private static List<Decision.Alternative> compared(
            SortedMap<Integer, FoldGains> tried, int chosen, IntFunction<String> name) {
        List<Decision.Alternative> alternatives = new ArrayList<>();
        for (Map.Entry<Integer, FoldGains> one : tried.entrySet()) {
            FoldGains best = tried.getOrDefault(chosen, one.getValue());
            alternatives.add(Decision.Alternative.of(
                    name.apply(one.getKey()),
                    one.getValue().mean(),
                    error(one.getValue().over(best))));
        }
        return alternatives;
    }

    /** Not known from one fold. */
    private static double error(FoldGains gains) {
        return gains.nats().length > 1 ? gains.error() : Double.NaN;
    }

    private static String time(double t) {
        return String.format(Locale.ROOT, "%.3g", t);
    }

    private String rho(int place) {
        return String.format(Locale.ROOT, "%.2g", ridges[place]);
    }
}
