package org.eigendrift.api.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eigendrift.api.InputException;
import org.junit.jupiter.api.Test;

class OptionSchemaTest {
    private enum Colour {
        DARK_RED,
        BLUE
    }

    private record Options(
            @Option(doc = "A count", value = "3", min = 1, max = 10)
            int count,

            @Option(doc = "A size", value = "auto", min = 0, open = true)
            OptionalDouble maxSize,

            @Option(doc = "A colour", value = "blue") Colour colour,
            @Option(doc = "Numbers", value = "[1, 2]") List<Double> numbers,
            @Option(doc = "A file") Path file) {
        Options {
            if (count == 7) {
                throw new IllegalArgumentException("count must not be 7");
            }
        }
    }

    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    private final List<Problem> problems = new ArrayList<>();

    private Optional<Options> bind(Map<String, ?> values) {
        return SCHEMA.bind(values, "block", Path.of("base"), (kind, name) -> null, problems::add);
    }

    @Test
    void bindsDefaultsAndResolvesPaths() {
        Options options = bind(Map.of("file", "a.csv")).orElseThrow();
        assertEquals(
                new Options(3, OptionalDouble.empty(), Colour.BLUE, List.of(1.0, 2.0), Path.of("base/a.csv")), options);
    }

    @Test
    void writesWhatItBinds() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("count", 4L);
        values.put("max_size", 2.5);
        values.put("colour", "dark-red");
        values.put("numbers", List.of(7.0));
        values.put("file", "/x");
        Map<String, Object> written = SCHEMA.write(bind(values).orElseThrow());
        assertEquals("{count=4, max_size=2.5, colour=dark-red, numbers=[7.0], file=/x}", written.toString());
        assertEquals(bind(values), bind(written));
    }

    @Test
    void reportsEveryMistakeAtOnce() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("cuont", 1);
        values.put("count", 11);
        values.put("max_size", 0);
        values.put("colour", "blu");
        assertTrue(bind(values).isEmpty());
        assertEquals(
                List.of(
                        "block.cuont: unknown option; did you mean 'count'? known: count, max_size, colour, numbers, file",
                        "block.count: expected a whole number in [1, 10], found 11",
                        "block.max_size: expected a number above 0 or auto, found 0",
                        "block.colour: unknown value 'blu'; did you mean 'blue'? known: dark-red, blue",
                        "block.file: missing; expected a path"),
                problems.stream().map(Problem::toString).toList());
    }

    @Test
    void refusesWhatTheRecordRefuses() {
        assertTrue(bind(Map.of("count", 7, "file", "x")).isEmpty());
        assertEquals("block: count must not be 7", problems.get(0).toString());
        assertThrows(InputException.class, () -> SCHEMA.of(Map.of()));
    }

    /** As compilers of other languages make records: what is declared stands on accessors. */
    private record OnAccessors(int rows, Depth depth) {
        @Override
        @Option(doc = "Most rows", value = "10", min = 2)
        public int rows() {
            return rows;
        }

        @Override
        @OptionGroup(defaults = "depth: 5")
        public Depth depth() {
            return depth;
        }
    }

    @Test
    void declarationsMayStandOnAccessors() {
        OptionSchema<OnAccessors> schema = OptionSchema.of(MethodHandles.lookup(), OnAccessors.class);
        assertEquals(new OnAccessors(10, new Depth(5)), schema.defaults());
    }

    private record Undeclared(int count) {}

    private record WrongDefault(
            @Option(doc = "A count", value = "x") int count) {}

    @Test
    void declarationsAreChecked() {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        assertThrows(IllegalArgumentException.class, () -> OptionSchema.of(lookup, Undeclared.class));
        assertThrows(IllegalArgumentException.class, () -> OptionSchema.of(lookup, WrongDefault.class));
    }

    private record Depth(
            @Option(doc = "A depth", value = "2", min = 1, max = 9)
            int depth) {}

    private record Shared(
            @Option(doc = "First", value = "1", min = 1, max = 9)
            int first,

            @OptionGroup(defaults = "depth: 4") Depth depth,
            @Option(doc = "Last", value = "5") int last) {
        Shared {
            if (first > last) {
                throw new IllegalArgumentException("first must not be above last");
            }
        }
    }

    private record Grouping(
            @Option(doc = "A name", value = "x") String name,
            @OptionGroup(defaults = {"last: 6", "depth: 3"}) Shared shared,
            @Option(doc = "An end", value = "1.5") double end) {}

    private static final OptionSchema<Grouping> GROUPING = OptionSchema.of(MethodHandles.lookup(), Grouping.class);

    @Test
    void optionsOfGroupsStandBesideTheOthers() {
        assertEquals(
                List.of("name", "first", "depth", "last", "end"),
                GROUPING.options().stream().map(OptionSpec::key).toList());
        assertEquals(new Grouping("x", new Shared(1, new Depth(3), 6), 1.5), GROUPING.defaults());
        Grouping given = GROUPING.of(Map.of("first", 2, "end", 7, "depth", 9));
        assertEquals(new Grouping("x", new Shared(2, new Depth(9), 6), 7), given);
        assertEquals(
                "{name=x, first=2, depth=9, last=6, end=7.0}",
                GROUPING.write(given).toString());
        assertEquals(given, GROUPING.of(GROUPING.write(given)));
    }

    @Test
    void mistakesInGroupsAreReportedWithTheOthers() {
        Optional<Grouping> bound =
                GROUPING.bind(Map.of("depth", 10), "block", Path.of(""), (kind, name) -> null, problems::add);
        assertTrue(bound.isEmpty());
        assertEquals(
                Optional.empty(),
                GROUPING.bind(Map.of("first", 7), "block", Path.of(""), (kind, name) -> null, problems::add));
        GROUPING.bind(Map.of("lsat", 7), "block", Path.of(""), (kind, name) -> null, problems::add);
        assertEquals(
                List.of(
                        "block.depth: expected a whole number in [1, 9], found 10",
                        "block: first must not be above last",
                        "block.lsat: unknown option; did you mean 'last'? known: name, first, depth, last, end"),
                problems.stream().map(Problem::toString).toList());
    }

    private record WrongGroup(@OptionGroup int depth) {}

    private record UnknownDefault(
            @OptionGroup(defaults = "dept: 3") Depth depth) {}

    private record DefaultOutOfRange(
            @OptionGroup(defaults = "depth: 10") Depth depth) {}

    private record Malformed(
            @OptionGroup(defaults = "depth 3") Depth depth) {}

    private record Twice(
            @Option(doc = "A depth", value = "1") int depth,
            @OptionGroup Depth shared) {}

    @Test
    void declarationsOfGroupsAreChecked() {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        for (Class<? extends Record> wrong : List.of(
                WrongGroup.class, UnknownDefault.class, DefaultOutOfRange.class, Malformed.class, Twice.class)) {
            assertThrows(IllegalArgumentException.class, () -> OptionSchema.of(lookup, wrong), wrong.getName());
        }
    }
}
