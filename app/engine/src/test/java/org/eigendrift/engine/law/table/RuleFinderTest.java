package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.junit.jupiter.api.Test;

/** Relations that were put into rows, and such as only seem to be there. */
class RuleFinderTest {
    private static final CounterRandom RANDOM = new CounterRandom(12);

    /** Columns by their rows' numbers. */
    private static Points rows(int count, IntToDoubleFunction... columns) {
        Points points = Points.zeros(columns.length, count);
        for (int i = 0; i < columns.length; i++) {
            for (int n = 0; n < count; n++) {
                points.set(i, n, columns[i].applyAsDouble(n));
            }
        }
        return points;
    }

    /** Whole numbers from 0 to 99. */
    private static double free(int n, int use) {
        return Math.floor(100 * RANDOM.uniform(n, use));
    }

    private static List<Column> columns(Points points) {
        return IntStream.range(0, points.dim())
                .mapToObj(i -> Column.real(Character.toString('a' + i)))
                .toList();
    }

    private static List<String> found(Points points, Rule... declared) {
        return texts(columns(points), points, declared);
    }

    private static List<String> texts(List<Column> columns, Points points, Rule... declared) {
        return RuleFinder.find(columns, points, List.of(declared)).stream()
                .map(rule -> rule.text(columns))
                .toList();
    }

    private static double cents(double value) {
        return Math.rint(100 * value) / 100;
    }

    /** A rate that is rounded to cents is so near to its rate that it seemed no term of its own. */
    @Test
    void sumsOfWhichATermIsNearlyARateOfAnother() {
        for (double largest : new double[] {100, 60_000, 5e6}) {
            IntToDoubleFunction net = n -> cents(largest * RANDOM.uniform(n, 40));
            IntToDoubleFunction tax = n -> cents(0.2 * net.applyAsDouble(n));
            Points points = rows(400, net, tax, n -> cents(net.applyAsDouble(n) + tax.applyAsDouble(n)));
            assertEquals(List.of("c = a + b"), found(points), "amounts to " + largest);
        }
    }

    @Test
    void sumsWithTheirFactorsAndConstants() {
        Points points = rows(
                60,
                n -> free(n, 0),
                n -> free(n, 1),
                n -> 2 * free(n, 0) - 0.5 * free(n, 1) + 7,
                n -> free(n, 2),
                n -> free(n, 2) - 3);
        assertEquals(List.of("c = 2 a - 0.5 b + 7", "e = d - 3"), found(points));
    }

    /** Every column may be made by those before it alone: a total by its parts, or a part by the total and the others. */
    @Test
    void theLastOfThoseThatDependIsMade() {
        assertEquals(
                List.of("c = a + b"), found(rows(60, n -> free(n, 0), n -> free(n, 1), n -> free(n, 0) + free(n, 1))));
        assertEquals(
                List.of("c = a - b"), found(rows(60, n -> free(n, 0) + free(n, 1), n -> free(n, 1), n -> free(n, 0))));
        // What is made takes no part in others: d is of a and b, not of c.
        assertEquals(
                List.of("c = a + b", "d = a - b"),
                found(rows(
                        60,
                        n -> free(n, 0),
                        n -> free(n, 1),
                        n -> free(n, 0) + free(n, 1),
                        n -> free(n, 0) - free(n, 1))));
    }

    @Test
    void whatDoesNotHoldInEveryRowIsNoRule() {
        assertEquals(
                List.of(),
                found(rows(60, n -> free(n, 0), n -> free(n, 1), n -> free(n, 0) + free(n, 1) + (n == 31 ? 1 : 0))));
        // Factors that nobody would write are chance or a curve.
        assertEquals(List.of(), found(rows(60, n -> free(n, 0), n -> Math.PI * free(n, 0))));
        // A constant is no sum of others.
        assertEquals(List.of(), found(rows(60, n -> free(n, 0), n -> 5)));
    }

    /** Of 30 rows at least, and of three for each column and fifteen more. */
    @Test
    void fewRowsTellNothing() {
        IntToDoubleFunction[] two = {n -> free(n, 0), n -> free(n, 0) + 1};
        assertEquals(List.of(), found(rows(29, two)));
        assertEquals(List.of("b = a + 1"), found(rows(30, two)));
        List<IntToDoubleFunction> many = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            int use = i;
            many.add(n -> free(n, use));
        }
        many.add(n -> free(n, 0) + free(n, 8));
        IntToDoubleFunction[] ten = many.toArray(IntToDoubleFunction[]::new);
        // Nine free ones and itself: 45 rows.
        assertEquals(List.of(), found(rows(44, ten)));
        assertEquals(List.of("j = a + i"), found(rows(45, ten)));
    }

    @Test
    void sumsAreOfTwelveColumnsAtMost() {
        for (int terms : new int[] {12, 13}) {
            List<IntToDoubleFunction> columns = new ArrayList<>();
            for (int i = 0; i < terms; i++) {
                int use = i;
                columns.add(n -> free(n, use));
            }
            columns.add(n ->
                    IntStream.range(0, terms).mapToDouble(use -> free(n, use)).sum());
            assertEquals(
                    terms == 12 ? 1 : 0,
                    found(rows(200, columns.toArray(IntToDoubleFunction[]::new)))
                            .size());
        }
    }

    @Test
    void levelsAnglesAndColumnsWithGapsHaveNoSums() {
        Points points = rows(60, n -> free(n, 0), n -> free(n, 0) + 1);
        assertEquals(List.of("y = x + 1"), texts(List.of(Column.real("x"), Column.real("y")), points));
        assertEquals(List.of(), texts(List.of(Column.real("x"), Column.real("y").withGaps(true)), points));
        assertEquals(List.of(), texts(List.of(Column.angle("x", 0, 200), Column.real("y")), points));
        List<String> levels =
                IntStream.range(0, 101).mapToObj(Integer::toString).toList();
        assertEquals(List.of(), texts(List.of(Column.ordered("x", levels), Column.real("y")), points));
        assertEquals(List.of(), texts(List.of(Column.real("x"), Column.category("y", levels)), points));
    }

    /** Three flags after one another of which one is 1, and two more. */
    @Test
    void groupsOfWhichOneIsOne() {
        Points points = rows(
                60,
                n -> free(n, 0),
                n -> n % 3 == 0 ? 1 : 0,
                n -> n % 3 == 1 ? 1 : 0,
                n -> n % 3 == 2 ? 1 : 0,
                n -> n % 2,
                n -> RANDOM.uniform(n, 5) < 0.5 ? 1 : 0);
        assertEquals(List.of("exactly one of b, c, d is 1"), found(points));
        Rule.OneOf group =
                (Rule.OneOf) RuleFinder.find(columns(points), points, List.of()).get(0);
        assertArrayEquals(new int[] {1, 2, 3}, group.columns());
        assertArrayEquals(new int[] {2, 3}, group.made());
    }

    /** Two flags of which one is 1 are a sum. */
    @Test
    void groupsHaveThreeAtLeast() {
        assertEquals(List.of("b = -a + 1"), found(rows(60, n -> n % 2, n -> 1 - n % 2)));
        // Of two groups each ends where one is 1 in every row.
        assertEquals(
                List.of("exactly one of a, b, c is 1", "exactly one of d, e, f is 1"),
                found(rows(
                        60,
                        n -> n % 3 == 0 ? 1 : 0,
                        n -> n % 3 == 1 ? 1 : 0,
                        n -> n % 3 == 2 ? 1 : 0,
                        n -> n % 5 < 2 ? 1 : 0,
                        n -> n % 5 == 2 ? 1 : 0,
                        n -> n % 5 > 2 ? 1 : 0)));
    }

    @Test
    void flagsThatOverlapMissOrNeverOccurAreNoGroup() {
        IntToDoubleFunction first = n -> n % 3 == 0 ? 1 : 0;
        IntToDoubleFunction second = n -> n % 3 == 1 ? 1 : 0;
        assertEquals(List.of(), found(rows(60, first, second, n -> n % 3 == 2 || n == 3 ? 1 : 0)));
        assertEquals(List.of(), found(rows(60, first, second, n -> n % 3 == 2 && n != 5 ? 1 : 0)));
        assertEquals(List.of("c = -2 a - 2 b + 2"), found(rows(60, first, second, n -> n % 3 == 2 ? 2 : 0)));
        Points never = rows(60, n -> n % 2, n -> 0, n -> 1 - n % 2);
        assertEquals(List.of("c = -a + 1"), found(never));
        List<Column> gaps = List.of(Column.real("a"), Column.real("b").withGaps(true), Column.real("c"));
        assertEquals(List.of(), texts(gaps, rows(60, first, second, n -> n % 3 == 2 ? 1 : 0)));
    }

    /** Columns of gaps in other rows than their terms have are no sums of these; nor is one that lacks nothing. */
    @Test
    void sumsHaveTheGapsOfTheirTerms() {
        List<Column> columns = List.of(
                Column.real("a").withGaps(true),
                Column.real("b"),
                Column.real("c").withGaps(true),
                Column.real("d").withGaps(true),
                Column.real("e"));
        IntToDoubleFunction a = n -> n % 4 == 1 ? Double.NaN : free(n, 0);
        IntToDoubleFunction b = n -> free(n, 1);
        IntToDoubleFunction c = n -> 2 * a.applyAsDouble(n) - b.applyAsDouble(n) + 3;
        IntToDoubleFunction d = n -> n == 8 ? Double.NaN : a.applyAsDouble(n);
        IntToDoubleFunction e = n -> free(n, 0);
        assertEquals(List.of("c = 2 a - b + 3"), texts(columns, rows(80, a, b, c, d, e)));
        assertEquals(List.of(), texts(columns, rows(36, a, b, c, d, e)), "27 rows have it");
    }

    /** What a declared rule makes, or bounds above, is not looked at again. */
    @Test
    void whatIsDeclaredIsTaken() {
        Points sums = rows(60, n -> free(n, 0), n -> free(n, 0) + 1, n -> free(n, 0) + 2);
        assertEquals(List.of("b = a + 1", "c = a + 2"), found(sums));
        assertEquals(List.of("c = a + 2"), found(sums, new Rule.Sum(1, new int[] {0}, new double[] {1}, 1)));
        assertEquals(List.of("b = a + 1"), found(sums, new Rule.AtMost(0, 2)));
        Points flags = rows(60, n -> n % 3 == 0 ? 1 : 0, n -> n % 3 == 1 ? 1 : 0, n -> n % 3 == 2 ? 1 : 0);
        assertEquals(List.of("exactly one of a, b, c is 1"), found(flags));
        assertEquals(List.of(), found(flags, new Rule.OneOf(new int[] {0, 1, 2})));
    }
}
