package org.eigendrift.cli.where;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhereTest {
    private static final Cells CELLS = new Cells(
            List.of(
                    Column.category("species", List.of("Adelie", "Gentoo", "it's")),
                    Column.real("x"),
                    Column.integer("mass", 0, 9000),
                    Column.ordered("size", List.of("small", "middle", "large")),
                    Column.real("bill length").withGaps(true),
                    Column.date("when", 0, 40_000).withFormat(new Column.Format("date", "yyyy-MM-dd", ""))),
            Catalog.discover(List.of()),
            RunContext.quiet(0));

    private static String text(Condition condition) {
        if (condition instanceof Condition.Equal equal) {
            return equal.column() + " = " + equal.value();
        }
        if (condition instanceof Condition.OneOf one) {
            return one.column() + " in " + Arrays.toString(one.values());
        }
        if (condition instanceof Condition.Within within) {
            return within.column() + " from " + within.lower() + " to " + within.upper();
        }
        Condition.Linear linear = (Condition.Linear) condition;
        return Arrays.toString(linear.weights()) + " from " + linear.lower() + " to " + linear.upper();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            species = 'Gentoo' | 0 = 1.0
            species = Gentoo | 0 = 1.0
            'Gentoo' = species | 0 = 1.0
            species = 'it''s' | 0 = 2.0
            species != 'Gentoo' | 0 in [0.0, 2.0]
            species not in ('Gentoo', Adelie) | 0 in [2.0]
            species IN ('Gentoo','Adelie') AND x > 1 | 0 in [0.0, 1.0]; 1 from 1.0 to Infinity
            x = -2.5e1 | 1 = -25.0
            2 * x + 1 <= 5 | 1 from -Infinity to 2.0
            1 - x < 3 | 1 from -2.0 to Infinity
            mass > 5000 | 2 from 5001.0 to Infinity
            mass < 5000 | 2 from -Infinity to 4999.0
            mass >= 5000 | 2 from 5000.0 to Infinity
            1 < mass <= 7 | 2 from 2.0 to Infinity; 2 from -Infinity to 7.0
            mass between 1 and 3 and x = 0 | 2 from 1.0 to Infinity; 2 from -Infinity to 3.0; 1 = 0.0
            mass in (1, 2) | 2 in [1.0, 2.0]
            size >= middle | 3 from 1.0 to Infinity
            size < 'middle' | 3 from -Infinity to 0.0
            "bill length" is missing | 4 = NaN
            "bill length" is not missing | 4 from -Infinity to Infinity
            x + 2*mass - "bill length" = 3 | [0.0, 1.0, 2.0, 0.0, -1.0, 0.0] from 3.0 to 3.0
            x < mass | [0.0, 1.0, -1.0, 0.0, 0.0, 0.0] from -Infinity to 0.0
            3 <= x - mass | [0.0, 1.0, -1.0, 0.0, 0.0, 0.0] from 3.0 to Infinity
            mass < when | [0.0, 0.0, 1.0, 0.0, 0.0, -1.0] from -Infinity to -1.0
            2 * mass + 4 * when > 6 | [0.0, 0.0, 2.0, 0.0, 0.0, 4.0] from 8.0 to Infinity
            2 * mass + 4 * when > 7 | [0.0, 0.0, 2.0, 0.0, 0.0, 4.0] from 8.0 to Infinity
            2 * mass + 3 * when > 6 | [0.0, 0.0, 2.0, 0.0, 0.0, 3.0] from 7.0 to Infinity
            mass + x > 6 | [0.0, 1.0, 1.0, 0.0, 0.0, 0.0] from 6.0 to Infinity
            when = '1970-01-11' | 5 = 10.0
            when > '1970-01-11' | 5 from 11.0 to Infinity
            """)
    void conditionsAreRead(String where, String expected) {
        Evidence evidence = Where.evidence("--where", where, CELLS);
        assertEquals(
                expected,
                String.join(
                        "; ",
                        evidence.conditions().stream().map(WhereTest::text).toList()));
    }

    /** What is written 1.5 comes from 1.25 to 1.75: of a bound and its opposite one holds, and neither is left out. */
    @Test
    void boundsOfNumbersWithDecimalsLieBetweenThem() {
        Cells cells =
                new Cells(List.of(Column.real("t").withStep(0.5)), Catalog.discover(List.of()), RunContext.quiet(0));
        assertEquals(
                List.of(
                        "0 from 1.25 to Infinity",
                        "0 from -Infinity to 0.75",
                        "0 from 0.75 to Infinity",
                        "0 from -Infinity to 1.25",
                        "0 from 1.25 to Infinity",
                        "0 from -Infinity to 1.25"),
                Where.evidence("--where", "t > 1 and t < 1 and t >= 1 and t <= 1 and t >= 1.1 and t < 1.4", cells)
                        .conditions()
                        .stream()
                        .map(WhereTest::text)
                        .toList());
    }

    @Test
    void orderedLevelsThatAreNumbersAreNamedByThem() {
        Column price = Column.ordered("price", List.of("0.00", "5.10", "12.50"));
        Cells cells = new Cells(List.of(price), Catalog.discover(List.of()), RunContext.quiet(0));
        assertEquals(
                List.of("0 = 1.0", "0 from 1.0 to Infinity", "0 in [0.0, 2.0]"),
                Where.evidence("--where", "price = 5.1 and price >= 5.10 and price in (-0, 12.5)", cells)
                        .conditions()
                        .stream()
                        .map(WhereTest::text)
                        .toList());
    }

    /** By hand: of 0, 2, 4 and 8 those above or below. */
    @Test
    void orderedLevelsAreComparedWithNumbersBetweenThem() {
        Column count = Column.ordered("n", List.of("0", "2", "4.0", "8"));
        Cells cells = new Cells(List.of(count), Catalog.discover(List.of()), RunContext.quiet(0));
        assertEquals(
                List.of(
                        "0 in [1.0, 2.0, 3.0]",
                        "0 in [0.0, 1.0]",
                        "0 in [0.0, 1.0, 2.0, 3.0]",
                        "0 from 1.0 to Infinity"),
                Where.evidence("--where", "n > 1.5 and 3e0 >= n and n >= -1 and n >= 2", cells).conditions().stream()
                        .map(WhereTest::text)
                        .toList());
        assertEquals(
                "--where: character 5: column 'n' has no level > 8.5; its levels are from 0 to 8",
                assertThrows(InputException.class, () -> Where.evidence("--where", "n > 8.5", cells))
                        .getMessage());
        assertThrows(InputException.class, () -> Where.evidence("--where", "n = 1.5", cells));
    }

    /** By hand: ends within the turn from 0 to 360, the way from the first to the second; whole degrees reach half of one further. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a between 350 and 10 | 0 from 350.0 to 370.0
            a between -10 and 10 | 0 from 350.0 to 370.0
            a between 350 and 370 | 0 from 350.0 to 370.0
            350 < a <= 370 | 0 from 350.0 to 370.0
            10 > a >= -10 | 0 from 350.0 to 370.0
            a between 360 and 370 | 0 from 0.0 to Infinity; 0 from -Infinity to 10.0
            a between 350 and 360 | 0 from 350.0 to Infinity; 0 from -Infinity to 360.0
            a between 20 and 50 | 0 from 20.0 to Infinity; 0 from -Infinity to 50.0
            a between 0 and 360 | 0 from 0.0 to Infinity; 0 from -Infinity to 360.0
            whole between 350 and 10 | 1 from 349.5 to 370.5
            350 < whole < 370 | 1 from 350.5 to 369.5
            """)
    void rangesOfAnglesGoOnAcrossTheEndsOfTheTurn(String where, String expected) {
        Cells cells = new Cells(
                List.of(
                        Column.angle("a", 0, 360),
                        Column.angle("whole", -0.5, 359.5).withStep(1)),
                Catalog.discover(List.of()),
                RunContext.quiet(0));
        assertEquals(
                expected,
                Where.evidence("--where", where, cells).conditions().stream()
                        .map(WhereTest::text)
                        .collect(Collectors.joining("; ")));
        assertTrue(assertThrows(InputException.class, () -> Where.evidence("--where", "a between -10 and 351", cells))
                .getMessage()
                .endsWith("the angle 'a' goes round more than once; expected ends at most 360 apart"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            specis = 'Gentoo' | character 1: the model has no column 'specis'; did you mean 'species'?
            x > mas | character 5: the model has no column 'mas'; did you mean 'mass'?
            species = 'Gento' | character 12: column 'species' has no level 'Gento'; did you mean 'Gentoo'?
            species > 'Adelie' | the levels of column 'species' have no order
            species = 3 | has no level '3'
            x = 'high' | column 'x': found 'high', expected a number
            when = 'soon' | column 'when': found 'soon', expected
            when > 5 | column 'when': found '5', expected
            x = 1 or x = 2 | character 7: found 'or', expected conditions joined by 'and'
            x | found the end, expected one of =
            x > | found the end, expected a column
            x > 1 mass < 2 | found 'mass', expected 'and' or the end
            1 = 2 | a comparison without a column
            x != 3 | != leaves out one number of many
            x in (1 | expected ',' or ')'
            x is empty | found 'empty', expected 'missing'
            x # 1 | character 3: found '#', expected a column
            x + 'a' > 2 | expected a column or a number
            """)
    void mistakesAreOneLineWithThePlace(String where, String expected) {
        String message = assertThrows(InputException.class, () -> Where.evidence("--where", where, CELLS))
                .getMessage();
        assertTrue(message.startsWith("--where: ") && message.contains(expected), message);
        assertEquals(1, message.lines().count());
    }
}
