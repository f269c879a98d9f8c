package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.DrawRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cities, each in one country. */
class FixedColumnsTest {
    private static final int[] COUNTRIES = {0, 0, 1, 1, 1, 2, 2, 0};

    private static final List<Column> COLUMNS = List.of(
            Column.category("country", List.of("x", "y", "z")),
            Column.category("city", List.of("A", "B", "C", "D", "E", "F", "G", "H")),
            Column.integer("age", 18, 79),
            Column.bool("coast", "no", "yes"));

    /** The last column is fixed by the city alone, the age by nothing. */
    private static Points rows(int count) {
        CounterRandom random = new CounterRandom(6);
        Points out = Points.zeros(4, count);
        for (int n = 0; n < count; n++) {
            int city = (int) (8 * Math.pow(random.uniform(n, 0), 1.5));
            out.set(0, n, COUNTRIES[city]);
            out.set(1, n, city);
            out.set(2, n, 18 + Math.floor(62 * random.uniform(n, 1)));
            out.set(3, n, city % 2);
        }
        return out;
    }

    @Test
    void whatIsFixedStandsBehindWhatFixesIt() {
        FixedColumns fixed = new FixedColumns(rows(500));
        assertArrayEquals(new int[] {1, 3, 0, 2}, fixed.behind(new int[] {0, 3, 1, 2}));
        assertArrayEquals(new int[] {2, 1, 0, 3}, fixed.behind(new int[] {2, 1, 0, 3}));
    }

    /** Kernels and chain, with and without rows enough for kernels. */
    @ParameterizedTest
    @ValueSource(ints = {300, 2500})
    void noDrawBreaksWhatHoldsInAllRows(int count) {
        Points rows = rows(count);
        // The same columns from last to first: what comes first in the file is of no account.
        for (int[] order : new int[][] {{0, 1, 2, 3}, {3, 2, 1, 0}}) {
            Points turned = Points.zeros(4, count);
            for (int k = 0; k < 4; k++) {
                for (int n = 0; n < count; n++) {
                    turned.set(k, n, rows.get(order[k], n));
                }
            }
            List<Column> columns = IntStream.of(order).mapToObj(COLUMNS::get).toList();
            TableLaw law = new TableFit(
                            columns,
                            columns.stream().map(TableLawProvider::spec).toList(),
                            RunContext.quiet(3))
                    .fit(turned);
            Points drawn =
                    law.draw(DrawRequest.of(100_000), RunContext.quiet(4)).rows();
            int city = order[0] == 0 ? 1 : 2;
            long broken = IntStream.range(0, drawn.size())
                    .filter(n -> {
                        int in = (int) drawn.get(city, n);
                        return drawn.get(order[0] == 0 ? 0 : 3, n) != COUNTRIES[in]
                                || drawn.get(order[0] == 0 ? 3 : 0, n) != in % 2;
                    })
                    .count();
            assertEquals(0, broken);
        }
    }
}
