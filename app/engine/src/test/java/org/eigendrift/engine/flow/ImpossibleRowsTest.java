package org.eigendrift.engine.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.report.ImpossibleRows;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Test;

class ImpossibleRowsTest {
    private static FittedModel model(List<Map<String, Object>> frames) {
        return model(Column.real("mass"), frames);
    }

    private static FittedModel model(Column mass, List<Map<String, Object>> frames) {
        CounterRandom random = new CounterRandom(4);
        Points rows = Points.zeros(2, 800);
        for (int n = 0; n < rows.size(); n++) {
            rows.set(0, n, random.uniform(n, 0));
            rows.set(1, n, 5 + random.uniform(n, 1));
        }
        Map<String, Object> settings = frames.isEmpty()
                ? Map.of("basis", Map.of("family", "cosine", "degree", 3))
                : Map.of("basis", Map.of("family", "cosine", "degree", 3), "frame", frames);
        return Fit.of(
                new InMemory(List.of(Column.real("width"), mass), rows),
                FitSettings.of(settings, Families.CATALOG),
                Families.CATALOG,
                RunContext.quiet(3));
    }

    private static Optional<String> sentence(FittedModel model, Points rows) {
        double[] nats = model.logLikelihood(rows, RunContext.quiet(1)).nats();
        ImpossibleRows impossible = new ImpossibleRows(model);
        impossible.add(rows, nats);
        return impossible.sentence("held-out ");
    }

    @Test
    void namesColumnAndFirstValue() {
        FittedModel model = model(List.of());
        assertEquals(Optional.empty(), sentence(model, Points.ofRows(new double[] {0.5, 5.5})));
        Points rows = Points.ofRows(
                new double[] {0.5, 5.5}, new double[] {0.5, 63}, new double[] {-70, 64}, new double[] {0.1, 65});
        assertEquals(
                "3 of 4 held-out rows have a log-likelihood of negative infinity: outside the model's support in 'mass' (3), "
                        + "'width' (1); row 2 has mass = 63.0000; declare the column's bounds, or choose a family whose "
                        + "support is wider",
                sentence(model, rows).orElseThrow());
    }

    /** Bounds that a target declared, or took from the rows, were too narrow. */
    @Test
    void namesBoundsThatAreTooNarrow() {
        FittedModel model = model(Column.bounded("mass", 4, 7), List.of());
        String text = sentence(model, Points.ofRows(new double[] {0.5, 7.5})).orElseThrow();
        assertTrue(
                text.endsWith("row 1 has mass = 7.50000; its bounds are 4.00000 and 7.00000: declare wider ones"),
                text);
    }

    @Test
    void saysSoWhereCoordinatesAreNoColumns() {
        FittedModel model = model(List.of(Map.of("type", "whiten"), Map.of("type", "box")));
        String text = sentence(model, Points.ofRows(new double[] {40, 5.5})).orElseThrow();
        assertTrue(text.startsWith("1 of 1 held-out rows has a log-likelihood"), text);
        assertTrue(text.contains("in the frame's coordinates, where the support is [0.00000, 1.00000]"), text);
    }
}
