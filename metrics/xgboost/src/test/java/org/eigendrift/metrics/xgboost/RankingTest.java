package org.eigendrift.metrics.xgboost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.Test;

class RankingTest {
    /** Some thousand sums of halves. */
    private static final double ROUNDING = 1e-12;

    /** Of the six pairs five are right, one is a tie. */
    @Test
    void areaByHand() {
        double[] scores = {0.1, 0.4, 0.4, 0.8, 0.3};
        boolean[] inClass = {false, true, false, true, false};
        assertEquals((5 + 0.5) / 6, Ranking.area(scores, inClass), ROUNDING);
    }

    @Test
    void areaAgreesWithCountingAllPairs() {
        CounterRandom random = new CounterRandom(3);
        double[] scores = new double[200];
        boolean[] inClass = new boolean[200];
        Arrays.setAll(scores, n -> Math.floor(30 * random.uniform(0, n)));
        for (int n = 0; n < 200; n++) {
            inClass[n] = random.uniform(1, n) < 0.3;
        }
        double right = 0;
        int pairs = 0;
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 200; j++) {
                if (inClass[i] && !inClass[j]) {
                    pairs++;
                    right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        assertEquals(right / pairs, Ranking.area(scores, inClass), ROUNDING);
    }

    @Test
    void oneClassSaysNothing() {
        assertEquals(0.5, Ranking.area(new double[] {1, 2}, new boolean[] {true, true}));
        assertEquals(0.5, Ranking.area(new double[] {1, 2}, new boolean[2]));
    }

    /** Class 0: one hit of two called and one member, 2/3; class 1: one of one and two, 2/3; class 2 does not occur. */
    @Test
    void macroF1ByHand() {
        double[][] told = {{0.6, 0.3, 0.1}, {0.5, 0.4, 0.1}, {0.1, 0.8, 0.1}};
        assertEquals(2.0 / 3, TrainSynthetic.f1(told, new double[] {0, 1, 1}, 3), ROUNDING);
    }

    /** Class 0 ranks 1 of 2 rows before, class 1 both: of the classes that occur (1/2 + 1) / 2. */
    @Test
    void meanAreaByHand() {
        double[][] told = {{0.4, 0.3, 0.3}, {0.5, 0.4, 0.1}, {0.1, 0.8, 0.1}};
        assertEquals(0.75, TrainSynthetic.meanArea(told, new double[] {0, 1, 1}, 3), ROUNDING);
    }
}
