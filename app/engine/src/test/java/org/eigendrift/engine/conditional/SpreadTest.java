package org.eigendrift.engine.conditional;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.law.Certainty;
import org.junit.jupiter.api.Test;

/** Correlations and R-hat by hand. */
class SpreadTest {
    private static Points column(double... values) {
        return Points.wrap(1, values.length, values);
    }

    /** Columns one after the other. */
    private static Points columns(int rows, double... values) {
        return Points.wrap(values.length / rows, rows, values);
    }

    @Test
    void whoStandsStillKeepsAll() {
        Points u = column(-3, -1, 2, 5);
        assertEquals(1, Spread.kept(u, u.copy()), 1e-15);
        assertEquals(1, Spread.kept(column(4, 4, 4), column(1, 2, 3)));
        assertEquals(1, Spread.kept(column(1, 2, 3), column(4, 4, 4)));
    }

    /**
     * Places (-3, -1, 1, 3) and (1, -3, 3, -1) are not correlated, but who was far from the middle is near it afterwards: the squares 9, 1, 1,
     * 9 become 1, 9, 9, 1.
     */
    @Test
    void distancesFromTheMiddleCountAsPlacesDo() {
        assertEquals(1, Spread.kept(column(-3, -1, 1, 3), column(1, -3, 3, -1)), 1e-15);
        // Not about 0 but about their own middles.
        assertEquals(1, Spread.kept(column(7, 9, 11, 13), column(-1, -5, 1, -3)), 1e-15);
    }

    /** Means 0 and 1, products 28, squares 70 and 34; squared distances of 35 / 3 and 17 / 3 on average are correlated by 0.58. */
    @Test
    void theCorrelationIsPearsons() {
        Points before = column(-3, -1, 1, 3, 5, -5);
        Points after = column(1, 2, -1, 4, 3, -3);
        assertEquals(36 / Math.sqrt(70 * 34), Spread.kept(before, after), 1e-15);
        // Downwards as much as upwards.
        assertEquals(36 / Math.sqrt(70 * 34), Spread.kept(before, column(-1, -2, 1, -4, -3, 3)), 1e-15);
        // Of two coordinates the slower one counts, whichever it is.
        Points moved = columns(4, -3, -1, 1, 3, 0, 0, 1, 1);
        Points stays = columns(4, -3, -1, 1, 3, 0, 1, 0, 1);
        assertEquals(1, Spread.kept(moved, stays), 1e-15);
    }

    /** Two groups, of even and of odd ancestors. */
    @Test
    void groupsThatAgreeAreNotApart() {
        assertEquals(1, Spread.rHat(column(1, 1, 3, 3), new int[] {0, 1, 2, 3}, 2));
    }

    /** Means 2 and 6, each group of variance 2: sqrt(1 / 2 + 8 / 2). */
    @Test
    void groupsApart() {
        assertEquals(Math.sqrt(4.5), Spread.rHat(column(1, 5, 3, 7), new int[] {0, 1, 2, 3}, 2), 1e-15);
        // Of two coordinates the worse one.
        assertEquals(Math.sqrt(4.5), Spread.rHat(columns(4, 1, 5, 3, 7, 1, 1, 3, 3), new int[] {0, 1, 2, 3}, 2), 1e-15);
        assertEquals(Math.sqrt(4.5), Spread.rHat(columns(4, 1, 1, 3, 3, 1, 5, 3, 7), new int[] {0, 1, 2, 3}, 2), 1e-15);
    }

    /** Means 2, 6 and 10, each group of variance 2: between (16 + 16) / 2, as many of each. */
    @Test
    void threeGroupsApart() {
        Points u = column(1, 5, 9, 3, 7, 11);
        assertEquals(Math.sqrt(0.5 + 16 / 2.0), Spread.rHat(u, new int[] {0, 1, 2, 0, 1, 2}, 3), 1e-15);
    }

    /**
     * Five descendants of the first (of mean 3, squares about it 10) and three of the fourth (of mean 10, squares 2), which is of the second
     * group: within (10 / 4 + 2 / 2) / 2, between (5 * 2.625^2 + 3 * 4.375^2) / 4 about the middle 5.625, groups of four on average.
     */
    @Test
    void groupsCountByTheirDescendants() {
        Points u = column(1, 2, 9, 3, 10, 4, 11, 5);
        int[] roots = {0, 0, 3, 0, 3, 0, 3, 0};
        double between = (5 * 2.625 * 2.625 + 3 * 4.375 * 4.375) / 4;
        assertEquals(Math.sqrt(0.75 + between / 1.75), Spread.rHat(u, roots, 2), 1e-14);
    }

    @Test
    void groupsThatDiedOutAreLeftOut() {
        Points u = column(1, 2, 9, 3, 10, 4, 11, 5, 77);
        int[] roots = {0, 0, 1, 0, 1, 0, 1, 0, 2};
        double between = (5 * 2.625 * 2.625 + 3 * 4.375 * 4.375) / 4;
        assertEquals(Math.sqrt(0.75 + between / 1.75), Spread.rHat(u, roots, 3), 1e-14);
        assertEquals(
                List.of(
                        "R-hat is infinite: nearly all draws descend from one of several groups, or none moved; parts of the answer may be missing"),
                new Certainty(0, 0, 1000, Spread.rHat(column(1, 2, 3), new int[] {0, 0, 1}, 2)).remarks());
    }

    @Test
    void groupsOfOneTellNothingAndThoseOfOnePlaceAll() {
        assertEquals(Double.POSITIVE_INFINITY, Spread.rHat(column(1, 2, 3), new int[] {0, 0, 1}, 2));
        assertEquals(Double.POSITIVE_INFINITY, Spread.rHat(column(1, 1, 2, 2), new int[] {0, 0, 1, 1}, 2));
        assertEquals(1, Spread.rHat(column(2, 2, 2, 2), new int[] {0, 0, 1, 1}, 2));
    }
}
