package org.eigendrift.engine.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.flow.Flows;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Few rows are fitted, or called few: no column of theirs is called constant that is not. */
class FewRowsTest {
    private static Flows fit(Points rows) {
        return AtlasFit.of(InMemory.of(rows), FitSettings.auto(), Families.CATALOG, RunContext.quiet(1));
    }

    private static Points normal(int count, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points rows = Points.zeros(2, count);
        for (int n = 0; n < count; n++) {
            rows.set(0, n, random.normal(n, 0));
            rows.set(1, n, random.normal(n, 1));
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7})
    void tooFewAreCalledTooFew(int count) {
        assertEquals(
                "target: too few rows: " + count
                        + " to fit, expected at least 8; give it more, or hold none out (holdout: 0)",
                assertThrows(InputException.class, () -> fit(normal(count, 1))).getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void eightAreEnough(int seed) {
        Points drawn = fit(normal(8, seed))
                .draw(DrawRequest.of(5), RunContext.quiet(1))
                .rows();
        for (double value : drawn.values()) {
            assertTrue(Double.isFinite(value));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 17, 39})
    void aColumnOfWhichOneRowDiffersIsNotConstant(int row) {
        Points rows = normal(40, 1);
        for (int n = 0; n < rows.size(); n++) {
            rows.set(1, n, n == row ? 8 : 7);
        }
        assertEquals(
                2, fit(rows).draw(DrawRequest.of(5), RunContext.quiet(1)).rows().dim());
    }
}
