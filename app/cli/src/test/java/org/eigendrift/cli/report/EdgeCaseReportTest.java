package org.eigendrift.cli.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.junit.jupiter.api.Test;

/** Inputs at the edge of what a run may hand over. */
class EdgeCaseReportTest {

    static ReportInput plain(Points data, Points samples) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < data.dim(); i++) {
            columns.add(Column.real("c" + i));
        }
        return new ReportInput(
                "t",
                "",
                List.of(),
                columns,
                (column, value) -> Numbers.text(value),
                data,
                samples,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Points noise(int dim, int size, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points points = Points.zeros(dim, size);
        for (int i = 0; i < dim; i++) {
            for (int n = 0; n < size; n++) {
                points.set(i, n, random.normal(n, i));
            }
        }
        return points;
    }

    @Test
    void oneColumn() {
        String html = HtmlReport.render(plain(noise(1, 50, 1), noise(1, 40, 2)));
        assertFalse(html.contains("id=\"pairs\""));
        assertTrue(html.contains("id=\"marginals\""));
    }

    @Test
    void noRowsAtAll() {
        assertTrue(
                HtmlReport.render(plain(Points.zeros(3, 0), Points.zeros(3, 0))).contains("</html>"));
    }

    @Test
    void samplesThatAreNotFinite() {
        Points samples = noise(3, 40, 2);
        samples.set(0, 3, Double.NaN);
        samples.set(1, 4, Double.POSITIVE_INFINITY);
        assertTrue(HtmlReport.render(plain(noise(3, 50, 1), samples)).contains("</html>"));
    }

    @Test
    void hundredsOfColumnsStaySmall() {
        String html = HtmlReport.render(plain(noise(300, 3000, 1), noise(300, 3000, 2)));
        assertTrue(html.length() < 3_000_000, html.length() + " characters");
        assertTrue(html.contains("correlation-pairs"));
    }

    @Test
    void constantColumn() {
        Points data = noise(3, 50, 1);
        Points samples = noise(3, 50, 2);
        for (int n = 0; n < 50; n++) {
            data.set(1, n, 7);
            samples.set(1, n, 7);
        }
        assertTrue(HtmlReport.render(plain(data, samples)).contains("</html>"));
    }
}
