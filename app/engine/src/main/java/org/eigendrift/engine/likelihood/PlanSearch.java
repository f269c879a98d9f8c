package org.eigendrift.engine.likelihood;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eigendrift.api.law.Decision;

/** Looks for the functions by which held-out rows are likeliest, one kind after the other. */
final class PlanSearch {
    /** Kinks of each column that are tried, and how many rows each needs. */
    private static final int[] KINKS = {10, 20, 30};

    private static final int ROWS = 25;

    private static final int[] DEGREES = {1, 3};

    private final Function<Plan, double[]> heldout;
    private final int rows;
    private final Map<Plan, double[]> known = new HashMap<>();
    private final List<Decision.Alternative> tried = new ArrayList<>();
    private Plan best = Plan.STRAIGHT;

    /**
     * Prepares.
     *
     * @param rows to which plans are fitted
     * @param heldout log-densities of held-out rows, in the same order for every plan
     */
    PlanSearch(int rows, Function<Plan, double[]> heldout) {
        this.rows = rows;
        this.heldout = heldout;
    }

    /**
     * What was found.
     *
     * @param plan the best
     * @param nats log-densities of the held-out rows by it
     * @param gain of these over straight functions
     * @param decision among what
     */
    record Found(Plan plan, double[] nats, Gain gain, Decision decision) {}

    Found find() {
        nats(best);
        scales();
        Plan before = best;
        consider(best.withMean(true));
        if (!best.equals(before)) {
            scales();
        }
        for (int degree : DEGREES) {
            consider(best.withDegree(degree));
        }
        return new Found(
                best,
                nats(best),
                Gain.of(nats(best), nats(Plan.STRAIGHT)),
                new Decision(
                        "likelihood of what is given",
                        best.toString(),
                        tried,
                        "each kind of functions in turn, where held-out rows are likelier by more than the gain's standard error"));
    }

    private void scales() {
        consider(best.withScale(0, false));
        consider(best.withScale(0, true));
        for (int kinks : KINKS) {
            if (kinks * ROWS <= rows) {
                consider(best.withScale(kinks, false));
            }
        }
    }

    private void consider(Plan plan) {
        if (Gain.of(nats(plan), nats(best)).counts()) {
            best = plan;
        }
    }

    private double[] nats(Plan plan) {
        return known.computeIfAbsent(plan, p -> {
            double[] nats = heldout.apply(p);
            Gain own = Gain.of(nats, new double[nats.length]);
            tried.add(Decision.Alternative.of(p.toString(), own.mean(), own.error()));
            return nats;
        });
    }
}
