package org.eigendrift.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a plugin, copied to an empty folder or made by the archetype, built by Maven alone and run by the distribution. */
class PluginExampleIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final long PATIENCE_SECONDS = 240;

    /** What Maven says where a plugin of its own is in no repository that it reaches. */
    private static final Pattern UNREACHABLE =
            Pattern.compile("Could not transfer|Unknown host|Connection refused|Could not find artifact org\\.apache");

    @TempDir
    private Path directory;

    /** Maven's own local repository serves as one to read from: a fresh one is written to, and the user's stays as it is. */
    private Path settings() throws IOException {
        Path cache = Path.of(System.getProperty("user.home"), ".m2/repository");
        String repository =
                "<id>%s</id><url>%s</url><snapshots><enabled>true</enabled><updatePolicy>always</updatePolicy>"
                        + "</snapshots>";
        String known = repository.formatted("known", cache.toUri());
        return Files.writeString(directory.resolve("settings.xml"), """
                <settings>
                  <profiles><profile>
                    <id>example</id>
                    <repositories><repository>%1$s</repository></repositories>
                    <pluginRepositories><pluginRepository>%1$s</pluginRepository></pluginRepositories>
                  </profile></profiles>
                  <activeProfiles><activeProfile>example</activeProfile></activeProfiles>
                </settings>
                """.formatted(known));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(Pattern.quote(System.getProperty("path.separator"))))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The commands of the page for those who have the distribution alone. */
    @BeforeEach
    void install() throws Exception {
        assumeTrue(onPath("mvn"), "there is no mvn on the path");
        Matcher shown = Pattern.compile("(?m)^    mvn (.* install:install-file .*)$")
                .matcher(Files.readString(ROOT.resolve("docs/plugins.md")));
        int installed = 0;
        while (shown.find()) {
            maven(Program.DISTRIBUTION, shown.group(1).strip().split("\\s+"));
            installed++;
        }
        assertEquals(3, installed, "api, test kit and archetype");
    }

    /** Maven with a local repository of its own. */
    private String maven(Path folder, String... arguments) throws IOException, InterruptedException {
        Path log = Files.createTempFile(directory, "maven", ".log");
        List<String> command = new ArrayList<>(List.of(
                "mvn", "-B", "-ntp", "-s", settings().toString(), "-Dmaven.repo.local=" + directory.resolve("local")));
        command.addAll(List.of(arguments));
        Process maven = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(maven.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "Maven ends");
        String said = Files.readString(log);
        assumeFalse(
                maven.exitValue() != 0 && UNREACHABLE.matcher(said).find(),
                () -> "Maven lacks what it needs itself: " + said);
        assertEquals(0, maven.exitValue(), said);
        return said;
    }

    private void isBuiltTestedAndRun(Path project, String jar, String type) throws Exception {
        String said = maven(project, "package");
        assertTrue(
                Pattern.compile("Tests run: \\d\\d+, Failures: 0").matcher(said).find(), said);
        String plugins = Files.createDirectory(project.resolve("plugins")).toString();
        Files.copy(
                project.resolve("target").resolve(jar),
                project.resolve("plugins").resolve(jar));
        Program.Result check = Program.run(project, "plugins", "check", "plugins/" + jar);
        assertEquals(0, check.exit(), check.out() + check.err());
        String page = Files.readString(ROOT.resolve("docs/plugin-kinds.md"));
        String shown = page.substring(page.indexOf("says, with exit code 0,"));
        assertEquals(
                shown.lines()
                        .filter(line -> line.startsWith("    "))
                        .map(String::strip)
                        .toList(),
                check.out().lines().toList(),
                "what the page of kinds shows");
        Program.Result list = Program.run(project, "plugins", "list", "metric", "--plugins", plugins);
        assertTrue(list.out().contains("[" + jar + ", module " + type), list.out());
        Program.Result run = Program.run(project, "run", "spiral.yaml", "--out", "out", "--plugins", plugins);
        assertEquals(0, run.exit(), run.err());
        assertTrue(Files.readString(project.resolve("out/metrics.json")).contains("median_error"));
    }

    @Test
    void theExampleIsBuiltTestedAndRun() throws Exception {
        Path project = directory.resolve("drift");
        copy(Path.of(System.getProperty("distribution")).normalize().resolve("examples/plugin"), project);
        isBuiltTestedAndRun(project, "drift-1.0.jar", "com.example.drift");
    }

    /** The command of the page. */
    @Test
    void whatTheArchetypeMakesIsBuiltTestedAndRun() throws Exception {
        String page = Files.readString(ROOT.resolve("docs/plugins.md"));
        Matcher shown = Pattern.compile("(?m)^    mvn -B (\\S+:generate(?:.*\\\\\\R)*.*)$")
                .matcher(page);
        assertTrue(shown.find(), "the page shows how the archetype is used");
        maven(directory, shown.group(1).replace("\\", " ").strip().split("\\s+"));
        isBuiltTestedAndRun(directory.resolve("wind"), "wind-0.5.jar", "org.example.wind");
    }
}
