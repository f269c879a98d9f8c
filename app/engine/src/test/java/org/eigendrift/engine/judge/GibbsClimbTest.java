package org.eigendrift.engine.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.judge.GibbsClimb.Place;
import org.junit.jupiter.api.Test;

/** Which candidates are tried, and which wins, by made-up scores. */
class GibbsClimbTest {
    private static final double NONE = Double.NEGATIVE_INFINITY;
    private static final double[] RIDGES = {1e-4, 1e-3, 1e-2, 1e-1};

    private final List<Place> tried = new ArrayList<>();

    private Place best(List<Integer> counts, List<Integer> degrees, int ridge, ToDoubleFunction<Place> score) {
        return climb(score).best(counts, degrees, ridge);
    }

    private GibbsClimb climb(ToDoubleFunction<Place> score) {
        return new GibbsClimb(
                place -> {
                    tried.add(place);
                    return score.applyAsDouble(place);
                },
                RIDGES);
    }

    /** The score has its top at 3 pairs, degree 6, ridge 1e-4, and falls with the distance of each. */
    @Test
    void eachDirectionIsFollowedAsFarAsItRises() {
        Place best = best(
                List.of(9, 3),
                List.of(10, 8, 6, 4, 2),
                2,
                p -> -Math.abs(p.pairs() - 3) - Math.abs(p.degree() - 6) - p.ridge());
        assertEquals(new Place(3, 6, 0), best);
        assertEquals(
                List.of(
                        new Place(9, 10, 2),
                        new Place(3, 10, 2),
                        new Place(3, 8, 2),
                        new Place(3, 6, 2),
                        new Place(3, 4, 2),
                        new Place(3, 6, 3),
                        new Place(3, 6, 1),
                        new Place(3, 6, 0)),
                tried);
    }

    @Test
    void ridgesRiseToTheLast() {
        assertEquals(new Place(1, 2, 3), best(List.of(1), List.of(2), 1, Place::ridge));
        assertEquals(List.of(new Place(1, 2, 1), new Place(1, 2, 2), new Place(1, 2, 3), new Place(1, 2, 0)), tried);
    }

    /** Nothing is gained by a tie: of equals the first, and no step beyond. */
    @Test
    void ofEqualsTheFirstIsTaken() {
        assertEquals(new Place(5, 4, 1), best(List.of(5, 2), List.of(4, 2), 1, p -> 0));
        assertEquals(
                List.of(
                        new Place(5, 4, 1),
                        new Place(2, 4, 1),
                        new Place(5, 2, 1),
                        new Place(5, 4, 2),
                        new Place(5, 4, 0)),
                tried);
    }

    @Test
    void whereNothingCouldBeNormalisedTheSearchGoesOn() {
        Place best = best(List.of(4), List.of(6, 4, 2), 0, p -> p.ridge() == 3 ? -1 : NONE);
        assertEquals(new Place(4, 6, 3), best);
        assertTrue(tried.containsAll(List.of(new Place(4, 4, 0), new Place(4, 2, 0), new Place(4, 6, 2))));
    }

    @Test
    void whatIsWorseThanNothingIsNotGoneBeyond() {
        assertEquals(
                new Place(4, 6, 0), best(List.of(4), List.of(6, 4, 2), 0, p -> p.degree() == 6 ? -p.ridge() : NONE));
        assertEquals(List.of(new Place(4, 6, 0), new Place(4, 4, 0), new Place(4, 6, 1)), tried);
    }

    @Test
    void theDecisionNamesAllThatWereTried() {
        GibbsClimb climb = climb(p -> -p.ridge());
        climb.best(List.of(3), List.of(2), 1);
        Decision decision = climb.decision("polynomials, ");
        assertEquals("polynomials, 3 pairs of columns, degrees up to a sum of 2, ridge 1e-04", decision.chosen());
        assertEquals(
                List.of(-1.0, -2.0, 0.0),
                decision.alternatives().stream()
                        .map(a -> a.score().orElseThrow())
                        .toList());
        assertEquals(Judged.GIBBS, decision.what());
    }
}
