package org.eigendrift.engine.gibbs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constants of normal laws, which are known, beside the standard normal law. */
class NormaliserTest {
    private static final int DRAWS = 2000;
    private static final int SEEDS = 100;

    /** exp(-(x - mean)^2 / (2 width^2) + shift), and log weights of draws of it and of the standard normal law. */
    private record Normal(double mean, double width, double shift) {
        double logConstant() {
            return 0.5 * Math.log(2 * Math.PI) + Math.log(width) + shift;
        }

        double logWeight(double x) {
            double z = (x - mean) / width;
            return shift - 0.5 * z * z + 0.5 * x * x + 0.5 * Math.log(2 * Math.PI);
        }

        double[] atProposal(int seed) {
            CounterRandom random = new CounterRandom(seed);
            return IntStream.range(0, DRAWS)
                    .mapToDouble(n -> logWeight(random.normal(0, n)))
                    .toArray();
        }

        double[] atOwn(int seed) {
            CounterRandom random = new CounterRandom(seed);
            return IntStream.range(0, DRAWS)
                    .mapToDouble(n -> logWeight(mean + width * random.normal(1, n)))
                    .toArray();
        }

        Normaliser bennett(int seed) {
            return Normaliser.acceptanceRatio(atProposal(seed), atOwn(seed));
        }

        Normaliser importance(int seed) {
            return Normaliser.importance(atProposal(seed));
        }
    }

    /**
     * Errors below five of their own; of 100 independent errors the root mean square, over that of those reported, has
     * a standard deviation of 1 / sqrt(200), to which the noise of the reported errors adds a little: five of 0.1.
     */
    private static void check(Normal law, Function<Integer, Normaliser> estimate) {
        double squares = 0;
        double reported = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Normaliser found = estimate.apply(seed);
            double error = found.log() - law.logConstant();
            assertEquals(DRAWS, found.draws());
            assertTrue(Math.abs(error) <= 5 * found.standardError(), error + " of " + found.standardError());
            squares += error * error / SEEDS;
            reported += found.standardError() * found.standardError() / SEEDS;
        }
        assertEquals(1, Math.sqrt(squares / reported), 5 * 0.1, Math.sqrt(reported) + " reported");
    }

    /** Widths below sqrt 2, up to which weights have a variance. */
    @ParameterizedTest
    @CsvSource({"0.3, 0.8, 2", "0.5, 1, -700", "0, 0.5, 0", "-0.2, 1.1, 900"})
    void importanceKnowsTheConstantAndItsOwnError(double mean, double width, double shift) {
        Normal law = new Normal(mean, width, shift);
        check(law, law::importance);
    }

    /** A proposal with tails as light as one likes, too. */
    @ParameterizedTest
    @CsvSource({"0.3, 0.8, 2", "0.5, 1, -700", "0, 0.5, 0", "0.5, 2, 900", "0, 4, 0", "2.5, 1, 0"})
    void acceptanceRatiosKnowTheConstantAndTheirOwnError(double mean, double width, double shift) {
        Normal law = new Normal(mean, width, shift);
        check(law, law::bennett);
    }

    /** No way to use both kinds of draws is better than Bennett's (Meng and Wong 1996); importance uses one kind. */
    @Test
    void acceptanceRatiosAreTheMoreCertain() {
        for (int seed = 0; seed < 20; seed++) {
            Normal law = new Normal(1, 0.7, 0);
            assertTrue(law.bennett(seed).standardError() < law.importance(seed).standardError());
        }
    }

    /** All weights alike: every mean of theirs is exact, but for the roundings of 2000 terms. */
    @Test
    void ofAMultipleOfTheProposalTheConstantIsExact() {
        double[] alike = new double[DRAWS];
        Arrays.fill(alike, -3.25);
        for (Normaliser found :
                new Normaliser[] {Normaliser.importance(alike), Normaliser.acceptanceRatio(alike, alike)}) {
            assertEquals(-3.25, found.log(), 1e-12);
            assertEquals(0, found.standardError(), Math.sqrt(DRAWS * 0x1p-52 / DRAWS));
        }
    }

    /** A third of the proposal's draws lie where the other law cannot be, and none of that law's do. */
    @Test
    void drawsOutsideTheSupportCountAsNothing() {
        double[] proposal = new double[3000];
        Arrays.fill(proposal, 0.5);
        for (int n = 0; n < 1000; n++) {
            proposal[3 * n] = Double.NEGATIVE_INFINITY;
        }
        double[] own = new double[3000];
        Arrays.fill(own, 0.5);
        double expected = 0.5 + Math.log(2.0 / 3);
        assertEquals(expected, Normaliser.importance(proposal).log(), 1e-12);
        assertEquals(expected, Normaliser.acceptanceRatio(proposal, own).log(), 1e-9);
    }

    @Test
    void lawsWithoutOverlapAreRefused() {
        NumericalException refusal = assertThrows(NumericalException.class, () -> new Normal(100, 1, 0).bennett(1));
        assertEquals(
                "the Gibbs density cannot be normalised: it does not overlap with the flow's", refusal.getMessage());
    }

    /** Six deviations apart hardly a draw lies where both laws are: there is no constant, or one that nobody relies on. */
    @Test
    void lawsThatHardlyOverlapAreHardlyKnown() {
        Normal far = new Normal(6, 1, 0);
        for (int seed = 0; seed < 20; seed++) {
            double error;
            try {
                error = far.bennett(seed).standardError();
            } catch (NumericalException e) {
                error = Double.POSITIVE_INFINITY;
            }
            assertTrue(error > 0.1, "reported " + error);
            assertTrue(far.importance(seed).standardError() > 0.1);
        }
    }

    /** Each draw as often as its share of the weights, rounded up or down; the largest cut to root n times the mean. */
    @Test
    void drawsStandForAsManyAsTheyWeigh() {
        double[] weights = new double[400];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = k % 4 == 3 ? Double.NEGATIVE_INFINITY : Math.log(1 + k % 4);
        }
        int[] counts = new int[weights.length];
        Arrays.stream(Normaliser.resampled(weights, 0.3)).forEach(k -> counts[k]++);
        double mean = (1 + 2 + 3) / 4.0;
        for (int k = 0; k < counts.length; k++) {
            double expected = k % 4 == 3 ? 0 : (1 + k % 4) / mean;
            assertTrue(Math.abs(counts[k] - expected) < 1, counts[k] + " times instead of " + expected);
        }
        weights[0] = 50;
        long first = Arrays.stream(Normaliser.resampled(weights, 0.3))
                .filter(k -> k == 0)
                .count();
        // All others are nothing beside it: it is nearly the sum, the mean a 400th of it, and 20 of those what it
        // counts for; yet
        // nothing else counts for more.
        assertEquals(weights.length, first);
        double[] none = new double[5];
        Arrays.fill(none, Double.NEGATIVE_INFINITY);
        assertArrayEquals(new int[] {0, 1, 2, 3, 4}, Normaliser.resampled(none, 0.9));
    }
}
