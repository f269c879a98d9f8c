package org.eigendrift.engine.selection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.engine.selection.GainSearch.Choice;
import org.junit.jupiter.api.Test;

/** Searches over gains that are given. */
class GainSearchTest {
    private static final double NONE = Double.NEGATIVE_INFINITY;

    /** Gains by level and ridge, the same on every fold but for what a test adds. */
    private static class Given implements GainSearch.Trial {
        final double[][] means;
        final double[] unresolved;
        final List<String> calls = new ArrayList<>();
        private int level;

        Given(double[][] means, double... unresolved) {
            this.means = means;
            this.unresolved = unresolved;
        }

        double[] folds(int atLevel, int ridge) {
            return new double[] {means[atLevel][ridge], means[atLevel][ridge]};
        }

        @Override
        public FoldGains[] gains(int atLevel, int[] ridges) {
            assertTrue(ridges.length >= 1 && ridges.length <= ALTERNATIVES);
            level = atLevel;
            calls.add(atLevel + Arrays.toString(ridges));
            return Arrays.stream(ridges)
                    .mapToObj(r -> new FoldGains(folds(atLevel, r)))
                    .toArray(FoldGains[]::new);
        }

        @Override
        public double unresolved(int ridge) {
            return unresolved.length == 0 ? 0 : unresolved[level];
        }

        Choice from(int atLevel, int ridge) {
            return new GainSearch(this, means[0].length)
                    .from(new Choice(atLevel, ridge))
                    .choice();
        }
    }

    private static Given ridges(double... means) {
        return new Given(new double[][] {means});
    }

    @Test
    void itClimbsToTheTopFromEitherSide() {
        Given given = ridges(0, 0.1, 0.2, 0.3, 0.2, 0.1, 0);
        assertEquals(new Choice(0, 3), given.from(0, 0));
        assertEquals(new Choice(0, 3), given.from(0, 6));
        assertEquals(new Choice(0, 3), given.from(0, 3));
    }

    @Test
    void nothingIsTriedTwice() {
        Given given = ridges(0, 0.1, 0.2, 0.3, 0.2, 0.1, 0, 0, 0, 0, 0, 0, 0, 0);
        given.from(0, 1);
        assertEquals(List.of("0[0, 1, 2]", "0[3]", "0[4]", "0[5, 7, 11]"), given.calls);
    }

    /** Steps on a gentle slope add up; on one gentler still nothing is gained. */
    @Test
    void smallStepsCount() {
        Given slope = ridges(0.0008, 0.0006, 0.0004, 0.0002, 0);
        assertEquals(new Choice(0, 0), slope.from(0, 4));
        Given flat = ridges(3e-6, 2e-6, 1e-6, 0.5e-6, 0);
        assertEquals(new Choice(0, 4), flat.from(0, 3));
    }

    /** The means of a fit of 1,500 rows of eight Gaussians, seed 3, at t = 5e-4: the low hill begins at the smallest ridge. */
    @Test
    void theHigherOfTwoHillsIsFound() {
        Given hills = ridges(
                0.05226, 0.05185, 0.04979, 0.04789, 0.04765, 0.04893, 0.05211, 0.05805, 0.06608, 0.07457, 0.08225,
                0.08847, 0.09356, 0.09770, 0.10056, 0.09941, 0.09042);
        assertEquals(new Choice(0, 14), hills.from(0, 0));
    }

    @Test
    void aFarHillMustBeHigher() {
        Given given = ridges(0.3, 0.1, 0, 0, 0.3);
        assertEquals(new Choice(0, 0), given.from(0, 0));
    }

    /** Ridge 2 gains on the mean, by one fold of three. */
    @Test
    void ofGainsWithinTheirScatterTheLargerRidgeIsTaken() {
        Given scattered = new Given(new double[][] {{0, 0.1, 0.2, 0.19, 0}}) {
            @Override
            double[] folds(int level, int ridge) {
                double mean = means[level][ridge];
                return ridge == 2 ? new double[] {mean + 0.4, mean - 0.2, mean - 0.2} : new double[] {mean, mean, mean};
            }
        };
        assertEquals(new Choice(0, 3), scattered.from(0, 1));
        assertEquals(new Choice(0, 2), ridges(0, 0.1, 0.2, 0.19, 0).from(0, 1));
    }

    @Test
    void whereNoRidgeMakesTheSystemDefiniteALargerOneWill() {
        assertEquals(
                new Choice(0, 6),
                ridges(NONE, NONE, NONE, NONE, NONE, NONE, -1, -2).from(0, 1));
        assertEquals(new Choice(0, 1), ridges(NONE, NONE).from(0, 0));
    }

    @Test
    void aGivenRidgeStays() {
        Given given = ridges(0.5);
        assertEquals(new Choice(0, 0), given.from(0, 0));
        assertEquals(List.of("0[0]"), given.calls);
    }

    @Test
    void moreFunctionsAreTakenWhileTheyGain() {
        double[][] means = {{0.3}, {0.2}, {0.1}, {0}};
        assertEquals(new Choice(0, 0), new Given(means, 1, 1, 1, 1).from(3, 0));
        // Nothing is left beyond the second level.
        Given resolved = new Given(means, 1, 0, 1, 1);
        assertEquals(new Choice(1, 0), resolved.from(3, 0));
        assertEquals(List.of("3[0]", "2[0]", "1[0]"), resolved.calls);
    }

    @Test
    void moreFunctionsMustGainWhatMatters() {
        assertEquals(new Choice(0, 0), new Given(new double[][] {{1e-4}, {0}}, 1, 1).from(1, 0));
        assertEquals(new Choice(1, 0), new Given(new double[][] {{1e-5}, {0}}, 1, 1).from(1, 0));
        assertEquals(new Choice(1, 0), new Given(new double[][] {{0.1}, {0}}, 1, 1e-5).from(1, 0));
    }

    @Test
    void aLevelMayBringNothingThoughTheNextDoes() {
        double[][] means = {{0.9}, {0.5}, {0}, {0}, {0}};
        double[] wanted = {1, 1, 1, 1, 1};
        assertEquals(new Choice(0, 0), new Given(means, wanted).from(4, 0));
        double[][] late = {{0.9}, {0}, {0}, {0}, {0}};
        assertEquals(new Choice(4, 0), new Given(late, wanted).from(4, 0));
    }

    /** What is known of a level that was given up must not be taken for another's. */
    @Test
    void gainsOfLevelsAreKeptApart() {
        double[][] means = {{0.1, 0.1, 0.1, 0.1}, {0, 0.3, 0.4, 0.5}};
        Given given = new Given(means, 1, 1);
        GainSearch.Best best = new GainSearch(given, 4).from(new Choice(1, 1));
        assertEquals(new Choice(1, 3), best.choice());
        assertArrayEquals(new double[] {0.5, 0.5}, best.gains().nats());
        // Up the slope of the level that was given up there is less than down that of the one that was kept.
        double[][] crossed = {{0.2, 0.3, 0.4, 0, 0}, {0.5, 0.4, 0.3, 0, 0}};
        GainSearch.Best down = new GainSearch(new Given(crossed, 1, 1), 5).from(new Choice(1, 1));
        assertEquals(new Choice(1, 0), down.choice());
        assertArrayEquals(new double[] {0.5, 0.5}, down.gains().nats());
    }

    @Test
    void functionsMustGainBeyondTheirScatter() {
        Given scattered = new Given(new double[][] {{0.1}, {0}}, 1, 1) {
            @Override
            double[] folds(int level, int ridge) {
                return level == 0 ? new double[] {0.5, -0.2, 0} : new double[] {0, 0, 0};
            }
        };
        assertEquals(new Choice(1, 0), scattered.from(1, 0));
    }

    /** The top is flat to within what matters, and falls on either side. */
    @Test
    void ofRidgesThatGainAsMuchTheLargestIsTaken() {
        Given flat = ridges(0, 0.1, 0.3, 0.3 - 1e-6, 0.3 - 1.5e-6, 0.1);
        assertEquals(new Choice(0, 4), flat.from(0, 1));
        assertEquals(new Choice(0, 4), flat.from(0, 5));
    }
}
