package org.eigendrift.engine.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.flow.Flows;
import org.eigendrift.engine.law.mixture.Mixture;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Test;

/** A column that has one value in a chart has others in the data: no ground to refuse it. */
class FlatChartsTest {
    /** Three clouds; in the last, of few rows, the second column is always 9. */
    private static Points clouds() {
        Points points = Points.zeros(2, 330);
        var random = RunContext.quiet(4).random(77);
        for (int n = 0; n < points.size(); n++) {
            int cloud = n < 150 ? 0 : n < 300 ? 1 : 2;
            points.set(0, n, 20 * cloud + random.normal(n, 0));
            points.set(1, n, cloud == 2 ? 9 : 3 * cloud + random.normal(n, 1));
        }
        return points;
    }

    @Test
    void chartsWithAConstantColumnGoToTheirNeighbours() {
        FitSettings settings = FitSettings.of(Map.of("components", 3), Families.CATALOG);
        Flows law = AtlasFit.of(InMemory.of(clouds()), settings, Families.CATALOG, RunContext.quiet(1));
        assertTrue(((Mixture) law).members().size() < 3);
    }

    @Test
    void theFlatChartOfFewestRowsGoesFirst() {
        Dataset round = InMemory.of(Points.ofRows(new double[] {1, 2}, new double[] {2, 3}));
        Dataset flat = InMemory.of(Points.ofRows(new double[] {1, 2}, new double[] {2, 2}));
        Dataset single = InMemory.of(Points.ofRows(new double[] {1, 2}));
        assertEquals(OptionalInt.of(2), ChartRows.flattest(List.of(flat, round, single)));
        assertEquals(OptionalInt.empty(), ChartRows.flattest(List.of(round)));
    }
}
