package org.eigendrift.engine.judge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.judge.ModelJudge.Scored;
import org.junit.jupiter.api.Test;

/** Verdicts on log-likelihoods that are given; nothing is fitted. */
class ModelJudgeTest {
    private static Scored scored(String name, boolean cut, double... nats) {
        return new Scored(name, cut, nats);
    }

    @Test
    void moreRowsFollowThoseThatThereAre() {
        Scored more = scored("a", true, -1, -2).and(new double[] {-6, -7, -9});
        assertArrayEquals(new double[] {-1, -2, -6, -7, -9}, more.nats());
        assertEquals(-5, more.mean());
        assertEquals("a", more.name());
        assertTrue(more.cut());
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

    /** Either complements the other as well as any two models can, but a law cuts the rows in one way. */
    @Test
    void twoWaysToCutTheRowsAreNeverMixed() {
        List<Scored> models = List.of(scored("2 charts", true, -1, -9), scored("3 charts", true, -9, -1.5));
        ModelJudge.Verdict verdict = ModelJudge.judge(models);
        assertArrayEquals(new double[] {1, 0}, verdict.weights(), 0);
        assertEquals("2 charts", verdict.decision().chosen());
    }

    /** Each of three is likely at a third of the rows; a fourth is nowhere, and counts neither as a member nor towards what a member must be worth. */
    @Test
    void aMixtureMustBeWorthItsMembers() {
        List<Scored> models = List.of(
                scored("a", false, -1, -9, -9),
                scored("b", false, -9, -1, -9),
                scored("c", false, -9, -9, -1),
                scored("d", false, -20, -20, -20));
        ModelJudge.Verdict verdict = ModelJudge.judge(models);
        double gain = Math.log((1 + 2 * Math.exp(-8)) / 3) - 1 - (-19.0 / 3);
        assertEquals(
                String.format(
                        Locale.ROOT, "with 3 members it gains %.4f nats a held-out row, and must gain 0.0010", gain),
                verdict.stacking().reason());
    }

    /** Three that differ by nothing but 0.05 nats at a third of the rows each gain (0.05)^2 / 9 = 2.8e-4 by mixing, less than 1e-3. */
    @Test
    void eachMemberMoreMustBringItsWorth() {
        List<Scored> models = List.of(
                scored("a", false, -1, -1.05, -1.05),
                scored("b", false, -1.05, -1, -1.05),
                scored("c", false, -1.05, -1.05, -1));
        assertArrayEquals(new double[] {1, 0, 0}, ModelJudge.judge(models).weights(), 0);
        // Of 0.08 nats 7e-4: enough for one member more, too little for two.
        List<Scored> further = List.of(
                scored("a", false, -1, -1.08, -1.08),
                scored("b", false, -1.08, -1, -1.08),
                scored("c", false, -1.08, -1.08, -1));
        assertArrayEquals(new double[] {1, 0, 0}, ModelJudge.judge(further).weights(), 0);
        // Of 0.12 nats 1.6e-3.
        List<Scored> apart = List.of(
                scored("a", false, -1, -1.12, -1.12),
                scored("b", false, -1.12, -1, -1.12),
                scored("c", false, -1.12, -1.12, -1));
        assertEquals(1.0 / 3, ModelJudge.judge(apart).weights()[2], 1e-12);
    }

    @Test
    void ofEqualsTheFirstIsChosen() {
        List<Scored> models = List.of(scored("simple", false, -1, -2), scored("other", false, -1, -2));
        assertEquals("simple", ModelJudge.judge(models).decision().chosen());
        assertEquals("simple", ModelJudge.single(models).decision().chosen());
    }

    /** Forty that say the same have a share of 0.025 each, too light all of them: the best stands alone. */
    @Test
    void weightsHaveTheSumOneHoweverManyModelsThereAre() {
        List<Scored> models = new ArrayList<>();
        for (int c = 0; c < 40; c++) {
            models.add(scored("m" + c, false, -1, -2));
        }
        double[] weights = ModelJudge.judge(models).weights();
        assertEquals(1, weights[0]);
        assertEquals(1, Arrays.stream(weights).sum());
    }

    /** A row that neither allows leaves nothing to compare: what is left of the shares is still a mixture. */
    @Test
    void weightsHaveTheSumOneWhereNothingIsPossible() {
        double none = Double.NEGATIVE_INFINITY;
        List<Scored> models = List.of(scored("a", false, none), scored("b", false, none));
        assertEquals(1, Arrays.stream(ModelJudge.judge(models).weights()).sum());
    }

    /** Means are all negative infinity then: what the other rows say decides, and no sentence speaks of NaN. */
    @Test
    void aRowThatNoModelAllowsDecidesNothing() {
        double none = Double.NEGATIVE_INFINITY;
        List<Scored> models = List.of(scored("a", false, none, -3, -3), scored("b", false, none, -1, -1));
        ModelJudge.Verdict verdict = ModelJudge.judge(models);
        assertEquals("b", verdict.decision().chosen());
        assertEquals(
                "with 1 members it gains 0.0000 nats a held-out row, and must gain 0.0000",
                verdict.stacking().reason());
    }

    @Test
    void ofModelsThatForbidRowsTheOneThatForbidsFewerIsTheBest() {
        double none = Double.NEGATIVE_INFINITY;
        List<Scored> models = List.of(scored("a", false, none, none, -1), scored("b", false, none, -9, -9));
        assertArrayEquals(new double[] {0, 1}, ModelJudge.single(models).weights(), 0);
    }

    @Test
    void whatOnlyAMixtureAllowsIsWorthItsMembers() {
        double none = Double.NEGATIVE_INFINITY;
        List<Scored> models = List.of(scored("a", false, none, -1), scored("b", false, -1, none));
        ModelJudge.Verdict verdict = ModelJudge.judge(models);
        assertArrayEquals(new double[] {0.5, 0.5}, verdict.weights(), 1e-12);
        assertEquals(
                "a mixture allows held-out rows that the best model alone does not",
                verdict.decision().reason());
    }
}
