package org.eigendrift.bases.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.contract.FrameContract;
import org.junit.jupiter.api.Test;

class BoxFrameTest extends FrameContract<BoxFrame.Options> {
    private static final List<Column> COLUMNS = List.of(
            Column.real("height"),
            Column.positive("price"),
            Column.bounded("share", -2, 2),
            Column.angle("phase", 0, 2 * Math.PI));

    @Override
    protected FrameProvider<BoxFrame.Options> provider() {
        return new BoxFrame();
    }

    @Override
    protected Dataset data() {
        return Tables.random(COLUMNS, 500);
    }

    private static Frame fit(Dataset data, Map<String, ?> options) {
        BoxFrame box = new BoxFrame();
        return box.create(box.options().of(options), new FrameContext(data, RunContext.quiet(1)));
    }

    @Test
    void theRangeIsWidenedByThePadding() {
        Dataset data = InMemory.of(Points.ofRows(new double[][] {{10}, {20}, {12}}));
        Points z = Points.zeros(1, 3);
        fit(data, Map.of("padding", 0.25)).forward(InMemory.read(data, 3), z, new double[3]);
        // [10, 20] widened by a quarter of 10 is [7.5, 22.5].
        assertEquals(2.5 / 15, z.get(0, 0), 1e-15);
        assertEquals(12.5 / 15, z.get(0, 1), 1e-15);
    }

    @Test
    void aPositiveColumnIsNotWidenedBelowZero() {
        Dataset data = new InMemory(List.of(Column.positive("p")), Points.wrap(1, 3, new double[] {0.1, 5, 9}));
        Points x = Points.zeros(1, 1);
        fit(data, Map.of()).inverse(Points.wrap(1, 1, new double[] {0}), x);
        assertEquals(0, x.get(0, 0));
    }

    @Test
    void boundsTakeTheirPlaceInOrder() {
        Dataset data = Tables.random(COLUMNS, 50);
        Frame frame = fit(data, Map.of("lower", List.of(-100, 0), "upper", List.of(100, 1000)));
        Points z = Points.zeros(4, 1);
        frame.forward(Points.ofRows(new double[] {50, 250, 1, 3}), z, new double[1]);
        assertEquals(0.75, z.get(0, 0));
        assertEquals(0.25, z.get(1, 0));
        assertEquals(0.75, z.get(2, 0));
        assertEquals(3, z.get(3, 0), "an angle passes through");
        assertEquals(Column.bounded("price", 0, 1), frame.columns().get(1));
        assertEquals(COLUMNS.get(3), frame.columns().get(3));
    }

    @Test
    void onlyNamedColumnsAreMapped() {
        Frame frame = fit(Tables.random(COLUMNS, 50), Map.of("columns", List.of("share")));
        assertEquals(COLUMNS.get(0), frame.columns().get(0));
        assertEquals(Column.bounded("share", 0, 1), frame.columns().get(2));
    }

    @Test
    void refusalsNameTheColumn() {
        assertRefused(Map.of(), "'x2' is constant, 4.0 in all 2 rows", new double[] {1, 4}, new double[] {2, 4});
        assertRefused(Map.of(), "'x1' has a single row", new double[] {1, 4});
        assertRefused(
                Map.of("columns", List.of("x7")), "no column 'x7'; did you mean 'x1'", new double[] {1}, new double[] {2
                });
        assertRefused(
                Map.of("lower", List.of(0), "upper", List.of(1)),
                "row 2, column 'x1': the value 2.0 lies outside [0.0, 1.0]",
                new double[] {1},
                new double[] {2});
        assertRefused(
                Map.of("lower", List.of(0, 0), "upper", List.of(3, 3)),
                "2 bounds were given for 1",
                new double[] {1},
                new double[] {2});
        assertRefused(
                Map.of("lower", List.of(0)), "lower has 1 numbers and upper 0", new double[] {1}, new double[] {2});
    }

    private static void assertRefused(Map<String, ?> options, String expected, double[]... rows) {
        String message = assertThrows(InputException.class, () -> fit(InMemory.of(Points.ofRows(rows)), options))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }
}
