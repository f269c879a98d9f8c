package org.eigendrift.engine.conditional;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.junit.jupiter.api.Test;

/** Which evidence columns admit, and in which words other evidence is refused. */
class AdmissibleTest {
    private static final double GAP = Double.NaN;
    private static final List<Column> COLUMNS = List.of(
            Column.bounded("share", 0, 1),
            Column.integer("count", 0, 9),
            Column.category("colour", List.of("red", "green", "blue")),
            Column.angle("wind", 0, 360),
            Column.real("income").withGaps(true),
            Column.bounded("rain", 0, 100).withAtoms(-1));
    private static final int SHARE = 0;
    private static final int COUNT = 1;
    private static final int COLOUR = 2;
    private static final int WIND = 3;
    private static final int INCOME = 4;
    private static final int RAIN = 5;

    private static Condition equal(int column, double value) {
        return new Condition.Equal(column, value);
    }

    private static Condition within(int column, double lower, double upper) {
        return new Condition.Within(column, lower, upper);
    }

    private static Condition oneOf(int column, double... values) {
        return new Condition.OneOf(column, values);
    }

    private static Condition sum(double lower, double upper, double... weights) {
        return new Condition.Linear(weights, lower, upper);
    }

    private static void assertAdmitted(Condition... conditions) {
        assertDoesNotThrow(() -> Admissible.require(COLUMNS, Evidence.of(conditions)));
    }

    private static void assertRefused(String message, Condition... conditions) {
        assertEquals(
                message,
                assertThrows(InputException.class, () -> Admissible.require(COLUMNS, Evidence.of(conditions)))
                        .getMessage());
    }

    /** Where rows were seen to end is no wall, but counts are not negative for that. */
    @Test
    void rangesThatWereOnlySeenAreNoBounds() {
        List<Column> seen = List.of(
                Column.integer("count", 2, 9).withEnds(Column.Ends.OPEN),
                Column.date("day", 19_000, 19_400).withEnds(Column.Ends.OPEN),
                Column.integer("degrees", -3, 9).withEnds(Column.Ends.OPEN),
                Column.positive("mass"));
        assertDoesNotThrow(() -> Admissible.require(
                seen,
                Evidence.of(equal(0, 0), equal(0, 0), within(1, 20_000, 21_000), equal(2, -1_000), equal(3, 1e300))));
        String[] refusals = {
            "column 'count': found -1, expected a whole number of at least 0",
            "column 'mass': found 0, expected a value above 0"
        };
        Condition[] wrong = {equal(0, -1), equal(3, 0)};
        for (int k = 0; k < wrong.length; k++) {
            Evidence evidence = Evidence.of(wrong[k]);
            assertEquals(
                    refusals[k],
                    assertThrows(InputException.class, () -> Admissible.require(seen, evidence))
                            .getMessage());
        }
    }

    @Test
    void valuesAreThoseOfTheColumn() {
        assertAdmitted(equal(SHARE, 0), equal(COUNT, 9), equal(COLOUR, 2), equal(WIND, 400), equal(INCOME, GAP));
        assertAdmitted(equal(RAIN, -1));
        assertRefused("column 'share': found 1.5, expected a value from 0 to 1", equal(SHARE, 1.5));
        assertRefused("column 'count': found 2.5, expected a whole number from 0 to 9", equal(COUNT, 2.5));
        assertRefused("column 'colour': found 3, expected one of [red, green, blue]", equal(COLOUR, 3));
        assertRefused("column 'colour': found -1, expected one of [red, green, blue]", equal(COLOUR, -1));
        assertRefused("column 'colour': found 0.5, expected one of [red, green, blue]", equal(COLOUR, 0.5));
        assertRefused("column 'rain': found -2, expected a value from 0 to 100", oneOf(RAIN, 5, -2));
        assertRefused("column 'share': found a gap, and every row of the model has a value there", equal(SHARE, GAP));
    }

    @Test
    void columnsAreThoseOfTheTable() {
        assertRefused("evidence about column -1 of a table of 6 columns, expected 0 to 5", equal(-1, 0));
        assertRefused("evidence about column 6 of a table of 6 columns, expected 0 to 5", within(6, 0, 1));
    }

    @Test
    void rangesMeetTheColumnAndAreNotEmpty() {
        assertAdmitted(within(SHARE, 0.2, 0.2));
        assertAdmitted(within(SHARE, 1, 7));
        assertAdmitted(within(SHARE, -7, 0));
        assertRefused("column 'share': found from 1.5 to 7, expected a value from 0 to 1", within(SHARE, 1.5, 7));
        assertRefused("column 'share': found from -7 to -0.5, expected a value from 0 to 1", within(SHARE, -7, -0.5));
        assertRefused("column 'share': a range from 0.75 to 0.25 is empty", within(SHARE, 0.75, 0.25));
    }

    @Test
    void rangesOfAColumnMeetOneAnother() {
        assertAdmitted(within(SHARE, 0, 0.5), within(SHARE, 0.5, 1));
        assertRefused(
                "column 'share': the conditions contradict each other: no value agrees with all of them (from 0.75 to 1, and"
                        + " others leave from 0 to 0.5)",
                within(SHARE, 0, 0.5),
                within(SHARE, 0.75, 1));
    }

    @Test
    void valuesMeetRangesInEitherOrder() {
        assertAdmitted(within(SHARE, 0.25, 0.5), equal(SHARE, 0.25));
        assertAdmitted(equal(SHARE, 0.5), within(SHARE, 0.25, 0.5));
        String outside =
                "column 'share': the conditions contradict each other: no value agrees with all of them (0.75, and others leave from"
                        + " 0.25 to 0.5)";
        assertRefused(outside, within(SHARE, 0.25, 0.5), equal(SHARE, 0.75));
        assertRefused(outside.replace("0.75, and", "0.125, and"), within(SHARE, 0.25, 0.5), equal(SHARE, 0.125));
        assertThrows(
                InputException.class,
                () -> Admissible.require(COLUMNS, Evidence.of(equal(SHARE, 0.75), within(SHARE, 0.25, 0.5))));
        // A value of its own is in no range of the others, and has no part in them.
        assertAdmitted(within(RAIN, 1, 5), equal(RAIN, -1));
        assertAdmitted(within(INCOME, 1, 5), equal(INCOME, GAP));
    }

    @Test
    void setsOfValuesMeet() {
        assertAdmitted(oneOf(COLOUR, 0, 1), oneOf(COLOUR, 1, 2), equal(COLOUR, 1));
        assertRefused(
                "column 'colour': the conditions contradict each other: no value agrees with all of them ('red', and others leave"
                        + " 'green')",
                oneOf(COLOUR, 0, 1),
                oneOf(COLOUR, 1, 2),
                equal(COLOUR, 0));
        assertRefused(
                "column 'count': the conditions contradict each other: no value agrees with all of them (from 4 to 6, and others"
                        + " leave 1, 2)",
                oneOf(COUNT, 1, 2),
                within(COUNT, 4, 6));
        assertAdmitted(oneOf(COUNT, 1, 4), within(COUNT, 4, 6), equal(COUNT, 4));
        assertAdmitted(equal(INCOME, GAP), equal(INCOME, GAP));
        assertThrows(
                InputException.class,
                () -> Admissible.require(COLUMNS, Evidence.of(equal(INCOME, GAP), equal(INCOME, 3))));
    }

    @Test
    void sumsAreOfNumbersAndHaveAWeightForEach() {
        assertAdmitted(sum(1, 1, 1, 1, 0, 1, 0, 0));
        assertRefused("a linear condition with 2 weights for 6 columns", sum(0, 1, 1, 1));
        assertRefused("a sum of columns from 2.0 to 1.0 is empty", sum(2, 1, 1, 1, 0, 1, 0, 0));
        assertRefused(
                "column 'colour' is one of levels, which have no sum; expected a condition of its own",
                sum(0, 1, 1, 1, 1, 1, 0, 0));
    }

    /** As conditions have them, not as they are coded. */
    @Test
    void momentsAreTold() {
        Column day = Column.date("day", 19_723, 19_905);
        assertEquals("'2024-05-01'", Admissible.text(day, 19_844));
        assertEquals("'09:30'", Admissible.text(Column.time("at"), 34_200));
        assertEquals("'1969-12-31T23:59:59'", Admissible.text(Column.dateTime("when", -1e9, 1e9), -1));
        assertEquals(
                "Infinity", Admissible.text(Column.date("day", 0, Double.POSITIVE_INFINITY), Double.POSITIVE_INFINITY));
        assertEquals(
                "column 'day': found '2025-01-01', expected a value from '2024-01-01' to '2024-07-01'",
                assertThrows(
                                InputException.class,
                                () -> Admissible.require(List.of(day), Evidence.of(new Condition.Equal(0, 20_089))))
                        .getMessage());
    }
}
