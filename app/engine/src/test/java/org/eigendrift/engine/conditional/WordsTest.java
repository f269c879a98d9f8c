package org.eigendrift.engine.conditional;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final List<Column> COLUMNS = List.of(
            Column.category("kind", List.of("x", "y")),
            Column.bounded("k", 0, 10).withStep(1),
            Column.date("when", 0, 40_000),
            Column.real("z"));

    private static String words(Condition... conditions) {
        return Words.of(COLUMNS, Evidence.of(conditions));
    }

    @Test
    void evidenceIsToldAsItIsAsked() {
        double none = Double.NEGATIVE_INFINITY;
        double any = Double.POSITIVE_INFINITY;
        assertEquals(
                "kind = 'y' and z is missing", words(new Condition.Equal(0, 1), new Condition.Equal(3, Double.NaN)));
        assertEquals("kind in ('x', 'y')", words(new Condition.OneOf(0, new double[] {0, 1})));
        assertEquals("k >= 9 and k <= 3", words(new Condition.Within(1, 8.5, any), new Condition.Within(1, none, 3.5)));
        assertEquals("when from '1970-01-02' to '1970-01-04'", words(new Condition.Within(2, 1, 3)));
        assertEquals("z is not missing", words(new Condition.Within(3, none, any)));
        assertEquals("-k + 2.5 z = 1.5", words(new Condition.Linear(new double[] {0, -1, 0, 2.5}, 1.5, 1.5)));
        assertEquals("k - z >= 2", words(new Condition.Linear(new double[] {0, 1, 0, -1}, 2, any)));
        assertEquals("0 = 100", words(new Condition.Linear(new double[4], 100, 100)));
    }
}
