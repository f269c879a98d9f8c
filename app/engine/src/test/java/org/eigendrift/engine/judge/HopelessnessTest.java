package org.eigendrift.engine.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eigendrift.api.law.Decision;
import org.junit.jupiter.api.Test;

/** Four columns: a quarter of a nat each is one nat. */
class HopelessnessTest {
    private static final double NONE = Double.NEGATIVE_INFINITY;
    private static final Hopelessness FOUR = new Hopelessness(-5, 4);

    @Test
    void aBoundFarBelowAMixtureIsHopeless() {
        assertFalse(FOUR.of(-6, 1));
        assertTrue(FOUR.of(-6.001, 1));
        assertFalse(FOUR.of(-7, 2));
        assertTrue(FOUR.of(-7.001, 2));
    }

    @Test
    void rowsOutsideTheSupportTellNothing() {
        assertFalse(FOUR.of(NONE, 1));
    }

    @Test
    void withoutAMixtureOrWithFewColumnsNothingIsHopeless() {
        assertFalse(new Hopelessness(NONE, 4).of(-1000, 1));
        assertFalse(new Hopelessness(NONE, 4).tells());
        assertFalse(new Hopelessness(-5, 2).of(-1000, 1));
        assertFalse(new Hopelessness(-5, 2).tells());
        assertTrue(new Hopelessness(-5, 3).of(-1000, 1));
    }

    /** 0.05 nats for each of four columns. */
    @Test
    void chartsPromiseWhereTheirMixtureIsNotFarBehind() {
        assertTrue(FOUR.chartsPromise(-4.801));
        assertFalse(FOUR.chartsPromise(-4.799));
        assertTrue(FOUR.chartsPromise(NONE));
    }

    @Test
    void theReportSaysWhy() {
        Decision decision = FOUR.decision("m", -9);
        assertEquals(
                "left out: m (its evidence bound of -9.0000 nats lies far below the -5.0000 of a normal mixture)",
                decision.line());
        assertEquals(-9, decision.alternatives().get(0).score().orElseThrow());
        assertEquals(-5, decision.alternatives().get(1).score().orElseThrow());
    }
}
