package org.eigendrift.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PlanSearchTest {
    /** Held-out nats that alternate about a mean. */
    private static double[] about(double mean, double scatter) {
        double[] nats = new double[100];
        for (int n = 0; n < nats.length; n++) {
            nats[n] = mean + (n % 2 == 0 ? scatter : -scatter);
        }
        return nats;
    }

    @Test
    void everyKindOfFunctionsIsTakenWhereItGains() {
        Plan best = new Plan(true, 20, false, 3);
        PlanSearch.Found found = new PlanSearch(
                        10_000,
                        plan -> about((plan.curved() ? 1 : 0) + (plan.kinks() == 20 ? 1 : 0) + plan.degree() * 0.5, 0))
                .find();
        assertEquals(best, found.plan());
        assertEquals(best.toString(), found.decision().chosen());
        assertEquals(3.5, found.nats()[0]);
        assertEquals(3.5, found.gain().mean(), 1e-12);
    }

    @Test
    void nothingIsTakenForAGainWithinItsScatter() {
        // The first plan's rows do not scatter, so that others' gains of 0.05 have the error 1 / sqrt(99).
        PlanSearch.Found found =
                new PlanSearch(10_000, plan -> plan.equals(Plan.STRAIGHT) ? about(0, 0) : about(0.05, 1)).find();
        assertEquals(Plan.STRAIGHT, found.plan());
    }

    @Test
    void functionsThatNeedMoreRowsAreNotTriedAndNoneIsFittedTwice() {
        List<Plan> fitted = new ArrayList<>();
        new PlanSearch(499, plan -> {
                    fitted.add(plan);
                    return about(plan.kinks() * 0.01, 0);
                })
                .find();
        assertTrue(fitted.stream().anyMatch(plan -> plan.kinks() == 10));
        assertFalse(fitted.stream().anyMatch(plan -> plan.kinks() > 10), "500 rows tell 20 kinks");
        assertEquals(fitted.size(), fitted.stream().distinct().count());
    }

    @Test
    void rowsThatCannotBeAreNoGain() {
        PlanSearch.Found found = new PlanSearch(10_000, plan -> {
                    double[] nats = about(plan.equals(Plan.STRAIGHT) ? 0 : 5, 0);
                    nats[3] = plan.equals(Plan.STRAIGHT) ? 0 : Double.NEGATIVE_INFINITY;
                    return nats;
                })
                .find();
        assertEquals(Plan.STRAIGHT, found.plan());
    }

    /** Plans in the order in which they were asked for, where those gain that are named. */
    private static List<Plan> asked(int rows, Function<Plan, Double> mean) {
        List<Plan> asked = new ArrayList<>();
        new PlanSearch(rows, plan -> {
                    asked.add(plan);
                    return about(mean.apply(plan), 0);
                })
                .find();
        return asked;
    }

    private static Plan plan(boolean curved, int kinks, boolean waving, int degree) {
        return new Plan(curved, kinks, waving, degree);
    }

    @Test
    void kindsAreTriedOneAfterTheOther() {
        assertEquals(
                List.of(
                        Plan.STRAIGHT,
                        plan(false, 0, true, 0),
                        plan(false, 10, false, 0),
                        plan(false, 20, false, 0),
                        plan(false, 30, false, 0),
                        plan(true, 0, false, 0),
                        plan(false, 0, false, 1),
                        plan(false, 0, false, 3)),
                asked(750, plan -> 0.0));
        // Of 500 rows 20 kinks are told, of 25 each.
        assertEquals(
                List.of(10, 20),
                asked(500, plan -> 0.0).stream()
                        .map(Plan::kinks)
                        .filter(kinks -> kinks > 0)
                        .toList());
    }

    /** What scales had to say where means were straight, means may say now. */
    @Test
    void scalesAreTriedAgainOnceMeansCurve() {
        List<Plan> asked = asked(249, plan -> plan.curved() ? plan.waving() ? 1.5 : 2 : plan.waving() ? 1.0 : 0);
        assertEquals(
                List.of(
                        Plan.STRAIGHT,
                        plan(false, 0, true, 0),
                        plan(true, 0, true, 0),
                        plan(true, 0, false, 0),
                        plan(true, 0, false, 1),
                        plan(true, 0, false, 3)),
                asked);
        List<Plan> kinks = asked(300, plan -> plan.curved() ? 1 + 0.1 * plan.kinks() : 0.0);
        assertEquals(plan(true, 10, false, 3), kinks.get(kinks.size() - 1));
    }

    @Test
    void everyPlanHasItsWordsAndItsScores() {
        PlanSearch.Found found = new PlanSearch(300, plan -> about(plan.degree() + (plan.waving() ? -1 : 0), 0)).find();
        assertEquals(
                "straight means, scales straight, couplings of degree 3",
                found.decision().chosen());
        assertEquals(
                "waving means, scales waving, couplings constant",
                plan(true, 0, true, 0).toString());
        assertEquals(
                "straight means, scales of 10 kinks a column, couplings of degree 1",
                plan(false, 10, false, 1).toString());
        // Sums of 100 numbers.
        assertArrayEquals(
                new double[] {0, -1, 0, 0, 1, 3},
                found.decision().alternatives().stream()
                        .mapToDouble(tried -> tried.score().orElseThrow())
                        .toArray(),
                1e-13);
    }

    /** Of a plan by which a held-out row cannot be, and another by which all can, the other: no scatter weighs against that. */
    @Test
    void whatMakesRowsPossibleIsAGain() {
        PlanSearch.Found found = new PlanSearch(10_000, plan -> {
                    double[] nats = about(plan.curved() ? -5 : 0, 1);
                    nats[3] = plan.curved() ? nats[3] : Double.NEGATIVE_INFINITY;
                    return nats;
                })
                .find();
        assertTrue(found.plan().curved(), found.plan().toString());
    }
}
