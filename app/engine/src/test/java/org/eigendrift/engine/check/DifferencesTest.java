package org.eigendrift.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.flow.Fit;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    /** What a step leads to is exact, so that it leads back; far from 0 it may be longer than wanted, but no longer than it must be. */
    @Test
    void stepsLeadToExactNumbers() {
        CounterRandom random = new CounterRandom(3);
        for (int n = 0; n < 2_000; n++) {
            double from = random.normal(n, 0) * Math.pow(10, 20 * random.uniform(n, 1) - 10);
            double wanted = Math.pow(10, 20 * random.uniform(n, 2) - 15);
            double step = Differences.step(from, wanted);
            assertTrue(
                    step > wanted / 2 && step <= Math.max(wanted, Math.ulp(from)), from + ", " + wanted + ": " + step);
            // A sum beyond the next power of two has one digit less.
            if (Math.getExponent(from + step) == Math.getExponent(from)) {
                assertEquals(step, from + step - from, from + ", " + wanted);
            }
        }
    }

    /** Seconds since 1970 that spread by a hundredth: an honest basis and frame were called wrong for the rounding of differences. */
    @Test
    void columnsFarFromZeroAreNoFaultOfABasis() {
        CounterRandom random = new CounterRandom(4);
        Points rows = Points.zeros(2, 300);
        for (int n = 0; n < rows.size(); n++) {
            rows.set(0, n, 1.7e9 + 0.01 * random.normal(n, 0));
            rows.set(1, n, random.normal(n, 1));
        }
        var settings = FitSettings.of(
                Map.of(
                        "basis",
                        Map.of("family", "mean-field", "degree", 5),
                        "frame",
                        List.of(Map.of("type", "whiten"))),
                Families.CATALOG);
        var data = new InMemory(List.of(Column.real("seconds"), Column.real("x")), rows);
        assertTrue(Fit.of(data, settings, Families.CATALOG, RunContext.quiet(1))
                        .provenance()
                        .rows()
                > 0);
        var plain = FitSettings.of(Map.of("basis", Map.of("family", "mean-field", "degree", 5)), Families.CATALOG);
        assertTrue(Fit.of(data, plain, Families.CATALOG, RunContext.quiet(1))
                        .provenance()
                        .rows()
                > 0);
    }
}
