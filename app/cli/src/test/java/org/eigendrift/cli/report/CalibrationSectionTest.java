package org.eigendrift.cli.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.engine.comparison.Calibration;
import org.junit.jupiter.api.Test;

class CalibrationSectionTest {
    private static final double[] RANKS = {0.005, 0.05, 0.15, 0.995, 0.55};

    @Test
    void ranksFallIntoTenBins() {
        assertArrayEquals(new int[] {2, 1, 0, 0, 0, 1, 0, 0, 0, 1}, CalibrationSection.bins(RANKS));
    }

    @Test
    void everyColumnHasAPictureAndCoverageANumber() {
        Calibration counts = new Calibration(new double[][] {RANKS, RANKS}, new double[] {0.2, 0.4, 0.6, 0.8, 0.99});
        String html = CalibrationSection.html(new ReportInput.Calibration(List.of("alpha", "<beta>"), counts));
        assertTrue(html.contains("Histogram of ranks of alpha in 10 bins"), html);
        assertTrue(html.contains("Histogram of ranks of &lt;beta&gt; in 10 bins"), html);
        // Ten bars and a band for each of two columns.
        assertEquals(22, html.split("<rect ", -1).length - 1);
        assertTrue(html.contains("50 %</th>\n<td class=\"n\">40 %</td>"), html);
    }
}
