package org.eigendrift.engine.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.eigendrift.api.law.Decision;

/** Searches over sizes that are numbered upwards, each score of which is dear. */
public final class Climb {
    /** Sizes that may bring nothing before a rise ends. */
    private static final int LOOK_AHEAD = 2;

    /** Of so many sizes the last is seldom too large by more than one. */
    private static final int MANY = 3;

    private final List<Double> scores = new ArrayList<>();
    private double best = Double.NEGATIVE_INFINITY;
    private int chosen;

    /** Begins a rise from size 0. */
    public Climb() {}

    /**
     * Takes the score of the next size.
     *
     * @param score the more the better
     * @return whether the size after it is worth a try
     */
    public boolean rises(double score) {
        if (score > best) {
            best = score;
            chosen = scores.size();
        }
        scores.add(score);
        return scores.size() - 1 - chosen < LOOK_AHEAD;
    }

    /**
     * The best size so far.
     *
     * @return its number; 0 if nothing was better than nothing
     */
    public int chosen() {
        return chosen;
    }

    /**
     * The best score so far.
     *
     * @return negative infinity if there is none
     */
    public double best() {
        return best;
    }

    /**
     * What the rise came to.
     *
     * @param what what the sizes are of
     * @param names of the sizes, in order
     * @param reason what the best size means
     * @return the decision for the best size, among all that were scored
     */
    public Decision decision(String what, IntFunction<String> names, String reason) {
        List<Decision.Alternative> alternatives = IntStream.range(0, scores.size())
                .mapToObj(s -> Decision.Alternative.of(names.apply(s), scores.get(s), Double.NaN))
                .toList();
        return new Decision(what, names.apply(chosen), alternatives, reason);
    }

    /**
     * Scores sizes downwards from the last. Where there are many, the one below it tells first whether there is anything to gain
     * downwards; then every other one is scored while they are better, then those beside the best.
     *
     * @param last the largest size
     * @param score scores a size, once each; negative infinity where there is no score
     */
    public static void down(int last, IntToDoubleFunction score) {
        double most = score.applyAsDouble(last);
        int best = last;
        if (last >= MANY) {
            double below = score.applyAsDouble(last - 1);
            if (noBetter(below, most)) {
                return;
            }
            most = below;
            best = last - 1;
        }
        int above = best;
        for (int s = best - 2; s >= 0; s -= 2) {
            double here = score.applyAsDouble(s);
            if (noBetter(here, most)) {
                break;
            }
            most = here;
            best = s;
        }
        if (best > 0) {
            score.applyAsDouble(best - 1);
        }
        if (best < above) {
            score.applyAsDouble(best + 1);
        }
    }

    /** Where nothing could be scored yet the search goes on. */
    private static boolean noBetter(double score, double most) {
        return score <= most && most > Double.NEGATIVE_INFINITY;
    }
}
