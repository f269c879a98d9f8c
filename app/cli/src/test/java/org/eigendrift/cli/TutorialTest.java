package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.eigendrift.cli.plugin.PluginSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The tutorial of plugins: its files are those of the sample plugin, which are compiled and tested, and its run runs. */
class TutorialTest {
    private static final Path SAMPLE = Path.of("../../it-tests/sample-plugin");
    private static final Pattern FILE = Pattern.compile("`([^`\n]+)`:\n\n```\\w+\n(.*?)```", Pattern.DOTALL);

    private static final Map<String, String> FILES = new LinkedHashMap<>();
    private static String page;

    @TempDir
    private Path directory;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(Path.of("../../docs/plugins.md"));
        Matcher file = FILE.matcher(page);
        while (file.find()) {
            FILES.put(file.group(1), file.group(2));
        }
    }

    @Test
    void itsClassesAreThoseThatAreCompiledAndTested() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            if (file.getKey().endsWith(".java")) {
                shown.add(file.getKey());
                assertEquals(Files.readString(SAMPLE.resolve(file.getKey())), file.getValue(), file.getKey());
            }
        }
        try (Stream<Path> files = Files.walk(SAMPLE.resolve("src"))) {
            assertEquals(
                    files.filter(f -> f.toString().endsWith(".java") && !f.endsWith("package-info.java"))
                            .map(f -> SAMPLE.relativize(f).toString().replace('\\', '/'))
                            .collect(Collectors.toCollection(TreeSet::new)),
                    shown,
                    "all files of the sample plugin are shown");
        }
    }

    /** The distribution has the same to copy. */
    @Test
    void itsPomAndRunAreThoseOfTheExample() throws IOException {
        for (String file : new String[] {"pom.xml", "spiral.yaml"}) {
            assertEquals(Files.readString(Path.of("src/main/dist/examples/plugin", file)), FILES.get(file), file);
        }
    }

    @Test
    void itsPomNamesThisVersionAndTheLibrariesOfThisBuild() throws Exception {
        String pom = FILES.get("pom.xml");
        Document document = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(pom.getBytes(StandardCharsets.UTF_8)));
        NodeList artifacts = document.getElementsByTagName("artifactId");
        Set<String> names = new TreeSet<>();
        for (int k = 0; k < artifacts.getLength(); k++) {
            names.add(artifacts.item(k).getTextContent());
        }
        assertTrue(
                names.containsAll(Set.of("eigendrift-api", "eigendrift-testkit", "junit-jupiter")), names.toString());
        String parent = Files.readString(Path.of("../../pom.xml"));
        String version =
                parent.replaceFirst("(?s).*?<artifactId>eigendrift-parent</artifactId>\\s*<version>([^<]+)<.*", "$1");
        assertTrue(pom.contains("<eigendrift.version>" + version + "</eigendrift.version>"), version);
        String junit = parent.replaceFirst("(?s).*<junit.version>([^<]+)<.*", "$1");
        assertTrue(pom.contains("<version>" + junit + "</version>"), junit);
        for (String plugin : new String[] {"compiler", "surefire", "jar"}) {
            Matcher versions = Pattern.compile(
                            "<artifactId>maven-" + plugin + "-plugin</artifactId>\\s*<version>([^<]+)<")
                    .matcher(parent);
            assertTrue(versions.find(), plugin);
            assertTrue(
                    Pattern.compile("maven-" + plugin + "-plugin</artifactId>\\s*<version>"
                                    + Pattern.quote(versions.group(1)))
                            .matcher(pom)
                            .find(),
                    plugin + " " + versions.group(1));
        }
    }

    @Test
    void itsRunRuns() throws IOException {
        PluginSource source = new PluginSource().option("--module-version", "1.0");
        FILES.forEach((file, text) -> {
            if (file.startsWith("src/main/java/")) {
                source.with(file.substring("src/main/java/".length()), text);
            }
        });
        source.jar(directory.resolve("plugins/drift-1.0.jar"));
        Files.writeString(directory.resolve("spiral.yaml"), FILES.get("spiral.yaml"));
        Command command = new Command(directory);
        String plugins = directory.resolve("plugins").toString();

        assertEquals(Main.DONE, command.run("plugins", "list", "metric", "--plugins", plugins), command.err());
        Matcher listed = Pattern.compile("\n    (median-error .*)\n").matcher(page);
        assertTrue(listed.find(), "the page shows the list");
        assertTrue(command.out().replaceAll(" +", " ").contains(listed.group(1).replaceAll(" +", " ")), command.out());

        assertEquals(Main.DONE, command.run("run", "spiral.yaml", "--out", "out", "--plugins", plugins), command.err());
        String metrics = Files.readString(directory.resolve("out/metrics.json"));
        assertTrue(metrics.contains("\"median_error\"") && metrics.contains("\"median_error_floor\""), metrics);
        assertFalse(metrics.contains("left out"), metrics);
        String report = Files.readString(directory.resolve("out/report.html"));
        assertTrue(report.toLowerCase(Locale.ROOT).contains("median error"), "the report shows it");
    }
}
