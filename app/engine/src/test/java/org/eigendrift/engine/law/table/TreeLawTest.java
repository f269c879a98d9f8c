package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.RunContext;
import org.junit.jupiter.api.Test;

class TreeLawTest {
    private static final int[] LEVELS = {2, 3, 4, 2, 3};
    private static final int CELLS = 2 * 3 * 4 * 2 * 3;

    /** Sums of 144 probabilities near 0.01: rounding errors of 1e-16 each. */
    private static final double ROUNDING = 1e-12;

    /** Every column leans on the one before it, so that there is a tree to find. */
    private static Codes chain(int rows) {
        CounterRandom random = new CounterRandom(3);
        int[][] columns = new int[LEVELS.length][rows];
        for (int n = 0; n < rows; n++) {
            int last = 0;
            for (int j = 0; j < LEVELS.length; j++) {
                int own = (int) (random.uniform(n, 2L * j) * LEVELS[j]);
                last = random.uniform(n, 2L * j + 1) < 0.6 ? last % LEVELS[j] : own;
                columns[j][n] = last;
            }
        }
        return new Codes(columns, LEVELS, rows);
    }

    /** All combinations of levels. */
    private static Codes cells() {
        int[][] columns = new int[LEVELS.length][CELLS];
        for (int cell = 0; cell < CELLS; cell++) {
            int rest = cell;
            for (int j = 0; j < LEVELS.length; j++) {
                columns[j][cell] = rest % LEVELS[j];
                rest /= LEVELS[j];
            }
        }
        return new Codes(columns, LEVELS, CELLS);
    }

    private static TreeMixture mixture() {
        return new MixtureFit(chain(400), RunContext.quiet(1)).rounds(new MixtureFit.Plan(3, 1, true, 7), 5);
    }

    private static double[][] open() {
        double[][] evidence = new double[LEVELS.length][];
        Arrays.setAll(evidence, j -> {
            double[] ones = new double[LEVELS[j]];
            Arrays.fill(ones, 1);
            return ones;
        });
        return evidence;
    }

    /** Half the probability of one and half that of the other, for all combinations. */
    @Test
    void theMeanOfMixturesHasTheMeanOfTheirProbabilities() {
        MixtureFit fit = new MixtureFit(chain(400), RunContext.quiet(1));
        MixtureFit.Plan plan = new MixtureFit.Plan(3, 1, true, 7);
        TreeMixture first = fit.rounds(plan, 5);
        TreeMixture second = fit.rounds(plan.from(1), 5);
        TreeMixture mean = TreeMixture.mean(List.of(first, second));
        double apart = 0;
        for (int n = 0; n < CELLS; n++) {
            double one = Math.exp(first.logProbability(cells(), n));
            double other = Math.exp(second.logProbability(cells(), n));
            assertEquals((one + other) / 2, Math.exp(mean.logProbability(cells(), n)), ROUNDING);
            apart = Math.max(apart, Math.abs(one - other));
        }
        assertTrue(apart > 1e-4, "mixtures from other centres end elsewhere, but differ by " + apart);
    }

    @Test
    void probabilitiesOfAllCellsSumToOne() {
        double sum = Arrays.stream(mixture().logProbabilities(cells()))
                .map(Math::exp)
                .sum();
        assertEquals(1, sum, ROUNDING);
    }

    @Test
    void evidenceHasTheProbabilityOfItsCells() {
        TreeMixture mixture = mixture();
        double[][] evidence = open();
        evidence[0] = new double[] {0, 1};
        evidence[2] = new double[] {1, 0, 0.5, 1};
        Codes cells = cells();
        double[] logs = mixture.logProbabilities(cells);
        double sum = 0;
        for (int cell = 0; cell < CELLS; cell++) {
            sum += Math.exp(logs[cell]) * evidence[0][cells.columns()[0][cell]] * evidence[2][cells.columns()[2][cell]];
        }
        assertEquals(sum, Math.exp(mixture.given(evidence).log()), ROUNDING);
    }

    /** A share of 20,000 draws has a standard error of at most 0.0035; 144 cells stay within five of them. */
    @Test
    void drawsFollowTheConditionalLaw() {
        TreeMixture mixture = mixture();
        double[][] evidence = open();
        evidence[1] = new double[] {0, 1, 1};
        TreeMixture.Posterior posterior = mixture.given(evidence);
        CounterRandom random = new CounterRandom(5);
        int draws = 20_000;
        double[] share = new double[CELLS];
        for (int n = 0; n < draws; n++) {
            double[] uniforms = new double[LEVELS.length];
            for (int j = 0; j < LEVELS.length; j++) {
                uniforms[j] = random.uniform(n, j + 1L);
            }
            int[] row = posterior.draw(random.uniform(n, 0), uniforms);
            int cell = 0;
            for (int j = LEVELS.length - 1; j >= 0; j--) {
                cell = cell * LEVELS[j] + row[j];
            }
            share[cell] += 1.0 / draws;
        }
        Codes cells = cells();
        for (int cell = 0; cell < CELLS; cell++) {
            double p =
                    cells.columns()[1][cell] == 0 ? 0 : Math.exp(mixture.logProbability(cells, cell) - posterior.log());
            assertEquals(p, share[cell], 5 * Math.sqrt(p * (1 - p) / draws) + (p == 0 ? 0 : 1.0 / draws));
        }
    }

    /** Counted pair by pair. */
    @Test
    void pairCountsAreThoseOfTheRows() {
        Codes rows = chain(200);
        double[] weights = new double[200];
        Arrays.setAll(weights, n -> 0.1 + (n % 7));
        PairCounts.Weighted counted = new PairCounts(rows).count(weights, 0);
        for (int i = 0; i < LEVELS.length; i++) {
            for (int j = 0; j < LEVELS.length; j++) {
                double[] pair = counted.pair(i, j, counted.single(i), counted.single(j));
                double[] slow = new double[pair.length];
                for (int n = 0; i != j && n < 200; n++) {
                    slow[rows.columns()[i][n] * LEVELS[j] + rows.columns()[j][n]] += weights[n];
                }
                for (int at = 0; i != j && at < slow.length; at++) {
                    // Sums of 200 weights up to 6.1, reached by subtraction.
                    assertEquals(slow[at], pair[at], 1e-9);
                }
            }
        }
    }

    @Test
    void theTreeOfAChainIsTheChain() {
        Codes rows = chain(20_000);
        TreeLaw tree = new MixtureFit(rows, RunContext.quiet(1))
                .rounds(new MixtureFit.Plan(1, 1, true, 7), 1)
                .trees()
                .get(0);
        assertTrue(Arrays.equals(new int[] {-1, 0, 1, 2, 3}, tree.parents()), Arrays.toString(tree.parents()));
    }

    @Test
    void whatNeverOccurredIsPossible() {
        int[][] same = new int[LEVELS.length][50];
        TreeMixture mixture = new MixtureFit(new Codes(same, LEVELS, 50), RunContext.quiet(1))
                .rounds(new MixtureFit.Plan(2, 1, true, 7), 4);
        for (double log : mixture.logProbabilities(cells())) {
            assertTrue(log > Double.NEGATIVE_INFINITY);
        }
    }

    @Test
    void threadsDoNotMatter() {
        Codes rows = chain(300);
        MixtureFit.Plan plan = new MixtureFit.Plan(4, 2, true, 9);
        RunContext three = new RunContext(1, 3, org.eigendrift.api.Progress.NONE, () -> false);
        double[] one = new MixtureFit(rows, RunContext.quiet(1)).rounds(plan, 6).logProbabilities(rows);
        double[] other = new MixtureFit(rows, three).rounds(plan, 6).logProbabilities(rows);
        assertTrue(Arrays.equals(one, other));
    }
}
