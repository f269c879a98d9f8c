package org.eigendrift.engine.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.law.Decision;
import org.junit.jupiter.api.Test;

/** Which sizes are scored, and which is chosen. */
class ClimbTest {
    private static List<Integer> down(double... scores) {
        List<Integer> order = new ArrayList<>();
        Climb.down(scores.length - 1, s -> {
            order.add(s);
            return scores[s];
        });
        return order;
    }

    @Test
    void aRiseEndsAfterTwoSizesThatBringNothing() {
        Climb climb = new Climb();
        assertTrue(climb.rises(1));
        assertTrue(climb.rises(0));
        assertTrue(climb.rises(2));
        assertTrue(climb.rises(2));
        assertFalse(climb.rises(1.9));
        assertEquals(2, climb.chosen());
        assertEquals(2, climb.best());
        Decision decision = climb.decision("charts", size -> size + 1 + " charts", "best");
        assertEquals("charts: 3 charts (best)", decision.line());
        assertEquals(5, decision.alternatives().size());
        assertEquals("5 charts", decision.alternatives().get(4).name());
        assertEquals(1.9, decision.alternatives().get(4).score().orElseThrow());
    }

    @Test
    void aRiseOfNothingIsAtTheFirst() {
        Climb climb = new Climb();
        assertEquals(Double.NEGATIVE_INFINITY, climb.best());
        assertTrue(climb.rises(Double.NEGATIVE_INFINITY));
        assertTrue(climb.rises(Double.NEGATIVE_INFINITY));
        assertFalse(climb.rises(Double.NEGATIVE_INFINITY));
        assertEquals(0, climb.chosen());
    }

    @Test
    void theNextThenEveryOtherSizeDownwardsThenTheNeighbours() {
        assertEquals(List.of(6, 5, 3, 1, 2, 4), down(0, 1, 4, 3, 3, 2, 1));
        assertEquals(List.of(4, 3, 1, 0, 2), down(0, 9, 4, 8, 7));
        assertEquals(List.of(3, 2, 0, 1), down(9, 8, 7, 6));
    }

    @Test
    void ofThreeSizesOrFewerEveryOtherOneIsFirst() {
        assertEquals(List.of(2, 0, 1), down(0, 1, 2));
        assertEquals(List.of(2, 0, 1), down(3, 1, 2));
        assertEquals(List.of(1, 0), down(5, 6));
        assertEquals(List.of(0), down(5));
    }

    @Test
    void theLastMayBeTheBest() {
        assertEquals(List.of(3, 2), down(0, 1, 2, 3));
        assertEquals(List.of(5, 4), down(9, 9, 9, 9, 3, 3));
        // The one below the last is scored once.
        assertEquals(List.of(4, 3, 1, 2), down(0, 1, 2, 4, 3));
    }

    @Test
    void sizesWithoutAScoreDoNotEndTheSearch() {
        double none = Double.NEGATIVE_INFINITY;
        assertEquals(List.of(5, 4, 2, 0, 1), down(3, 2, none, none, none, none));
        assertEquals(List.of(2, 0, 1), down(none, none, none));
    }
}
