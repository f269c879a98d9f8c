package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.junit.jupiter.api.Test;

/** Sums of two numbers between 0 and 10 and one of any size, of which evidence leaves a part: what the least and the largest are, by hand. */
class SpansTest {
    private static final List<Column> COLUMNS =
            List.of(Column.bounded("a", 0, 10), Column.bounded("b", 0, 10), Column.real("c"));

    private static void refused(
            String found, boolean more, int[] terms, double[] factors, double constant, Condition... given) {
        String said = assertThrows(InputException.class, () -> require(more, terms, factors, constant, given))
                .getMessage();
        assertEquals(
                "the condition has no mass: " + found
                        + " break a rule, which holds in all rows; expected values that keep it, or leave one of them open",
                said);
    }

    private static void allowed(boolean more, int[] terms, double[] factors, double constant, Condition... given) {
        assertDoesNotThrow(() -> require(more, terms, factors, constant, given));
    }

    private static void require(boolean more, int[] terms, double[] factors, double constant, Condition... given) {
        Condition[] some = given.length > 0 ? given : new Condition[] {new Condition.Within(1, -1, 11)};
        new Spans(COLUMNS, Evidence.of(some)).require("a rule", terms, factors, constant, more);
    }

    private static final int[] A = {0};
    private static final int[] BOTH = {1, 0};
    private static final int[] ALL = {0, 1, 2};

    @Test
    void aColumnMustReachWhatTheSumIs() {
        double[] one = {1};
        allowed(false, A, one, -7);
        allowed(false, A, one, -10);
        allowed(false, A, one, 0);
        refused("a from 0 to 10", false, A, one, -11);
        refused("a from 0 to 10", false, A, one, 1);
        allowed(true, A, one, 1);
        refused("a from 0 to 10", true, A, one, -11);
        // Turned, from -10 to 0.
        allowed(false, A, new double[] {-1}, 10);
        refused("a from 0 to 10", false, A, new double[] {-1}, 11);
        allowed(true, A, new double[] {-1}, 11);
        refused("a from 0 to 10", true, A, new double[] {-1}, -1);
    }

    @Test
    void allConditionsOnAColumnCount() {
        double[] one = {1};
        allowed(false, A, one, -7, new Condition.Equal(0, 7));
        refused("a = 5", false, A, one, -7, new Condition.Equal(0, 5));
        refused("a from 3 to 5", false, A, one, -7, new Condition.Within(0, 3, 5));
        refused("a from 8 to 10", false, A, one, -7, new Condition.Within(0, 8, 20));
        refused("a from 2 to 6", false, A, one, -7, new Condition.OneOf(0, new double[] {4, 2, 6}));
        refused("a from 2 to 6", false, A, one, -1, new Condition.OneOf(0, new double[] {4, 2, 6}));
        allowed(false, A, one, -5, new Condition.OneOf(0, new double[] {4, 2, 6}));
        refused("a from 4 to 6", false, A, one, -3, new Condition.Within(0, 2, 6), new Condition.Within(0, 4, 8));
        refused("a from 4 to 6", false, A, one, -7, new Condition.Within(0, 2, 6), new Condition.Within(0, 4, 8));
    }

    /** a - b of a = 3 and b from 1 to 2 lies between 1 and 2. */
    @Test
    void termsAddUp() {
        Condition[] given = {new Condition.Equal(0, 3), new Condition.Within(1, 1, 2)};
        double[] difference = {-1, 1};
        allowed(false, BOTH, difference, -1, given);
        allowed(false, BOTH, difference, -2, given);
        refused("a = 3 and b from 1 to 2", false, BOTH, difference, -0.5, given);
        refused("a = 3 and b from 1 to 2", false, BOTH, difference, -2.5, given);
        allowed(true, BOTH, difference, -0.5, given);
        refused("a = 3 and b from 1 to 2", true, BOTH, difference, -2.5, given);
        // Twice a and half of b: from 6.5 to 7.
        allowed(false, BOTH, new double[] {0.5, 2}, -6.75, given);
        refused("a = 3 and b from 1 to 2", false, BOTH, new double[] {0.5, 2}, -6.25, given);
    }

    @Test
    void whatRoundingLeavesIsNoBreach() {
        double[] one = {1};
        allowed(false, A, one, -0.3, new Condition.Equal(0, 0.1 + 0.2));
        allowed(false, A, one, -(0.1 + 0.2), new Condition.Equal(0, 0.3));
        refused("a = 0.300001", false, A, one, -0.3, new Condition.Equal(0, 0.300001));
        refused("a = 0.299999", false, A, one, -0.3, new Condition.Equal(0, 0.299999));
        // A billionth of all that is added up, twice 10^9 here.
        int[] c = {2};
        allowed(false, c, one, -1e9, new Condition.Equal(2, 1e9 + 1.9));
        refused("c = 1000000003", false, c, one, -1e9, new Condition.Equal(2, 1e9 + 3));
        allowed(false, c, one, -1e9, new Condition.Equal(2, 1e9 - 1.9));
        refused("c = 999999997", false, c, one, -1e9, new Condition.Equal(2, 1e9 - 3));
    }

    @Test
    void whatIsOpenWithoutBoundsLeavesRoom() {
        double[] factors = {1, 1, -1};
        Condition[] given = {new Condition.Equal(0, 3), new Condition.Equal(1, 4)};
        allowed(false, ALL, factors, 0, given);
        allowed(false, ALL, factors, 1e300, given);
        // c from 8 upwards is more than a + b.
        refused(
                "a = 3 and b = 4 and c from 8 to Infinity",
                false,
                ALL,
                factors,
                0,
                given[0],
                given[1],
                new Condition.Within(2, 8, Double.POSITIVE_INFINITY));
    }
}
