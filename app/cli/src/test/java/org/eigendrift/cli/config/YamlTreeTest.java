package org.eigendrift.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTreeTest {

    private static YamlTree read(String text) {
        Mistakes mistakes = new Mistakes();
        YamlTree tree = YamlTree.read("c.yaml", text, mistakes);
        mistakes.check();
        return tree;
    }

    private static String error(String text) {
        String message = assertThrows(InputException.class, () -> read(text)).getMessage();
        assertTrue(message.startsWith("c.yaml:"), message);
        return message;
    }

    @Test
    void valuesFollowTheCoreSchemaOfYaml12() {
        Map<String, Object> root = read("""
                a: 1e-8
                b: 3
                c: true
                d: yes
                e: ~
                f: [1, 2.5, x]
                g: {h: 'no'}
                i: 0x10
                """).root();
        assertEquals(1e-8, root.get("a"));
        assertEquals(3, root.get("b"));
        assertEquals(true, root.get("c"));
        assertEquals("yes", root.get("d"));
        assertTrue(root.containsKey("e") && root.get("e") == null);
        assertEquals(List.of(1, 2.5, "x"), root.get("f"));
        assertEquals(Map.of("h", "no"), root.get("g"));
        assertEquals(16, root.get("i"));
    }

    @Test
    void anEmptyDocumentHasNoBlocks() {
        assertEquals(Map.of(), read("").root());
        assertEquals(Map.of(), read("# nothing\n").root());
    }

    @Test
    void placesAreTheLinesOfKeysAndOfListElements() {
        YamlTree tree = read("""
                solver:
                  type: cg

                  tolerance: 1
                frame:
                  - a
                  - type: b
                    x: {y: 1}
                """);
        assertEquals("c.yaml:4", tree.place("solver.tolerance").toString());
        assertEquals("c.yaml:6", tree.place("frame[0]").toString());
        assertEquals("c.yaml:8", tree.place("frame[1].x.y").toString());
        assertEquals("c.yaml:1", tree.place("solver.missing").toString(), "a missing key stands where its block does");
        assertEquals("c.yaml", tree.place("target").toString());
    }

    @Test
    void everyDuplicateKeyIsReportedWithBothLines() {
        assertEquals(
                "c.yaml:3: a: given twice, first in line 1\nc.yaml:5: b.c: given twice, first in line 4",
                error("a: 1\nx: 0\na: 2\nb: {c: 1,\n c: 2}\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "target:\\n\\tpath: x|c.yaml:2: not valid YAML: ",
                "target: [a, b|c.yaml:",
                "a: b: c|c.yaml:1: not valid YAML: ",
                "a: 1\\n b: 2|c.yaml:2: not valid YAML: ",
                "a: 'x|c.yaml:",
                "a: *nowhere|c.yaml:1: not valid YAML: ",
                "---\\na: 1\\n---\\nb: 2|c.yaml:3: not valid YAML: ",
                "- a|c.yaml:1: expected blocks such as",
                "just text|c.yaml:1: expected blocks such as",
                "? [a, b]\\n: 1|c.yaml:1: a key must be text",
                "a: !!float x|c.yaml:1: 'x' cannot be read as"
            })
    void badYamlIsOneLineWithItsLineNumber(String escaped, String expected) {
        String message = error(escaped.replace("\\n", "\n").replace("\\t", "\t"));
        assertTrue(message.startsWith(expected), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void aTableIsNoConfiguration() {
        String message = error("age,height,weight\n" + "23,171.2,70.1\n".repeat(500));
        assertEquals(
                "c.yaml:1: expected blocks such as 'target: penguins', found 'age,height,weight 23,171.2,70.1"
                        + " 23,171.2,70.1 23,171.2,70.1...; if it is a table, 'eigendrift describe FILE' writes a draft of the configuration",
                message);
    }

    @Test
    void aliasesThatMultiplyAreRefused() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 25; i++) {
            text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertTrue(error(text.toString()).contains("aliases"), "2^25 values must not be built");
        assertTrue(error("a: &a [*a]").contains("aliases"), "a list within itself");
    }

    @Test
    void setOverridesCreatesAndOpensShorthands() {
        YamlTree tree = read("solver: cg\nframe: [{type: box}, whiten]\nbasis: cosine\n");
        tree.set("solver.tolerance=1e-6");
        tree.set("sample.count=5");
        tree.set("frame[0].margin=0.1");
        tree.set("frame[1].rank=2");
        tree.set("basis.degree=7");
        tree.set("evaluate=[mmd]");
        tree.set("solver.fallback=");
        assertEquals(
                Map.of("type", "cg", "tolerance", 1e-6), without(tree.root().get("solver"), "fallback"));
        assertEquals(Map.of("count", 5), tree.root().get("sample"));
        assertEquals(
                List.of(Map.of("type", "box", "margin", 0.1), Map.of("type", "whiten", "rank", 2)),
                tree.root().get("frame"));
        assertEquals(Map.of("family", "cosine", "degree", 7), tree.root().get("basis"));
        assertEquals(List.of("mmd"), tree.root().get("evaluate"));
        assertEquals(
                "--set solver.tolerance=1e-6", tree.place("solver.tolerance").toString());
        assertEquals("--set evaluate=[mmd]", tree.place("evaluate[0]").toString());
    }

    private static Map<?, ?> without(Object map, String key) {
        Map<?, ?> copy = new java.util.HashMap<>((Map<?, ?>) map);
        copy.remove(key);
        return copy;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"solver", "=3", "a..b=1", "frame[7].x=1", "frame.last.x=1", "n.x=1", "a=[1", "a={b: 1, b: 2}"})
    void aSetThatLeadsNowhereIsNamed(String assignment) {
        YamlTree tree = read("frame: [box]\nn: 3\n");
        String message =
                assertThrows(InputException.class, () -> tree.set(assignment)).getMessage();
        assertTrue(message.startsWith("--set " + assignment), message);
        assertEquals(1, message.lines().count(), message);
    }
}
