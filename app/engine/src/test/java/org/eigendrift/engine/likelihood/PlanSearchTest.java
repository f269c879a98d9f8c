package org.eigendrift.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
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

    @Test
    void aGainHasItsStandardError() {
        Gain gain = Gain.of(new double[] {2, 4, 6}, new double[] {1, 1, 1});
        assertEquals(3, gain.mean(), 1e-15);
        // Deviations of 1, 3, 5: squares 4, 0, 4, over 3 * 2.
        assertEquals(Math.sqrt(8.0 / 6), gain.error(), 1e-15);
        assertTrue(gain.counts());
        assertFalse(new Gain(1, 1).counts());
        assertFalse(new Gain(Double.NaN, 1).counts());
    }
}
