package org.eigendrift.bases.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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

class AngleFrameTest extends FrameContract<AngleFrame.Options> {
    private static final List<Column> COLUMNS =
            List.of(Column.angle("turn", -180, 180), Column.real("height"), Column.angle("hour", 0, 24));

    @Override
    protected FrameProvider<AngleFrame.Options> provider() {
        return new AngleFrame();
    }

    @Override
    protected Dataset data() {
        return Tables.random(COLUMNS, 300);
    }

    @Test
    void valuesOutsideThePeriodAreWrapped() {
        double[] turns = {-540, -180, 0, 179.5, 180, 190, Math.nextDown(-180.0)};
        Dataset data = new InMemory(List.of(COLUMNS.get(0)), Points.wrap(1, turns.length, turns));
        AngleFrame provider = new AngleFrame();
        Frame frame = provider.create(provider.options().defaults(), new FrameContext(data, RunContext.quiet(1)));
        Points z = Points.zeros(1, turns.length);
        frame.forward(InMemory.read(data, turns.length), z, new double[turns.length]);
        double[] degrees = {0, 0, 180, 359.5, 0, 10};
        for (int n = 0; n < degrees.length; n++) {
            assertEquals(Math.toRadians(degrees[n]), z.get(0, n), 1e-14);
        }
        double last = z.get(0, 6);
        assertTrue(last >= 0 && last < 2 * Math.PI, "just below the period: " + last);
        Points x = Points.zeros(1, turns.length);
        frame.inverse(z, x);
        for (double value : x.column(0)) {
            assertTrue(value >= -180 && value < 180);
        }
    }
}
