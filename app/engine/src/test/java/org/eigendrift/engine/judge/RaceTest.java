package org.eigendrift.engine.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.engine.judge.ModelJudge.Scored;
import org.junit.jupiter.api.Test;

/** Which models are left behind, by scores that are made up. */
class RaceTest {
    private static final int ROWS = 40;
    private static final CounterRandom RANDOM = new CounterRandom(31);

    private static Scored scored(String name, boolean cut, int rows, IntToDoubleFunction nats) {
        double[] values = new double[rows];
        Arrays.setAll(values, nats);
        return new Scored(name, cut, values);
    }

    private static Scored whole(String name, IntToDoubleFunction nats) {
        return scored(name, false, ROWS, nats);
    }

    private static List<Integer> places(Scored... scored) {
        return Race.lost(List.of(scored)).stream().map(Race.Lost::place).toList();
    }

    @Test
    void whatIsBehindWithoutScatterIsLostAndTheBestNever() {
        Scored best = whole("best", n -> -3 - n);
        assertEquals(List.of(0, 2), places(whole("a", n -> -4 - n), best, whole("b", n -> -5 - n)));
        assertEquals(List.of(), places(best, whole("equal", n -> -3 - n)));
        assertEquals(List.of(), places(best));
        assertEquals(List.of(), Race.lost(List.of()));
    }

    /** Differences of -0.3 and 0.1 in turn: mean -0.1, deviation 0.2, of the mean of 40 rows 0.0316; of 0.1 / 3 it is less, of 20 rows more. */
    @Test
    void whatIsBehindByLessThanThreeDeviationsStays() {
        IntToDoubleFunction apart = n -> n % 2 == 0 ? -0.3 : 0.1;
        assertEquals(List.of(1), places(whole("best", n -> 0), whole("other", apart)));
        assertEquals(List.of(), places(scored("best", false, 20, n -> 0), scored("other", false, 20, apart)));
    }

    @Test
    void ofFewRowsNothingIsLost() {
        assertEquals(List.of(), places(scored("best", false, 19, n -> 0), scored("other", false, 19, n -> -9)));
        assertEquals(List.of(1), places(scored("best", false, 20, n -> 0), scored("other", false, 20, n -> -9)));
    }

    /** One row in four is far likelier under the second model, all others far less likely: alone it is worse, in a mixture wanted. */
    @Test
    void whatAMixtureWantsStays() {
        Scored best = whole("best", n -> -2);
        assertEquals(List.of(), places(best, whole("part", n -> n % 4 == 0 ? 2 : -12)));
        // A gain of one row in forty is within its scatter, a standard deviation of a Poisson count of one.
        assertEquals(List.of(1), places(best, whole("one row", n -> n == 0 ? 1 : -12)));
    }

    /** A mixture holds one way of cutting rows into charts; the rival of the second is the first. */
    @Test
    void ofTwoCutsTheWorseIsLostWhateverAMixtureWouldGain() {
        Scored first = scored("first", true, ROWS, n -> -2);
        Scored second = scored("second", true, ROWS, n -> n % 4 == 0 ? 0 : -12);
        Scored whole = whole("whole", n -> n % 4 == 0 ? -12 : -1);
        assertEquals(List.of(2), places(whole, first, second));
        assertEquals(
                "left out: second (40 held-out rows lie 7.0000 +- 0.8216 nats behind first, which it adds nothing to)",
                Race.lost(List.of(whole, first, second)).get(0).decision().line());
    }

    /** One in four rows is likelier under both cuts than under the best: one that is kept for it is enough. */
    @Test
    void theRivalOfACutIsTheBestCutAlsoWhereNoCutIsTheBest() {
        Scored whole = whole("whole", n -> n % 4 == 0 ? -12 : 0);
        Scored first = scored("first", true, ROWS, n -> -4);
        Scored second = scored("second", true, ROWS, n -> n % 4 == 0 ? 0 : -12);
        assertEquals(List.of(), places(whole, first));
        assertEquals(List.of(), places(whole, second));
        assertEquals(List.of(2), places(whole, first, second));
    }

    @Test
    void rowsThatAModelHoldsToBeImpossibleCountAgainstIt() {
        IntToDoubleFunction never = n -> n == 7 ? Double.NEGATIVE_INFINITY : -2.0;
        assertEquals(List.of(1), places(whole("best", n -> -2), whole("never", never)));
        assertEquals(List.of(), places(whole("never", never), whole("as never", never)));
    }

    /** Of pairs of models as good as one another three deviations are passed in 0.27 percent: of 2,000 pairs 5.4 +- 2.3, at 5 sigma 17. */
    @Test
    void whatIsAsGoodIsSeldomLostByChance() {
        int lost = 0;
        for (int trial = 0; trial < 2_000; trial++) {
            long key = trial;
            Scored noisy = scored("noisy", false, 60, n -> 0.1 * RANDOM.normal(key, n));
            lost += places(scored("level", false, 60, n -> 0), noisy).size();
        }
        assertTrue(lost <= 17, lost + " of 2,000");
    }
}
