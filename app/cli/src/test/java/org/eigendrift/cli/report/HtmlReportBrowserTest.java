package org.eigendrift.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens reports in the machine's own Chromium; skipped, and said so, where there is none. */
class HtmlReportBrowserTest {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    /** Milliseconds of the page's own clock, which runs ahead while nothing happens. */
    private static final int BUDGET = 20_000;

    @TempDir
    Path directory;

    @Test
    void twoMoons() throws Exception {
        check(Demo.twoMoons());
    }

    @Test
    @Tag("slow")
    void fiveColumns() throws Exception {
        check(Demo.fiveColumns());
    }

    @Test
    void images() throws Exception {
        check(Demo.images());
    }

    @Test
    void table() throws Exception {
        check(Demo.table());
    }

    /** The other tests lean on it. */
    @Test
    @Tag("slow")
    void errorsOfThePageAreRecorded() throws Exception {
        Path report = directory.resolve("report.html");
        String html = HtmlReport.render(Demo.images());
        Files.writeString(report, html.replace("<footer>", "<script>throw new Error('planted')</script><footer>"));
        assertTrue(run("--dump-dom", report.toUri().toString()).contains("planted (line"));
        Files.writeString(report, html.replace("<footer>", "<script>console.warn('planted')</script><footer>"));
        assertTrue(run("--dump-dom", report.toUri().toString()).contains("data-errors=\"[&quot;planted&quot;]\""));
    }

    private void check(ReportInput input) throws Exception {
        Path report = directory.resolve("report.html");
        HtmlReport.write(input, report);
        // The narrowest window that Chromium opens.
        String dom = run("--window-size=500,900", "--dump-dom", report.toUri().toString());
        Matcher root = Pattern.compile("<html[^>]*>").matcher(dom);
        assertTrue(root.find(), dom);
        assertFalse(root.group().contains("data-errors"), root.group());
        assertTrue(root.group().contains("data-overflow=\"false\""), "fits a phone: " + root.group());
        Matcher charts = Pattern.compile("data-charts=\"(\\d+)/(\\d+)\"").matcher(root.group());
        assertTrue(charts.find(), root.group());
        assertTrue(Integer.parseInt(charts.group(2)) > 0, root.group());
        assertEquals(charts.group(2), charts.group(1), "every chart reports itself drawn");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), "no " + String.join(", ", BROWSERS) + " on the path: the report is not opened");
        List<String> command = new ArrayList<>(List.of(
                browser.orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--virtual-time-budget=" + BUDGET,
                "--user-data-dir=" + directory.resolve("profile")));
        command.addAll(Arrays.asList(arguments));
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the browser did not finish in 60 s");
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static Optional<Path> browser() {
        for (String entry : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            for (String name : BROWSERS) {
                Path candidate = Path.of(entry, name);
                if (Files.isExecutable(candidate)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }
}
