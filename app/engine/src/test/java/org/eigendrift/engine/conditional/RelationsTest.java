package org.eigendrift.engine.conditional;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.junit.jupiter.api.Test;

/** What linear conditions leave of a row, by hand. */
class RelationsTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static List<Column> reals(int dim) {
        return IntStream.rangeClosed(1, dim).mapToObj(i -> Column.real("x" + i)).toList();
    }

    private static Condition exact(double value, double... weights) {
        return new Condition.Linear(weights, value, value);
    }

    private static Relations of(List<Column> columns, Condition... conditions) {
        return Relations.of(columns, Evidence.of(conditions));
    }

    /** x1 + 2 x2 - x3 = 4 gives the column of the largest weight; two units of x2 are one of the sum. */
    @Test
    void anExactSumGivesOneColumnByTheOthers() {
        Relations relations = of(reals(3), exact(4, 1, 2, -1));
        assertArrayEquals(new int[] {0, 2}, relations.free());
        Points rows = relations.rows(Points.ofRows(new double[] {1, 3}, new double[] {0, 0}));
        assertArrayEquals(new double[] {1, 3, 3}, rows.row(0), 1e-15);
        assertArrayEquals(new double[] {0, 2, 0}, rows.row(1), 1e-15);
        assertEquals(-Math.log(2), relations.logVolume(), 1e-15);
        assertArrayEquals(new double[] {1, 3}, relations.free(rows).row(0));
    }

    /** The columns that are given solve a system of their weights, whose determinant is the volume's. */
    @Test
    void severalSumsAreSolvedTogether() {
        double[] one = {1, 3, 0, -2};
        double[] two = {2, -1, 1, 1};
        Relations relations = of(reals(4), exact(6, one), exact(-1, two));
        assertEquals(2, relations.free().length);
        Points rows = relations.rows(Points.ofRows(new double[] {0.7, -1.3}));
        double[] row = rows.row(0);
        assertEquals(6, row[0] + 3 * row[1] - 2 * row[3], 1e-14);
        assertEquals(-1, 2 * row[0] - row[1] + row[2] + row[3], 1e-14);
        int[] fixed = IntStream.range(0, 4)
                .filter(i -> i != relations.free()[0] && i != relations.free()[1])
                .toArray();
        double determinant = one[fixed[0]] * two[fixed[1]] - one[fixed[1]] * two[fixed[0]];
        assertEquals(-Math.log(Math.abs(determinant)), relations.logVolume(), 1e-14);
    }

    /** The same sum of 12,345,678.9 in tenths and in nine tenths: their difference rounds to 2e-9. */
    @Test
    void whatIsSaidTwiceIsOneCondition() {
        double value = 12_345_678.9;
        Relations relations = of(reals(3), exact(0.1 * value, 0.1, 0.1, 0), exact(0.9 * value, 0.9, 0.9, 0));
        assertEquals(2, relations.free().length);
        double[] row = relations.rows(Points.ofRows(new double[] {1, 2})).row(0);
        assertEquals(value, row[0] + row[1], 1e-8);
        assertEquals(
                2,
                of(reals(3), exact(1, 1, 1, 0), exact(2, 2, 2, 0), exact(5, 0, 0, 1))
                        .sums()
                        .get(1)
                        .lower());
        assertEquals(
                1,
                of(reals(3), exact(1, 1, 1, 0), exact(2, 2, 2, 0), exact(5, 0, 0, 1))
                        .free()
                        .length);
    }

    @Test
    void contradictionsAreRefused() {
        InputException refused = assertThrows(InputException.class, () -> of(reals(2), exact(1, 1, 1), exact(3, 2, 2)));
        assertTrue(refused.getMessage().contains("contradict"), refused.getMessage());
        assertThrows(InputException.class, () -> of(reals(2), exact(1, 1, 1), exact(1 + 1e-9, 1, 1)));
    }

    @Test
    void whereNothingIsFreeThereIsOneRow() {
        Relations relations = of(reals(2), exact(3, 1, 1), new Condition.Equal(0, 1));
        assertEquals(0, relations.free().length);
        assertEquals(3, relations.only(3).size());
        assertArrayEquals(new double[] {1, 2}, relations.only(3).row(2), 1e-15);
    }

    /** Of a set of values the first stands for all; an angle is one of its own period. */
    @Test
    void valuesOfOneColumn() {
        Relations relations = of(reals(2), new Condition.OneOf(1, new double[] {4, 5}));
        assertEquals(4, relations.sums().get(0).lower());
        assertTrue(relations.sums().get(0).exact());
        Column angle = Column.angle("a", 1, 5);
        assertEquals(3, Relations.inPeriod(angle, 11));
        assertEquals(1, Relations.inPeriod(angle, 5));
        assertEquals(4, Relations.inPeriod(angle, -4));
        assertEquals(2, Relations.inPeriod(angle, 2));
        assertEquals(11, Relations.inPeriod(Column.real("x"), 11));
        Relations turned = of(List.of(angle, Column.real("x")), new Condition.Equal(0, 11));
        assertEquals(3, turned.rows(Points.ofRows(new double[] {0.5})).get(0, 0));
    }

    @Test
    void rowsAreWithinTheirColumnsAndRanges() {
        List<Column> columns = List.of(Column.bounded("a", 0, 1), Column.bounded("b", 0, 1));
        Relations relations = of(columns, new Condition.Linear(new double[] {1, 1}, 0.5, 1.25));
        Points rows = Points.ofRows(
                new double[] {0.25, 0.25},
                new double[] {1, 0.25},
                new double[] {0, 0.5},
                new double[] {0.25, 0.125},
                new double[] {1, 0.5},
                new double[] {-0.25, 1},
                new double[] {1.125, 0},
                new double[] {Double.NaN, 0.5});
        boolean[] expected = {true, true, true, false, false, false, false, false};
        for (int n = 0; n < expected.length; n++) {
            assertEquals(expected[n], relations.within(rows, n), "row " + n);
        }
        // What is exact holds by the way in which the row was made.
        assertTrue(of(columns, exact(0.3, 1, 1)).within(rows, 0));
    }

    /** a + b = 1.5 within the unit square leaves b from 0.5 to 1; a - b from 0 to 0.2 of that 0.65 to 0.75. */
    @Test
    void onALineARowIsInAWindow() {
        List<Column> columns = List.of(Column.bounded("a", 0, 1), Column.bounded("b", 0, 1));
        Relations relations = of(columns, exact(1.5, 1, 1));
        assertArrayEquals(new int[] {1}, relations.free());
        assertArrayEquals(new double[] {0.5, 1}, relations.window(), 1e-15);
        Condition range = new Condition.Linear(new double[] {1, -1}, 0, 0.2);
        assertArrayEquals(
                new double[] {0.65, 0.75}, of(columns, exact(1.5, 1, 1), range).window(), 1e-15);
        double[] all = of(reals(2), exact(1, 1, 0)).window();
        assertArrayEquals(new double[] {-INFINITY, INFINITY}, all);
    }

    /** A range of the column that is given holds or does not, wherever the other one is. */
    @Test
    void aWindowIsEmptyWhereWhatIsGivenIsOutside() {
        Condition given = new Condition.Equal(0, 2);
        double[] inside = of(reals(2), given, new Condition.Within(0, 2, 3)).window();
        assertArrayEquals(new double[] {-INFINITY, INFINITY}, inside);
        assertArrayEquals(
                new double[] {-INFINITY, INFINITY},
                of(reals(2), given, new Condition.Within(0, 1, 2)).window());
        double[] outside = of(reals(2), given, new Condition.Within(0, 2.5, 3)).window();
        assertFalse(outside[0] <= outside[1]);
        double[] below = of(reals(2), given, new Condition.Within(0, 0, 1.5)).window();
        assertFalse(below[0] <= below[1]);
    }
}
