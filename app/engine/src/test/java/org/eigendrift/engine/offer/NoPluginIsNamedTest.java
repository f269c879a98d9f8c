package org.eigendrift.engine.offer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.engine.basis.Families;
import org.junit.jupiter.api.Test;

/** The engine knows plugins by what they declare: no text in its sources is the name of one. */
class NoPluginIsNamedTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Words that mean something else, with the files that may say them. */
    private static final Map<String, List<String>> OTHERS = Map.of(
            // A key of the report's solves; there is a type of columns of that name.
            "time", List.of("ModelText.java"),
            // A density of priors; there is a time grid of that name.
            "uniform", List.of("PriorText.java"),
            // No cut, and no value; there is a preconditioner of that name.
            "none", List.of("ClusterOptions.java", "ModelDifference.java"),
            // An option of the law of columns given others, and what it is written as; there is an objective of that
            // name.
            "near", List.of("Observation.java", "Vicinity.java"));

    /** Of plugins that are not the engine's own, such as metrics. */
    private static Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (Kind<?, ?> kind : Catalog.KINDS) {
            for (Provider<?, ?, ?> provider : Families.CATALOG.all(kind)) {
                if (!provider.getClass().getPackageName().startsWith("org.eigendrift.engine")) {
                    names.add(provider.name());
                }
            }
        }
        return names;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noTextOfTheEngineNamesOne() throws IOException {
        Set<String> names = names();
        assertTrue(
                names.containsAll(List.of("hermite", "whiten", "cholesky", "gcv", "pf-ode", "csv")), names.toString());
        List<Path> files;
        try (Stream<Path> walk = Files.walk(SOURCES)) {
            files = walk.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertTrue(files.size() > 100, files.size() + " files: the sources were not found");
        List<String> named = new ArrayList<>();
        Map<String, Set<String>> others = new TreeMap<>();
        for (Path file : files) {
            for (String line : lines(file)) {
                String code = line.strip();
                Matcher matcher = TEXT.matcher(code);
                while (!code.startsWith("*") && !code.startsWith("//") && matcher.find()) {
                    String text = matcher.group(1);
                    String source = file.getFileName().toString();
                    if (names.contains(text)
                            && OTHERS.getOrDefault(text, List.of()).contains(source)) {
                        others.computeIfAbsent(text, t -> new TreeSet<>()).add(source);
                    } else if (names.contains(text)) {
                        named.add(source + ": " + code);
                    }
                }
            }
        }
        assertEquals(List.of(), named);
        OTHERS.forEach((word, where) -> assertEquals(new TreeSet<>(where), others.get(word), "still said: " + word));
    }
}
