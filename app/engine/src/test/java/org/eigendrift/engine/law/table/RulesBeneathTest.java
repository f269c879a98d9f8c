package org.eigendrift.engine.law.table;

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

/** What rules make of rows, of gaps and of evidence, without any fit. */
class RulesBeneathTest {
    private static final double GAP = Double.NaN;
    private static final double NONE = Double.NEGATIVE_INFINITY;
    private static final double ANY = Double.POSITIVE_INFINITY;

    private static Column cents(String name) {
        return Column.nonNegative(name).withStep(0.01);
    }

    /** total = net + 2 vat + 5; exactly one of a, b, c is 1; first <= last; countries have their own cities. */
    private static final List<Column> COLUMNS = List.of(
            cents("net"),
            cents("vat"),
            cents("total"),
            Column.bool("a", "0", "1"),
            Column.bool("b", "0", "1"),
            Column.bool("c", "0", "1"),
            Column.integer("first", 0, 100),
            Column.integer("last", 0, 200),
            Column.category("country", List.of("CH", "IT")),
            Column.category("city", List.of("Bern", "Rome", "Milan")).withGaps(true));

    private static final Rules RULES = new Rules(
            COLUMNS,
            List.of(
                    new Rule.Sum(2, new int[] {0, 1}, new double[] {1, 2}, 5),
                    new Rule.OneOf(new int[] {3, 4, 5}),
                    new Rule.AtMost(6, 7),
                    new Rule.Together(new int[] {8, 9}, new double[][] {{0, 0}, {0, GAP}, {1, 1}, {1, 2}})));

    /** The columns beneath: net, vat, which of a, b, c, first, how much more last is, which country and city. */
    private static final int NET = 0;

    private static final int VAT = 1;
    private static final int FLAG = 2;
    private static final int FIRST = 3;
    private static final int MORE = 4;
    private static final int PLACE = 5;

    private static double[] row() {
        return new double[] {100, 19, 143, 0, 1, 0, 30, 40, 1, 2};
    }

    private static double[] with(int column, double value) {
        double[] row = row();
        row[column] = value;
        return row;
    }

    private static double weigh(double... row) {
        return RULES.weigh(row, new double[6]);
    }

    @Test
    void aRowBeneathMakesTheRow() {
        double[] below = new double[6];
        assertEquals(0, RULES.weigh(row(), below));
        assertArrayEquals(new double[] {100, 19, 1, 30, 10, 3}, below);
        assertArrayEquals(row(), RULES.row(below));
        Points rows = Points.ofRows(row(), with(9, 1));
        assertArrayEquals(
                new double[] {100, 19, 1, 30, 10, 2}, RULES.beneath(rows).row(1));
    }

    @Test
    void columnsBeneathAreOfTheKindsThatTheyNeed() {
        List<Column> beneath = RULES.beneath();
        assertEquals(
                List.of("net", "vat", "a", "first", "last", "country"),
                beneath.stream().map(Column::name).toList());
        assertEquals(List.of("a", "b", "c"), beneath.get(FLAG).levels());
        assertEquals(4, beneath.get(PLACE).levels().size());
        Column more = beneath.get(MORE);
        assertEquals(Column.Kind.INTEGER, more.kind());
        assertEquals(0, more.lower());
        assertEquals(ANY, more.upper());
        assertEquals(COLUMNS.get(0), beneath.get(NET));
        assertEquals(COLUMNS, RULES.columns());
        assertEquals(4, RULES.all().size());
    }

    /** Whole numbers above numbers that are not differ by numbers that are not; steps are kept where both have them. */
    @Test
    void differencesHaveTheStepThatBothHave() {
        Column low = Column.real("low").withStep(0.5);
        Column high = Column.real("high").withStep(0.5).withGaps(true);
        Column difference = difference(low, high);
        assertEquals(0.5, difference.step());
        assertTrue(difference.gaps());
        assertEquals(0, difference(low, Column.real("high").withStep(0.25)).step());
        assertFalse(difference(Column.real("low"), Column.integer("high", 0, 9)).kind() == Column.Kind.INTEGER);
        assertFalse(difference(Column.integer("low", 0, 9), Column.real("high")).kind() == Column.Kind.INTEGER);
    }

    private static Column difference(Column low, Column high) {
        return new Rules(List.of(low, high), List.of(new Rule.AtMost(0, 1)))
                .beneath()
                .get(1);
    }

    @Test
    void rowsThatBreakARuleAreImpossible() {
        assertEquals(0, weigh(row()));
        assertEquals(NONE, weigh(with(2, 143.01)));
        assertEquals(NONE, weigh(with(3, 1)), "two flags");
        assertEquals(NONE, weigh(with(4, 0)), "no flag");
        assertEquals(NONE, weigh(with(8, 0)), "Milan is not in CH");
        // Of sums of numbers that are not rounded the last digits do not matter.
        Rules real = new Rules(
                List.of(Column.real("x"), Column.real("y"), Column.real("sum")),
                List.of(new Rule.Sum(2, new int[] {0, 1}, new double[] {1, 1}, 0)));
        double[] below = new double[2];
        assertEquals(0, real.weigh(new double[] {0.1, 0.2, 0.3}, below));
        assertEquals(0, real.weigh(new double[] {1e6, -1e6, 1e-7}, below));
        assertEquals(NONE, real.weigh(new double[] {0.1, 0.2, 0.3001}, below));
        assertEquals(NONE, real.weigh(new double[] {1, -1, 1e-7}, below));
        Rules shifted = new Rules(
                List.of(Column.real("x"), Column.real("shifted")),
                List.of(new Rule.Sum(1, new int[] {0}, new double[] {1}, 1e6)));
        assertEquals(0, shifted.weigh(new double[] {-1e6, 1e-7}, new double[1]));
    }

    @Test
    void aGapThatASumTellsIsFilled() {
        double[] noNet = with(0, GAP);
        assertEquals(0, RULES.weigh(noNet, new double[6]));
        assertEquals(100, noNet[0]);
        double[] noVat = with(1, GAP);
        assertEquals(0, RULES.weigh(noVat, new double[6]), "cents have probabilities, whatever the factor");
        assertEquals(19, noVat[1]);
        assertEquals(0, weigh(with(2, GAP)), "what the terms make is certain");
        double[] both = with(0, GAP);
        both[1] = GAP;
        assertTrue(Double.isNaN(weigh(both)), "many amounts make the total");
        both[2] = GAP;
        assertEquals(0, weigh(both), "nothing is said");
        // Half a cent of net would be needed.
        assertEquals(NONE, weigh(GAP, 19, 143.005, 0, 1, 0, 30, 40, 1, 2));
        Rules real = new Rules(
                List.of(Column.real("x"), Column.real("twice")),
                List.of(new Rule.Sum(1, new int[] {0}, new double[] {2}, 0)));
        // The density of twice a number is half that of the number.
        assertEquals(-Math.log(2), real.weigh(new double[] {GAP, 3}, new double[1]));
    }

    @Test
    void gapsAmongFlagsLeaveWhatTheyLeave() {
        assertArrayEquals(new double[] {0, 1}, flags(0, 1, GAP), "b is the one");
        assertArrayEquals(new double[] {0, 2}, flags(0, 0, GAP), "only c is left");
        assertArrayEquals(new double[] {0, GAP}, flags(GAP, GAP, GAP), "nothing is said");
        assertArrayEquals(new double[] {GAP, GAP}, flags(0, GAP, GAP), "b or c");
        assertArrayEquals(new double[] {NONE, GAP}, flags(1, 1, GAP));
    }

    private static double[] flags(double a, double b, double c) {
        double[] below = new double[6];
        double nats = RULES.weigh(new double[] {100, 19, 143, a, b, c, 30, 40, 1, 2}, below);
        return new double[] {nats, below[FLAG]};
    }

    @Test
    void aGapIsAValueOfAColumnThatHasThem() {
        double[] below = new double[6];
        assertEquals(0, RULES.weigh(new double[] {100, 19, 143, 0, 1, 0, 30, 40, 0, GAP}, below));
        assertEquals(1, below[PLACE], "CH without a city");
        assertEquals(NONE, weigh(with(9, GAP)), "IT has no row without one");
        assertTrue(Double.isNaN(weigh(with(8, GAP))), "which country is left open");
        double[] neither = with(8, GAP);
        neither[9] = GAP;
        assertTrue(Double.isNaN(weigh(neither)));
    }

    @Test
    void anOpenLowerEndLeavesTheDifferenceOpen() {
        double[] below = new double[6];
        assertTrue(Double.isNaN(RULES.weigh(with(6, GAP), below)));
        assertTrue(Double.isNaN(below[MORE]));
        assertEquals(0, weigh(with(7, GAP)), "the lower end alone says all that it says");
        double[] neither = with(6, GAP);
        neither[7] = GAP;
        assertEquals(0, weigh(neither));
    }

    @Test
    void valuesAreAllowedUpToTheirBounds() {
        assertTrue(RULES.allows(row()));
        assertTrue(RULES.allows(with(6, 100)));
        assertTrue(RULES.allows(with(6, 0)));
        assertTrue(RULES.allows(with(6, GAP)));
        assertFalse(RULES.allows(with(6, 101)));
        assertFalse(RULES.allows(with(0, -0.01)));
    }

    @Test
    void numbersAreRoundedToMultiplesOfTheirStep() {
        assertEquals(0.1 + 0.2, Column.multiple(0.1 + 0.2, 0));
        assertEquals(0.3, Column.multiple(0.1 + 0.2, 0.01), "as it is written");
        assertEquals(6, Column.multiple(7, 3));
        assertEquals(7.5, Column.multiple(7.4, 2.5));
        assertEquals(0.7, Column.multiple(0.6, 0.7), 1e-15);
    }

    private static List<Condition> beneath(Condition... conditions) {
        return RULES.beneath(new Evidence(List.of(conditions)));
    }

    private static void assertEqual(int column, double value, Condition found) {
        assertEquals(new Condition.Equal(column, value), found);
    }

    private static void assertOneOf(int column, double[] values, Condition found) {
        Condition.OneOf one = (Condition.OneOf) found;
        assertEquals(column, one.column());
        assertArrayEquals(values, one.values());
    }

    private static void assertSum(double[] weights, double lower, double upper, Condition found) {
        Condition.Linear linear = (Condition.Linear) found;
        assertArrayEquals(weights, linear.weights());
        assertEquals(lower, linear.lower());
        assertEquals(upper, linear.upper());
    }

    @Test
    void evidenceAboutAColumnOfItsOwnIsThatOfItsPlace() {
        List<Condition> found = beneath(
                new Condition.Equal(6, 30), new Condition.OneOf(0, new double[] {1, 2}), new Condition.Within(1, 3, 4));
        assertEqual(FIRST, 30, found.get(0));
        assertOneOf(NET, new double[] {1, 2}, found.get(1));
        assertEquals(new Condition.Within(VAT, 3, 4), found.get(2));
    }

    @Test
    void evidenceAboutAFlagLeavesLevels() {
        assertOneOf(FLAG, new double[] {1}, beneath(new Condition.Equal(4, 1)).get(0));
        assertOneOf(
                FLAG, new double[] {0, 2}, beneath(new Condition.Equal(4, 0)).get(0));
        assertOneOf(
                FLAG,
                new double[] {0, 1, 2},
                beneath(new Condition.OneOf(4, new double[] {0, 1})).get(0));
        assertOneOf(
                FLAG, new double[] {0}, beneath(new Condition.Within(3, 0.5, 1)).get(0));
        assertOneOf(
                FLAG,
                new double[] {0, 1, 2},
                beneath(new Condition.Within(3, 0, 1)).get(0));
        InputException refusal = assertThrows(InputException.class, () -> beneath(new Condition.Within(4, 0.2, 0.8)));
        assertTrue(refusal.getMessage().contains("'b'"), refusal.getMessage());
    }

    @Test
    void evidenceAboutACityLeavesCombinations() {
        assertOneOf(
                PLACE, new double[] {2, 3}, beneath(new Condition.Equal(8, 1)).get(0));
        assertOneOf(
                PLACE,
                new double[] {0, 3},
                beneath(new Condition.OneOf(9, new double[] {0, 2})).get(0));
        assertOneOf(
                PLACE,
                new double[] {2, 3},
                beneath(new Condition.Within(9, 1, 2)).get(0));
        InputException refusal = assertThrows(InputException.class, () -> beneath(new Condition.Within(9, 0.2, 0.8)));
        assertTrue(refusal.getMessage().contains("'city'"), refusal.getMessage());
    }

    /** total = net + 2 vat + 5, so that total - 5 is what the weights sum. */
    @Test
    void evidenceAboutASumIsAboutItsTerms() {
        double[] weights = {1, 2, 0, 0, 0, 0};
        assertSum(weights, 138, 138, beneath(new Condition.Equal(2, 143)).get(0));
        assertSum(weights, 95, 195, beneath(new Condition.Within(2, 100, 200)).get(0));
        assertSum(
                new double[] {0, 0, 0, 1, 1, 0},
                40,
                40,
                beneath(new Condition.Equal(7, 40)).get(0));
        double[] difference = new double[10];
        difference[2] = 2;
        difference[0] = -1;
        difference[7] = 3;
        // 2 total - net + 3 last = net + 4 vat + 10 + 3 first + 3 more.
        assertSum(
                new double[] {1, 4, 0, 3, 3, 0},
                -10,
                90,
                beneath(new Condition.Linear(difference, 0, 100)).get(0));
        double[] flag = new double[10];
        flag[3] = 1;
        flag[0] = 1;
        Condition.Linear joined = new Condition.Linear(flag, 0, 1);
        assertTrue(RULES.joins(joined));
        assertFalse(RULES.joins(new Condition.Linear(difference, 0, 100)));
        assertFalse(RULES.joins(new Condition.Equal(3, 1)));
        double[] city = new double[10];
        city[9] = 1;
        assertTrue(RULES.joins(new Condition.Linear(city, 0, 1)));
        assertEquals(List.of(), beneath(joined), "left to draws");
        assertEquals(
                List.of(2, 7),
                IntStream.range(0, 10).filter(RULES::isSum).boxed().toList());
    }

    @Test
    void thatASumHasAValueIsThatItsTermsHave() {
        List<Condition> any = beneath(new Condition.Within(2, NONE, ANY));
        assertEquals(List.of(new Condition.Within(NET, NONE, ANY), new Condition.Within(VAT, NONE, ANY)), any);
        InputException refusal = assertThrows(InputException.class, () -> beneath(new Condition.Equal(2, GAP)));
        assertTrue(refusal.getMessage().contains("'total'"), refusal.getMessage());
        Rules oneGap = new Rules(
                List.of(
                        Column.real("x"),
                        Column.real("y").withGaps(true),
                        Column.real("sum").withGaps(true)),
                List.of(new Rule.Sum(2, new int[] {0, 1}, new double[] {1, 1}, 0)));
        assertEqual(
                1,
                GAP,
                oneGap.beneath(new Evidence(List.of(new Condition.Equal(2, GAP))))
                        .get(0));
        assertSum(
                new double[] {1, 1},
                NONE,
                3,
                oneGap.beneath(new Evidence(List.of(new Condition.Within(2, NONE, 3))))
                        .get(0));
        assertSum(
                new double[] {1, 1},
                3,
                ANY,
                oneGap.beneath(new Evidence(List.of(new Condition.Within(2, 3, ANY))))
                        .get(0));
    }
}
