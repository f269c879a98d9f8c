package org.eigendrift.engine.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.engine.comparison.Thresholdout.Answer;
import org.eigendrift.engine.comparison.Thresholdout.Source;
import org.junit.jupiter.api.Test;

class ThresholdoutTest {
    private static Thresholdout fresh(long seed, int budget) {
        return new Thresholdout(0.04, 0.01, budget, new CounterRandom(seed));
    }

    @Test
    void agreementIsAnsweredByTheTrainingRows() {
        Thresholdout holdout = fresh(1, 3);
        int training = 0;
        for (int k = 0; k < 200; k++) {
            Answer answer = holdout.ask(0.3, 0.3001).orElse(new Answer(0, Source.HELDOUT));
            training += answer.source() == Source.TRAINING && answer.value() == 0.3 ? 1 : 0;
        }
        // |difference| 0.0001 exceeds 0.04 + Lap(0.02) + Lap(0.04) with probability about exp(-1) / 2 x 1.3: the budget
        // of 3 is spent
        // early, as published. What is answered before comes from training rows as it is.
        assertTrue(training > 0, "answers " + training);
    }

    @Test
    void disagreementIsAnsweredByTheHeldOutRowsWithNoise() {
        double sum = 0;
        double absolute = 0;
        int count = 4000;
        for (int seed = 0; seed < count; seed++) {
            Answer answer = fresh(seed, 1).ask(0.9, 0.1).orElseThrow();
            assertEquals(Source.HELDOUT, answer.source());
            sum += (answer.value() - 0.1) / count;
            absolute += Math.abs(answer.value() - 0.1) / count;
        }
        // Lap(s): mean 0 with variance 2 s^2; mean absolute value s with standard deviation s. Four standard errors.
        assertEquals(0, sum, 4 * 0.01 * Math.sqrt(2.0 / count));
        assertEquals(0.01, absolute, 4 * 0.01 / Math.sqrt(count));
    }

    @Test
    void budgetIsSpentByHeldOutAnswersAlone() {
        Thresholdout holdout = fresh(5, 2);
        assertEquals(2, holdout.budget());
        assertTrue(holdout.ask(0.9, 0.1).isPresent());
        assertTrue(holdout.ask(0.8, 0.1).isPresent());
        assertEquals(0, holdout.budget());
        assertEquals(Optional.empty(), holdout.ask(0.7, 0.1));
        assertEquals(Optional.empty(), holdout.ask(0.1, 0.1));
    }

    @Test
    void answersDependOnSeedAndQuestionsAlone() {
        List<Optional<Answer>> once = new ArrayList<>();
        List<Optional<Answer>> again = new ArrayList<>();
        for (List<Optional<Answer>> answers : List.of(once, again)) {
            Thresholdout holdout = fresh(7, 5);
            for (int k = 0; k < 20; k++) {
                answers.add(holdout.ask(0.1 * k, 0.07 * k));
            }
        }
        assertEquals(once, again);
        assertThrows(IllegalArgumentException.class, () -> fresh(7, 0));
        assertThrows(IllegalArgumentException.class, () -> new Thresholdout(0, 1, 1, new CounterRandom(1)));
        assertThrows(IllegalArgumentException.class, () -> new Thresholdout(1, 0, 1, new CounterRandom(1)));
    }

    /**
     * The authors' experiment without signal: of 2000 coin flips a row, those that agree with the label on training and held-out rows
     * alike are put together to a classifier. Its true accuracy is 1/2; the held-out rows that took part in the choice claim far more,
     * the reusable hold-out does not.
     */
    @Test
    void choiceAmongManyDoesNotDeceive() {
        int rows = 1000;
        int features = 2000;
        CounterRandom random = new CounterRandom(99);
        double[] train = new double[features];
        double[] heldout = new double[features];
        boolean[][][] agrees = new boolean[2][rows][features];
        for (int n = 0; n < rows; n++) {
            for (int j = 0; j < features; j++) {
                agrees[0][n][j] = random.uniform(n, j) < 0.5;
                agrees[1][n][j] = random.uniform(rows + n, j) < 0.5;
                train[j] += agrees[0][n][j] ? 1.0 / rows : 0;
                heldout[j] += agrees[1][n][j] ? 1.0 / rows : 0;
            }
        }
        // Laplace noise far below the spread sqrt(0.25 / 1000) = 0.016 would hide nothing, far above would hide all.
        Thresholdout reusable = new Thresholdout(0.04, 0.01, 3 * features, new CounterRandom(3));
        boolean[] naive = new boolean[features];
        boolean[] careful = new boolean[features];
        for (int j = 0; j < features; j++) {
            boolean strong = train[j] > 0.51;
            naive[j] = strong && heldout[j] > 0.51;
            careful[j] =
                    strong && reusable.ask(train[j], heldout[j]).orElseThrow().value() > 0.51;
        }
        double claimed = accuracy(agrees[1], naive);
        double honest = reusable.ask(accuracy(agrees[0], careful), accuracy(agrees[1], careful))
                .orElseThrow()
                .value();
        assertTrue(claimed > 0.6, "the naive hold-out claims " + claimed);
        // Held-out answers, of which 2000 questions had many, leak a little each: less than half of the deception is
        // left.
        assertTrue(honest - 0.5 < (claimed - 0.5) / 2, "claims " + honest + " after " + claimed);
    }

    /** The share of rows on which most of the chosen features agree with the label. */
    private static double accuracy(boolean[][] agrees, boolean[] chosen) {
        double right = 0;
        for (boolean[] row : agrees) {
            int votes = 0;
            for (int j = 0; j < chosen.length; j++) {
                if (chosen[j]) {
                    votes += row[j] ? 1 : -1;
                }
            }
            right += votes == 0 ? 0.5 : votes > 0 ? 1 : 0;
        }
        return right / agrees.length;
    }

    /** The Laplace law's quantile: half of the mass lies below 0, exp(x / scale) / 2 of it below x. */
    private static double quantile(double scale, double u) {
        return u < 0.5 ? scale * Math.log(2 * u) : -scale * Math.log(2 * (1 - u));
    }

    /**
     * The authors' algorithm step by step, with the uniform numbers of each question: a difference a little below the noisy
     * threshold is answered by the training rows, one a little above it by held-out rows, whose noise moves the threshold.
     */
    @Test
    void everyAnswerIsThatOfThePublishedAlgorithm() {
        double sigma = 0.01;
        for (int seed = 0; seed < 20; seed++) {
            CounterRandom random = new CounterRandom(seed);
            Thresholdout holdout = fresh(seed, 2);
            double threshold = 0.04 + quantile(2 * sigma, random.uniform(0, 0));
            int answered = 0;
            for (int question = 1; question <= 12 && answered < 2; question++) {
                double limit = threshold + quantile(4 * sigma, random.uniform(question, 1));
                boolean above = question % 2 == 0 || limit < 0;
                // Nearer to the limit than any noise, further than rounding.
                double difference = Math.max(0, limit + (above ? 1e-9 : -1e-9));
                double heldout = question % 3 == 0 ? 0.5 - difference : 0.5 + difference;
                Answer answer = holdout.ask(0.5, heldout).orElseThrow();
                assertEquals(above ? Source.HELDOUT : Source.TRAINING, answer.source(), "question " + question);
                if (above) {
                    answered++;
                    threshold = 0.04 + quantile(2 * sigma, random.uniform(question, 0));
                    assertEquals(heldout + quantile(sigma, random.uniform(question, 2)), answer.value(), 1e-14);
                } else {
                    assertEquals(0.5, answer.value());
                }
            }
        }
    }
}
