package org.eigendrift.engine.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Verdicts on log-likelihoods that are given. */
class DensityJudgeTest {
    private static final int ROWS = 400;

    private static double[] rows(IntToDoubleFunction nats) {
        double[] rows = new double[ROWS];
        Arrays.setAll(rows, nats);
        return rows;
    }

    private static DensityJudge.Verdict judge(IntToDoubleFunction flow, IntToDoubleFunction gibbs) {
        return DensityJudge.judge(rows(flow), rows(gibbs), false);
    }

    @Test
    void aDensityThatIsBetterEverywhereTakesTheFlowsPlace() {
        DensityJudge.Verdict verdict = judge(n -> -2, n -> -1.5);
        assertEquals(1, verdict.share());
        assertEquals("the Gibbs density", verdict.decision().chosen());
        assertEquals(-2, verdict.decision().alternatives().get(0).score().orElseThrow());
        assertEquals(-1.5, verdict.decision().alternatives().get(1).score().orElseThrow());
    }

    @Test
    void aDensityThatIsWorseEverywhereDoesNot() {
        DensityJudge.Verdict verdict = judge(n -> -1.5, n -> -2);
        assertEquals(0, verdict.share());
        assertEquals("the flow", verdict.decision().chosen());
    }

    @Test
    void whatIsAskedForIsGiven() {
        DensityJudge.Verdict verdict = DensityJudge.judge(rows(n -> -1.5), rows(n -> -2), true);
        assertEquals(1, verdict.share());
        assertEquals("it was asked for", verdict.decision().reason());
    }

    /** Half of the rows each: the mixture gains log(1/2) + 4 on either. */
    @Test
    void twoThatComplementOneAnotherAreMixed() {
        DensityJudge.Verdict verdict = judge(n -> n % 2 == 0 ? -1 : -9, n -> n % 2 == 0 ? -9 : -1);
        assertEquals(0.5, verdict.share(), 1e-12);
        assertEquals("the Gibbs density, weight 50 %", verdict.decision().chosen());
    }

    /**
     * At 16 of 400 rows the density is better by 3 nats, elsewhere worse by 3: a mixture gains a little, less than two
     * standard deviations of it.
     */
    @Test
    void aGainOfFewRowsIsWithinItsScatter() {
        DensityJudge.Verdict verdict = judge(n -> n % 25 == 0 ? -6 : -2, n -> n % 25 == 0 ? -3 : -5);
        assertEquals(0, verdict.share());
    }

    /** The same few rows gain 8 nats, so that the mixture's gain is many times its scatter. */
    @Test
    void aGainBeyondItsScatterIsMixed() {
        DensityJudge.Verdict verdict = judge(n -> n % 10 == 0 ? -12 : -2, n -> n % 10 == 0 ? -2 : -12);
        assertEquals(0.1, verdict.share(), 1e-3);
    }

    /** A mixture that is better than the density alone by less than 0.03 nats is not worth its integrations. */
    @Test
    void theFlowMustAddWhatItsLikelihoodsCost() {
        DensityJudge.Verdict small = judge(n -> n % 20 == 0 ? -1 : -3, n -> n % 20 == 0 ? -1.5 : -2);
        assertEquals(1, small.share());
        DensityJudge.Verdict large = judge(n -> n % 5 == 0 ? -1 : -6, n -> n % 5 == 0 ? -6 : -2);
        assertTrue(large.share() > 0.7 && large.share() < 0.9, "share " + large.share());
    }

    /** 3 of 20 rows gain log(0.15) + 10 nats, the others lose 0.16: 1.08 a row, 1.6 times its scatter; of 200 rows, 5. */
    @Test
    void howFarAGainLiesBeyondItsScatterDependsOnTheRows() {
        double[][] nats = new double[2][200];
        for (int n = 0; n < nats[0].length; n++) {
            nats[0][n] = n % 20 < 3 ? -12 : -2;
            nats[1][n] = n % 20 < 3 ? -2 : -12;
        }
        DensityJudge.Verdict few = DensityJudge.judge(Arrays.copyOf(nats[0], 20), Arrays.copyOf(nats[1], 20), false);
        assertEquals(0, few.share());
        assertTrue(
                few.decision().reason().endsWith("within its scatter"),
                few.decision().reason());
        assertEquals(0.15, DensityJudge.judge(nats[0], nats[1], false).share(), 1e-3);
    }

    /** The best mixture gives the flow 3 % and gains 0.0044 nats a row on the density alone, which its integrations are not worth. */
    @Test
    void aFlowThatAddsTooLittleIsLeftOut() {
        DensityJudge.Verdict verdict = judge(n -> n % 20 == 0 ? -1 : -3, n -> n % 20 == 0 ? -4 : -2);
        assertEquals(1, verdict.share());
        assertTrue(
                verdict.decision().reason().endsWith("and the flow beside it adds too little"),
                verdict.decision().reason());
        // A tenth of such rows: 0.048 nats.
        assertEquals(
                0.889,
                judge(n -> n % 10 == 0 ? -1 : -3, n -> n % 10 == 0 ? -4 : -2).share(),
                1e-3);
    }

    /** At one of fifty rows the density is better by 10 nats: its share is a fiftieth, whatever it gains and however sure that is. */
    @Test
    void aDensityOfFewRowsHasNoPlace() {
        double[] flow = new double[4000];
        double[] gibbs = new double[4000];
        Arrays.setAll(flow, n -> n % 50 == 0 ? -12 : -2);
        Arrays.setAll(gibbs, n -> n % 50 == 0 ? -2 : -12);
        DensityJudge.Verdict verdict = DensityJudge.judge(flow, gibbs, false);
        assertEquals(0, verdict.share());
        assertTrue(
                verdict.decision().reason().startsWith("with the Gibbs density rows gain too little, 0.1020 +- 0.0135"),
                verdict.decision().reason());
    }

    /** Apart by 0.04 nats at every row, either way as often: half of each gains 0.02^2 / 2 nats, less than what matters. */
    @Test
    void ofTwoThatAreAllButTheSameTheFlowStays() {
        DensityJudge.Verdict verdict = judge(n -> n % 2 == 0 ? -1.02 : -0.98, n -> n % 2 == 0 ? -0.98 : -1.02);
        assertEquals(0, verdict.share());
        assertTrue(
                verdict.decision().reason().startsWith("with the Gibbs density rows gain too little, 0.0002"),
                verdict.decision().reason());
    }
}
