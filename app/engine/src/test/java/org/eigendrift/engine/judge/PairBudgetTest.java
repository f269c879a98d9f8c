package org.eigendrift.engine.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.eigendrift.engine.judge.PairBudget.Afforded;
import org.junit.jupiter.api.Test;

/** What a budget leaves of pairs and degrees. */
class PairBudgetTest {
    /** The widest gap is between 10 and 2. */
    private static final double[] STATISTICS = {20, 15, 10, 2, 1.5, 1.2};

    private static Afforded of(double budget) {
        return PairBudget.of(STATISTICS, 1, 6, (pairs, degree) -> pairs * degree, budget);
    }

    @Test
    void whatIsAffordedIsLeft() {
        assertEquals(new Afforded(6, 6), of(36));
    }

    @Test
    void pairsBeyondTheWidestGapGoFirst() {
        assertEquals(new Afforded(3, 6), of(35));
        assertEquals(new Afforded(3, 6), of(18));
    }

    @Test
    void thenDegreesByTwo() {
        assertEquals(new Afforded(3, 4), of(17));
        assertEquals(new Afforded(3, 2), of(11));
        assertEquals(new Afforded(3, 2), of(6));
    }

    @Test
    void thenHalfOfThePairsAndAgain() {
        assertEquals(new Afforded(1, 2), of(5));
        assertEquals(new Afforded(0, 2), of(1));
    }

    /** Half of three pairs is one: a pair that is dearer than everything together is the last to go. */
    @Test
    void noPairIsLeftWhereOneIsTooDear() {
        assertEquals(new Afforded(0, 2), PairBudget.of(new double[] {3}, 1, 4, (pairs, degree) -> 100 * pairs, 99));
        assertEquals(new Afforded(1, 4), PairBudget.of(new double[] {3}, 1, 4, (pairs, degree) -> 100 * pairs, 100));
    }

    @Test
    void theGapLeavesAtLeastTheFewest() {
        assertEquals(1, PairBudget.widestGap(new double[] {100, 10, 5, 1}, 0));
        assertEquals(3, PairBudget.widestGap(new double[] {100, 10, 5, 1}, 2));
        assertEquals(3, PairBudget.widestGap(new double[] {100, 10, 5, 1}, 3));
    }

    /** Of equal gaps the first; of one pair or none there is no gap. */
    @Test
    void withoutAGapAllAreLeft() {
        assertEquals(1, PairBudget.widestGap(new double[] {4, 2, 1}, 1));
        assertEquals(1, PairBudget.widestGap(new double[] {4}, 1));
        assertEquals(0, PairBudget.widestGap(new double[] {}, 1));
        assertEquals(2, PairBudget.widestGap(new double[] {4, 1}, 2));
    }
}
