package org.eigendrift.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a report: one HTML file that needs no network. Tables and texts are in the file as HTML, so they can be read
 * without a script; pictures are drawn by Apache ECharts, which is embedded.
 */
public final class HtmlReport {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private HtmlReport() {}

    /**
     * Writes the report, under a temporary name first, so that there is never half a file.
     *
     * @param input what to tell
     * @param file where to; replaced if it exists
     * @throws IOException if the file cannot be written
     */
    public static void write(ReportInput input, Path file) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.writeString(temporary, render(input), StandardCharsets.UTF_8);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * The report as text.
     *
     * @param input what to tell
     * @return an HTML document
     */
    public static String render(ReportInput input) {
        Pictures pictures = new Pictures(input);
        Map<String, String> parts = Map.of(
                "title", Html.escape(input.title()),
                "style", resource("report.css"),
                "body", new Page(input, pictures).body(),
                "data", json(pictures.json()),
                "library", resource("echarts/echarts.min.js"),
                "script", resource("report.js"));
        String template = resource("report.html");
        StringBuilder html = new StringBuilder();
        Matcher place = PLACE.matcher(template);
        int from = 0;
        while (place.find()) {
            html.append(template, from, place.start()).append(parts.get(place.group(1)));
            from = place.end();
        }
        return html.append(template, from, template.length()).toString();
    }

    /** JSON that can stand in a script element: no {@code <} can end the element. */
    private static String json(ObjectNode node) {
        try {
            return MAPPER.writeValueAsString(node).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes cannot fail to be written", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
