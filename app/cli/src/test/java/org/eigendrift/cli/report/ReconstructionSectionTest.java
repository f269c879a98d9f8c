package org.eigendrift.cli.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eigendrift.api.Points;
import org.junit.jupiter.api.Test;

/** What a report tells of reconstructions. */
class ReconstructionSectionTest {
    private static final Points ROWS = EdgeCaseReportTest.noise(2, 50, 1);

    private static ReportInput input(Optional<double[]> truth) {
        Reconstruction row = new Reconstruction(
                truth,
                new double[] {1.5, Double.NaN},
                new double[] {1.4, 0.25},
                new double[] {0.1, 0.5},
                new double[] {1.2, -0.6},
                new double[] {1.6, 1.1},
                new double[] {1.3, 0.4},
                Optional.empty(),
                0.21,
                OptionalDouble.of(321));
        ReportInput plain = EdgeCaseReportTest.plain(ROWS, ROWS);
        return new ReportInput(
                plain.title(),
                plain.summary(),
                plain.facts(),
                plain.columns(),
                plain.text(),
                plain.data(),
                plain.samples(),
                plain.figures(),
                plain.spectrum(),
                plain.grid(),
                plain.choices(),
                plain.timings(),
                plain.remarks(),
                plain.config(),
                plain.trajectories(),
                plain.image(),
                plain.models(),
                plain.calibration(),
                plain.particles(),
                Optional.of(new ReportInput.Reconstructions(List.of(row), new boolean[] {false, true}, 0.2)));
    }

    @Test
    void hiddenNumbersAreComparedAndTold() {
        String html =
                HtmlReport.render(input(Optional.of(new double[] {1.45, 0.75}))).replace("\n", "");
        // The hidden number alone counts: |.75 - .25|.
        assertTrue(html.contains("<td class=\"n\">0.500</td><td class=\"n\">100 %</td><td class=\"n\">321"), "line");
        assertTrue(html.contains("<td>–</td><td>0.75"), "nothing is seen of c1");
        JsonNode cells = new Pictures(input(Optional.of(new double[] {1.45, 0.75})))
                .json()
                .path("recovered");
        assertEquals(1, cells.size());
        double[] column = ROWS.column(1);
        double mean = Arrays.stream(column).average().orElseThrow();
        double scale = Math.sqrt(Arrays.stream(column)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
        assertEquals((0.75 - mean) / scale, cells.get(0).get(0).asDouble(), 5e-4);
        assertEquals((1.1 - mean) / scale, cells.get(0).get(3).asDouble(), 5e-4);
    }

    @Test
    void withoutTruthThereIsNothingToCompare() {
        String html = HtmlReport.render(input(Optional.empty())).replace("\n", "");
        assertTrue(html.contains("the truth is not known"));
        assertFalse(html.contains("data-chart=\"recovered\""));
        assertTrue(html.contains("<td class=\"n\">0.210</td><td class=\"n\">0.200</td><td class=\"n\">321"), "line");
    }

    @Test
    void pixelsOfWhichNothingIsSeenAreGrey() {
        JsonNode strips = new Pictures(Demo.images()).json().path("strips");
        byte[] seen = Base64.getDecoder().decode(strips.path("seen").asText());
        byte[] truth = Base64.getDecoder().decode(strips.path("truth").asText());
        assertEquals(3 * 64, seen.length);
        for (int k = 0; k < seen.length; k++) {
            assertEquals(k % 2 == 1 ? (byte) 128 : truth[k], seen[k], "pixel " + k);
        }
        byte[] spread = Base64.getDecoder().decode(strips.path("spread").asText());
        int most = 0;
        for (byte level : spread) {
            most = Math.max(most, level & 0xff);
        }
        assertEquals(255, most, "the widest is white");
        assertArrayEquals(truth, Base64.getDecoder().decode(strips.path("mean").asText()));
    }
}
