package org.eigendrift.engine.judge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.judge.ModelJudge.Scored;
import org.junit.jupiter.api.Test;

/** Verdicts on log-likelihoods that are given; nothing is fitted. */
class ModelJudgeTest {
    private static Scored scored(String name, boolean cut, double... nats) {
        return new Scored(name, cut, nats);
    }

    @Test
    void theBetterOfTwoThatAgreeRowByRowIsChosenAlone() {
        List<Scored> models = List.of(scored("a", false, -1, -2, -3), scored("b", false, -0.5, -1.5, -2.5));
        ModelJudge.Verdict verdict = ModelJudge.judge(models);
        assertArrayEquals(new double[] {0, 1}, verdict.weights(), 0);
        assertEquals("b", verdict.decision().chosen());
        assertEquals("one model", verdict.stacking().chosen());
    }

    /** Each is likely where the other is not, so that a mixture loses log 2 where one alone loses half of 8. */
    @Test
    void modelsThatComplementOneAnotherAreMixed() {
        List<Scored> models = List.of(scored("a", false, -1, -9, -1, -9), scored("b", false, -9, -1, -9, -1));
        ModelJudge.Verdict verdict = ModelJudge.judge(models);
        // By symmetry, to the rounding of the iteration.
        assertArrayEquals(new double[] {0.5, 0.5}, verdict.weights(), 1e-12);
        assertEquals("a, weight 50 %; b, weight 50 %", verdict.decision().chosen());
        // log((1 + e^-8) / 2) - 1 against the mean of -1 and -9.
        assertTrue(
                verdict.decision().reason().contains("3.3072"),
                verdict.decision().reason());
        assertEquals("a mixture", verdict.stacking().chosen());
        assertEquals(-5, verdict.stacking().alternatives().get(0).score().orElseThrow());
        double mixed = Math.log((1 + Math.exp(-8)) / 2) - 1;
        assertEquals(mixed, verdict.stacking().alternatives().get(1).score().orElseThrow(), 1e-12);
        // Row by row it gains mixed + 1 and mixed + 9: four rows scatter by 4 about their mean, sqrt(4 * 16) / 4.
        assertEquals(2, verdict.stacking().alternatives().get(1).error().orElseThrow(), 1e-12);
    }

    @Test
    void aMixtureHoldsOneWayToCutTheRows() {
        List<Scored> models = List.of(
                scored("2 charts", true, -1, -9, -1.2, -9),
                scored("3 charts", true, -9, -1, -9, -1),
                scored("one model", false, -1.1, -9, -1, -9));
        double[] weights = ModelJudge.judge(models).weights();
        assertEquals(0, weights[0]);
        assertTrue(weights[1] > 0.4 && weights[2] > 0.4, Arrays.toString(weights));
    }

    /** The second is better at one row of a hundred: its share is some hundredth. */
    @Test
    void whatCarriesFewRowsIsLeftOut() {
        double[] a = new double[100];
        double[] b = new double[100];
        Arrays.fill(a, -1);
        Arrays.fill(b, -9);
        a[3] = -9;
        b[3] = -1;
        assertArrayEquals(
                new double[] {1, 0},
                ModelJudge.judge(List.of(scored("a", false, a), scored("b", false, b)))
                        .weights(),
                0);
    }

    /** Of nearly the same models a mixture gains (0.02)^2 / 2, which is 2e-4. */
    @Test
    void aMixtureThatGainsLessThanItsMembersAreWorthIsNone() {
        List<Scored> models = List.of(scored("a", false, -1.02, -0.98), scored("b", false, -0.98, -1.021));
        ModelJudge.Verdict verdict = ModelJudge.judge(models);
        assertArrayEquals(new double[] {1, 0}, verdict.weights(), 0);
        List<Scored> apart = List.of(scored("a", false, -1.05, -0.95), scored("b", false, -0.95, -1.051));
        assertTrue(ModelJudge.judge(apart).weights()[1] > 0.4);
    }

    @Test
    void theDecisionSaysByHowMuchAndHowSure() {
        Decision decision = ModelJudge.judge(List.of(scored("a", false, -1, -3), scored("b", false, -0.5, -1)))
                .decision();
        assertEquals("model", decision.what());
        assertEquals("b", decision.chosen());
        assertEquals(
                List.of("a", "b"),
                decision.alternatives().stream().map(Decision.Alternative::name).toList());
        assertEquals(-2, decision.alternatives().get(0).score().orElseThrow());
        assertEquals(-0.75, decision.alternatives().get(1).score().orElseThrow());
        // Losses of 0.5 and 2 about their mean 1.25: sqrt(2 * 0.75^2) / 2.
        assertEquals(
                Math.sqrt(1.125) / 2, decision.alternatives().get(0).error().orElseThrow(), 1e-15);
        assertEquals(0, decision.alternatives().get(1).error().orElseThrow());
    }

    @Test
    void anImpossibleRowCostsAModelItsPlace() {
        double none = Double.NEGATIVE_INFINITY;
        ModelJudge.Verdict verdict = ModelJudge.judge(List.of(scored("a", false, 5, none), scored("b", false, -4, -4)));
        assertTrue(verdict.weights()[1] > 0);
        assertTrue(verdict.decision().alternatives().get(0).error().isEmpty());
        assertArrayEquals(
                new double[] {0, 1},
                ModelJudge.single(List.of(scored("a", false, 5, none), scored("b", false, -4, -4)))
                        .weights(),
                0);
    }
}
