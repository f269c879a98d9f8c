package org.eigendrift.engine.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How far a density goes towards maximum likelihood. */
class LikelihoodStepsTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    @Test
    void twoWholeStepsAreTriedAtMost() {
        assertTrue(LikelihoodSteps.further(0, 0, INFINITE));
        assertTrue(LikelihoodSteps.further(1, 1, 0.5));
        assertFalse(LikelihoodSteps.further(2, 2, 0.5));
    }

    @Test
    void aStepInPartIsTheLast() {
        assertFalse(LikelihoodSteps.further(1, 0.5, 0.5));
        assertFalse(LikelihoodSteps.further(1, 0, 0.5));
    }

    /** A hundredth of a nat, not more, was gained: what is left is a fraction of that. */
    @Test
    void afterALittleGainNoneFollows() {
        assertFalse(LikelihoodSteps.further(1, 1, 0.01));
        assertTrue(LikelihoodSteps.further(1, 1, 0.0101));
        assertFalse(LikelihoodSteps.further(1, 1, -1));
    }

    @Test
    void halfAStepMustBeWorthIt() {
        assertEquals(1, LikelihoodSteps.share(-2, -1, -1));
        assertEquals(1, LikelihoodSteps.share(-2, -1, -0.9991));
        assertEquals(0.5, LikelihoodSteps.share(-2, -1, -0.9989));
    }

    @Test
    void noStepIsGoneWhereItIsNoBetter() {
        assertEquals(0, LikelihoodSteps.share(-1, -1, -1.5));
        assertEquals(0, LikelihoodSteps.share(-1, -9, -1));
        assertEquals(0, LikelihoodSteps.share(-1, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY));
        assertEquals(0.5, LikelihoodSteps.share(-1, Double.NEGATIVE_INFINITY, -0.9));
    }
}
