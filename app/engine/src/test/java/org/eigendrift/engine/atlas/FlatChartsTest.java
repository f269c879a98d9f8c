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
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.flow.Flows;
import org.eigendrift.engine.judge.Judged;
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
        int left = ((Mixture) law).members().size();
        assertTrue(left < 3);
        Decision told = ((Mixture) law).report().decisions().get(0);
        assertEquals(Judged.CHARTS, told.what());
        assertEquals(String.valueOf(left), told.chosen());
        assertTrue(told.reason().startsWith("of the 3 charts that were asked for " + left + " "), told.reason());
    }

    /** A column of two values has one in each of two charts: what is left is one model, which says so. */
    @Test
    void oneModelThatIsLeftSaysSo() {
        Points points = clouds();
        for (int n = 0; n < points.size(); n++) {
            points.set(1, n, points.get(0, n) > 10 ? 1 : 0);
        }
        FitSettings settings = FitSettings.of(Map.of("components", 2), Families.CATALOG);
        Flows law = AtlasFit.of(InMemory.of(points), settings, Families.CATALOG, RunContext.quiet(1));
        Decision told = ((FittedModel) law).report().decisions().get(0);
        assertTrue(told.reason().startsWith("of the 2 charts that were asked for 1 is left"), told.reason());
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
