package org.eigendrift.engine.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.sampler.TimeGrid;
import org.junit.jupiter.api.Test;

/** What is told of gains that are given: the winner, all that were tried, by how much and how sure. */
class TimeDecisionsTest {
    private static final TimeDecisions TWO_FOLDS =
            new TimeDecisions(new double[] {16, 4, 1}, new int[] {57, 20, 4}, new double[] {0.001, 0.01, 0.1}, 2);

    private static FoldGains gains(double... nats) {
        return new FoldGains(nats);
    }

    /** Gains of three ridges at two levels, of two folds that differ by the second figure. */
    private static GainSearch.Best search() {
        double[][][] given = {
            {{1, 1.2}, {3, 3.4}, {2, 2.2}},
            {{0, 0.2}, {1, 1.2}, {0.5, 0.7}}
        };
        GainSearch.Trial trial = new GainSearch.Trial() {
            @Override
            public FoldGains[] gains(int level, int[] ridges) {
                return Arrays.stream(ridges)
                        .mapToObj(r -> TimeDecisionsTest.gains(given[level][r]))
                        .toArray(FoldGains[]::new);
            }

            @Override
            public double unresolved(int ridge) {
                return 1;
            }
        };
        return new GainSearch(trial, 3).from(new GainSearch.Choice(1, 1));
    }

    private static List<String> names(Decision decision) {
        return decision.alternatives().stream().map(Decision.Alternative::name).toList();
    }

    @Test
    void theEarliestTimeIsOneOfThoseThatWereTried() {
        TimeGrid coarse = TimeGrid.geometric(1, 0.01, 2);
        Decision decision = TWO_FOLDS.earliest(
                coarse, List.of(gains(2, 4), gains(1, 1), gains(0, 0)), 1, "below it held-out rows gain nothing");
        assertEquals("t_min: 0.100 (below it held-out rows gain nothing; 2 held-out folds)", decision.line());
        assertEquals(List.of("1.00", "0.100", "0.0100"), names(decision));
        assertEquals(3, decision.alternatives().get(0).score().orElseThrow());
        // Of 2 and 4 the mean has the standard error 1.
        assertEquals(1, decision.alternatives().get(0).error().orElseThrow(), 1e-15);
    }

    /** All functions gain 2.1 more than the others, on both folds about; the search began with few. */
    @Test
    void theFunctionsAreOneOfTheLevels() {
        Decision decision = TWO_FOLDS.functions(search());
        assertEquals("57", decision.chosen());
        assertEquals(List.of("57", "20"), names(decision));
        assertEquals(3.2, decision.alternatives().get(0).score().orElseThrow(), 1e-15);
        assertEquals(0, decision.alternatives().get(0).error().orElseThrow());
        assertEquals(1.1, decision.alternatives().get(1).score().orElseThrow(), 1e-15);
        // It loses 2 on one fold and 2.2 on the other.
        assertEquals(0.1, decision.alternatives().get(1).error().orElseThrow(), 1e-15);
        assertTrue(decision.reason().contains("16"), decision.reason());
    }

    @Test
    void theRidgeIsOneOfThoseOfTheLevel() {
        Decision decision = TWO_FOLDS.ridge(search(), search(), false);
        assertEquals("0.010", decision.chosen());
        assertEquals(List.of("0.0010", "0.010", "0.10"), names(decision));
        assertEquals(1.1, decision.alternatives().get(0).score().orElseThrow(), 1e-15);
        // It loses 2 and 2.2.
        assertEquals(0.1, decision.alternatives().get(0).error().orElseThrow(), 1e-15);
        assertEquals("given", TWO_FOLDS.ridge(search(), search(), true).reason());
    }

    /** One fold does not tell how sure it is, and what could not be had has no score. */
    @Test
    void whatIsNotKnownIsLeftOut() {
        TimeDecisions one = new TimeDecisions(new double[] {1}, new int[] {3}, new double[] {0.1}, 1);
        Decision decision = one.earliest(
                TimeGrid.geometric(1, 0.1, 1), List.of(gains(2), gains(Double.NEGATIVE_INFINITY)), 0, "given");
        assertEquals("t_min: 1.00 (given; 1 held-out fold)", decision.line());
        assertEquals(OptionalDouble.empty(), decision.alternatives().get(0).error());
        assertEquals(OptionalDouble.empty(), decision.alternatives().get(1).score());
    }
}
