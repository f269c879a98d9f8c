package org.eigendrift.bases.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.contract.FrameContract;
import org.junit.jupiter.api.Test;

class StandardizeFrameTest extends FrameContract<StandardizeFrame.Options> {
    private static final List<Column> COLUMNS =
            List.of(Column.real("height"), Column.positive("price"), Column.real("weight"));

    @Override
    protected FrameProvider<StandardizeFrame.Options> provider() {
        return new StandardizeFrame();
    }

    @Override
    protected Dataset data() {
        return Tables.random(COLUMNS, 9000);
    }

    private static Frame fit(Dataset data) {
        StandardizeFrame standardize = new StandardizeFrame();
        return standardize.create(standardize.options().defaults(), new FrameContext(data, RunContext.quiet(1)));
    }

    @Test
    void realColumnsGetMeanZeroAndDeviationOne() {
        Dataset data = data();
        Points x = InMemory.read(data, 9000);
        Points z = Points.zeros(3, 9000);
        fit(data).forward(x, z, new double[9000]);
        for (int i : new int[] {0, 2}) {
            double sum = 0;
            double squares = 0;
            for (double value : z.column(i)) {
                sum += value;
                squares += value * value;
            }
            assertEquals(0, sum / 9000, 1e-13);
            assertEquals(1, squares / 9000, 1e-13);
        }
        assertEquals(x.get(1, 77), z.get(1, 77), "a positive column passes through");
    }

    /** Values whose squares lose every digit of the variance if it were computed as a difference. */
    @Test
    void aLargeMeanDoesNotCancel() {
        Dataset data = InMemory.of(Points.wrap(1, 4, new double[] {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16}));
        // Mean 1e9 + 10, squared deviations 36, 9, 9, 36: variance 22.5.
        assertEquals(Math.sqrt(22.5), fit(data).state().get("scale", 1)[0], 1e-14);
    }

    @Test
    void aConstantColumnIsNamed() {
        Dataset data = InMemory.of(Points.ofRows(new double[] {1, 5}, new double[] {2, 5}));
        String message = assertThrows(InputException.class, () -> fit(data)).getMessage();
        assertTrue(message.contains("column 'x2' is constant"), message);
    }

    @Test
    void aDamagedStateIsRefused() {
        StandardizeFrame standardize = new StandardizeFrame();
        State state = State.of(Map.of("shift", new double[3], "scale", new double[] {1, 0, 1}));
        String message = assertThrows(
                        InputException.class,
                        () -> standardize.restore(standardize.options().defaults(), COLUMNS, state))
                .getMessage();
        assertTrue(message.contains("'price'"), message);
    }
}
