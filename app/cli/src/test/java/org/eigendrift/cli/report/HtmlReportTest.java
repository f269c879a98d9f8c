package org.eigendrift.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eigendrift.api.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path directory;

    private static JsonNode data(String html) throws IOException {
        Matcher matcher = Pattern.compile("id=\"report-data\">(.*?)</script>", Pattern.DOTALL)
                .matcher(html);
        assertTrue(matcher.find());
        return MAPPER.readTree(matcher.group(1));
    }

    @Test
    void isOneSelfContainedFile() throws IOException {
        Path file = directory.resolve("report.html");
        Files.writeString(file, "an older one");
        HtmlReport.write(Demo.twoMoons(), file);
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(file), left.toList(), "no temporary file stays");
        }
        assertTrue(Files.size(file) < 2_000_000, Files.size(file) + " bytes");
        // The library itself names XML namespaces: only what a browser would load is looked for.
        String html = Files.readString(file);
        assertFalse(Pattern.compile("(src|href)\\s*=\\s*[\"'](https?:|//)")
                .matcher(html)
                .find());
        assertFalse(html.contains("@import"));
        assertFalse(html.contains("{{"));
    }

    @Test
    void textOfTheUserCannotBecomeMarkup() throws IOException {
        String html = HtmlReport.render(Demo.fiveColumns());
        assertFalse(html.contains("<script>alert"));
        assertTrue(html.contains("share &lt;script&gt;alert(1)&lt;/script&gt;"));
        assertTrue(html.contains("# &lt;noise&gt; &amp; &quot;quotes&quot;"));
        assertEquals(
                "share <script>alert(1)</script>",
                data(html).get("correlations").get("names").get(4).textValue());
    }

    @Test
    void theSpectrumCountsWhatStandsAboveItsLine() {
        ReportInput.Spectrum spectrum = Demo.twoMoons().spectrum().orElseThrow();
        long above = Arrays.stream(spectrum.moments())
                .filter(moment -> moment > spectrum.threshold() || moment < -spectrum.threshold())
                .count();
        assertTrue(above > 0 && above < spectrum.moments().length, above + " of " + spectrum.moments().length);
        assertTrue(HtmlReport.render(Demo.twoMoons())
                .contains(above + " stand above the dashed line at " + Numbers.text(spectrum.threshold(), 2)
                        + ", three standard errors"));
    }

    @Test
    void chartsAreListedAndWhatIsOfOneSaysOfWhich() {
        String html = HtmlReport.render(Demo.twoMoons());
        assertTrue(html.contains("The density is a mixture of 3 local models"));
        String row = "<th scope=\"row\" class=\"n\">2</th>\n<td class=\"n\">0.450</td>\n<td class=\"n\">18,000</td>\n"
                + "<td class=\"n\">52</td>\n<td class=\"n\">0.000125</td>";
        assertTrue(html.contains(row), html.substring(html.indexOf("id=\"charts\"")));
        long captions = Pattern.compile("Of chart 2, the heaviest of 3 with weight 0\\.450\\.")
                .matcher(html)
                .results()
                .count();
        assertEquals(3, captions, "paths, spectrum and solves");
        assertFalse(HtmlReport.render(Demo.images()).contains("id=\"charts\""), "an ordinary model has no table");
    }

    @Test
    void aTableHasBarsForEveryColumn() throws IOException {
        String html = HtmlReport.render(Demo.table());
        JsonNode root = data(html);
        assertEquals(5, root.get("bars").size());
        assertFalse(root.has("marginals"));
        assertEquals("Gentoo & co", root.get("bars").get(0).get("labels").get(0).textValue());
        assertEquals(25, root.get("correlations").get("data").size());
        assertEquals(3, root.get("pairs").size(), "pairs of the three columns of numbers alone");
        assertTrue(html.contains("exactly 0, not drawn: "), "repeated values stand beside the bars");
        assertTrue(html.contains("species &lt;b&gt;") && !html.contains("species <b>"));
        assertTrue(html.contains("href=\"#column-5\"") && html.contains("id=\"column-5\""));
        assertTrue(html.contains("above that of real rows"));
    }

    @Test
    void picturesAreSubsampled() throws IOException {
        JsonNode root = data(HtmlReport.render(Demo.twoMoons()));
        JsonNode column = root.get("columns").get("0");
        assertEquals(Pictures.POINTS, column.get("data").size());
        assertEquals(Pictures.POINTS, column.get("samples").size());
        assertEquals(1, root.get("pairs").size());
        assertFalse(root.has("correlations"), "two columns need no matrix");
    }

    @Test
    void manyColumnsShowTheirMostCorrelatedPairs() throws IOException {
        JsonNode pairs = data(HtmlReport.render(Demo.fiveColumns())).get("pairs");
        assertEquals(Pictures.CHOSEN_PAIRS, pairs.size());
        // body_mass_g and flipper_length_mm share most of their variance by construction.
        assertEquals("[1,2]", pairs.get(0).toString());
    }

    /** Independent samples of columns that are correlated in the data: that pair differs most. */
    @Test
    void correlationsThatDifferAreListed() {
        Points data = EdgeCaseReportTest.noise(3, 200, 1);
        System.arraycopy(data.values(), 0, data.values(), 400, 200);
        Pictures pictures = new Pictures(EdgeCaseReportTest.plain(data, EdgeCaseReportTest.noise(3, 200, 2)));
        Pictures.Correlated first = pictures.mostDifferentPairs(2).get(0);
        assertEquals(new Pictures.Pair(0, 2), first.pair());
        assertEquals(1, first.data(), 1e-12);
        // Four standard deviations of a correlation of 200 independent rows.
        assertEquals(0, first.samples(), 4 / Math.sqrt(200));
        assertEquals(2, pictures.mostDifferentPairs(2).size());
    }

    @Test
    void whatIsNotFiniteIsVisible() {
        String html = HtmlReport.render(Demo.fiveColumns());
        assertTrue(html.contains("not a number"));
        assertTrue(html.contains("could not be computed"));
        assertTrue(html.contains("∞"));
    }
}
