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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.linear.ProductKernels;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.cli.plugin.PluginSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/**
 * The tutorial of plugins and the page of kinds: their files are those of the sample plugin, which are compiled and tested, their runs
 * run, and say what the pages show.
 */
class TutorialTest {
    private static final Path SAMPLE = Path.of("../../it-tests/sample-plugin");
    private static final Path EXAMPLE = Path.of("src/main/dist/examples/plugin");
    private static final Pattern FILE = Pattern.compile("`([^`\n]+)`:\n\n```\\w+\n(.*?)```", Pattern.DOTALL);

    private static final Map<String, String> FILES = new LinkedHashMap<>();
    private static String page;
    private static String kinds;

    @TempDir
    private Path directory;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(Path.of("../../docs/plugins.md"));
        kinds = Files.readString(Path.of("../../docs/plugin-kinds.md"));
        Matcher file = FILE.matcher(page + kinds);
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
    void itsPomAndRunsAreThoseOfTheExample() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLE)) {
            for (Path file : files.filter(f -> !f.toString().endsWith(".csv")).toList()) {
                String name = file.getFileName().toString();
                assertEquals(Files.readString(file), FILES.get(name), name);
            }
        }
    }

    /** A kind that is new has to be shown, too. */
    @Test
    void itHasEveryKind() {
        String module = FILES.get("src/main/java/module-info.java");
        for (Kind<?, ?> kind : Catalog.KINDS) {
            assertTrue(module.contains("provides " + kind.provider().getName() + " with"), kind.label());
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

    private void build() throws IOException {
        PluginSource source = new PluginSource().option("--module-version", "1.0");
        FILES.forEach((file, text) -> {
            if (file.startsWith("src/main/java/")) {
                source.with(file.substring("src/main/java/".length()), text);
            }
        });
        source.jar(directory.resolve("plugins/drift-1.0.jar"));
    }

    /** Of a command line, in the test's directory. */
    private String[] arguments(String line) {
        return line.replace("--plugins plugins", "--plugins " + directory.resolve("plugins"))
                .split(" ");
    }

    /** Of the page of kinds: each command is run, and what stands indented below it is said by it, or stands in its samples. */
    @Test
    void runsOfAllKindsSayWhatThePageShows() throws IOException {
        build();
        for (String file : List.of("decay.yaml", "shares.yaml", "shares.csv", "tilted.yaml", "exact.yaml")) {
            Files.copy(EXAMPLE.resolve(file), directory.resolve(file));
        }
        Command command = new Command(directory);
        StringBuilder said = new StringBuilder();
        Matcher line = Pattern.compile("(?m)^    (.+)$").matcher(kinds.replaceAll("(?s)```.*?```", ""));
        while (line.find()) {
            String text = line.group(1);
            if (text.startsWith("eigendrift plugins check")) {
                break;
            }
            if (text.startsWith("eigendrift ")) {
                String[] arguments = arguments(text.substring("eigendrift ".length()));
                assertEquals(Main.DONE, command.run(arguments), command.err());
                said.append(command.out());
                Path samples = directory.resolve(arguments[3]).resolve("samples.csv");
                said.append(Files.exists(samples) ? Files.readString(samples) : "");
            } else {
                assertTrue(said.toString().contains(text.strip()), () -> "'" + text + "' is not among: " + said);
            }
        }
        assertEquals(
                500,
                Files.readAllLines(directory.resolve("tilted/samples.jsonl")).size());
        String metrics = Files.readString(directory.resolve("tilted/metrics.json"));
        assertTrue(metrics.contains("\"effective_sample_size\"") && metrics.contains("\"log_evidence\""), metrics);
        String score = "score shares/model.safetensors --data shares.csv --out scores.csv --plugins plugins";
        assertEquals(Main.DONE, command.run(arguments(score)), command.err());
        assertEquals(201, Files.readAllLines(directory.resolve("scores.csv")).size(), "percentages are read again");
    }

    /** No configuration of the page does: where sums are as rounded as the portable kernel's, the fit is the same to many digits. */
    @Test
    void aKernelServesARun() throws IOException {
        build();
        Files.writeString(directory.resolve("moons.yaml"), """
                target: { type: two-moons, rows: 300, heldout: 0 }
                components: 1
                density: flow
                basis: { family: hermite, degree: 3 }
                solver: { type: steepest-descent, ridge: 0.1 }
                sample: { count: 9 }
                output: { format: csv }
                evaluate: []
                """);
        Command command = new Command(directory);
        try {
            for (String kernel : List.of("portable", "compensated")) {
                assertEquals(
                        Main.DONE,
                        command.run(arguments(
                                "run moons.yaml --kernel " + kernel + " --out " + kernel + " --plugins plugins")),
                        command.err());
            }
        } finally {
            ProductKernels.use(ProductKernels.PORTABLE);
        }
        List<String> portable = Files.readAllLines(directory.resolve("portable/samples.csv"));
        List<String> compensated = Files.readAllLines(directory.resolve("compensated/samples.csv"));
        for (int n = 1; n < portable.size(); n++) {
            String[] expected = portable.get(n).split(",");
            String[] found = compensated.get(n).split(",");
            for (int i = 0; i < expected.length; i++) {
                // Sums of 300 terms differ by some 1e-14, theta by the solver's residual of 1e-9 over a ridge of 0.1.
                assertEquals(Double.parseDouble(expected[i]), Double.parseDouble(found[i]), 1e-6);
            }
        }
    }

    @Test
    void itsRunRuns() throws IOException {
        build();
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
