package org.eigendrift.engine.selection;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Searches, for one time, how many functions and which ridge gain most on held-out rows. It sees gains alone: who fits
 * and scores is behind {@link Trial}.
 *
 * <p>The gain as a function of the ridge has often two hills where rows are few: a low one of ridges so small that the
 * solution is nearly the unregularised one, and the one that is meant. A climb from the neighbouring time's choice finds
 * the nearer one, so larger ridges, further and further apart, are tried too. Of ridges whose gains differ by no more
 * than their scatter over folds the larger is taken.
 */
final class GainSearch {
    /** Gains, in nats for each unit of log t, below which a choice is as good as another. */
    static final double INDIFFERENT = 2e-5;

    /** The same between neighbours on the ladder of ridges, where several steps may add up. */
    static final double STEP_INDIFFERENT = INDIFFERENT / 10;

    /** Levels that may bring nothing before the search for more functions ends. */
    private static final int LOOK_AHEAD = 3;

    /** How many steps up the ladder larger ridges are tried. */
    private static final int[] PROBES = {2, 4, 8};

    private final Trial trial;
    private final int ridges;
    private final SortedMap<Integer, FoldGains> known = new TreeMap<>();
    private final SortedMap<Integer, FoldGains> levels = new TreeMap<>();

    /** Fits to the training rows of every fold, and scores the held-out ones. */
    interface Trial {
        /** The most alternatives of one call. */
        int ALTERNATIVES = 3;

        /**
         * Gains in nats for each unit of log t.
         *
         * @param level position on the ladder of rates, 0 for all functions
         * @param ridges positions on the ladder, ascending, at most {@link #ALTERNATIVES}
         * @return gains of each
         */
        FoldGains[] gains(int level, int[] ridges);

        /**
         * What the functions left out carry.
         *
         * @param ridge position on the ladder, one of those of the last call, which gives the level
         * @return nats for each unit of log t
         */
        double unresolved(int ridge);
    }

    /** Positions on the ladders of rates and ridges. */
    record Choice(int level, int ridge) {}

    /**
     * A choice and what it gains.
     *
     * @param choice the choice
     * @param gains what it gains
     * @param levels the best that each level tried gained, by position on the ladder
     * @param ridges what each ridge tried gained at the level chosen, by position on the ladder
     */
    record Best(
            Choice choice,
            FoldGains gains,
            SortedMap<Integer, FoldGains> levels,
            SortedMap<Integer, FoldGains> ridges) {}

    /**
     * Prepares.
     *
     * @param ridges length of the ladder of ridges
     */
    GainSearch(Trial trial, int ridges) {
        this.trial = trial;
        this.ridges = ridges;
    }

    /** More functions while they are wanted, then the ridge up or down. */
    Best from(Choice start) {
        Choice here = withFunctions(start);
        int best = climbed(here.level, here.ridge);
        best = climbed(here.level, probed(here.level, best));
        int chosen = largestAsGood(best);
        return new Best(new Choice(here.level, chosen), known.get(chosen), levels, known);
    }

    private Choice withFunctions(Choice start) {
        int level = start.level;
        int tried = level;
        around(level, start.ridge);
        levels.put(level, best());
        // A level may bring nothing, by symmetry, though the one after it does.
        while (tried > Math.max(0, level - LOOK_AHEAD) && trial.unresolved(start.ridge) > INDIFFERENT) {
            tried--;
            FoldGains before = best();
            Map<Integer, FoldGains> coarser = new TreeMap<>(known);
            known.clear();
            around(tried, start.ridge);
            levels.put(tried, best());
            if (best().over(before).counts(INDIFFERENT)) {
                level = tried;
            } else {
                // The same ridges, so that nothing of the level that was given up is left.
                known.putAll(coarser);
            }
        }
        return new Choice(level, start.ridge);
    }

    private FoldGains best() {
        return known.values().stream()
                .reduce((a, b) -> b.mean() > a.mean() ? b : a)
                .orElseThrow();
    }

    /** Tries a ridge and its neighbours. */
    private void around(int level, int ridge) {
        evaluate(level, IntStream.rangeClosed(ridge - 1, ridge + 1));
    }

    private void evaluate(int level, IntStream wanted) {
        int[] places = wanted.filter(r -> r >= 0 && r < ridges && !known.containsKey(r))
                .toArray();
        FoldGains[] gains = places.length == 0 ? new FoldGains[0] : trial.gains(level, places);
        for (int k = 0; k < places.length; k++) {
            known.put(places[k], gains[k]);
        }
    }

    /** The top of the nearest hill. */
    private int climbed(int level, int start) {
        int here = start;
        while (true) {
            around(level, here);
            int next = here;
            for (int r : new int[] {here - 1, here + 1}) {
                if (known.containsKey(r)
                        && known.get(r).mean() > known.get(next).mean()) {
                    next = r;
                }
            }
            // Where no ridge so far makes the system definite, a larger one will.
            if (!known.get(next).possible() && here + 1 < ridges) {
                next = here + 1;
            } else if (known.get(next).mean() - known.get(here).mean() < STEP_INDIFFERENT || next == here) {
                return here;
            }
            here = next;
        }
    }

    /** A ridge on a higher hill, or the same. */
    private int probed(int level, int here) {
        evaluate(level, Arrays.stream(PROBES).map(step -> here + step));
        int best = here;
        for (int step : PROBES) {
            FoldGains there = known.get(here + step);
            if (there != null && there.over(known.get(best)).mean() >= STEP_INDIFFERENT) {
                best = here + step;
            }
        }
        return best;
    }

    /** The largest of the ridges tried on which the best gains nothing that counts. */
    private int largestAsGood(int best) {
        int chosen = best;
        for (int r = best + 1; known.containsKey(r); r++) {
            if (known.get(best).over(known.get(r)).counts(STEP_INDIFFERENT)) {
                break;
            }
            chosen = r;
        }
        return chosen;
    }
}
