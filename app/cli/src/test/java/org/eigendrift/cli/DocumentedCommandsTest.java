package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eigendrift.cli.console.Cancellation;
import org.eigendrift.cli.console.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The commands that README and the pages of docs show, in blocks and within lines: those of the program parse, those of
 * Maven name modules of this project, and those of Java classes that can be started. That they work shows the slow
 * {@code DocumentedCommandsIT}.
 */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Path BENCHMARKS = ROOT.resolve("it-tests/benchmarks");
    private static final Pattern INLINE = Pattern.compile("`([^`]+)`");
    /** Blanks part words but within quotes and parentheses. */
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");

    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"(]|'[^']*'|\"[^\"]*\"|\\([^)]*\\))+");

    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Z_]+=\\S*");

    /** A command, its words, and where it stands. */
    record Shown(String at, List<String> words) {
        @Override
        public String toString() {
            return at + ": " + String.join(" ", words);
        }

        boolean starts(String program) {
            return words.get(0).equals(program) || words.get(0).endsWith("/" + program);
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            pages.filter(page -> page.toString().endsWith(".md"))
                                    .sorted())
                    .toList();
        }
    }

    /** Every command of a text; whole lines of shell blocks, also of those that are shown alone, and what stands between back quotes elsewhere. */
    static List<Shown> commands(String page, String text) {
        List<Shown> commands = new ArrayList<>();
        String block = null;
        int number = 0;
        for (String line : text.replaceAll("\\\\\\R\\s*", "").lines().toList()) {
            number++;
            if (line.startsWith("```")) {
                block = block == null ? line.substring(3) : null;
            } else if (block == null) {
                Matcher code = INLINE.matcher(line);
                while (code.find()) {
                    add(commands, page + " line " + number, code.group(1));
                }
            } else if (block.equals("sh") || block.equals("console")) {
                for (String command : line.split("&&")) {
                    add(commands, page + " line " + number, command);
                }
            }
        }
        return commands;
    }

    private static void add(List<Shown> commands, String at, String command) {
        List<String> words = WORD.matcher(command)
                .results()
                .map(word -> QUOTED.matcher(word.group())
                        .replaceAll(part -> Matcher.quoteReplacement(
                                part.group().substring(1, part.group().length() - 1))))
                .dropWhile(word -> ASSIGNMENT.matcher(word).matches())
                .toList();
        if (words.size() > 1
                && Stream.of("eigendrift", "mvn", "java")
                        .anyMatch(words.get(0).substring(words.get(0).lastIndexOf('/') + 1)::equals)) {
            commands.add(new Shown(at, words));
        }
    }

    private static List<Shown> shown(String program) throws IOException {
        List<Shown> all = new ArrayList<>();
        for (Path page : pages()) {
            commands(ROOT.relativize(page).toString(), Files.readString(page)).stream()
                    .filter(command -> command.starts(program))
                    .forEach(all::add);
        }
        assertFalse(all.isEmpty(), "no page shows a command of " + program);
        return all;
    }

    static List<Shown> ofTheProgram() throws IOException {
        return shown("eigendrift");
    }

    static List<Shown> ofMaven() throws IOException {
        return shown("mvn");
    }

    static List<Shown> ofJava() throws IOException {
        return shown("java");
    }

    private static void parse(List<String> arguments, Path working) {
        PrintStream none = new PrintStream(PrintStream.nullOutputStream());
        Terminal terminal = new Terminal(none, none, false, Terminal.USUAL_COLUMNS);
        CommandFactory factory = new CommandFactory(new Invocation(terminal, new Cancellation(), working));
        CommandLine line = new CommandLine(new EigendriftCommand(), factory);
        CommandFactory.needed().forEach(line::addSubcommand);
        // The name of a command alone is how pages speak of it.
        if (arguments.size() > 1 || !line.getSubcommands().containsKey(arguments.get(0))) {
            line.setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments.toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @MethodSource("ofTheProgram")
    void commandsOfTheProgramParse(Shown command, @TempDir Path working) {
        List<String> arguments = command.words().subList(1, command.words().size());
        parse(arguments, working);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eigendrift fitt",
                "eigendrift fitt a.yaml --out m",
                "eigendrift fit a.yaml --outt m",
                "eigendrift score m --data rows.csv --out",
                "eigendrift plugins shows solver cg"
            })
    void commandsThatTheProgramDoesNotHaveDoNot(String wrong, @TempDir Path working) {
        Shown command = commands("page", "Type `" + wrong + "`.").get(0);

        assertThrows(ParameterException.class, () -> commandsOfTheProgramParse(command, working));
    }

    @ParameterizedTest
    @MethodSource("ofMaven")
    void commandsOfMavenNameModulesAndNeedNoEarlierInstallation(Shown command) {
        int modules = command.words().indexOf("-pl");
        if (modules >= 0) {
            assertAll(Stream.of(command.words().get(modules + 1).split(","))
                    .map(module -> () ->
                            assertTrue(Files.isRegularFile(ROOT.resolve(module).resolve("pom.xml")), module)));
            assertTrue(command.words().contains("-am"), "the modules that it needs come from elsewhere: " + command);
        }
        assertTrue(
                command.words().stream().noneMatch(word -> word.startsWith("dependency:")),
                "resolves modules that this build has not made: " + command);
    }

    @ParameterizedTest
    @MethodSource("ofJava")
    void commandsOfJavaNameClassesThatCanBeStarted(Shown command) throws IOException {
        List<String> words = command.words();
        int first = 1;
        while (words.get(first).startsWith("-")) {
            first += words.get(first).equals("-cp") ? 2 : 1;
        }
        String name = words.get(first);
        Path source = BENCHMARKS.resolve("src/main/java/" + name.replace('.', '/') + ".java");
        if (name.startsWith("org.eigendrift.")) {
            assertTrue(Files.isRegularFile(source), "no class " + name);
            assertTrue(Files.readString(source).contains("static void main("), name + " cannot be started");
        } else {
            String group = "<groupId>" + name.substring(0, name.lastIndexOf('.')) + "</groupId>";
            assertTrue(Files.readString(BENCHMARKS.resolve("pom.xml")).contains(group), "not a dependency: " + name);
        }
    }

    @Test
    void shellBlocksAndCodeWithinLinesAreReadOthersAreNot() {
        String text =
                "See `eigendrift plugins list`.\n```yaml\neigendrift run no\n```\n```sh\nA=b bin/eigendrift fit \\\n  x\n```";

        assertEquals(
                List.of("eigendrift plugins list", "bin/eigendrift fit x"),
                commands("page", text).stream()
                        .map(command -> String.join(" ", command.words()))
                        .toList());
    }
}
